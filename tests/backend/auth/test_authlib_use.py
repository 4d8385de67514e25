"""Authlib's HTTP client is never used: its base class silently becomes httpx2's when that is installed."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
ALLOWED = {
    "authlib.oauth2.auth",
    "authlib.oauth2.rfc6749.parameters",
    "authlib.oauth2.rfc7636",
    "authlib.oidc.core.util",
}
ROOMS = ("backend", "integrations", "tenants", "infra", "graphql")
SOURCES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
LOADED = """
import sys
import backend.auth.bearer, backend.auth.oidc.begin, backend.auth.oidc.finish, backend.auth.oidc.sign_out
print([name for name in sys.modules if name.startswith(("authlib.integrations", "httpx2", "requests"))])
"""


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_there_is_something_to_look_at() -> None:
    assert ROOT / "backend/auth/oidc/begin.py" in SOURCES


def test_only_authlibs_protocol_parts_are_imported() -> None:
    used = {(path, name) for path in SOURCES for name in imported(path) if name.split(".")[0] in {"authlib", "httpx2"}}
    assert {name for _, name in used} == ALLOWED, used


def test_signing_in_loads_no_other_http_client() -> None:
    shown = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
