"""Audit actions as people say them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.web.tenancy.words import said

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("invitation.send", "Invitation sent"),
        ("invitation.revoke", "Invitation withdrawn"),
        ("area.rename", "Area renamed"),
        ("board.link", "Board linked"),
        ("return.submit", "Return sent in"),
        ("contribution.pledge", "Contribution pledged"),
        ("authorisation.refuse", "Something not allowed was refused"),
        ("thing.apply", "Thing applied"),
    ],
)
def test_an_action_in_words(action: str, words: str) -> None:
    assert said(action) == words


def test_every_action_of_the_code_is_readable() -> None:
    actions = {
        found
        for path in ROOT.glob("tenants/**/*.py")
        for found in re.findall(r'action="([a-z_]+\.[a-z_]+)"', path.read_text())
    }
    assert len(actions) > 20
    assert not [action for action in actions if re.search(r"[_.]", said(action))]
