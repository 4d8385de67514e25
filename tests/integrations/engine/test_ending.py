"""A run that cannot go on ends in words: for the area, and for the queue that may try again."""

import json
from datetime import timedelta
from typing import Any

import pytest

from infra.database import sql
from infra.queue import GiveUp, JobError
from integrations.engine.ending import carry_to_an_end
from tests.integrations.engine.conftest import Linked
from tests.integrations.engine.numbers import work_of
from tests.support.cluster import Cluster
from tests.support.connections import asked, begun, row_of, serving
from tests.support.hostile_provider import says
from tests.support.queue import as_superuser

AWAY = says({}, status="503 Away", headers="Retry-After: 900\r\n")
SOON = timedelta(seconds=5)


async def run_of(linked: Linked, *, pause: timedelta | None = SOON, **changed: Any) -> dict[str, Any]:
    """Begin and carry a run; return its row and the error that the queue saw."""
    run = await asked(linked.area, linked.connection, **changed)
    error: Exception | None = None
    try:
        await carry_to_an_end(work_of(await begun(linked.area, run)), pause=pause)
    except JobError as caught:
        error = caught
    return {**await row_of(linked.area, "connection_run", run), "error": error}


async def test_an_agency_that_is_away_is_tried_again_by_the_queue(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    row = await run_of(linked)
    assert (row["state"], type(row["error"])) == ("running", JobError)


async def test_a_run_that_waits_says_for_what_and_until_when(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    row = await run_of(linked, pause=timedelta(minutes=15))
    assert row["problem"] == "The agency answered 503. We shall try again later."
    assert timedelta(minutes=14) < row["next_try_at"] - row["heard_from_at"] < timedelta(minutes=16)


async def test_an_agency_that_says_when_to_come_back_is_left_alone_until_then(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    row = await run_of(linked, pause=SOON)
    assert isinstance(row["error"], JobError)
    assert row["error"].again_in == 900
    assert row["next_try_at"] - row["heard_from_at"] > timedelta(minutes=14)


async def test_a_run_that_is_tried_again_waits_no_longer(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    run = (await run_of(linked))["id"]
    await begun(linked.area, run)
    row = await row_of(linked.area, "connection_run", run)
    assert (row["state"], row["problem"], row["next_try_at"]) == ("running", None, None)


async def test_after_the_last_start_the_run_fails_and_says_why(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    row = await run_of(linked, pause=None)
    assert (row["state"], row["problem"]) == ("failed", "The agency answered 503. We shall try again later.")


async def test_a_test_answers_at_once_that_the_agency_is_away(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = AWAY
    assert (await run_of(linked, cause="test"))["state"] == "failed"


async def test_a_refusal_ends_the_run_but_not_the_connection(linked: Linked) -> None:
    linked.agency.scripts["/page-1"] = says({}, status="403 No")
    row = await run_of(linked)
    assert (row["state"], row["problem"]) == ("failed", "The agency does not give us the numbers.")
    assert isinstance(row["error"], GiveUp)
    assert (await row_of(linked.area, "agency_connection", linked.connection))["state"] == "active"


async def test_a_refused_credential_stops_the_connection_until_a_person_renews_it(
    linked: Linked, database: Cluster
) -> None:
    linked.agency.scripts["/token"] = says({"error_description": "Client secret has expired"}, status="401 No")
    row = await run_of(linked)
    link = await row_of(linked.area, "agency_connection", linked.connection)
    words = "The token service refused us: Client secret has expired"
    assert (row["state"], row["problem"]) == ("failed", words)
    assert (link["state"], link["state_reason"]) == ("reauthorise", words)
    assert await alerts(linked, database) == 1


async def test_who_tests_a_refused_credential_is_looking_and_gets_no_email(linked: Linked, database: Cluster) -> None:
    linked.agency.scripts["/token"] = says({"error_description": "Client secret has expired"}, status="401 No")
    assert (await run_of(linked, cause="test"))["state"] == "failed"
    assert await alerts(linked, database) == 0


async def alerts(linked: Linked, database: Cluster) -> int:
    """How many messages wait that the area is to be told."""
    asked_for = "select 1 from queue.outbox where actor = 'connection.alert' and args->>'connection_id' = $1"
    return len(await as_superuser(database, asked_for, str(linked.connection)))


async def test_a_broken_answer_is_set_aside_by_its_digest_and_kept_nowhere(
    linked: Linked, database: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    linked.agency.scripts["/page-1"] = says({"child": "Ada Example, born 2015"})
    row = await run_of(linked)
    assert (row["state"], row["problem"]) == ("failed", "The answer has no numbers.")
    async with serving(linked.area):
        aside = await sql.fetch_one("select sha256, bytes from connection_quarantine where run_id = $1", row["id"])
    assert aside is not None
    assert (len(aside["sha256"]), aside["bytes"]) == (64, len(json.dumps({"child": "Ada Example, born 2015"})))
    for table in ("connection_run", "connection_quarantine", "connection_rejection", "audit.event", "queue.job_run"):
        kept = await as_superuser(database, f"select 1 from {table} t where t::text like '%Ada Example%'")
        assert kept == [], table
    assert "Ada Example" not in "".join(capsys.readouterr())


async def test_a_fault_of_ours_is_not_told_as_the_agencys(linked: Linked) -> None:
    linked.has([13])
    run = await asked(linked.area, linked.connection)
    with pytest.raises(ValueError, match="fault of the connector"):
        await carry_to_an_end(work_of(await begun(linked.area, run)), pause=None)
    assert "our side" in (await row_of(linked.area, "connection_run", run))["problem"]


async def test_a_worker_that_was_overtaken_ends_quietly(linked: Linked) -> None:
    linked.has([1])
    run = await asked(linked.area, linked.connection)
    frozen = await begun(linked.area, run)
    await begun(linked.area, run)
    await carry_to_an_end(work_of(frozen), pause=SOON)
    assert (await row_of(linked.area, "connection_run", run))["state"] == "running"


async def test_a_secret_is_never_told(linked: Linked, database: Cluster, capsys: pytest.CaptureFixture[str]) -> None:
    linked.agency.scripts["/token"] = says({"error": "invalid_client"}, status="401 No")
    await run_of(linked)
    sealed = "select sealed from connection_credential where connection_id = $1"
    assert [b"hush-hush" in row["sealed"] for row in await as_superuser(database, sealed, linked.connection)] == [False]
    for table in ("connection_run", "agency_connection", "audit.event", "queue.job_run"):
        assert await as_superuser(database, f"select 1 from {table} t where t::text like '%hush-hush%'") == []
    assert "hush-hush" not in "".join(capsys.readouterr())
