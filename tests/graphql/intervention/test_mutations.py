"""Every mutation of flags as every actor: who may, who is refused and how, and that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from infra.clock import today
from tenants.audit import queries as audit
from tenants.intervention import service
from tenants.tenancy.scope import tenant_scope
from tests.graphql.intervention.sending import DRAFT, REASON, actors, area_id, count, opaque, people, send
from tests.support.cluster import Cluster
from tests.support.world import AreaMade, make_area, manager, official

SOON = (today() + timedelta(days=14)).isoformat()
Make = Callable[[AreaMade], Awaitable[UUID]]


async def asked(area: AreaMade) -> UUID:
    flag_id = await people.acknowledged(area)
    async with tenant_scope(official()):
        await service.ask_about_flag(
            by=official(),
            area_id=area.id,
            flag_id=flag_id,
            version=3,
            question="Who has been asked to stand in?",
            reply_due_on=today() + timedelta(days=9),
            reason=REASON,
        )
    return flag_id


async def closed(area: AreaMade) -> UUID:
    flag_id = await people.decided(area)
    await people.plain("close_flag", area, flag_id, by=official())
    return flag_id


PLAIN = {"reason": REASON}
REFER = {"submission": "Two advertisements and a request next door.", **PLAIN}
ASK = {"question": "Who has been asked to stand in?", "replyDueOn": SOON, **PLAIN}
SUPPORT = {"decision": "support", "reasons": "An adviser is free from next month.", "reviewOn": SOON}
GRAVE = {**SUPPORT, "decision": "referred_to_secretary_of_state", "power": "icb_direction"}
BY_AREA = {"manager"}
BY_OFFICIAL = {"official", "senior"}

# operation, the state the flag is in, what is said, who may, whether a refused official finds it at all
MUTATIONS: list[tuple[str, Make, dict[str, Any], set[str], str]] = [
    ("AmendFlag", people.raised, {"draft": DRAFT, **PLAIN}, BY_AREA, "NOT_FOUND"),
    ("ReferFlag", people.raised, REFER, BY_AREA | {"scrutineer"}, "NOT_FOUND"),
    ("WithdrawFlag", people.raised, PLAIN, BY_AREA, "NOT_FOUND"),
    ("WithdrawFlag", people.referred, PLAIN, BY_AREA, "NOT_ALLOWED"),
    ("AcknowledgeFlag", people.referred, PLAIN, BY_OFFICIAL, ""),
    ("AskAboutFlag", people.acknowledged, ASK, BY_OFFICIAL, ""),
    ("AnswerAboutFlag", asked, {"answer": "A retired chair has."}, BY_AREA | {"scrutineer"}, "NOT_ALLOWED"),
    ("DecideFlag", people.acknowledged, SUPPORT, BY_OFFICIAL, ""),
    ("DecideFlag", people.acknowledged, GRAVE, {"senior"}, "NOT_ALLOWED"),
    ("CloseFlag", people.decided, PLAIN, BY_OFFICIAL, ""),
    ("ReopenFlag", closed, PLAIN, BY_OFFICIAL, ""),
]
NAMES = [f"{operation} {make.__name__} {said.get('decision', '')}" for operation, make, said, _, _ in MUTATIONS]
WHO = ["manager", "scrutineer", "viewer", "other area", "official", "senior", "nobody"]


def refusal_for(who: str, *, to_official: str) -> str:
    match who:
        case "nobody":
            return "UNAUTHENTICATED"
        case "other area":
            return "NOT_FOUND"
        case "official" | "senior":
            return to_official
    return "NOT_ALLOWED"


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("operation", "make", "said", "may", "to_official"), MUTATIONS, ids=NAMES)
async def test_who_may_and_how_the_others_are_refused(
    database: Cluster, operation: str, make: Make, said: dict[str, Any], may: set[str], to_official: str, who: str
) -> None:
    area = await make_area()
    flag_id = await make(area)
    before = await people.read(area, flag_id)
    actor = (await actors(area))[who]
    answer = await send(operation, actor, flagId=opaque(area, flag_id), version=before.version, **said)
    after = await people.read(area, flag_id)
    if who in may:
        assert (answer["__typename"], answer["version"]) == ("InterventionFlag", before.version + 1)
        assert after.version == before.version + 1
        return
    assert after == before
    expected = refusal_for(who, to_official=to_official)
    got = answer["__typename"] if who == "nobody" else answer["problems"][0]["code"]
    assert got == expected


@pytest.mark.parametrize("who", WHO)
async def test_who_may_raise_a_flag(database: Cluster, who: str) -> None:
    area = await make_area()
    answer = await send("RaiseFlag", (await actors(area))[who], areaId=area_id(area), draft=DRAFT)
    if who in ("manager", "scrutineer"):
        assert (answer["__typename"], answer["stateLabel"]) == ("InterventionFlag", "Raised, not referred")
        assert await count(area, "intervention_flag") == 1
        return
    assert answer["__typename"] in ("Failed", "UNAUTHENTICATED")
    assert await count(area, "intervention_flag") == 0


async def test_sent_twice_it_is_raised_once(database: Cluster) -> None:
    area, key = await make_area(), "the-same-key-twice"
    first = await send("RaiseFlag", manager(area), key=key, areaId=area_id(area), draft=DRAFT)
    who = manager(area)
    one = await send("RaiseFlag", who, key=key, areaId=area_id(area), draft=DRAFT)
    two = await send("RaiseFlag", who, key=key, areaId=area_id(area), draft=DRAFT)
    assert one["id"] == two["id"] != first["id"]
    assert await count(area, "intervention_flag") == 2


async def test_a_refused_move_is_in_the_areas_audit_trail(database: Cluster) -> None:
    area = await make_area()
    flag_id = await people.referred(area)
    await send("AcknowledgeFlag", manager(area), flagId=opaque(area, flag_id), version=2, reason=REASON)
    async with tenant_scope(manager(area), readonly=True):
        newest = (await audit.entries(area_id=area.id, limit=1))[0]
    assert (newest.action, newest.subject_id, newest.actor_name) == (
        "authorisation.refuse",
        "flag.acknowledge",
        "Bea Manager",
    )


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"title": "", "concern": "", "tried": ""}, {"title", "concern", "tried"}),
        ({"title": "x" * 500}, {"title"}),
        ({"kind": "nonsense"}, {"kind"}),
        ({"evidence": [{"title": "Page", "url": "javascript:alert(1)"}]}, {"evidence"}),
        ({"told": [{"name": "Una", "post": "Chief", "on": "2999-01-01"}]}, {"told"}),
    ],
)
async def test_what_is_wrong_comes_back_by_field_and_nothing_is_written(
    database: Cluster, said: dict[str, Any], codes: set[str]
) -> None:
    area = await make_area()
    answer = await send("RaiseFlag", manager(area), areaId=area_id(area), draft={**DRAFT, **said})
    assert {problem["field"] for problem in answer["problems"]} == codes
    assert {problem["code"] for problem in answer["problems"]} == {"INVALID"}
    assert await count(area, "intervention_flag") == 0


@pytest.mark.parametrize("flag", ["", "bm9uc2Vuc2U", "SW50ZXJ2ZW50aW9uRmxhZzp4Lnk", "\x00"])
async def test_an_id_that_is_not_a_flags_is_not_found(database: Cluster, flag: str) -> None:
    area = await make_area()
    answer = await send("WithdrawFlag", manager(area), flagId=flag, version=1, reason=REASON)
    assert [problem["code"] for problem in answer["problems"]] == ["NOT_FOUND"]


async def test_a_stale_version_is_a_conflict(database: Cluster) -> None:
    area = await make_area()
    flag = opaque(area, await people.referred(area))
    answer = await send("WithdrawFlag", manager(area), flagId=flag, version=1, reason=REASON)
    assert [problem["code"] for problem in answer["problems"]] == ["CONFLICT"]
