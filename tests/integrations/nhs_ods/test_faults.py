"""A directory that misbehaves: what is tried again, what ends the run, and that a killed run goes on where it was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from infra.database import sql
from integrations.engine.carry import carry
from integrations.errors import AgencyBroken, AgencyError, AgencyRefused, NeedsReauthorisation
from integrations.nhs_ods import places
from integrations.nhs_ods.sync import CONNECTOR
from tenants.tenancy.scope import tenant_scope
from tests.integrations.nhs_ods.conftest import Linked
from tests.support.connections import row_of
from tests.support.organisations import administrator

SEARCH = "/Organization?"


async def test_pages_are_followed_although_next_names_another_host(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PAGE_SIZE", 2)
    run = await linked.run()
    assert (run["state"], run["applied"], run["pages"]) == ("done", 6, 5)
    assert [query["_offset"] for query in linked.queries()[:3]] == ["0", "2", "4"]


async def test_a_next_link_to_another_path_is_not_followed(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PAGE_SIZE", 2)
    linked.agencies.fault("nhs", "off_path_next")
    with pytest.raises(AgencyBroken, match="leads somewhere else") as broken:
        await carry(await linked.work())
    assert broken.value.sha256 is not None


async def test_a_killed_run_goes_on_at_the_page_where_it_was(linked: Linked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "PAGE_SIZE", 2)
    work = await linked.work()
    applied = 0

    async def dying(**given: Any) -> Any:
        nonlocal applied
        applied += 1
        if applied == 3:
            raise KeyboardInterrupt
        return await CONNECTOR.apply(**given)

    with pytest.raises(KeyboardInterrupt):
        await carry(replace(work, connector=replace(CONNECTOR, apply=dying)))
    cursor = (await row_of(None, "connection_run", work.begun.run_id))["cursor"]
    assert "_offset=4" in cursor
    again = await linked.begin_again(work.begun.run_id)
    await carry(again)
    run = await row_of(None, "connection_run", work.begun.run_id)
    assert (run["state"], run["read"], run["applied"]) == ("done", 6, 6)
    opened = [query["_offset"] for query in linked.queries() if "activeRoleCode" in query]
    assert opened == ["0", "2", "4", "4"], "the page that it died on, and none before it"


@pytest.mark.parametrize("kind", ["spike", "api_wide"])
async def test_too_often_without_retry_after_is_waited_out_with_the_same_request_id(linked: Linked, kind: str) -> None:
    linked.agencies.fault("nhs", kind, times=2, path="/Organization")
    run = await linked.run()
    first, second, third = linked.agencies.asked("nhs", containing="/Organization")[:3]
    assert run["state"] == "done"
    assert [each["status"] for each in (first, second, third)] == [429, 429, 200]
    assert len({each["headers"]["x-request-id"] for each in (first, second, third)}) == 1


async def test_every_request_says_who_asks_and_for_which_run(linked: Linked) -> None:
    run = await linked.run()
    asked = linked.agencies.asked("nhs")
    assert {each["headers"]["nhsd-end-user-organisation-ods"] for each in asked} == {"X26"}
    assert {each["headers"]["x-correlation-id"] for each in asked} == {str(run["id"])}
    assert len({each["headers"]["x-request-id"] for each in asked}) == len(asked)


async def test_a_page_too_large_for_the_gateway_is_asked_for_in_halves(linked: Linked) -> None:
    linked.agencies.fault("nhs", "too_costly", times=2)
    assert (await linked.run())["applied"] == 6
    assert [query["_count"] for query in linked.queries()[:3]] == ["200", "100", "50"]


async def test_a_gateway_that_finds_every_page_too_large_ends_the_run_in_its_words(linked: Linked) -> None:
    linked.agencies.fault("nhs", "too_costly", times=None)
    with pytest.raises(AgencyRefused, match="Response exceeds APIM size limit"):
        await carry(await linked.work())


@pytest.mark.parametrize("fault", ["html", "malformed", "truncate", "oversize"])
async def test_a_page_that_is_no_page_leaves_the_register_as_it_was(linked: Linked, fault: str) -> None:
    linked.agencies.fault("nhs", fault, times=None)
    work = await linked.work()
    with pytest.raises(AgencyError):
        await carry(work)
    assert await linked.organisation(linked.board(0)) is None
    async with tenant_scope(administrator(), readonly=True):
        noted = await sql.fetch_value("select count(*) from connection_change where run_id = $1", work.begun.run_id)
    assert noted == 0


async def test_an_api_key_that_is_not_accepted_stops_the_connection_until_a_person_renews_it(linked: Linked) -> None:
    linked.agencies.fault("nhs", "status", times=None, status=401)
    with pytest.raises(NeedsReauthorisation, match="does not accept our API key"):
        await carry(await linked.work())


async def test_the_probe_says_how_many_boards_there_are(linked: Linked) -> None:
    work = await linked.work(cause="test")
    await carry(work)
    run = await row_of(None, "connection_run", work.begun.run_id)
    assert run["said"] == "The NHS directory answered: it lists 3 integrated care boards."
