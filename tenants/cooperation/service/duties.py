"""Writing duties, publishing them as frozen versions, and opening a cycle that asks agencies."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from infra.database import sql
from infra.ids import uuid7
from infra.queue import enqueue
from tenants.audit.service import record
from tenants.cooperation import errors, permissions
from tenants.cooperation.queries import agencies as agency_queries
from tenants.cooperation.queries import duties as queries
from tenants.cooperation.rules.agencies import INCLUDED
from tenants.cooperation.rules.duties import LEGAL_BASES, Cycle
from tenants.cooperation.rules.requests import academic_year
from tenants.cooperation.service.duty_text import DutyText, check_dates, checked
from tenants.cooperation.tables import Duty, DutyVersion
from tenants.tenancy import checks
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound, WrongState


async def draft_duty(*, by: Actor, area_id: int, text: DutyText) -> UUID:
    """Write a new duty that nobody is asked yet; return its id. Raises `NotAllowed`, `Problems`."""
    permissions.check_can_manage(by, area_id=area_id)
    values = await _checked(text)
    duty_id = uuid7()
    await Duty.insert(Duty(area_id=area_id, id=duty_id, **_stored(values))).run()
    await record(by=by, area_id=area_id, action="duty.draft", subject=("duty", duty_id), after=values)
    return duty_id


async def revise_duty(*, by: Actor, area_id: int, duty_id: UUID, version: int, text: DutyText) -> UUID:
    """Change the working text of a duty; what is published stays as it is. Raises as `draft_duty`, `Conflict`."""
    permissions.check_can_manage(by, area_id=area_id)
    before = await _locked(area_id, duty_id, version)
    if before.state == "retired":
        raise WrongState("This duty has been retired. Write a new one instead.")
    values = await _checked(text)
    await _change(area_id, duty_id, {**_stored(values), "changed": True})
    await record(by=by, area_id=area_id, action="duty.revise", subject=("duty", duty_id), after=values)
    return duty_id


async def publish_duty(*, by: Actor, area_id: int, duty_id: UUID, version: int) -> UUID:
    """Freeze the working text as the next version; return the version's id. Raises `NotAllowed`, `WrongState`."""
    permissions.check_can_manage(by, area_id=area_id)
    duty = await _locked(area_id, duty_id, version)
    if duty.state == "retired" or not duty.changed:
        raise WrongState("There is nothing new to publish: this text is already published or retired.")
    version_id = uuid7()
    await DutyVersion.insert(
        DutyVersion(
            area_id=area_id,
            id=version_id,
            duty_id=duty_id,
            number=duty.latest_number + 1,
            title=duty.title,
            body=duty.body,
            legal_basis=list(duty.legal_basis),
            legal_note=duty.legal_note,
            categories=list(duty.categories),
            questions=await sql.fetch_value(
                "select questions::text from duty where area_id = $1 and id = $2", area_id, duty_id
            ),
            published_by=by.name,
        )
    ).run()
    changes = {"state": "published", "latest_number": duty.latest_number + 1, "changed": False}
    await _change(area_id, duty_id, changes)
    await record(
        by=by,
        area_id=area_id,
        action="duty.publish",
        subject=("duty", duty_id),
        legal_basis="; ".join(LEGAL_BASES[code] for code in duty.legal_basis),
        after=changes,
    )
    return version_id


async def retire_duty(*, by: Actor, area_id: int, duty_id: UUID, version: int, reason: str) -> UUID:
    """Ask this duty of nobody any more; cycles that are open stay open. Raises `NotAllowed`, `WrongState`."""
    permissions.check_can_manage(by, area_id=area_id)
    duty = await _locked(area_id, duty_id, version)
    if duty.state == "retired":
        raise WrongState("This duty has already been retired.")
    why = checks.reason(reason)
    await _change(area_id, duty_id, {"state": "retired"})
    await record(by=by, area_id=area_id, action="duty.retire", subject=("duty", duty_id), reason=why)
    return duty_id


async def open_cycle(
    *,
    by: Actor,
    area_id: int,
    duty_id: UUID,
    opens_on: date | None = None,
    due_on: date | None = None,
    arrangements_version: str | None = None,
) -> UUID:
    """Ask every included agency in the duty's categories for its latest version; return the cycle's id.

    The cycle is named after the academic year of its opening day, the version of the arrangements, or “Once”.
    Raises `NotAllowed`, `NotFound`, `Invalid`, `WrongState`.
    """
    permissions.check_can_manage(by, area_id=area_id)
    duty = await queries.duty(area_id=area_id, duty_id=duty_id)
    if duty is None:
        raise NotFound("duty")
    if duty.state != "published":
        raise errors.not_published()
    opens, due = _dates(duty, opens_on, due_on)
    label = _label(duty, opens, arrangements_version)
    cycle_id = await _cycle(by, duty, label=label, opens_on=opens, due_on=due)
    asked = await _ask(area_id, cycle_id)
    if asked == 0:
        raise errors.nobody_in_scope()
    await record(
        by=by,
        area_id=area_id,
        action="cycle.open",
        subject=("duty_cycle", cycle_id),
        legal_basis="; ".join(LEGAL_BASES[code] for code in duty.legal_basis),
        after={"duty": duty.title, "label": label, "opens_on": opens, "due_on": due, "asked": asked},
    )
    await enqueue("cooperation.announce", area_id=area_id, cycle_id=cycle_id)
    return cycle_id


