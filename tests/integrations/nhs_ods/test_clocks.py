"""Our clock and an agency's differ: up to a minute is no matter, five minutes are told in the agency's words.

The clock that is turned is the local NHS platform's own (`turn_clock`), which keeps every assertion it has seen.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from infra.queue import GiveUp
from integrations.engine.ending import carry_to_an_end
from integrations.neighbour import forget_neighbours
from tests.integrations.nhs_ods.conftest import prefixes
from tests.integrations.nhs_ods.signing import Signed, signed_connection
from tests.support.agencies import RunningAgencies
from tests.support.cluster import Cluster
from tests.support.connections import row_of


@pytest.fixture
async def signed(database: Cluster, agencies: RunningAgencies) -> AsyncIterator[Signed]:
    forget_neighbours()
    async with signed_connection(agencies, next(prefixes)) as made:
        yield made
    forget_neighbours()


@pytest.mark.parametrize("seconds", [-60, 60])
async def test_a_minute_is_no_matter(signed: Signed, seconds: int) -> None:
    signed.do("turn_clock", seconds=seconds)
    assert (await signed.run())["state"] == "done"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(300, "JWT has expired"), (-300, "more than 5 minutes in future")],
    ids=["theirs is ahead", "theirs is behind"],
)
async def test_five_minutes_stop_the_connection_in_the_agencys_words_and_no_assertion_is_sent_twice(
    signed: Signed, seconds: int, words: str
) -> None:
    signed.do("turn_clock", seconds=seconds)
    work = await signed.work()
    with pytest.raises(GiveUp, match=words):
        await carry_to_an_end(work, pause=timedelta(seconds=5))
    run = await row_of(None, "connection_run", work.begun.run_id)
    link = await row_of(None, "agency_connection", signed.connection)
    assert (run["state"], link["state"]) == ("failed", "reauthorise")
    assert words in run["problem"]
    signed.do("turn_clock", seconds=0)
    assert (await signed.token(work)).access_token, "a new attempt brings an assertion that was never sent"
