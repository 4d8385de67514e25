"""A return that was written and one that only confirms last year's are two events to an area's own systems."""

from __future__ import annotations

from datetime import timedelta

import pytest

from infra.clock import today
from tenants.connections.endpoints import events
from tenants.cooperation.rules.answers import Answer, Answers
from tenants.cooperation.service import returns
from tenants.tenancy.scope import tenant_scope, worker_actor
from tests.support.cooperation import ANSWERS, chosen_school, contact, do, open_cycle, published_duty, request_of
from tests.support.webhooks import Listening, deliveries_of, listening

pytestmark = pytest.mark.usefixtures("database")
SENT, CONFIRMED = "cooperation.return.submitted", "cooperation.return.confirmed"


async def told_of(listener: Listening) -> list[str]:
    """What the area's system is told, oldest first."""
    async with tenant_scope(worker_actor("webhook.list", areas=[listener.area.id])):
        await events.list_new(area_id=listener.area.id)
    return [one.event_type for one in reversed(await deliveries_of(listener))]


async def two_years(listener: Listening, **this_year: Answers) -> None:
    """Let a school answer last year and this year: first all anew, then as given, through a form or all at once."""
    area = listener.area
    school, duty = await chosen_school(area), await published_duty(area)
    who, last_year = contact(area, school), today() - timedelta(days=400)
    last = await open_cycle(area, duty, opens_on=last_year, due_on=last_year + timedelta(days=100))
    before = await request_of(area, school, cycle_id=last)
    await do(who, returns.submit, area_id=area.id, request_id=before.id, version=1, answers=ANSWERS)
    this = await request_of(area, school, cycle_id=await open_cycle(area, duty))
    if "form" in this_year:
        values = {"answers": this_year["form"], "confirm_prefilled": True, "version": this.version}
        await do(who, returns.submit, area_id=area.id, request_id=this.id, **values)
    else:
        await do(who, returns.confirm, area_id=area.id, request_id=this.id, answers=this_year["together"])


CHANGED = {**ANSWERS, "follows": Answer(value="no")}


@pytest.mark.parametrize(
    ("this_year", "told"),
    [
        ({"form": ANSWERS}, CONFIRMED),
        ({"together": {}}, CONFIRMED),
        ({"form": CHANGED}, SENT),
        ({"together": {"follows": Answer(value="no")}}, SENT),
    ],
    ids=["confirmed in the form", "confirmed with others", "changed in the form", "changed with others"],
)
async def test_a_return_with_every_answer_of_last_year_is_told_as_confirmed(
    this_year: dict[str, Answers], told: str
) -> None:
    listener = await listening(event_types=(SENT, CONFIRMED))
    await two_years(listener, **this_year)
    assert await told_of(listener) == [SENT, told]


async def test_a_system_that_asked_for_the_one_is_not_told_of_the_other() -> None:
    listener = await listening(event_types=(CONFIRMED,))
    await two_years(listener, together={})
    assert await told_of(listener) == [CONFIRMED]
