"""Personal text in entries: sealed with a key of its subject (AES-256-GCM), so that the chain hashes what is sealed.

Destroying the key erases the text and leaves every link whole. A subject is the account whose text it is; where there
is none, the thing of the area that names the person: an appointment, a contact, an agency, a flag.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from infra import sealing
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.plain import mapped, plain

if TYPE_CHECKING:
    from tenants.audit.service import Entry
    from tenants.tenancy.actor import Actor

Whose = tuple[int, str, str]  #: the area, and the subject's type and id
Subject = tuple[str, object]

#: The keys that are held, made where there is none to see. A key that is not sealed under today's secret key is left
#: for the rotation: a new one is made beside it.
_KEYS = """
with given as (
    select * from json_to_recordset($1::json) as g (area_id integer, subject_type text, subject_id text, id uuid,
        sealed text)
), held as (
    select distinct on (k.area_id, k.subject_type, k.subject_id) k.*
    from given g join audit.subject_key k using (area_id, subject_type, subject_id)
    where k.key_id = $2 order by k.area_id, k.subject_type, k.subject_id, k.id
), made as (
    insert into audit.subject_key (area_id, id, subject_type, subject_id, sealed, key_id)
    select area_id, id, subject_type, subject_id, decode(sealed, 'base64'), $2 from given
    where (area_id, subject_type, subject_id) not in (select area_id, subject_type, subject_id from held)
)
select area_id, subject_type, subject_id, id, sealed from held
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Personal:
    """A text about a person, on its way into an entry: what it says, and whose it is."""

    value: Any
    of: Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """A subject's key, opened."""

    area_id: int
    id: str
    secret: bytes


def personal(values: Mapping[str, Any], *names: str, of: Subject) -> dict[str, Any]:
    """Return the values, those of these names marked as the subject's personal text. What is empty is not marked."""
    return {
        name: Personal(value=value, of=of) if name in names and value is not None else value
        for name, value in values.items()
    }


async def sealed(entries: Sequence[tuple[Actor, Entry]]) -> Sequence[tuple[Actor, Entry]]:
    """Return the entries with personal text sealed: one statement for all keys, none where there is none."""
    whose = {(entry.area_id, *_subject(found)) for _, entry in entries for found in _found(entry)}
    if not whose:
        return entries
    keys = await _keys(sorted(whose))

    def seal(entry: Entry) -> Entry:
        def part(value: Any) -> Any:
            return _sealed(value, keys[(entry.area_id, *_subject(value))]) if isinstance(value, Personal) else value

        return replace(entry, before=mapped(entry.before, part), after=mapped(entry.after, part))

    return [(by, seal(entry)) for by, entry in entries]


def place_of_key(*, area_id: int, key: object) -> str:
    """Return where a subject's key is kept: what it is sealed for."""
    return f"audit_subject_key|{area_id}|{key}"


def opened_key(*, area_id: int, key: object, sealed: bytes) -> Key:
    """Return a subject's key as it is kept, opened; raises `CannotOpen`."""
    secret = sealing.unseal(sealed, place=place_of_key(area_id=area_id, key=key))
    return Key(area_id=area_id, id=str(key), secret=bytes.fromhex(secret))


def opened_text(value: Mapping[str, str], key: Key) -> Any:
    """Return what a sealed part of an entry says; raises `CannotOpen`."""
    text = sealing.unseal_with(key.secret, base64.b64decode(value["sealed"]), place=_place_of_text(key))
    return json.loads(text)


def is_sealed(value: Any) -> bool:
    """Return whether a part of an entry is personal text that was sealed."""
    return isinstance(value, dict) and value.keys() == {"sealed", "of"}


def _found(entry: Entry) -> Iterable[Personal]:
    found: list[Personal] = []

    def note(value: Any) -> Any:
        if isinstance(value, Personal):
            found.append(value)
        return value

    mapped([entry.before, entry.after], note)
    return found


def _subject(one: Personal) -> tuple[str, str]:
    kind, identifier = one.of
    return kind, str(identifier)


def _sealed(one: Personal, key: Key) -> dict[str, str]:
    text = json.dumps(one.value, default=plain, ensure_ascii=False)
    hidden = sealing.seal_with(key.secret, text, place=_place_of_text(key))
    return {"sealed": base64.b64encode(hidden).decode(), "of": key.id}


def _place_of_text(key: Key) -> str:
    return f"audit|{key.area_id}|{key.id}"


async def _keys(whose: Sequence[Whose]) -> dict[Whose, Key]:
    """Return a key for each, made where there is none yet."""
    keys = {one: Key(area_id=one[0], id=str(uuid7()), secret=os.urandom(32)) for one in whose}
    given = json.dumps([_row(one, key) for one, key in keys.items()])
    for row in await sql.fetch(_KEYS, given, sealing.key_id()):
        held = opened_key(area_id=row["area_id"], key=row["id"], sealed=row["sealed"])
        keys[(row["area_id"], row["subject_type"], row["subject_id"])] = held
    return keys


def _row(whose: Whose, key: Key) -> dict[str, Any]:
    area_id, kind, identifier = whose
    hidden = sealing.seal(key.secret.hex(), place=place_of_key(area_id=area_id, key=key.id))
    return {
        "area_id": area_id,
        "subject_type": kind,
        "subject_id": identifier,
        "id": key.id,
        "sealed": base64.b64encode(hidden).decode(),
    }
