"""Files on their way in: kept in the data folder under an id until the work on them has ended.

Web and worker share the data folder; a message carries only the id.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from pathlib import Path
from uuid import UUID


class TooLarge(ValueError):
    """The upload has more bytes than are allowed; nothing of it was kept."""


def upload_path(data_dir: Path, upload_id: UUID) -> Path:
    """Return where the upload is kept."""
    return data_dir / "uploads" / str(upload_id)


def is_kept(data_dir: Path | None, upload_id: UUID) -> bool:
    """Return whether the whole upload is there, waiting for its work."""
    return data_dir is not None and upload_path(data_dir, upload_id).is_file()


async def keep_upload(data_dir: Path, upload_id: UUID, chunks: AsyncIterable[bytes], *, most_bytes: int) -> Path:
    """Write an upload as it arrives and return where it is. Raises `TooLarge`; a broken upload leaves nothing."""
    kept = upload_path(data_dir, upload_id)
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    arriving = kept.with_suffix(".arriving")
    try:
        await _write(arriving, chunks, most_bytes=most_bytes)
        arriving.replace(kept)
    finally:
        arriving.unlink(missing_ok=True)
    return kept


async def _write(path: Path, chunks: AsyncIterable[bytes], *, most_bytes: int) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > most_bytes:
                raise TooLarge(f"The file is larger than {most_bytes // 1_000_000} MB.")
            file.write(chunk)


def drop_upload(data_dir: Path, upload_id: UUID) -> None:
    """Remove an upload, if it is there."""
    upload_path(data_dir, upload_id).unlink(missing_ok=True)
