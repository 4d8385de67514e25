"""Relevant agencies and the categories they may have."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Self

import strawberry

from concordat_graphql import ids
from concordat_graphql.context import Info, reading
from concordat_graphql.cooperation.keys import Key, encode_in
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.queries.requests import LatestReturn, latest_returns
from tenants.cooperation.rules.agencies import CHANNELS, LABELS, AgencyState
from tenants.cooperation.rules.requests import LABELS as REQUEST_LABELS
from tenants.cooperation.rules.requests import RequestState


@strawberry.type
class AgencyCategory:
    """A statutory category of relevant agency."""

    code: str
    grouping: str
    label: str
    paragraph: int | None = strawberry.field(description="Of the Schedule; null where it has not been checked.")
    citation: str

    @classmethod
    def of(cls, row: queries.CategoryRow) -> Self:
        """Return the type of a row."""
        return cls(
            code=row.code, grouping=row.grouping, label=row.label, paragraph=row.paragraph, citation=row.citation
        )


@strawberry.type
class AgencyReturn:
    """What an agency was asked in its latest due cycle, and how far its answer is."""

    title: str
    due_on: date
    state: str
    state_label: str
    submitted_at: datetime | None

    @classmethod
    def of(cls, row: LatestReturn) -> Self:
        """Return the type of a row."""
        return cls(
            title=row.title,
            due_on=row.due_on,
            state=row.state,
            state_label=REQUEST_LABELS[RequestState(row.state)],
            submitted_at=row.submitted_at,
        )


@strawberry.type
class RelevantAgency:
    """An agency that an area considered, chose, told. Read by the area, and by the agency's own people."""

    key: strawberry.Private[Key]
    id: strawberry.ID
    organisation_id: strawberry.ID
    area_id: strawberry.ID
    area_name: str
    name: str
    category: str
    category_label: str
    state: str
    state_label: str
    reason: str
    expectation: str | None
    contact_name: str | None
    contact_email: str | None
    notified_on: date | None
    notified_channel: str | None
    notified_version: str | None
    acknowledged_on: date | None
    acknowledged_by: str | None
    acknowledged_version: str | None
    state_reason: str | None
    version: int

    @classmethod
    def of(cls, row: queries.AgencyRow) -> Self:
        """Return the type of a row."""
        return cls(
            key=(row.area_id, row.id),
            id=encode_in("RelevantAgency", row.area_id, row.id),
            organisation_id=ids.encode("Organisation", row.organisation_id),
            area_id=ids.encode("Area", row.area_id),
            area_name=row.area_name,
            name=row.name,
            category=row.category,
            category_label=row.category_label,
            state=row.state,
            state_label=LABELS[AgencyState(row.state)],
            reason=row.reason,
            expectation=row.expectation,
            contact_name=row.contact_name,
            contact_email=row.contact_email,
            notified_on=row.notified_on,
            notified_channel=CHANNELS.get(row.notified_channel or ""),
            notified_version=row.notified_version,
            acknowledged_on=row.acknowledged_on,
            acknowledged_by=row.acknowledged_by,
            acknowledged_version=row.acknowledged_version,
            state_reason=row.state_reason,
            version=row.version,
        )

    @strawberry.field(description="Of the latest due cycle; null when it was never asked.")
    async def latest_return(self, info: Info) -> AgencyReturn | None:
        row = await info.context.loader("agency.latest_return", partial(_latest_returns, info)).load(self.key)
        return None if row is None else AgencyReturn.of(row)


async def _latest_returns(info: Info, keys: list[Key]) -> list[LatestReturn | None]:
    async with reading(info):
        found = await latest_returns(agencies=keys)
    return [found.get(key) for key in keys]


@strawberry.type
class AgencyTelling:
    """One time an agency was told."""

    told_on: date
    channel: str
    arrangements_version: str
    told_by: str

    @classmethod
    def of(cls, row: queries.TellingRow) -> Self:
        """Return the type of a row."""
        return cls(
            told_on=row.told_on,
            channel=CHANNELS[row.channel],
            arrangements_version=row.arrangements_version,
            told_by=row.told_by,
        )


@strawberry.type
class AgencyNote:
    """The area's own note."""

    body: str
    written_by: str
    written_at: datetime

    @classmethod
    def of(cls, row: queries.NoteRow) -> Self:
        """Return the type of a row."""
        return cls(body=row.body, written_by=row.written_by, written_at=row.written_at)


@strawberry.type
class AgencyRecord:
    """One agency with how it was told and, for the area only, its notes."""

    agency: RelevantAgency
    tellings: list[AgencyTelling]
    notes: list[AgencyNote]
    may_acknowledge: bool = strawberry.field(description="Whether the reader answers for the agency.")


@strawberry.type
class AgencyCandidate:
    """An organisation of the register that the area may choose."""

    organisation_id: strawberry.ID
    name: str
    category: str | None
    town: str | None

    @classmethod
    def of(cls, row: queries.CandidateRow) -> Self:
        """Return the type of a row."""
        return cls(
            organisation_id=ids.encode("Organisation", row.id), name=row.name, category=row.category, town=row.town
        )


@strawberry.type
class AgencyCount:
    """How many agencies of a category stand at a state."""

    category: str
    category_label: str
    state: str
    state_label: str
    agencies: int

    @classmethod
    def of(cls, row: queries.AgencyCount) -> Self:
        """Return the type of a row."""
        return cls(
            category=row.category,
            category_label=row.category_label,
            state=row.state,
            state_label=LABELS[AgencyState(row.state)],
            agencies=row.agencies,
        )
