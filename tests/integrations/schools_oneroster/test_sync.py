"""From a OneRoster server to proposals: everything at first, then what changed, and nothing when nothing did."""

from __future__ import annotations

import pytest

from tests.integrations.school_people.told import entered, kept, posts_of
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.school_systems import LinkedSchools, link_oneroster

LEAD, DEPUTY, HEAD = "designated_safeguarding_lead", "deputy_designated_safeguarding_lead", "headteacher"
LEAD_OF_FIRST = "dsl-0-000000"


async def full_next(linked: LinkedSchools) -> None:
    """Let the next run be a full listing."""
    await linked.alter("watermark = null")


async def test_the_first_run_proposes_every_lead_deputy_and_head(linked: LinkedSchools) -> None:
    row = await linked.run()
    assert (row["state"], row["problem"]) == ("done", None)
    found = await linked.proposals()
    assert posts_of(found) == {LEAD: 8, HEAD: 8, DEPUTY: 4}
    assert (row["proposed"], row["read"], row["rejected"]) == (20, 28, 0)
    first = next(each for each in found if each["external_id"].startswith(LEAD_OF_FIRST))
    assert (first["urn"], first["action"]) == (610001, "add")
    assert set(first["proposed"]) == {"post", "name", "email"}
    assert first["proposed"]["email"].endswith("@school-610001.example.org")


async def test_a_run_with_no_change_writes_nothing(linked: LinkedSchools) -> None:
    await linked.run()
    before = await linked.written()
    delta = await linked.run()
    await full_next(linked)
    full = await linked.run()
    assert await linked.written() == before
    assert (delta["state"], delta["proposed"]) == ("done", 0)
    assert (full["state"], full["proposed"], full["read"], full["unchanged"]) == ("done", 0, 28, 28)


async def test_the_next_run_asks_only_for_what_changed(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    await linked.run()
    agencies.do("oneroster", "change", server="s1", id=LEAD_OF_FIRST, fields={"familyName": "Newname"})
    before = len(linked.asked(containing="/users"))
    row = await linked.run()
    later = linked.asked(containing="/users")[before:]
    assert all("dateLastModified>='" in each["query"]["filter"] for each in later)
    assert row["proposed"] == 1
    (new,) = [each for each in await linked.proposals() if each["proposed"]["name"].endswith("Newname")]
    assert new["proposed"]["post"] == LEAD


async def test_equal_times_at_the_edge_are_read_again(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    """Two rows of the same instant, of which one was written after our run: the next run has both."""
    at = "2026-10-05T08:00:00.000Z"
    agencies.do("oneroster", "change", server="s1", id=LEAD_OF_FIRST, fields={"familyName": "One"}, at=at)
    await linked.run()
    agencies.do("oneroster", "change", server="s1", id="dsl-0-000001", fields={"familyName": "Two"}, at=at)
    await linked.run()
    names = {each["proposed"]["name"].split()[-1] for each in await linked.proposals()}
    assert {"One", "Two"} <= names


@pytest.mark.parametrize("how", ["remove", "change"])
async def test_who_left_is_proposed_to_end(linked: LinkedSchools, agencies: RunningAgencies, how: str) -> None:
    await linked.run()
    await kept(linked)
    fields = {"fields": {"enabledUser": "false"}} if how == "change" else {}
    agencies.do("oneroster", how, server="s1", id=LEAD_OF_FIRST, **fields)
    row = await linked.run()
    (ended,) = await linked.proposals()
    assert row["proposed"] == 1
    assert (ended["urn"], ended["action"], ended["proposed"]) == (610001, "end", {"post": LEAD})


@pytest.mark.parametrize("how", ["vanish", "role"])
async def test_who_is_no_longer_listed_is_found_by_a_full_listing(
    linked: LinkedSchools, agencies: RunningAgencies, how: str
) -> None:
    """One who is deleted without a word, and one who lost the post: a question by role no longer finds them."""
    await linked.run()
    await kept(linked)
    if how == "vanish":
        agencies.do("oneroster", "vanish", server="s1", id=LEAD_OF_FIRST)
    else:
        school = {"sourcedId": "s-610001", "type": "org"}
        teacher = {"roleType": "primary", "role": "teacher", "org": school}
        agencies.do("oneroster", "change", server="s1", id=LEAD_OF_FIRST, fields={"roles": [teacher]})
    assert (await linked.run())["proposed"] == 0
    await full_next(linked)
    await linked.run()
    assert [(each["urn"], each["action"]) for each in await linked.proposals()] == [(610001, "end")]
    await full_next(linked)
    assert (await linked.run())["proposed"] == 0


async def test_a_persons_own_entry_is_proposed_against_and_not_overwritten(linked: LinkedSchools) -> None:
    await entered(linked, urn=610001, post=LEAD, name="Somebody Entered")
    await linked.run()
    (change,) = [
        each for each in await linked.proposals() if each["urn"] == 610001 and each["proposed"]["post"] == LEAD
    ]
    assert change["action"] == "change"
    assert "Somebody Entered" in change["present"]
    assert '"entered_by": "person"' in change["present"]


async def test_without_leave_for_people_only_schools_are_read(agencies: RunningAgencies, database: Cluster) -> None:
    linked = await link_oneroster(agencies, "s2")  # one that no run of another test goes on with meanwhile
    await linked.alter("may_change = '{}'")
    row = await linked.run()
    assert (row["state"], row["read"], await linked.proposals()) == ("done", 8, [])
    assert {each["path"].rsplit("/", 1)[-1] for each in linked.asked(containing="/s2/")} == {"token", "schools"}


async def test_an_area_says_which_of_their_words_is_which_post(agencies: RunningAgencies, database: Cluster) -> None:
    linked = await link_oneroster(agencies, role_tokens={"principal": LEAD})
    await linked.run()
    assert posts_of(await linked.proposals()) == {LEAD: 8}


async def test_a_school_that_does_not_fit_the_register_is_told_and_nobody_there_is_read(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.do("oneroster", "change", server="s1", id="s-610001", fields={"identifier": ""})
    agencies.do("oneroster", "change", server="s1", id="s-610002", fields={"identifier": "199999"})
    agencies.do("oneroster", "change", server="s1", id="s-610003", fields={"name": "Quite Another School"})
    told = await linked.rejections(await linked.run())
    assert "does not say its URN" in told["School s-610001"]
    assert "not an establishment of this area" in told["URN 199999"]
    assert "“Quite Another School”" in told["URN 610003"]
    assert "register’s name is kept" in told["URN 610003"]
    urns = {each["urn"] for each in await linked.proposals()}
    assert urns == set(range(610003, 610009))


async def test_a_row_that_cannot_be_taken_is_named_and_the_others_are(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.fault("oneroster", "bad_rows", path="designatedSafeguardingLead")
    row = await linked.run()
    told = await linked.rejections(row)
    assert row["state"] == "done"
    assert told["Person x-odd"] == "Its status is neither active nor tobedeleted."
    assert any("no sourcedId" in reason for reason in told.values())
    assert posts_of(await linked.proposals())[LEAD] == 8
