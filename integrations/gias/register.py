"""One extract from end to end: open, read, type and translate, one row at a time."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from integrations.gias import formats, mapping, parsing
from integrations.gias.formats import FileFormat
from integrations.gias.opening import Opened
from integrations.gias.reader import Fields, OnReject, read_fields, rejected_row
from tenants.organisations.rules import RegisterEntry, RegisterLink, TrustMembership

Row = TypeVar("Row")
Ours = TypeVar("Ours")


def establishments(opened: Opened, *, on_reject: OnReject) -> Iterator[RegisterEntry]:
    """Raises `WrongFile` before the first row."""
    return _translated(opened, formats.ESTABLISHMENTS, parsing.establishment, mapping.establishment, on_reject)


def trusts(opened: Opened, *, on_reject: OnReject) -> Iterator[RegisterEntry]:
    """Academy trusts only; other groups are passed over. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.GROUPS, parsing.group, mapping.trust, on_reject)


def successions(opened: Opened, *, on_reject: OnReject) -> Iterator[RegisterLink]:
    """Successions only; other links are passed over. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.LINKS, parsing.link, mapping.succession, on_reject)


def memberships(opened: Opened, *, on_reject: OnReject) -> Iterator[TrustMembership]:
    """Membership of academy trusts only. Raises `WrongFile` before the first row."""
    return _translated(opened, formats.GROUP_LINKS, parsing.group_link, mapping.membership, on_reject)


def _translated(
    opened: Opened,
    wanted: FileFormat,
    parse: Callable[[int, Fields], Row],
    translate: Callable[[Row], Ours | None],
    on_reject: OnReject,
) -> Iterator[Ours]:
    for line, fields in read_fields(opened, wanted, on_reject=on_reject):
        try:
            ours = translate(parse(line, fields))
        except ValueError as problem:
            on_reject(rejected_row(line, str(problem), fields[0]))
            continue
        if ours is not None:
            yield ours
