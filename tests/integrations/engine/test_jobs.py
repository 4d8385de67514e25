"""From the message in the outbox to the numbers in the database, as the worker does it."""

import pytest

from integrations import systems
from integrations.connector import Connector
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import NUMBERS
from tests.support.connections import asked, make_connection, row_of
from tests.support.hostile_provider import says
from tests.support.queue import drain, make_due


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Connector[str]]:
    monkeypatch.setitem(systems.CONNECTORS, "numbers", NUMBERS)
    monkeypatch.setenv("CONCORDAT_ENVIRONMENT", "development")
    return {"numbers": NUMBERS}


async def test_asking_for_a_run_is_enough(linked: Linked) -> None:
    linked.has([1, 2], [3])
    run = await asked(linked.area, linked.connection)
    await drain()
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["applied"], row["problem"]) == ("done", 3, None)


async def test_an_agency_that_comes_back_is_asked_again_by_itself(linked: Linked) -> None:
    linked.has([1], [2])
    linked.agency.scripts["/page-2"] = says({}, status="503 Away", headers="Retry-After: 900\r\n")
    run = await asked(linked.area, linked.connection)
    await drain()
    linked.has([1], [2])
    await make_due()
    await drain()
    assert (await row_of(linked.area, "connection_run", run))["state"] == "done"
    assert linked.asked() == {"/page-1": 1, "/page-2": 2}


async def test_a_system_that_this_version_does_not_know_is_named(
    linked: Linked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(systems.CONNECTORS, "numbers")
    run = await asked(linked.area, linked.connection)
    await drain()
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["problem"]) == ("failed", "There is no system named numbers.")


async def test_options_that_cannot_be_used_are_told_before_anything_is_asked(linked: Linked) -> None:
    odd = await make_connection(
        linked.area, system="numbers", base_url=linked.agency.base_url, options={"surprise": "x"}
    )
    run = await asked(linked.area, odd)
    await drain()
    row = await row_of(linked.area, "connection_run", run)
    assert row["problem"] == "The options of this connection need mending. There is no option named surprise."
    assert not linked.agency.asked
