"""The printed part of a document: what lies between `<!-- printed: name -->` and `<!-- end: name -->`."""

from __future__ import annotations

from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def printed(document: Path, name: str) -> str:
    """Return the part of that name. Raises `ValueError` when the document does not hold it exactly once."""
    return _parts(document, name)[1]


def write(document: Path, name: str, text: str) -> None:
    """Replace the part of that name; the words around it stay as they are."""
    before, _, after = _parts(document, name)
    document.write_text(f"{before}{text}{after}", encoding="utf-8")


def _parts(document: Path, name: str) -> tuple[str, str, str]:
    start, end = f"<!-- printed: {name} -->\n", f"<!-- end: {name} -->"
    text = document.read_text(encoding="utf-8")
    if text.count(start) != 1 or text.count(end) != 1:
        raise ValueError(f"{document.name} must hold {start.strip()} and {end} once each")
    before, rest = text.split(start)
    inside, after = rest.split(end)
    return before + start, inside, end + after
