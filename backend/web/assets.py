"""The built style sheet and scripts: served under one content hash, so that they may be cached for ever."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One built file, with its compressed form made once."""

    body: bytes
    compressed: bytes
    media_type: str


@dataclass(frozen=True)
class Assets:
    """All built files and one digest over them; empty when nothing was built."""

    digest: str
    files: dict[str, Asset] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """Returns the address of a built file; the digest changes when any file does."""
        return f"/static/{self.digest}/{name}"

    async def ready(self) -> str | None:
        """Readiness check: None, or why pages would be unstyled."""
        return None if "app.css" in self.files else "front-end assets are not built: run `make assets`"


def load_assets(folder: Path = STATIC) -> Assets:
    """Reads every built file into memory (five files, under 300 KB)."""
    files = {path.name: _asset(path) for path in sorted(folder.glob("[!.]*")) if path.is_file()}
    whole = hashlib.sha256(b"".join(name.encode() + asset.body for name, asset in files.items()))
    return Assets(digest=whole.hexdigest()[:16] if files else "missing", files=files)


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(body=body, compressed=gzip.compress(body, 9, mtime=0), media_type=media_type)


@get("/static/{digest:str}/{name:str}", opt={"access": "public"}, sync_to_thread=False)
def static_file(request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Answers one built file; an old digest is not found rather than served wrongly for ever."""
    assets: Assets = request.app.state.assets
    asset = assets.files.get(name)
    if asset is None or digest != assets.digest:
        raise NotFoundException
    squeezed = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": FOREVER, "vary": "accept-encoding"}
    if squeezed:
        headers["content-encoding"] = "gzip"
    return Response(asset.compressed if squeezed else asset.body, media_type=asset.media_type, headers=headers)
