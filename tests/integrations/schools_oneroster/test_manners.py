"""Servers that leave out totals, links, filters or half a page: the same schools and people come of each."""

from __future__ import annotations

import pytest

from tests.integrations.school_people.told import kept, posts_of
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.school_systems import LinkedSchools, link_oneroster

WHOLE = {"designated_safeguarding_lead": 8, "headteacher": 8, "deputy_designated_safeguarding_lead": 4}
NO_PRINCIPALS = {post: count for post, count in WHOLE.items() if post != "headteacher"}


@pytest.mark.parametrize(
    ("server", "whole"),
    [("s1", WHOLE), ("s2", WHOLE), ("s3", WHOLE), ("s4", NO_PRINCIPALS), ("s5", WHOLE), ("s6", WHOLE)],
)
async def test_every_server_is_read_in_its_own_manner(
    agencies: RunningAgencies, database: Cluster, server: str, whole: dict[str, int]
) -> None:
    linked = await link_oneroster(agencies, server, page_size=10)
    row = await linked.run()
    assert (row["state"], row["problem"], row["rejected"]) == ("done", None, 0)
    assert posts_of(await linked.proposals()) == whole
    assert "pupil" not in agencies.show("oneroster")["seen"]["handed_out"]


async def test_a_server_that_refuses_filters_is_asked_for_teachers_and_the_others_are_kept_nowhere(
    agencies: RunningAgencies, database: Cluster
) -> None:
    linked = await link_oneroster(agencies, "s4")
    await linked.run()
    asked = [each["path"].rsplit("/", 1)[-1] for each in linked.asked(containing="rostering")]
    assert asked == ["schools", "users", "users", "users", "teachers"]

    assert [each for each in linked.asked(containing="/users") if "filter" not in each["query"]] == []
    assert len(await linked.proposals()) == 12


@pytest.mark.parametrize("fault", ["missing_total", "missing_link"])
async def test_a_server_that_forgets_its_headers_is_read_to_the_empty_page(
    linked: LinkedSchools, agencies: RunningAgencies, fault: str
) -> None:
    agencies.fault("oneroster", fault, times=None)
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 3})
    row = await linked.run()
    assert row["state"] == "done"
    assert posts_of(await linked.proposals()) == WHOLE


async def test_both_missing_and_small_pages(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 3, "total": False, "link": False})
    await linked.run()
    assert posts_of(await linked.proposals()) == WHOLE


async def test_a_list_that_changes_while_it_is_read_is_read_anew(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 3})
    agencies.fault("oneroster", "unsorted", path="offset=2&filter=roles.role")
    row = await linked.run()
    assert row["state"] == "done"
    assert posts_of(await linked.proposals()) == WHOLE
    starts = [each for each in linked.asked(containing="/users") if each["query"]["offset"] == "0"]
    assert len(starts) == 4


async def test_nobody_is_missed_in_a_list_that_has_no_order(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    """Who is missing cannot be told from it, so nobody is proposed to end."""
    await linked.run()
    await kept(linked)
    agencies.do("oneroster", "vanish", server="s1", id="dsl-0-000000")
    agencies.fault("oneroster", "unsorted", path="/users", times=None)
    await linked.alter("watermark = null")
    row = await linked.run()
    assert (row["state"], await linked.proposals()) == ("done", [])


@pytest.mark.parametrize("path", ["/schools", "designatedSafeguardingLead"])
async def test_a_list_that_ends_early_concludes_nothing(
    linked: LinkedSchools, agencies: RunningAgencies, path: str
) -> None:
    await linked.run()
    await kept(linked)
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 3})
    agencies.fault("oneroster", "short_listing", path=path)
    await linked.alter("watermark = null")
    row = await linked.run()
    assert (row["state"], await linked.proposals()) == ("failed", [])
    assert "ended" in row["problem"]


async def test_pupils_among_the_teachers_are_dropped_and_told(agencies: RunningAgencies, database: Cluster) -> None:
    linked = await link_oneroster(agencies, "s4")
    agencies.fault("oneroster", "stray_pupil", path="/teachers")
    row = await linked.run()
    told = await linked.rejections(row)
    assert told["Who was sent"].startswith("The server sent somebody who is no staff")
    assert posts_of(await linked.proposals()) == NO_PRINCIPALS
    pupils = [proposal for proposal in await linked.proposals() if "stu-" in proposal["external_id"]]
    assert pupils == []


async def test_a_server_that_takes_a_filter_and_does_not_heed_it_is_not_asked_so_again(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.fault("oneroster", "stray_pupil", path="filter=roles.role")
    row = await linked.run()
    told = await linked.rejections(row)
    assert "not asked that way again" in told["Who was sent"]
    later = linked.asked(containing="rostering")[-1]
    assert later["path"].endswith("/teachers")
    assert posts_of(await linked.proposals()) == NO_PRINCIPALS


async def test_only_the_smallest_scope_is_ever_asked_for(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    await linked.run()
    core = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"
    assert agencies.show("oneroster")["seen"]["scopes"] == [core]
    paths = {each["path"].rsplit("/", 1)[-1] for each in linked.asked()}
    assert paths == {"token", "schools", "users"}
