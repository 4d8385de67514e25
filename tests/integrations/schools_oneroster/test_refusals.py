"""Every way in which a OneRoster server says no, or nothing that can be read, told to the area in words."""

from __future__ import annotations

from typing import Any

import pytest

from infra.database import sql
from integrations.neighbour import forget_neighbours
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import asked, row_of, serving, set_credential
from tests.support.queue import as_superuser, drain, make_due
from tests.support.school_systems import LinkedSchools


async def state_of(linked: LinkedSchools) -> str:
    return str((await row_of(linked.area, "agency_connection", linked.connection))["state"])


async def test_a_secret_that_is_no_longer_good_stops_the_connection(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.do("oneroster", "new_secret", server="s1", secret="another")
    row = await linked.run()
    words = "The token service refused us: Client authentication failed."
    assert (row["state"], row["problem"]) == ("failed", words)
    assert await state_of(linked) == "reauthorise"


async def test_an_old_token_is_renewed_by_itself(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.fault("oneroster", "expired", path="/users")
    assert (await linked.run())["state"] == "done"
    assert len(linked.asked(containing="/token")) == 2


async def test_tokens_that_are_never_good_need_a_person(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.fault("oneroster", "expired", times=None)
    row = await linked.run()
    assert row["problem"] == "The agency does not accept our access token, not even a new one (401)."
    assert await state_of(linked) == "reauthorise"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "The server says that our credential may not read this. Ask the supplier for the scope"),
        (404, "There is no OneRoster 1.2 service at this address."),
        (422, "The server does not understand the question (invaliddata)."),
        (405, "The server refused (405, invaliddata)."),
    ],
)
async def test_a_refusal_ends_the_run_and_not_the_connection(
    linked: LinkedSchools, agencies: RunningAgencies, status: int, words: str
) -> None:
    agencies.fault("oneroster", "status", status=status, path="/schools", times=None)
    row = await linked.run()
    assert row["state"] == "failed"
    assert row["problem"].startswith(words)
    assert await state_of(linked) == "active"


@pytest.mark.parametrize("values", [{"status": 429, "retry_after": "0"}, {"status": 429}, {"status": 503}])
async def test_a_busy_server_is_asked_again_in_the_same_run(
    linked: LinkedSchools, agencies: RunningAgencies, values: dict[str, Any]
) -> None:
    agencies.fault("oneroster", "status", path="/users", **values)
    row = await linked.run()
    assert (row["state"], row["proposed"]) == ("done", 20)


async def test_a_server_that_is_busy_for_long_is_left_alone_and_the_run_goes_on_later(
    linked: LinkedSchools, agencies: RunningAgencies
) -> None:
    agencies.fault("oneroster", "status", status=429, retry_after="900", path="/users")
    waiting = await linked.run()
    assert (waiting["state"], waiting["pages"]) == ("running", 1)
    await make_due()
    await drain()  # too early: nothing is asked, and no worker waits for a quarter of an hour
    assert len(linked.asked(containing="/users")) == 1
    forget_neighbours()  # as after that time, or in another process
    await make_due()
    await drain()
    row = await row_of(linked.area, "connection_run", waiting["id"])
    assert (row["state"], row["proposed"]) == ("done", 20)
    assert len(linked.asked(containing="/schools")) == 1


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("html", "The agency sent a web page instead of data: it is probably under maintenance."),
        ("malformed", "The answer (200) is not JSON."),
        ("gzip_bomb", "The answer is compressed although we asked for no compression."),
        ("redirect", "The agency sent us to another address, which we do not follow."),
        ("off_origin_next", "The server says that the next page is at another origin, where our token must not go."),
    ],
)
async def test_what_cannot_be_believed_is_set_aside(
    linked: LinkedSchools, agencies: RunningAgencies, fault: str, words: str
) -> None:
    agencies.fault("oneroster", fault, path="/users", times=None)
    row = await linked.run()
    assert (row["state"], row["problem"], row["pages"]) == ("failed", words, 1)
    async with serving(linked.area):
        aside = await sql.fetch("select sha256, bytes from connection_quarantine where run_id = $1", row["id"])
    assert len(aside) == (0 if fault in ("gzip_bomb", "redirect") else 1)


async def test_half_an_answer_is_asked_for_again(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    agencies.fault("oneroster", "truncate", path="/users")
    assert (await linked.run())["state"] == "done"


@pytest.mark.parametrize("fault", ["", "malformed", "bad_rows", "status"])
async def test_no_name_and_no_address_is_in_a_log_a_message_or_a_run(
    linked: LinkedSchools, agencies: RunningAgencies, database: Cluster, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    agencies.do("oneroster", "change", server="s1", id="dsl-0-000000", fields={"familyName": "Zzunheard"})
    if fault:
        agencies.fault("oneroster", fault, path="/users", times=None, status=500)
    await linked.run()
    tables = ("connection_run", "connection_record", "connection_rejection", "connection_quarantine", "audit.event")
    for table in (*tables, "queue.job_run", "queue.outbox"):
        for secret in ("Zzunheard", "@school-", "of the & school"):
            found = await as_superuser(database, f"select 1 from {table} t where position($1 in t::text) > 0", secret)
            assert found == [], (table, secret)
    said = "".join(capsys.readouterr())
    assert not any(secret in said for secret in ("Zzunheard", "@school-", "of the & school", "Bearer"))


async def test_a_test_of_the_connection_says_what_answered(linked: LinkedSchools, agencies: RunningAgencies) -> None:
    run = await asked(linked.area, linked.connection, cause="test")
    await drain()
    row = await row_of(linked.area, "connection_run", run)
    assert row["said"] == "The server lists 8 schools. It can be asked for staff by their role."
    assert "pupil" not in agencies.show("oneroster")["seen"]["handed_out"]


async def test_without_a_secret_a_person_is_told_to_set_one(linked: LinkedSchools, database: Cluster) -> None:
    await as_superuser(database, "delete from connection_credential where connection_id = $1", linked.connection)
    assert "No client secret is set" in (await linked.run())["problem"]
    await set_credential(linked.area, linked.connection, kind="client_secret", value="found again")
