"""Of whom an area's trail holds personal text: what it says of each, in how many entries, or when it was erased."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.clock import LONDON
from infra.database import sql
from tenants.audit.opening import keys_of, said
from tenants.audit.personal import Key, is_sealed
from tenants.audit.plain import mapped

_SUBJECTS = "select id, subject_type, subject_id, erased_at from audit.subject_key where area_id = $1 order by id"
_HOLDING = """
select jsonb_build_array(before, after)::text as parts from audit.event
where area_id = $1 and (before::text like '%"sealed": "%' or after::text like '%"sealed": "%') order by seq
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectRow:
    """One subject. `texts` is what the trail says of them, `erased_on` the day on which all of it was erased."""

    subject_type: str
    subject_id: str
    texts: tuple[str, ...]
    entries: int
    erased_on: date | None

    @property
    def key(self) -> str:
        """Return what tells the subject from others of the area."""
        return f"{self.subject_type}.{self.subject_id}"


async def subjects(*, area_id: int, search: str | None = None) -> list[SubjectRow]:
    """Return the subjects in whose text the words are found (all without any), by their text, those erased last.

    In a scope that reads the area: three statements, however many there are.
    """
    rows = await sql.fetch(_SUBJECTS, area_id)
    keys = await keys_of(area_id=area_id, ids=[row["id"] for row in rows])
    texts: dict[str, dict[str, None]] = {str(row["id"]): {} for row in rows}
    counts = dict.fromkeys(texts, 0)
    for entry in await sql.fetch(_HOLDING, area_id):
        for key in {part["of"] for part in _sealed(entry["parts"], into=texts, keys=keys)}:
            counts[key] = counts.get(key, 0) + 1
    found: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row["subject_type"], row["subject_id"]), []).append(row)
    made = [_subject(subject, of, texts=texts, counts=counts) for subject, of in found.items()]
    wanted = (search or "").strip().casefold()
    shown = [one for one in made if not wanted or any(wanted in text.casefold() for text in one.texts)]
    return sorted(shown, key=lambda one: (one.erased_on is not None, [text.casefold() for text in one.texts], one.key))


async def subject(*, area_id: int, key: str) -> SubjectRow | None:
    """Return one subject, by its key; None when the area's trail holds nothing of it."""
    return next((one for one in await subjects(area_id=area_id) if one.key == key), None)


def _sealed(parts: str, *, into: dict[str, dict[str, None]], keys: dict[str, Key | str]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def note(value: Any) -> Any:
        if is_sealed(value):
            found.append(value)
            key = keys.get(value["of"])
            if isinstance(key, Key):
                into[value["of"]].update(dict.fromkeys(_words(said(value, key))))
        return value

    mapped(json.loads(parts), note)
    return found


def _words(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for part in value:
                yield from _words(part)
        case dict():
            yield ", ".join(text for part in value.values() for text in _words(part))


def _subject(
    subject: tuple[str, str], rows: list[Any], *, texts: dict[str, dict[str, None]], counts: dict[str, int]
) -> SubjectRow:
    whole = {text: None for row in rows for text in texts[str(row["id"])]}
    days = [row["erased_at"] for row in rows]
    erased = None if None in days else max(days).astimezone(LONDON).date()
    return SubjectRow(
        subject_type=subject[0],
        subject_id=subject[1],
        texts=tuple(whole),
        entries=sum(counts[str(row["id"])] for row in rows),
        erased_on=erased,
    )
