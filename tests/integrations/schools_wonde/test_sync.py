"""From Wonde to proposals: everything at first, then what changed, and nothing when nothing did."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integrations.school_people.told import kept, posts_of
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, row_of
from tests.support.queue import as_superuser, drain
from tests.support.school_systems import LinkedSchools, link_wonde

LEAD, DEPUTY, HEAD = "designated_safeguarding_lead", "deputy_designated_safeguarding_lead", "headteacher"


def who(agencies: RunningAgencies, school: int = 0) -> dict[str, str]:
    """The ids of a school's employees, by their role there."""
    return dict(agencies.do("wonde", "who", school=school)["people"])


async def test_the_first_run_proposes_every_lead_deputy_and_head(linked: LinkedSchools) -> None:
    row = await linked.run()
    assert (row["state"], row["problem"], row["rejected"]) == ("done", None, 0)
    found = await linked.proposals()
    assert posts_of(found) == {LEAD: 6, HEAD: 6, DEPUTY: 3}
    assert {each["urn"] for each in found} == set(range(620001, 620007))
    assert set(found[0]["proposed"]) == {"post", "name", "email", "phone"}


async def test_pupils_are_never_asked_for(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    await linked.run()
    await linked.run()
    assert "pupils_asked_for" not in agencies.show("wonde")["seen"]["handed_out"]
    paths = {each["path"].rsplit("/", 1)[-1] for each in linked.asked()}
    assert paths == {"schools", "employees", "deletions"}
    included = {each["query"].get("include") for each in linked.asked(containing="/employees")}
    assert included == {"employment_details,contact_details,roles"}


async def test_a_run_with_no_change_writes_nothing(linked: LinkedSchools) -> None:
    await linked.run()
    before = await linked.written()
    delta = await linked.run()
    await linked.alter("watermark = null")
    full = await linked.run()
    assert await linked.written() == before
    assert (delta["state"], delta["proposed"]) == (full["state"], full["proposed"]) == ("done", 0)


async def test_the_next_run_asks_only_for_what_changed(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    await linked.run()
    agencies.do("wonde", "change", school=0, id=who(agencies)["Headteacher"], fields={"surname": "Newname"})
    before = len(linked.asked(containing="/employees"))
    row = await linked.run()
    later = linked.asked(containing="/employees")[before:]
    assert len(later) == 6
    assert all("updated_after" in each["query"] for each in later)
    assert row["proposed"] == 1
    assert [each["urn"] for each in await linked.proposals() if "Newname" in each["proposed"]["name"]] == [620001]


@pytest.mark.parametrize("how", ["deleted", "not current", "another role"])
async def test_who_left_is_proposed_to_end(linked: LinkedSchools, agencies: RunningAgencies, how: str) -> None:
    await linked.run()
    await kept(linked)
    lead = who(agencies)["Designated Safeguarding Lead"]
    if how == "deleted":
        agencies.do("wonde", "delete", school=0, id=lead)
    else:
        fields: dict[str, Any] = {"employment_details": {"data": {"current": False}}}
        if how == "another role":
            fields = {"roles": {"data": [{"id": "R9", "name": "Teacher"}]}}
        agencies.do("wonde", "change", school=0, id=lead, fields=fields)
    await linked.run()
    (ended,) = await linked.proposals()
    assert (ended["urn"], ended["action"], ended["proposed"]) == (620001, "end", {"post": LEAD})


async def test_who_is_missing_from_a_full_listing_is_found_over_several_pages(
    agencies: RunningAgencies, database: Cluster
) -> None:
    linked = await link_wonde(agencies, page_size=10)
    for nth in range(25):
        fields = {"forename": "A", "surname": "Teacher", "roles": {"data": []}}
        agencies.do("wonde", "change", school=0, id=f"A{3_000_000_000 + nth}", fields=fields)
    await linked.run()
    await kept(linked)
    agencies.do("wonde", "delete", school=0, id=who(agencies)["Headteacher"])
    await linked.alter("watermark = null")
    await linked.run()
    assert [(each["urn"], each["action"]) for each in await linked.proposals()] == [(620001, "end")]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("more_without_next", "The answer says that there are more pages, and not where."),
        ("off_origin_next", "The next page is at another origin, where our token must not go."),
        ("no_pagination", "The answer does not say whether there are more pages."),
        ("html", "Wonde sent a web page instead of data: it is probably under maintenance."),
        ("malformed", "The answer (200) is not JSON."),
    ],
)
@pytest.mark.parametrize("path", ["/schools?", "/employees?"])
async def test_paging_that_lies_is_an_error_and_never_the_end(
    linked: LinkedSchools, agencies: RunningAgencies, fault: str, words: str, path: str
) -> None:
    await linked.run()
    await kept(linked)
    agencies.fault("wonde", fault, path=path)
    await linked.alter("watermark = null")
    row = await linked.run()
    assert (row["state"], row["problem"]) == ("failed", words)
    assert await linked.proposals() == []


async def test_no_staff_at_all_is_no_staff_list(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    """What the wrong region answers with."""
    await linked.run()
    await kept(linked)
    for person in who(agencies).values():
        agencies.do("wonde", "delete", school=0, id=person)
    for nth in range(5):
        agencies.do("wonde", "delete", school=0, id=f"A{2_100_000_000 + nth}")
    agencies.do("wonde", "delete", school=0, id="A2100000007")
    await linked.alter("watermark = null")
    told = await linked.rejections(await linked.run())
    assert told == {
        "School A1930000000": "Wonde sent no staff at all for this school. Nothing was concluded from that."
    }
    assert await linked.proposals() == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Wonde says that the token may not read this. Ask the school to grant employees and their roles."),
        (404, "Wonde does not know this school any more, or the address is not Wonde’s."),
        (422, "Wonde does not understand the question."),
        (410, "Wonde refused (410)."),
    ],
)
async def test_a_refusal_is_told_in_words(
    linked: LinkedSchools, agencies: RunningAgencies, status: int, words: str
) -> None:
    agencies.fault("wonde", "status", status=status)
    row = await linked.run()
    assert (row["state"], row["problem"]) == ("failed", words)


async def test_a_token_that_was_revoked_needs_a_person(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.do("wonde", "new_token", token="another")
    await linked.run()
    assert (await row_of(linked.area, "agency_connection", linked.connection))["state"] == "reauthorise"


async def test_too_many_requests_wait_and_go_on(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.fault("wonde", "status", status=429, times=2, path="/employees")
    assert (await linked.run())["state"] == "done"


async def test_nothing_of_a_person_is_in_a_run_a_log_or_a_message(
    linked: LinkedSchools, agencies: RunningAgencies, database: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    lead = who(agencies)["Designated Safeguarding Lead"]
    agencies.do("wonde", "change", school=0, id=lead, fields={"surname": "Zzunheard"})
    await linked.run()
    tables = ("connection_run", "connection_record", "connection_rejection", "audit.event", "queue.job_run")
    for table in tables:
        assert await as_superuser(database, f"select 1 from {table} t where t::text like '%Zzunheard%'") == [], table
    assert not any(secret in "".join(capsys.readouterr()) for secret in ("Zzunheard", "wonde-token", "Bearer"))


async def test_a_test_of_the_connection_says_what_answered(linked: LinkedSchools) -> None:
    run = await asked(linked.area, linked.connection, cause="test")
    await drain()
    assert (await row_of(linked.area, "connection_run", run))["said"] == "Wonde answers, and lists schools."
