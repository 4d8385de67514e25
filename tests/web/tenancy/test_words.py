"""Audit actions as people say them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backend.web.tenancy.words import AREA_KINDS, PAST, PLATFORM_KINDS, WHOLE, kinds, said
from tenants.intervention.rules.states import Move

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("invitation.send", "Invitation sent"),
        ("invitation.revoke", "Invitation withdrawn"),
        ("invitation.answer", "Invitation opened with another address"),
        ("invitation.confirm", "Invitation confirmed for who opened it"),
        ("area.rename", "Area renamed"),
        ("board.link", "Board linked"),
        ("return.submit", "Return sent in"),
        ("contribution.pledge", "Contribution pledged"),
        ("authorisation.refuse", "Something not allowed was refused"),
        ("thing.apply", "Thing applied"),
        ("thing.frobnicate_all", "Thing: frobnicate all"),
        ("connection.run", "Run of a connection asked for"),
        ("funding_agreement.give", "Agreement to the budget given"),
        ("indicator_definition.bring", "Indicator definition brought in"),
        ("register_import.links", "Register import of establishment links done"),
    ],
)
def test_an_action_in_words(action: str, words: str) -> None:
    assert said(action) == words


def in_the_code(pattern: str) -> set[str]:
    return {found for path in ROOT.glob("tenants/**/*.py") for found in re.findall(pattern, path.read_text())}


def test_every_action_of_the_code_has_words_of_its_own() -> None:
    actions = in_the_code(r'action="([a-z_]+\.[a-z_]+)"')
    assert len(actions) > 50
    assert {action for action in actions if action not in WHOLE and action.partition(".")[2] not in PAST} == set()


def test_no_verb_is_left_to_be_bent_by_guessing() -> None:
    verbs = in_the_code(r'verb="([a-z_]+)"') | in_the_code(r'move="([a-z_]+)"') | {move.value for move in Move}
    verbs |= in_the_code(r'await _(?:audit|change)\([^"\n]*, "([a-z_]+)"')
    assert len(verbs) > 40
    whole = {action.partition(".")[2] for action in WHOLE}
    assert verbs - whole - PAST.keys() == set()


def test_a_trail_is_narrowed_by_words_and_every_action_of_the_code_is_under_one() -> None:
    actions = in_the_code(r'action="([a-z_]+\.[a-z_]+)"')
    starts = (*AREA_KINDS, *PLATFORM_KINDS)
    assert {action for action in actions if not action.startswith(starts)} == set()
    words = [one["text"] for one in kinds(AREA_KINDS, "")]
    assert words == sorted(words)
    assert kinds(AREA_KINDS, "contribution.agree")[0] == {"value": "contribution.agree", "text": "Contribution agreed"}
