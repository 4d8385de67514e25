"""Proving who we are: one worker renews, the others wait for what it got."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from integrations.engine.access import Access
from integrations.errors import AgencyDown, NeedsReauthorisation
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import NUMBERS, work_of
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, make_connection, set_credential
from tests.support.hostile_provider import says
from tests.support.queue import as_superuser


async def access_of(linked: Linked) -> Access:
    run = await asked(linked.area, linked.connection)
    return again(work_of(await begun(linked.area, run)))


def again(work: Any) -> Access:
    return Access(connector=NUMBERS, link=work.link, scopes=work.scopes, door=work.door)


async def test_twenty_workers_ask_for_one_token(linked: Linked) -> None:
    run = await asked(linked.area, linked.connection)
    work = work_of(await begun(linked.area, run))
    proofs = await asyncio.gather(*(again(work)(False) for _ in range(20)))
    assert proofs == [{"Authorization": "Bearer first"}] * 20
    assert linked.agency.asked["/token"] == 1


async def test_the_next_run_uses_the_token_that_is_still_good(linked: Linked) -> None:
    first = await access_of(linked)
    await first(False)
    other = Access(connector=NUMBERS, link=first.link, scopes=first.scopes, door=first.door)
    assert await other(False) == {"Authorization": "Bearer first"}
    assert linked.agency.asked["/token"] == 1


async def test_a_token_that_was_refused_is_replaced_once_for_all(linked: Linked) -> None:
    run = await asked(linked.area, linked.connection)
    work = work_of(await begun(linked.area, run))
    users = [again(work) for _ in range(5)]
    await asyncio.gather(*(user(False) for user in users))
    linked.agency.token_body = {"access_token": "second", "expires_in": 599}
    proofs = await asyncio.gather(*(user(True) for user in users))
    assert proofs == [{"Authorization": "Bearer second"}] * 5
    assert linked.agency.asked["/token"] == 2


async def test_a_token_service_that_is_away_frees_the_lease_for_the_next(linked: Linked) -> None:
    access = await access_of(linked)
    linked.agency.scripts["/token"] = says({}, status="503 Away")
    with pytest.raises(AgencyDown):
        await access(False)
    del linked.agency.scripts["/token"]
    assert await access(False) == {"Authorization": "Bearer first"}


async def test_a_missing_credential_is_named(linked: Linked) -> None:
    bare = await make_connection(linked.area, system="numbers", base_url=linked.agency.base_url)
    run = await asked(linked.area, bare)
    with pytest.raises(NeedsReauthorisation, match=r"No client secret is set .*Set it and test"):
        await again(work_of(await begun(linked.area, run)))(False)


@pytest.mark.parametrize(
    ("kind", "named"),
    [("bearer_token", "No access token is set"), ("api_key", "No API key is set"), ("private_key", "No private key")],
)
async def test_a_missing_credential_has_the_name_that_its_page_gives_it(
    linked: Linked, kind: str, named: str
) -> None:
    work = work_of(await begun(linked.area, await asked(linked.area, linked.connection)))
    needs = replace(NUMBERS, authorise=lambda _link, secrets: {"Authorization": secrets[kind]})
    with pytest.raises(NeedsReauthorisation, match=named):
        await Access(connector=needs, link=work.link, scopes=work.scopes, door=work.door)(False)


async def test_an_agency_with_a_key_of_its_own_needs_no_token(linked: Linked) -> None:
    keyed = await make_connection(linked.area, system="numbers", base_url=linked.agency.base_url, auth_mode="api_key")
    await set_credential(linked.area, keyed, kind="api_key", value="k-1")
    run = await asked(linked.area, keyed)
    access = again(work_of(await begun(linked.area, run)))
    assert await access(False) == {"apikey": "k-1"}
    assert await access(True) == {"apikey": "k-1"}
    assert linked.agency.asked["/token"] == 0


async def test_the_token_is_sealed_where_it_is_kept(linked: Linked, database: Cluster) -> None:
    access = await access_of(linked)
    await access(False)
    kept = await as_superuser(
        database, "select sealed from connection_token where connection_id = $1", linked.connection
    )
    assert [b"first" in row["sealed"] for row in kept] == [False]
