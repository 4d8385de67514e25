"""The directory's rows: bodies with dated roles, how they relate, who followed whom, and what was taken out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

ROLE_NAMES = {
    "RO318": "INTEGRATED CARE BOARD",
    "RO261": "STRATEGIC PARTNERSHIP",
    "RO262": "SUSTAINABILITY TRANSFORMATION PARTNERSHIP",
    "RO197": "NHS TRUST",
    "RO98": "CLINICAL COMMISSIONING GROUP",
    "RO319": "SUB ICB LOCATION",
}
RELATIONSHIPS = {"RE5": "IS LOCATED IN THE GEOGRAPHY OF", "RE4": "IS COMMISSIONED BY"}


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role that a body holds or held. Only one of a body's roles is its primary one."""

    code: str
    start: date
    end: date | None = None

    @property
    def active(self) -> bool:
        return self.end is None


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation as the directory holds it."""

    code: str
    name: str
    roles: tuple[Role, ...]
    last_change: date
    opened: date
    closed: date | None = None
    town: str = "TESTTOWN"
    postcode: str = "ZZ1 1ZZ"
    version: int = 1

    @property
    def active(self) -> bool:
        return self.closed is None


@dataclass(frozen=True, kw_only=True)
class Affiliation:
    """`source` stands in a relationship to `target`."""

    id: str
    code: str
    source: str
    target: str
    start: date
    last_change: date
    end: date | None = None


@dataclass(kw_only=True)
class Directory:
    """All rows, by code. `successors` maps a closed body's code to those that followed it."""

    bodies: dict[str, Body] = field(default_factory=dict)
    affiliations: dict[str, Affiliation] = field(default_factory=dict)
    successors: dict[str, list[str]] = field(default_factory=dict)
    deleted: dict[str, date] = field(default_factory=dict)
    links: int = 0

    def put(self, body: Body) -> None:
        """Enter or replace a body."""
        self.bodies[body.code] = body
        self.deleted.pop(body.code, None)

    def rename(self, code: str, *, name: str, on: date) -> None:
        """Publish a new name."""
        self._change(code, on=on, name=name)

    def close(self, code: str, *, on: date, successors: tuple[str, ...] = ()) -> None:
        """Close a body: its roles end, it is inactive, and who followed it is known to the code system only."""
        ended = tuple(replace(role, end=role.end or on) for role in self.bodies[code].roles)
        self._change(code, on=on, roles=ended, closed=on)
        self.successors[code] = list(successors)

    def lie(self, code: str, *, board: str, on: date, dated: bool = True) -> None:
        """A body lies in a board's geography from a day on; where it lay until then has ended the day before. The body
        itself counts as changed, unless the directory does not date that."""
        for link, row in self.affiliations.items():
            if row.source == code and row.end is None:
                self.affiliations[link] = replace(row, end=on - timedelta(days=1), last_change=on)
        self.affiliate(code, board=board, start=on, changed=on)
        if dated:
            self._change(code, on=on)

    def affiliate(self, code: str, *, board: str, start: date, changed: date) -> None:
        """Enter that a body lies in the geography of a board."""
        self.links += 1
        link = f"{100_000 + self.links}"
        self.affiliations[link] = Affiliation(
            id=link, code="RE5", source=code, target=board, start=start, last_change=changed
        )

    def part(self, code: str, *, on: date) -> None:
        """Take out every affiliation of a body, as entered by mistake: none of them is found any more."""
        for link in [link for link, row in self.affiliations.items() if row.source == code]:
            del self.affiliations[link]
        self._change(code, on=on)

    def delete(self, code: str, *, on: date) -> None:
        """Take a body out, as one entered by mistake: it is gone from searches and stands in the deletions list."""
        del self.bodies[code]
        self.deleted[code] = on

    def _change(self, code: str, *, on: date, **values: object) -> None:
        body = self.bodies[code]
        self.put(replace(body, last_change=on, version=body.version + 1, **values))  # type: ignore[arg-type]
