"""One extract from end to end: open, read, type and translate, one row at a time.

Establishments and trusts whose lines are `known` come as `KnownRows`, by their numbers alone.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from integrations.gias import formats, mapping, parsing
from integrations.gias.formats import FileFormat
from integrations.gias.lines import Known
from integrations.gias.opening import Opened
from integrations.gias.reader import NOTHING, Fields, OnReject, read_fields, rejected_row
from tenants.organisations.rules import KnownRows, RegisterEntry, RegisterLink, TrustMembership

Row = TypeVar("Row")
Ours = TypeVar("Ours")


def establishments(
    opened: Opened, *, on_reject: OnReject, known: Known = NOTHING
) -> Iterator[RegisterEntry | KnownRows]:
    """Raises `WrongFile` before the first row."""
    return _translated(opened, formats.ESTABLISHMENTS, parsing.establishment, mapping.establishment, on_reject, known)


def trusts(opened: Opened, *, on_reject: OnReject, known: Known = NOTHING) -> Iterator[RegisterEntry | KnownRows]:
    """Academy trusts only; other groups are passed over. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.GROUPS, parsing.group, mapping.trust, on_reject, known)


def successions(opened: Opened, *, on_reject: OnReject, known: Known = NOTHING) -> Iterator[RegisterLink | KnownRows]:
    """Successions only; other links are passed over. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.LINKS, parsing.link, mapping.succession, on_reject, known)


def memberships(
    opened: Opened, *, on_reject: OnReject, known: Known = NOTHING
) -> Iterator[TrustMembership | KnownRows]:
    """Membership of academy trusts only. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.GROUP_LINKS, parsing.group_link, mapping.membership, on_reject, known)


def _translated(
    opened: Opened,
    wanted: FileFormat,
    parse: Callable[[int, bytes | None, Fields], Row],
    translate: Callable[[Row], Ours | None],
    on_reject: OnReject,
    known: Known = NOTHING,
) -> Iterator[Ours | KnownRows]:
    for row in read_fields(opened, wanted, on_reject=on_reject, known=known):
        if isinstance(row, KnownRows):
            yield row
            continue
        line, digest, fields = row
        try:
            ours = translate(parse(line, digest, fields))
        except ValueError as problem:
            on_reject(rejected_row(line, str(problem), fields[0]))
            continue
        if ours is not None:
            yield ours
