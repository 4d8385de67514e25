"""The form of a flag: numbered rows for links and for people who were told, one partner on each line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from backend.web.forms import Form
from tenants.intervention.rules.drafts import KINDS

LINK_ROWS, TOLD_ROWS = 3, 2
MOST_ROWS = 20
LONG, SHORT = 8000, 4000


def read_draft(form: Form) -> dict[str, object]:
    """Returns the input of a flag; problems are added to the form."""
    return {
        "kind": form.choice("kind", label="what the concern is", options=KINDS) or "",
        "title": form.text("title", label="a title") or "",
        "concern": form.text("concern", label="the account of the concern", max_length=LONG, lines=True) or "",
        "partners": _partners(form),
        "tried": form.text("tried", label="what has been tried", max_length=SHORT, lines=True) or "",
        "evidence": read_evidence(form),
        "told": _told(form),
        "note": form.text("note", label="the note", required=False, max_length=SHORT, lines=True),
    }


def _partners(form: Form) -> list[str]:
    lines = (line.strip() for line in form.value("partners").splitlines())
    return list(dict.fromkeys(filter(None, (*form.values("partner"), *lines))))


def read_evidence(form: Form) -> list[dict[str, object]]:
    """Returns the links in the rows that are not empty; a problem names the whole list."""
    rows = [
        {"title": form.value(f"link_title_{row}").strip(), "url": form.value(f"link_url_{row}").strip()}
        for row in rows_of(form, "link_title_", least=LINK_ROWS)
    ]
    return [dict(row) for row in rows if any(row.values())]


def _told(form: Form) -> list[dict[str, object]]:
    people: list[dict[str, object]] = []
    for row in rows_of(form, "told_name_", least=TOLD_ROWS):
        name, post = form.value(f"told_name_{row}").strip(), form.value(f"told_post_{row}").strip()
        day = form.date(f"told_on_{row}", label="the day on which they were told", required=bool(name or post))
        if day is not None:
            people.append({"name": name, "post": post, "on": day.isoformat()})
    return people


def rows_of(form: Form, prefix: str, *, least: int) -> range:
    """Returns the numbers of the rows that the form has, at least so many."""
    names = {*form.raw, *(form.saved.raw if form.saved else ())}
    numbers = [int(match[1]) for key in names if (match := re.fullmatch(prefix + r"(\d{1,2})", key))]
    return range(1, min(max([least, *numbers]), MOST_ROWS) + 1)


def filled(record: Any) -> Form:
    """Returns the form of a flag as it stands, with empty rows to add to."""
    flag = record.flag
    values: dict[str, object] = {name: flag[name] for name in ("kind", "title", "concern", "version")}
    values |= {"partners": "\n".join(flag.partners), "tried": record.working.tried, "note": record.working.note}
    values |= _link_values(flag.evidence) | _told_values(flag.told)
    return Form.filled(values)


def tick_partners(form: Form, *, known: Sequence[str]) -> None:
    """Ticks the boxes of partners that are known; the others stay in the text below."""
    named = _partners(form)
    others = "\n".join(name for name in named if name not in known)
    form.stored |= {"partner"} if form.stored else set()
    form.raw = {**form.raw, "partner": [name for name in named if name in known], "partners": [others]}


def _link_values(links: Sequence[Any]) -> dict[str, object]:
    values: dict[str, object] = {}
    for row, link in enumerate(links, start=1):
        values |= {f"link_title_{row}": link.title, f"link_url_{row}": link.url}
    return values | _spare("link_title_", after=len(links))


def _told_values(told: Sequence[Any]) -> dict[str, object]:
    values: dict[str, object] = {}
    for row, one in enumerate(told, start=1):
        year, month, day = one.on.split("-")
        values |= {f"told_name_{row}": one.name, f"told_post_{row}": one.post}
        values |= {f"told_on_{row}-day": int(day), f"told_on_{row}-month": int(month), f"told_on_{row}-year": year}
    return values | _spare("told_name_", after=len(told))


def _spare(prefix: str, *, after: int) -> dict[str, object]:
    return {f"{prefix}{after + 1}": ""} if after < MOST_ROWS else {}
