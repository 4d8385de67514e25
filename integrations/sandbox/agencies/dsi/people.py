"""Invented people at invented schools, trusts and councils, and what each may do there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

FIRST_URN, FIRST_UID = 900_006, 90_001
_GIVEN = ("Ada", "Bola", "Chidi", "Dilys", "Esme", "Farah", "Gwen", "Hana")
_FAMILY = ("Okafor", "Penrose", "Quill", "Rook", "Sallow", "Thorne", "Umber", "Vale")


@dataclass(frozen=True, kw_only=True)
class User:
    """A user at one organisation. `urn` or `uid` names it; `changed` is when the record was last touched."""

    number: int
    urn: int | None = None
    uid: int | None = None
    codes: tuple[str, ...] = ("SG_LEAD",)
    is_approver: bool = False
    status: int = 1
    changed: datetime = datetime(2026, 9, 1, tzinfo=UTC)

    @property
    def user_id(self) -> str:
        """A GUID, in capitals as the API writes it."""
        return f"5D1E9C0A-2C1B-4C57-9E0F-{self.number:012X}"

    @property
    def organisation_id(self) -> str:
        """A GUID of the organisation."""
        return f"23F20E54-79EA-4146-8E39-{(self.urn or self.uid or 0):012X}"

    def row(self) -> dict[str, Any]:
        """The user as `/users` writes one: the organisation's fields begin with a capital."""
        return {
            "approvedAt": self.changed.isoformat(),
            "updatedAt": self.changed.isoformat(),
            "organisation": self._organisation(),
            "roleName": "Approver" if self.is_approver else "End user",
            "roleId": 10000 if self.is_approver else 0,
            "userId": self.user_id,
            "userStatus": self.status,
            "email": f"user{self.number}@example.sch.uk",
            "givenName": _GIVEN[self.number % len(_GIVEN)],
            "familyName": _FAMILY[self.number // len(_GIVEN) % len(_FAMILY)],
        }

    def _organisation(self) -> Mapping[str, Any]:
        return {
            "id": self.organisation_id,
            "name": f"Organisation {self.urn or self.uid}",
            "Category": "001" if self.urn else "010",
            "URN": str(self.urn) if self.urn else None,
            "UID": str(self.uid) if self.uid else None,
            "UKPRN": None,
            "EstablishmentNumber": "2001" if self.urn else None,
            "Status": 1,
        }


def invented_users(count: int) -> list[User]:
    """That many users, most at schools, every tenth an approver of a trust."""
    return [_user(number) for number in range(1, count + 1)]


def users_at(urns: Sequence[int]) -> list[User]:
    """One user at each of these schools."""
    return [User(number=number, urn=urn) for number, urn in enumerate(urns, start=1)]


def _user(number: int) -> User:
    if number % 10 == 0:
        return User(number=number, uid=FIRST_UID + number // 10, is_approver=True, codes=())
    return User(number=number, urn=FIRST_URN + 10 * number, codes=("SG_LEAD",) if number % 3 else ("SG_LEAD", "VIEWER"))


def touched(user: User, **changed: Any) -> User:
    """The user, changed now."""
    return replace(user, changed=datetime.now(UTC) + timedelta(seconds=1), **changed)
