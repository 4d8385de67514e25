"""Making the environment: which Python will do, and what is said when it does not work out."""

import subprocess
import sys
from pathlib import Path

import pytest

from infra import install


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (2, 7)])
def test_an_older_python_is_told_what_is_needed(version: tuple[int, int]) -> None:
    with pytest.raises(install.InstallError, match=r"needs Python 3\.11 or newer; this is \d\.\d+\."):
        install.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_newer_pythons_will_do(version: tuple[int, int]) -> None:
    install.check_python(version)


def test_it_runs_before_anything_is_installed() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import install"
    command = [sys.executable, "-I", "-S", "-c", code, str(install.ROOT / "infra")]
    assert subprocess.run(command, check=False).returncode == 0


def test_a_package_whose_hash_differs_is_not_installed(tmp_path: Path) -> None:
    package = tmp_path / "harmless-1.0-py3-none-any.whl"
    package.write_bytes(b"PK\x05\x06" + bytes(18))
    wanted = tmp_path / "wanted.txt"
    wanted.write_text(f"harmless @ {package.as_uri()} --hash=sha256:{'0' * 64}\n")
    with pytest.raises(install.InstallError, match="locked packages could not be installed"):
        install.install(venv=tmp_path / "venv", requirements=wanted)


def test_an_environment_knows_the_checkout_and_the_command(tmp_path: Path) -> None:
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("# nothing\n")
    install.install(venv=tmp_path / "venv", requirements=nothing)
    command = [str(tmp_path / "venv" / "bin" / "python"), "-c", "import infra.install, concordat_graphql"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    assert "from backend.cli import main" in (tmp_path / "venv" / "bin" / "concordat").read_text()
