"""Whatever changes, and however the days go by: a row that may be shown says what the records say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from random import Random

import pytest

from infra.clock import today
from tests.support.cluster import Cluster
from tests.support.cooperation import ask as ask_all
from tests.support.cooperation import asked_school, chosen_school
from tests.support.membership import Partnership, make_partnership
from tests.support.queue import as_superuser
from tests.support.world import make_area
from tests.tenants.intervention import people as flags
from tests.tenants.overview.keeping import recorded, refresh, rows, shown, verify
from tests.tenants.overview.moved_clock import move_to
from tests.tenants.overview.random_changes import (
    Change,
    answer,
    appoint,
    budget,
    chair,
    change,
    change_level,
    end_appointment,
    move_flag,
    rename_body,
    seat,
)

STEPS = 40
TRIGGERS = "alter table {0} {1} trigger facts_updated, {1} trigger facts_inserted"
#: what to change so that a row would be wrong if nothing watched the table
BEHIND: dict[str, Sequence[Change]] = {
    "partner_body": (end_appointment, rename_body),
    "appointment": (appoint, end_appointment),
    "partnership_chair": (chair,),
    "seat": (seat, change_level),
    "budget": (budget,),
    "cooperation_count": (answer,),
    "intervention_flag": (move_flag,),
}


async def with_everything() -> Partnership:
    """An area with a partnership, requests that are open, late and to come, and a few flags."""
    area = await make_area()
    await asked_school(area)
    await chosen_school(area, name="Hill Primary School")
    await ask_all(area, title="An earlier return", opens_on=today() - timedelta(days=350), due_on=today())
    await ask_all(area, title="A return to come", opens_on=today() + timedelta(days=9),
                  due_on=today() + timedelta(days=40))  # fmt: skip
    for _ in range(2):
        await flags.referred(area)
    await flags.raised(area)
    return await make_partnership(area)


async def wrong(made: Partnership) -> dict[str, tuple[str, str]]:
    """The rows that may be shown today and differ from the records: none, ever."""
    said = await recorded(made.area)
    return {
        subject.value: (row.fact.words, said[subject].words)
        for subject, row in (await rows(made.area)).items()
        if row.holds(today()) and row.fact != said[subject]
    }


@pytest.mark.parametrize("seed", range(6))
async def test_a_row_that_may_be_shown_is_right(database: Cluster, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, made, days, done = Random(seed), await with_everything(), 0, []
    await refresh(made.area)
    for _ in range(STEPS):
        what = chance.choice(["change", "change", "a day", "many days", "refresh", "refresh"])
        if what == "change":
            what = await change(made, chance)
        elif what == "refresh":
            await refresh(made.area)
        else:
            days += 1 if what == "a day" else chance.randint(2, 45)
            move_to(monkeypatch, days=days)
        done.append(what)
        assert await wrong(made) == {}, f"day {days}, after: {done}"
    assert await shown(made.area) == await recorded(made.area)
    assert await verify(made.area) == []
    assert any("refused" not in one for one in done if one not in ("refresh", "a day", "many days"))


@pytest.mark.parametrize("table", BEHIND)
async def test_without_its_triggers_it_would_be_wrong(database: Cluster, table: str) -> None:
    """The harness itself: without its triggers some change goes unnoticed, and this test says so."""
    made, chance = await with_everything(), Random(1)
    await as_superuser(database, TRIGGERS.format(table, "disable"))
    try:
        for _ in range(100):
            await refresh(made.area)
            await change(made, chance, among=BEHIND[table])
            if found := await wrong(made):
                break
    finally:
        await as_superuser(database, TRIGGERS.format(table, "enable"))
    assert found
    assert [one.subject.value for one in await verify(made.area) or []] == list(found)
