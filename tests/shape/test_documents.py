"""Every path that a document names is there: a reader who follows it arrives."""

import re
from pathlib import Path

import pytest

from tests.shape.files import ROOT, SOURCE, committed, named

DOCUMENTS = [path for path in committed() if path.suffix == ".md"]
TOP = "|".join((*SOURCE, "docs", r"\.ci"))
QUOTED_PATH = re.compile(rf"`((?:{TOP})/[\w./-]*)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
MADE_BY_BUILDING = ("backend/web/static",)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_path_in_a_document_exists(document: Path) -> None:
    text = document.read_text()
    wanted = {ROOT / path for path in QUOTED_PATH.findall(text) if not path.startswith(MADE_BY_BUILDING)}
    wanted |= {document.parent / link for link in LINK.findall(text)}
    assert sorted(str(path) for path in wanted if not path.exists()) == []
