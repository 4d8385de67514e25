"""An agency over real HTTP that answers, fails, hurries and lies."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import pytest

from infra.telemetry.metrics import PROCESS
from integrations import agency
from integrations.agency import ATTEMPTS, Agency
from integrations.breaker import TRIES
from integrations.errors import AgencyBroken, AgencyDown, AgencyRefused, NeedsReauthorisation
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.neighbour import forget_neighbours
from tests.support.hostile_provider import HostileProvider, Script, drips_for_long, floods, hostile_provider, says

LOCAL = Door(permits=only_hosts("127.0.0.1"), total_seconds=10, max_bytes=10_000)
GOOD = says({"good": True})
BUSY = says({}, status="429 Too Many Requests")
DOWN = says({}, status="503 Service Unavailable")


@pytest.fixture
async def server() -> AsyncIterator[HostileProvider]:
    forget_neighbours()
    async with hostile_provider() as running:
        yield running
    forget_neighbours()


class Visit:
    """A run's calls: how long it slept, and which tokens it was given."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.renewed: list[bool] = []

    async def authorisation(self, refused: bool) -> Mapping[str, str]:
        self.renewed.append(refused)
        return {"Authorization": f"Bearer t{sum(self.renewed)}"}

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@asynccontextmanager
async def visiting(server: HostileProvider, visit: Visit, *, path: str = "/api") -> AsyncIterator[Agency]:
    async with agency.opened(
        base_url=server.base_url + path, door=LOCAL, authorisation=visit.authorisation, system="test", per_second=1000
    ) as opened:
        yield Agency(**{**vars(opened), "sleep": visit.sleep})


def in_turn(*scripts: Script) -> Script:
    left = list(scripts)

    async def script(writer: object) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(writer)  # type: ignore[arg-type]

    return script


def heard(server: HostileProvider, header: str) -> str | None:
    lines = [line.split(": ", 1) for line in server.heard.split("\r\n") if ": " in line]
    return {name.lower(): value for name, value in lines}.get(header)


async def test_a_path_is_asked_below_the_base_address_with_proof_and_a_request_id(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = GOOD
    async with visiting(server, Visit()) as it:
        answer = await it.get("/orgs", params={"limit": "2", "filter": "a='b & c'"})
    assert answer.json_object() == {"good": True}
    assert server.heard.startswith("GET /api/orgs?limit=2&filter=a%3D%27b+%26+c%27 HTTP/1.1")
    assert heard(server, "authorization") == "Bearer t0"
    assert heard(server, "x-request-id")


async def test_a_full_address_of_the_same_origin_is_followed(server: HostileProvider) -> None:
    server.scripts["/elsewhere"] = GOOD
    async with visiting(server, Visit()) as it:
        assert (await it.get(server.base_url + "/elsewhere?page=2")).status == 200


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1:1/x", "http://evil.example/x", "https://[bad/x", "http://x:99999/"]
)
async def test_our_credentials_never_go_to_another_origin(server: HostileProvider, address: str) -> None:
    visit = Visit()
    async with visiting(server, visit) as it:
        with pytest.raises(AgencyRefused):
            await it.get(address)
    assert (visit.renewed, server.asked.total()) == ([], 0)


@pytest.mark.parametrize(
    "first", [BUSY, DOWN, says({}, status="500 Oh"), drips_for_long], ids=["429", "503", "500", "drip"]
)
async def test_trouble_that_passes_is_tried_again_with_the_same_request_id(
    server: HostileProvider, first: Script
) -> None:
    visit = Visit()
    server.scripts["/api/orgs"] = in_turn(first, GOOD)
    async with visiting(server, visit) as it:
        answer = await it.get("/orgs", headers={"X-Request-ID": "one"})
    assert (answer.status, server.asked["/api/orgs"], len(visit.slept)) == (200, 2, 1)
    assert heard(server, "x-request-id") == "one"