def _dates(duty: queries.DutyRow, opens_on: date | None, due_on: date | None) -> tuple[date, date]:
    opens, due = opens_on or duty.opens_on, due_on or duty.due_on
    if opens is None:
        raise Invalid("Enter the date on which this opens.", field="opensOn")
    if due is None:
        raise Invalid("Enter the date by which agencies must answer.", field="dueOn")
    check_dates(opens_on=opens, due_on=due)
    return opens, due


def _label(duty: queries.DutyRow, opens_on: date, arrangements_version: str | None) -> str:
    if duty.cycle == Cycle.EACH_ACADEMIC_YEAR:
        return academic_year(opens_on)
    if duty.cycle == Cycle.ONCE:
        return "Once"
    return checks.text(
        arrangements_version, name="which version of the arrangements", field="arrangementsVersion", most=100
    )


async def _cycle(by: Actor, duty: queries.DutyRow, *, label: str, opens_on: date, due_on: date) -> UUID:
    version_id = await sql.fetch_value(
        "select id from duty_version where area_id = $1 and duty_id = $2 and number = $3",
        duty.area_id, duty.id, duty.latest_number,
    )  # fmt: skip
    made = await sql.fetch_value(
        """insert into duty_cycle
            (area_id, id, duty_id, duty_version_id, label, opens_on, due_on, opened_by)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (area_id, duty_id, label) do nothing returning id""",
        duty.area_id, uuid7(), duty.id, version_id, label, opens_on, due_on, by.name,
    )  # fmt: skip
    if made is None:
        if duty.cycle == Cycle.ONCE:
            raise WrongState("This duty is asked once, and agencies have been asked. To ask again, write another.")
        raise WrongState(f"Agencies have already been asked for this duty for “{label}”.")
    cycle_id: UUID = made
    return cycle_id


async def _ask(area_id: int, cycle_id: UUID) -> int:
    tag = await sql.execute(
        """insert into duty_request (area_id, cycle_id, duty_id, duty_version_id, agency_id, organisation_id,
            agency_name, category, title, cycle_label, opens_on, due_on)
        select y.area_id, y.id, y.duty_id, y.duty_version_id, g.id, g.organisation_id, g.name, g.category, v.title,
            y.label, y.opens_on, y.due_on
        from duty_cycle y
            join duty_version v on v.area_id = y.area_id and v.id = y.duty_version_id
            join relevant_agency g on g.area_id = y.area_id
        where y.area_id = $1 and y.id = $2 and g.category = any (v.categories) and g.state = any ($3)
        on conflict (area_id, cycle_id, agency_id) do nothing""",
        area_id,
        cycle_id,
        [state.value for state in INCLUDED],
    )
    return int(tag.split()[-1])


async def ask_latecomers(*, by: Actor, area_id: int, cycle_id: UUID) -> int:
    """Ask agencies that joined after the cycle was opened; return how many. Raises `NotAllowed`, `NotFound`."""
    permissions.check_can_manage(by, area_id=area_id)
    if await queries.cycle(area_id=area_id, cycle_id=cycle_id) is None:
        raise NotFound("cycle")
    asked = await _ask(area_id, cycle_id)
    await record(
        by=by, area_id=area_id, action="cycle.extend", subject=("duty_cycle", cycle_id), after={"asked": asked}
    )
    return asked


async def _checked(text: DutyText) -> dict[str, Any]:
    return checked(text, categories=[row.code for row in await agency_queries.categories()])


def _stored(values: dict[str, Any]) -> dict[str, Any]:
    return {**values, "questions": json.dumps(values["questions"]), "follow_up": json.dumps(values["follow_up"])}


async def _locked(area_id: int, duty_id: UUID, version: int) -> queries.DutyRow:
    await sql.execute("select 1 from duty where area_id = $1 and id = $2 for update", area_id, duty_id)
    found = await queries.duty(area_id=area_id, duty_id=duty_id)
    if found is None:
        raise NotFound("duty")
    checks.version(expected=version, found=found.version, what="duty")
    return found


async def _change(area_id: int, duty_id: UUID, values: dict[str, Any]) -> None:
    changes: dict[Any, Any] = {**values, Duty.version: Duty.version + 1}
    await Duty.update(changes).where((Duty.area_id == area_id) & (Duty.id == duty_id)).run()
