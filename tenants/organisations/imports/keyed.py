"""How the entries of a file are told apart: establishments by URN, trusts by UID."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tenants.organisations.rules import Kind, RegisterEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyed:
    """Organisations of one kind, the file that tells of them, and the number by which they are told apart."""

    kind: Kind
    file: str
    key: str
    label: str
    of: Callable[[RegisterEntry], int | None]

    def sql(self, statement: str) -> str:
        """Return a statement about this kind's key."""
        return statement.replace("KEY", self.key)


ESTABLISHMENTS = Keyed(
    kind=Kind.ESTABLISHMENT, file="establishments", key="urn", label="URN", of=lambda entry: entry.urn
)
TRUSTS = Keyed(kind=Kind.TRUST, file="groups", key="uid", label="Group UID", of=lambda entry: entry.uid)
