"""A supplier's rows in our words. Nothing here can hold a pupil. What a row becomes is a struct, which costs little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

LAST = "\U0010ffff"  #: after every id


class School(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A school in a supplier's system. `urn` is None where the system does not say it; `gone`: no longer kept there."""

    id: str
    urn: int | None
    name: str
    gone: bool = False


class Tenure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A post that a person has at a school (by the supplier's id), and the supplier's word for it, without spaces."""

    school: str
    post: str
    word: str


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Somebody in a supplier's system, with the posts that concern us: none when they left or never had one."""

    id: str
    name: str = ""
    email: str | None = None
    phone: str | None = None
    tenures: tuple[Tenure, ...] = ()

    def __repr__(self) -> str:
        """Name nobody: what is shown may be logged."""
        return f"Person(id={self.id!r}, tenures={self.tenures!r})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A part of a full listing: whoever is known between the bounds (neither included) and was not sent has gone.

    `also` were sent on earlier pages; `sent` is how many were sent in all.
    """

    lower: str = ""
    upper: str = LAST
    also: tuple[str, ...] = ()
    sent: int = 0


def between(*, after: str, upto: str | None, sent: int) -> Span:
    """Return the span of a listing in the order of its ids, from after one id up to another (None: to the end)."""
    return Span(lower=f"{after}!" if after else "", upper=LAST if upto is None else f"{upto}!", sent=sent)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schools:
    """The schools of a page; with `span`, all that there are in a part of the listing."""

    schools: Sequence[School]
    span: Span | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class People:
    """The people of a page, as far as `posts` (by the supplier's word); with `span`, all of a part of the listing."""

    people: Sequence[Person]
    posts: Mapping[str, str]
    span: Span | None = None


Item = Schools | People
