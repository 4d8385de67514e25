"""What a directory's word does to a body of ours. Pure: no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tenants.organisations.rules import Kind, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """That a body lies in the geography of the board of a code, from a day to a day; `reference` is the directory's."""

    reference: str
    board: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A body as a directory lists it. `successors` are codes of the same directory; `type_label` says what it is."""

    code: str
    kind: Kind
    name: str
    status: Status
    opened_on: date | None = None
    closed_on: date | None = None
    successors: tuple[str, ...] = ()
    type_label: str | None = None
    lies_in: tuple[Lying, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A body of the register, and what the directory said of it last (None: nothing yet)."""

    organisation_id: UUID
    name: str
    status: str
    listed_name: str | None = None
    listed_status: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What to do: enter the body, or change its name or status; None leaves as it is."""

    enter: bool = False
    name: str | None = None
    status: Status | None = None

    @property
    def changes(self) -> bool:
        """Return whether anything of the body itself changes."""
        return self.enter or self.name is not None or self.status is not None


def judge(listed: Listed, held: Held | None) -> Verdict:
    """Return what the directory's word changes.

    A body unknown to us is entered while it is open; one that closed before we knew it is of no use here. A name counts
    only when the directory changed it and ours was still the directory's: what a person wrote stays. A body closes when
    the directory says so for the first time, and opens again only when the directory had closed it.
    """
    if held is None:
        return Verdict(enter=listed.status is Status.OPEN)
    return Verdict(name=_name(listed, held), status=_status(listed, held))


def _name(listed: Listed, held: Held) -> str | None:
    ours_is_theirs = held.listed_name is not None and held.name == held.listed_name
    return listed.name if ours_is_theirs and listed.name != held.name else None


def _status(listed: Listed, held: Held) -> Status | None:
    changed = held.listed_status != listed.status
    if not changed or held.status == listed.status:
        return None
    if listed.status is Status.CLOSED:
        return Status.CLOSED
    return Status.OPEN if held.listed_status == Status.CLOSED else None


def may(verdict: Verdict, *, names: bool, status: bool) -> Verdict:
    """Return the verdict without what this directory may not change."""
    return Verdict(enter=verdict.enter, name=verdict.name if names else None, status=verdict.status if status else None)
