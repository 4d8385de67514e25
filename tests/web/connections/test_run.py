"""The page of a run: what it changed, and what became of what it proposed, by whom."""

from __future__ import annotations

from uuid import UUID

from litestar import Litestar

from concordat_graphql.ids import encode
from tenants.connections import changes, runs
from tenants.connections.changes import Applied
from tenants.connections.rules.counting import Counts
from tenants.connections.runs import Rejection
from tenants.tenancy.roles import Role
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, engine, keeper, make_connection, serving
from tests.support.organisations import make_school
from tests.support.product import signed_in
from tests.support.world import AreaMade, make_actor, make_area
from tests.tenants.connections.entered import about, accept, linked, proposed, waiting

FACTS = "What this run changed, newest first"


async def test_what_was_proposed_is_told_by_outcome_with_who_decided(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    connection = await linked(area)
    earlier = await make_school(area)
    await proposed(area, connection, about(earlier, "Ida Before"))
    run = await asked(area, connection)
    rows = [about(await make_school(area), f"Ada {n}") for n in range(3)]
    await proposed(area, connection, *rows, run=run)
    await accept(area, *[row for row in await waiting(area) if row.proposed["name"] in ("Ada 0", "Ada 1")])
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(_page(f"/area/{area.slug}", connection, run))
        told = page.table("What became of what it proposed")
        assert "Proposals that wait for a decision" in (await browser.get(page.links()["proposals that wait"])).h1
    assert [row[:3] for row in told] == [["Waits", "Nobody yet", "1"], ["Accepted", keeper(area).name, "2"]]
    assert [bool(row[3]) for row in told] == [False, True], "when, where someone decided"


async def test_the_facts_of_a_run_stand_on_its_page_and_of_many_the_rest_behind_a_link(
    app: Litestar, database: Cluster
) -> None:
    area = await make_area()
    connection = await linked(area)
    await _changed(area, connection, "Another run", 1)
    run = await _changed(area, connection, "Hill", 52)
    async with await signed_in(app, await make_actor(Role.VIEWER, area=area)) as browser:
        page = await browser.get(_page(f"/area/{area.slug}", connection, run))
        assert len(page.table(FACTS)) == 50
        assert page.table(FACTS)[0][:4] == ["Hill 51", "name", "Old", "New"]
        first = await browser.get(page.links()["Every fact that this run changed"])
        second = await browser.get(first.links()["Next page"])
        rest = [row[1] for each in (first, second) for row in each.table("Facts that were applied, newest first")]
    assert len(rest) == 52
    assert {name.split()[0] for name in rest} == {"Hill"}


async def test_a_run_that_failed_says_what_to_do_next(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    connection = await linked(area)
    run = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.fail(run_id=run.run_id, fence=run.fence, problem="The answer (200) is not JSON.")
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(_page(f"/area/{area.slug}", connection, run.run_id))
        assert "tell whoever keeps the system what stands here" in page.text
        assert "If a setting is wrong, change it there first" in page.text
        assert "where that says that it waits for credentials, set new ones there first" in page.text
        again = await browser.get(page.links()["the page of the connection"])
    assert "Run now" in again.text


async def test_a_run_that_left_rows_out_is_not_said_to_have_nothing_to_report(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    connection = await linked(area)
    run = await begun(area, await asked(area, connection))
    async with serving(area):
        rejected = [Rejection(reference="URN 900001", reason="It is no establishment of this area.")]
        await runs.checkpoint(run_id=run.run_id, fence=run.fence, cursor=None, counts=Counts(read=1), rejected=rejected)
        await runs.finish(run_id=run.run_id, fence=run.fence)
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(_page(f"/area/{area.slug}", connection, run.run_id).rpartition("/runs/")[0])
    assert "It left rows out: the run says which" in page.text
    assert "Nothing to report" not in page.text


async def test_another_area_reads_nothing_of_a_run(app: Litestar, database: Cluster) -> None:
    area, elsewhere = await make_area(), await make_area()
    run = await _changed(area, await linked(area), "Hill", 1)
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=elsewhere)) as browser:
        listed = await browser.get(f"/area/{elsewhere.slug}/connections/changes?run={encode('ConnectionRun', run)}")
    assert "Hill" not in listed.text


async def test_of_a_national_run_an_administrator_reads_the_facts_and_no_areas_decisions(
    app: Litestar, database: Cluster
) -> None:
    connection = await make_connection(None, system="nhs_ods", name="NHS directory")
    run = await _changed(None, connection, "Board", 1)
    async with await signed_in(app, await make_actor(Role.PLATFORM_ADMINISTRATOR)) as browser:
        page = await browser.get(_page("/platform", connection, run))
    assert [found[0] for found in page.table(FACTS)] == ["Board 0"]
    assert "What became of" not in page.text


def _page(base: str, connection: UUID, run: UUID) -> str:
    return f"{base}/connections/{encode('AgencyConnection', connection)}/runs/{encode('ConnectionRun', run)}"


async def _changed(area: AreaMade | None, connection: UUID, name: str, many: int) -> UUID:
    """Let a run of the connection apply so many facts, one page after another."""
    run = await begun(area, await asked(area, connection))
    for n in range(many):
        fact = Applied(what="name", subject_kind="organisation", subject=f"{name} {n}", before="Old", after="New")
        async with serving(area):
            await changes.note(by=engine(area), link_id=connection, run_id=run.run_id, rows=[fact])
    async with serving(area):
        await runs.finish(run_id=run.run_id, fence=run.fence)
    return run.run_id


async def test_a_run_that_waits_says_why_and_when_it_is_tried_again(app: Litestar, database: Cluster) -> None:
    area = await make_area()
    connection = await linked(area)
    run = await begun(area, await asked(area, connection))
    async with serving(area):
        await runs.wait(run_id=run.run_id, fence=run.fence, problem="The agency answered 503.", seconds=900)
    async with await signed_in(app, await make_actor(Role.BUSINESS_MANAGER, area=area)) as browser:
        page = await browser.get(_page(f"/area/{area.slug}", connection, run.run_id))
        assert "Waits to try again" in page.text
        assert "The agency answered 503." in page.text
        assert "It is tried again at about" in page.text
        above = await browser.get(f"/area/{area.slug}/connections/{encode('AgencyConnection', connection)}")
    (row,) = above.table("Runs, newest first")
    assert row[-1].startswith("The agency answered 503. Tried again at about ")
