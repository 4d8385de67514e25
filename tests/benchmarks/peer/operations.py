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
from tests.benchmarks.peer.request import Request, ours, peers

Read = Callable[[Mapping[str, Any]], comparable.Facts]


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One row of the table. `ours` and `peers` ask the same thing at the same place of the lists."""

    code: str
    title: str
    ours: Sequence[Request]
    peers: Sequence[Request]
    our_facts: Read
    peers_facts: Read
    changes: bool = False  #: each request has its effect once: every cell begins on data that was reset

    def pick(self, count: int, *, seed: int) -> list[int]:
        """Return which requests a round sends: any of them, again and again; of those that change things each once."""
        chance = random.Random(seed)
        if self.changes:
            return chance.sample(range(len(self.ours)), len(self.ours))
        return chance.choices(range(len(self.ours)), k=count)


def all_operations(people: People, *, address: str) -> list[Operation]:
    """Return the operations; `address` is ours, which a browser names as the origin."""
    return [_board(people, address), _agencies(people, address), _national(people, address), _submit(people, address)]


def _board(people: People, address: str) -> Operation:
    return Operation(
        code="Q1",
        title="board overview of one area",
        ours=[
            ours("AreaHome", token=one.token, address=address, slug=one.slug, trail=True,
                 areaId=ids.encode("Area", one.area_id))
            for one in people.managers
        ],
        peers=[peers("board", who=_manager(one), area=one.area_id) for one in people.managers],
        our_facts=comparable.our_board,
        peers_facts=comparable.peers_board,
    )  # fmt: skip


def _agencies(people: People, address: str) -> Operation:
    return Operation(
        code="Q2",
        title="all agencies of an area with the latest return",
        ours=[
            ours("AgencyConfirmations", token=one.token, address=address, areaId=ids.encode("Area", one.area_id))
            for one in people.managers
        ],
        peers=[peers("agencies", who=_manager(one), area=one.area_id) for one in people.managers],
        our_facts=comparable.our_agencies,
        peers_facts=comparable.peers_agencies,
    )


def _national(people: People, address: str) -> Operation:
    return Operation(
        code="Q3",
        title="national monitor of 153 areas",
        ours=[ours("NationalAreas", token=people.official_token, address=address, sort="name", descending=False)],
        peers=[peers("national", who={"x-login": "national"})],
        our_facts=comparable.our_nation,
        peers_facts=comparable.peers_nation,
    )


def _submit(people: People, address: str) -> Operation:
    return Operation(
        code="M1",
        title="confirm cooperation, audited",
        ours=[_our_return(one, address) for one in people.waiting],
        peers=[_peers_return(one) for one in people.waiting],
        our_facts=comparable.our_return,
        peers_facts=comparable.peers_return,
        changes=True,
    )


def _our_return(one: Waiting, address: str) -> Request:
    given = {
        "idempotencyKey": uuid4().hex,
        "requestId": encode_in("DutyRequest", one.area_id, one.request_id),
        "version": 1,
        "answers": [{"key": key, **answer} for key, answer in ANSWERED.items()],
        "confirmPrefilled": True,
    }
    return ours("SubmitReturn", token=one.token, address=address, input=given)


def _peers_return(one: Waiting) -> Request:
    given = {
        "requestId": str(one.request_id),
        "area": one.area_id,
        "seen": 1,
        "answers": ANSWERED,
        "byName": one.name,
        "byId": str(one.person_id),
    }
    who = {"x-area": str(one.area_id), "x-person": str(one.person_id), "x-organisation": str(one.organisation_id)}
    return peers("submit", who=who, input=given)


def _manager(one: Manager) -> dict[str, str]:
    return {"x-area": str(one.area_id), "x-person": str(one.person_id)}
