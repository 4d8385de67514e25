"""What a form says is saved now: only after a conflict, only where it differs, in the words of the page."""

from __future__ import annotations

from datetime import date

import pytest

from backend.web.conflicts import is_conflict, saved_now, with_saved
from backend.web.forms import Form

KINDS = [{"value": "cash", "text": "Cash"}, {"value": "in_kind", "text": "In kind"}]
SAVED = {"version": 4, "name": "Lowmoor", "note": None, "kind": "cash", "on": date(2026, 9, 3), "text": "one\ntwo"}


def typed(**values: str) -> Form:
    form = Form(raw={"version": ["2"], **{name: [value] for name, value in values.items()}})
    form.add_problem(None, "Someone else changed this.", code="CONFLICT")
    return with_saved(form, Form.filled(SAVED))


def test_the_version_sent_next_is_the_one_of_what_is_shown() -> None:
    assert typed().value("version") == "4"


def test_without_a_conflict_nothing_is_said() -> None:
    form = with_saved(Form(raw={"version": ["2"], "name": ["Highmoor"]}), Form.filled(SAVED))
    assert not is_conflict(form)
    assert (form.value("version"), saved_now(form, "name")) == ("2", None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("name", "Highmoor", "Lowmoor"),
        ("name", " Lowmoor ", None),
        ("note", "Mine", "nothing"),
        ("note", "", None),
        ("kind", "in_kind", "Cash"),
        ("text", "one\r\ntwo", None),
        ("reason", "Because", None),
    ],
)
def test_what_is_saved_in_a_field(name: str, value: str, said: str | None) -> None:
    assert saved_now(typed(**{name: value}), name, KINDS) == said


@pytest.mark.parametrize(("day", "said"), [("4", "3 September 2026"), ("03", None)])
def test_what_is_saved_as_a_date(day: str, said: str | None) -> None:
    form = typed(**{"on-day": day, "on-month": "9", "on-year": "2026"})
    assert saved_now(form, "on") == said
