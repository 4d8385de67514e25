"""The printed part of a document is replaced; the words around it stay."""

from pathlib import Path

import pytest

from tests.documents import marked

PAGE = "Before.\n<!-- printed: part -->\nold\n<!-- end: part -->\nAfter.\n"


def test_only_the_part_is_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    assert marked.printed(page, "part") == "old\n"
    marked.write(page, "part", "new\n")
    assert page.read_text() == PAGE.replace("old", "new")


@pytest.mark.parametrize("text", ["no part at all\n", PAGE + PAGE])
def test_a_document_without_the_one_part_is_refused(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)
    with pytest.raises(ValueError, match="must hold"):
        marked.printed(page, "part")
