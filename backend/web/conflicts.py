"""After somebody else was first: what is saved now beside what was typed, and the version to send with the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backend.web.formats import long_date
from backend.web.forms import Form

PARTS = ("year", "month", "day")


def is_conflict(form: Form) -> bool:
    """Returns whether the form was sent for a version that is no longer the one saved."""
    return any(problem.code == "CONFLICT" for problem in form.problems)


def with_saved(form: Form, saved: Form) -> Form:
    """Returns the form, after a conflict with what is saved now; `saved` is the form as it would first appear.

    The version that it carries is the one of what is shown, so that nobody decides on what they have not seen.
    """
    if is_conflict(form):
        form.saved = saved
        form.carry_version(saved.value("version"))
    return form


def saved_now(form: Form, name: str, options: Iterable[Mapping[str, object]] = ()) -> str | None:
    """Returns what is saved now in a field, in words, where it differs from what was typed; otherwise None."""
    if form.saved is None or not form.saved.stored & {name, f"{name}-day"}:
        return None
    if name in form.saved.date_fields | form.date_fields:
        return _day_now(form, form.saved, name)
    theirs = _tidy(form.saved.values(name))
    if theirs == _tidy(form.values(name)):
        return None
    labels = {str(option["value"]): str(option["text"]) for option in options}
    return ", ".join(labels.get(value, value) for value in theirs) or "nothing"


def _day_now(form: Form, saved: Form, name: str) -> str | None:
    mine, theirs = ([one.value(f"{name}-{part}").strip().lstrip("0") for part in PARTS] for one in (form, saved))
    if mine == theirs:
        return None
    return long_date("-".join(part.zfill(2) for part in theirs)) if all(theirs) else "nothing"


def _tidy(values: Iterable[str]) -> list[str]:
    return [tidied for value in values if (tidied := value.replace("\r\n", "\n").strip())]
