"""Telling agencies that they are included in the arrangements; their acknowledgement or refusal (s.16G)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from infra.clock import today
from infra.database import sql
from tenants.audit.personal import personal
from tenants.audit.service import record
from tenants.cooperation import errors, permissions
from tenants.cooperation.queries import agencies as queries
from tenants.cooperation.rules.agencies import CHANNELS, AgencyState, after_acknowledging, can_move
from tenants.cooperation.service.agency_row import change, leave, locked
from tenants.cooperation.service.choosing import BASIS
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound

MOST_AT_ONCE = 5000


async def tell(
    *,
    by: Actor,
    area_id: int,
    agency_ids: Sequence[UUID],
    told_on: date,
    channel: str,
    arrangements_version: str,
) -> int:
    """Record that agencies were told of their inclusion in a version of the arrangements; return how many.

    All or none: raises `NotFound` when one is not on the area's list and `WrongState` when one cannot be told.
    """
    permissions.check_can_manage(by, area_id=area_id)
    way = checks.choice(channel, of=CHANNELS, field="channel", name="how the agencies were told")
    label = checks.text(
        arrangements_version, name="which version of the arrangements", field="arrangementsVersion", most=100
    )
    checks.day(told_on, name="the date the agencies were told", field="toldOn")
    if told_on > today():
        raise Invalid("The date the agencies were told must be today or in the past.", field="toldOn")
    chosen = await _tellable(area_id, agency_ids)
    await sql.execute(
        """insert into agency_telling (area_id, agency_id, organisation_id, told_on, channel, arrangements_version,
            told_by)
        select area_id, id, organisation_id, $3, $4, $5, $6 from relevant_agency
        where area_id = $1 and id = any ($2)""",
        area_id, chosen, told_on, way, label, by.name,
    )  # fmt: skip
    await sql.execute(
        """update relevant_agency set state = 'notified', notified_on = $3, notified_channel = $4,
            notified_version = $5, state_reason = null, version = version + 1
        where area_id = $1 and id = any ($2)""",
        area_id, chosen, told_on, way, label,
    )  # fmt: skip
    await record(
        by=by,
        area_id=area_id,
        action="agency.tell",
        subject=("area", area_id),
        legal_basis=BASIS,
        after={"agencies": chosen, "told_on": told_on, "channel": way, "version": label},
    )
    return len(chosen)


async def _tellable(area_id: int, agency_ids: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(agency_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid(f"Select between 1 and {MOST_AT_ONCE:,} agencies.", field="agencyIds")
    rows = await sql.fetch(
        "select id, name, state from relevant_agency where area_id = $1 and id = any ($2) order by id for update",
        area_id,
        wanted,
    )
    if len(rows) < len(wanted):
        raise NotFound("agency", field="agencyIds")
    for row in rows:
        if not can_move(row["state"], "tell"):
            raise errors.agency_cannot(row["name"], row["state"], "told")
    return wanted


async def acknowledge(
    *, by: Actor, area_id: int, agency_id: UUID, version: int, acknowledged_by: str | None = None
) -> UUID:
    """Acknowledge inclusion in the arrangements, as the agency; or record, as the area, that `acknowledged_by` did.

    Raises `NotAllowed`, `NotFound`, `WrongState`, `Conflict`.
    """
    before = await locked(area_id, agency_id, version)
    who = _acknowledger(by, before, acknowledged_by)
    if not can_move(before.state, "acknowledge"):
        raise errors.agency_cannot(before.name, before.state, "acknowledged")
    state = after_acknowledging(acknowledged_before=before.acknowledged_on is not None)
    values = {
        "state": state.value,
        "acknowledged_on": today(),
        "acknowledged_by": who,
        "acknowledged_version": before.notified_version,
        "state_reason": None,
    }
    await change(before, values)
    themselves = by.kind == "person" and who == by.name
    whose = ("person", by.id) if themselves else ("relevant_agency", agency_id)
    await record(
        by=by,
        area_id=area_id,
        action="agency.acknowledge",
        subject=("relevant_agency", agency_id),
        legal_basis="Children Act 2004 s.16G",
        before={"state": before.state},
        after=personal(values, "acknowledged_by", of=whose),
    )
    return agency_id


def _acknowledger(by: Actor, agency: queries.AgencyRow, told: str | None) -> str:
    if permissions.can_answer(by, area_id=agency.area_id, organisation_id=agency.organisation_id):
        return by.name
    permissions.check_can_manage(by, area_id=agency.area_id)
    return checks.text(told, name="who acknowledged it, and how", field="acknowledgedBy")


async def decline(*, by: Actor, area_id: int, agency_id: UUID, version: int, reason: str) -> UUID:
    """Say, as the agency, that it does not take part, and why. Raises `NotAllowed`, `WrongState`, `Conflict`."""
    before = await locked(area_id, agency_id, version)
    permissions.check_can_answer(by, area_id=area_id, organisation_id=before.organisation_id, what="agency")
    why = checks.reason(reason)
    return await leave(by, before, move="decline", state=AgencyState.DECLINED, why=why, said="declined")
