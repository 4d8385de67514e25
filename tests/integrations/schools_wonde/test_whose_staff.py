"""Wonde lists every school that approved the link; the staff of those outside the area are never asked for."""

from __future__ import annotations

from tests.integrations.school_people.told import kept
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.school_systems import LinkedSchools

ELSEWHERE = 620_006
LEAVES = """
update area_organisation set valid_from = valid_from - 2, valid_to = valid_from - 1
where area_id = $1 and organisation_id = (select id from organisation where urn = $2) returning 1
"""


async def leaves_the_area(database: Cluster, linked: LinkedSchools) -> None:
    """A school is of another area since today, as the register has it."""
    assert await as_superuser(database, LEAVES, linked.area.id, ELSEWHERE)


def read(linked: LinkedSchools, *, after: int = 0) -> set[str]:
    """The schools whose employees were asked for."""
    return {each["path"].split("/")[-2] for each in linked.asked(containing="/employees")[after:]}


async def test_staff_of_a_school_outside_the_area_is_not_asked_for(
    linked: LinkedSchools, database: Cluster
) -> None:
    await leaves_the_area(database, linked)
    row = await linked.run()
    assert (row["state"], len(read(linked))) == ("done", 5)
    assert {each["urn"] for each in await linked.proposals()} == set(range(620_001, ELSEWHERE))
    told = await linked.rejections(row)
    assert told[f"URN {ELSEWHERE}"].endswith("Nobody there is kept.")


async def test_a_school_that_leaves_the_area_is_read_once_more_and_its_contacts_end(
    linked: LinkedSchools, database: Cluster
) -> None:
    await linked.run()
    await kept(linked)
    await leaves_the_area(database, linked)
    await linked.alter("watermark = null")
    await linked.run()
    assert {(each["urn"], each["action"]) for each in await linked.proposals()} == {(ELSEWHERE, "end")}
    before = len(linked.asked(containing="/employees"))
    await linked.alter("watermark = null")
    await linked.run()
    assert len(read(linked, after=before)) == 5
