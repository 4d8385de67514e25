"""What is measured: the same question to both, for many people, and the form in which the answers are compared."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from concordat_graphql import ids
from concordat_graphql.cooperation.keys import encode_in
from tests.benchmarks.peer import comparable
from tests.benchmarks.peer.data import Manager, People, Waiting
from tests.benchmarks.peer.data.questions import ANSWERED
from tests.benchmarks.peer.overview import our_overview, peers_overview
from tests.benchmarks.peer.request import Request, ours, peers

OURS, PEERS = "Concordat", "PostGraphile"
UNSEEN = "Concordat, first request of a session"  #: the account is loaded first
FLAT = "PostGraphile, flat views"  #: nothing is nested: another contract, and its fastest
BARE = "PostGraphile, no key, a short answer"  #: neither what was carried over nor the record is in it
RECORDING = "PostGraphile, recording the read"  #: as every read by an official is recorded here
MOST_CHANGES = 3_000  #: that one cell can send
Read = Callable[[Mapping[str, Any]], comparable.Facts]


@dataclass(frozen=True, kw_only=True)
class Form:
    """One way to ask. All forms of an operation ask the same at the same place of `requests`."""

    name: str
    requests: Sequence[Request]
    facts: Read
    records: bool = False  #: each read leaves an audit entry
    less: bool = False  #: it answers and writes only a part of what the others do
    opened: Sequence[Request] = ()  #: what who sends the request at that place has just read, as a person has

    @property
    def ours(self) -> bool:
        """Return whether it is asked of our own endpoint."""
        return self.name in (OURS, UNSEEN)


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One row of the table: our form first, then the peer's that has the same shape, then others of the peer's."""

    code: str
    title: str
    forms: Sequence[Form]
    changes: bool = False  #: each request has its effect once: every cell begins on data that was reset

    def pick(self, count: int, *, seed: int) -> list[int]:
        """Return which requests a round sends: any of them, again and again; of those that change things each once."""
        chance, many = random.Random(seed), len(self.forms[0].requests)
        if self.changes:
            return chance.sample(range(many), min(many, MOST_CHANGES))
        return chance.choices(range(many), k=count)


def all_operations(people: People, *, address: str) -> list[Operation]:
    """Return the operations; `address` is ours, which a browser names as the origin."""
    asked = _home, _overview, _agencies, _national, _submit
    return [one(people, address) for one in asked]


def _home(people: People, address: str) -> Operation:
    mine = [
        ours("AreaHome", token=one.token, address=address, slug=one.slug, trail=True,
             areaId=ids.encode("Area", one.area_id))
        for one in people.managers
    ]  # fmt: skip
    theirs = [peers("board", who=_manager(one), area=one.area_id) for one in people.managers]
    return Operation(
        code="Home",
        title="home page of one area",
        forms=[
            Form(name=OURS, requests=mine, facts=comparable.our_board),
            Form(name=PEERS, requests=theirs, facts=comparable.peers_board),
        ],
    )


def _overview(people: People, address: str) -> Operation:
    year = people.budget_year
    mine = [
        ours("BoardOverview", token=one.token, address=address, slug=one.slug, year=year,
             areaId=ids.encode("Area", one.area_id))
        for one in people.managers
    ]  # fmt: skip
    theirs = [peers("overview", who=_manager(one), area=one.area_id, year=year) for one in people.managers]
    return Operation(
        code="Q1",
        title="board overview of one area",
        forms=[
            Form(name=OURS, requests=mine, facts=our_overview),
            Form(name=PEERS, requests=theirs, facts=peers_overview),
        ],
    )


def _agencies(people: People, address: str) -> Operation:
    mine = [
        ours("AgencyConfirmations", token=one.token, address=address, areaId=ids.encode("Area", one.area_id))
        for one in people.managers
    ]
    nested, flat = (
        [peers(document, who=_manager(one), area=one.area_id) for one in people.managers]
        for document in ("agencies", "agencies_flat")
    )
    return Operation(
        code="Q2",
        title="all agencies of an area with the latest return",
        forms=[
            Form(name=OURS, requests=mine, facts=comparable.our_agencies),
            Form(name=PEERS, requests=nested, facts=comparable.peers_agencies),
            Form(name=FLAT, requests=flat, facts=comparable.peers_flat_agencies),
        ],
    )


def _national(people: People, address: str) -> Operation:
    mine = ours("NationalAreas", token=people.official_token, address=address, sort="name", descending=False)
    who = {"x-login": "national"}
    recording = {
        **who,
        "x-person": str(people.official_id),
        "x-powers": "national",
        "x-recorded-as": people.official_name,
    }
    return Operation(
        code="Q3",
        title="national monitor of 153 areas",
        forms=[
            Form(name=OURS, requests=[mine], facts=comparable.our_nation, records=True),
            Form(name=PEERS, requests=[peers("national", who=who)], facts=comparable.peers_nation),
            Form(name=FLAT, requests=[peers("national_flat", who=who)], facts=comparable.peers_flat_nation),
            Form(
                name=RECORDING, requests=[peers("national", who=recording)], facts=comparable.peers_nation, records=True
            ),
        ],
    )


def _submit(people: People, address: str) -> Operation:
    mine = [_our_return(one, address, token=one.token) for one in people.waiting]
    unseen = [_our_return(one, address, token=one.other_token) for one in people.waiting]
    theirs = [_peers_return(one, "submit", key=uuid4().hex) for one in people.waiting]
    bare = [_peers_return(one, "submit_bare") for one in people.waiting]
    opened = [ours("MyDuties", token=one.token, address=address, openOnly=True) for one in people.waiting]
    return Operation(
        code="M1",
        title="confirm cooperation, audited",
        forms=[
            Form(name=OURS, requests=mine, facts=comparable.our_return, opened=opened),
            Form(name=PEERS, requests=theirs, facts=comparable.peers_return),
            Form(name=BARE, requests=bare, facts=comparable.peers_bare_return, less=True),
            Form(name=UNSEEN, requests=unseen, facts=comparable.our_return),
        ],
        changes=True,
    )


def _our_return(one: Waiting, address: str, *, token: str) -> Request:
    given = {
        "idempotencyKey": uuid4().hex,
        "requestId": encode_in("DutyRequest", one.area_id, one.request_id),
        "version": 1,
        "answers": [{"key": key, **answer} for key, answer in ANSWERED.items()],
        "confirmPrefilled": True,
    }
    return ours("SubmitReturn", token=token, address=address, input=given)


def _peers_return(one: Waiting, document: str, **more: object) -> Request:
    given = {
        **more,
        "requestId": str(one.request_id),
        "area": one.area_id,
        "seen": 1,
        "answers": ANSWERED,
        "byName": one.name,
        "byId": str(one.person_id),
    }
    who = {"x-area": str(one.area_id), "x-person": str(one.person_id), "x-organisation": str(one.organisation_id)}
    return peers(document, who=who, input=given)


def _manager(one: Manager) -> dict[str, str]:
    return {"x-area": str(one.area_id), "x-person": str(one.person_id)}