async def test_what_retry_after_says_is_done(server: HostileProvider) -> None:
    visit = Visit()
    asked = says({}, status="503 Busy", headers="Retry-After: 5\r\n")
    server.scripts["/api/orgs"] = in_turn(asked, GOOD)
    async with visiting(server, visit) as it:
        await it.get("/orgs")
    assert visit.slept == [5.0]


async def test_a_long_wait_ends_the_run_instead_of_holding_the_worker(server: HostileProvider) -> None:
    visit = Visit()
    server.scripts["/api/orgs"] = says({}, status="429 Busy", headers="Retry-After: 900\r\n")
    async with visiting(server, visit) as it:
        with pytest.raises(AgencyDown) as caught:
            await it.get("/orgs")
    assert (caught.value.again_in, visit.slept, server.asked["/api/orgs"]) == (900, [], 1)


async def test_trouble_that_stays_is_given_up_in_words(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = DOWN
    async with visiting(server, Visit()) as it:
        with pytest.raises(AgencyDown, match=r"answered 503\. We shall try again later"):
            await it.get("/orgs")
    assert server.asked["/api/orgs"] == ATTEMPTS


async def test_an_agency_that_keeps_failing_is_left_alone_by_every_run(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = DOWN
    for _ in range(2):
        async with visiting(server, Visit()) as it:
            with pytest.raises(AgencyDown):
                await it.get("/orgs")
    assert server.asked["/api/orgs"] == TRIES


async def test_a_refused_token_is_renewed_once(server: HostileProvider) -> None:
    visit = Visit()
    server.scripts["/api/orgs"] = in_turn(says({}, status="401 No"), GOOD)
    async with visiting(server, visit) as it:
        assert (await it.get("/orgs")).status == 200
    assert visit.renewed == [False, True]
    assert heard(server, "authorization") == "Bearer t1"


async def test_a_token_refused_twice_needs_a_person(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = says({}, status="401 No")
    async with visiting(server, Visit()) as it:
        with pytest.raises(NeedsReauthorisation):
            await it.get("/orgs")
    assert server.asked["/api/orgs"] == 2


@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified", "400 Bad", "403 No", "404 None", "422 Much"])
async def test_other_answers_are_for_the_connector_to_read(server: HostileProvider, status: str) -> None:
    server.scripts["/api/orgs"] = says({"words": "theirs"}, status=status)
    async with visiting(server, Visit()) as it:
        assert (await it.get("/orgs")).status == int(status[:3])
    assert server.asked["/api/orgs"] == 1


async def test_a_body_without_end_is_broken_and_not_asked_for_again(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = floods
    async with visiting(server, Visit()) as it:
        with pytest.raises(AgencyBroken) as caught:
            await it.get("/orgs")
    assert (caught.value.sha256, server.asked["/api/orgs"]) == (None, 1)


async def test_a_redirect_is_not_followed(server: HostileProvider) -> None:
    server.scripts["/api/orgs"] = says({}, status="302 Found", headers="Location: http://10.0.0.1/\r\n")
    async with visiting(server, Visit()) as it:
        with pytest.raises(AgencyBroken, match="another address"):
            await it.get("/orgs")


async def test_a_document_is_posted_as_json(server: HostileProvider) -> None:
    server.scripts["/api/query"] = GOOD
    async with visiting(server, Visit()) as it:
        await it.post("/query", document={"page": 1})
    assert json.loads(server.heard.split("\r\n\r\n")[1]) == {"page": 1}
    assert heard(server, "content-type") == "application/json"


def counted() -> dict[str, float]:
    family = next(found for found in PROCESS.collect() if found.name == "concordat_agency_calls")
    return {
        sample.labels["outcome"]: sample.value
        for sample in family.samples
        if sample.name.endswith("_total") and sample.labels["system"] == "test"
    }


async def test_calls_are_counted_by_how_they_ended(server: HostileProvider) -> None:
    before = counted()
    server.scripts["/api/orgs"] = in_turn(DOWN, drips_for_long, GOOD)
    async with visiting(server, Visit()) as it:
        await it.get("/orgs")
    after = counted()
    assert {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)} == {
        "503": 1, "deadline": 1, "200": 1,
    }  # fmt: skip
