"""The census: every mutation over HTTP, by all who may not, with all that does not fit, then once as it should be."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
from litestar import Litestar

from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat
from tests.graphql.census.accepted import ACCEPTED, BY_LINE, MAY_ALSO, REPEATABLE, UNTRIED
from tests.graphql.census.footprint import changed, footprint
from tests.graphql.census.hostile import left_out, misfits, mutations, oddities, schema_mutations, wrongly_typed
from tests.graphql.census.ready import Ready, Recipe, outsiders
from tests.graphql.census.recipes_agencies import COOPERATION, INTERVENTION
from tests.graphql.census.recipes_connections import CONNECTIONS
from tests.graphql.census.recipes_indicators import INDICATORS
from tests.graphql.census.recipes_membership import MEMBERSHIP, RESOURCING
from tests.graphql.census.recipes_tenancy import TENANCY
from tests.graphql.census.recipes_webhooks import WEBHOOKS
from tests.support.cluster import Cluster
from tests.support.product import Api, api_of

RECIPES: dict[str, Recipe] = {
    **MEMBERSHIP,
    **RESOURCING,
    **COOPERATION,
    **INTERVENTION,
    **TENANCY,
    **CONNECTIONS,
    **WEBHOOKS,
    **INDICATORS,
}
REFUSED = {"NOT_ALLOWED", "NOT_FOUND"}
SENTENCE = re.compile(r"([A-Z‘£“]|=1\+1).{5,400}[.?]", re.DOTALL)
NOT_ENGLISH = re.compile(r"None\b|Traceback|Error:|violates|uuid|null value|\bstr\b|\bint\b")


def test_every_mutation_has_a_stored_operation_and_a_recipe() -> None:
    stored = mutations()
    assert set(stored.values()) == schema_mutations(), "a mutation that no stored operation sends"
    assert set(stored) == {*RECIPES, *UNTRIED}, "a new mutation needs a recipe here"
    assert not UNTRIED & set(RECIPES), "tried now: take it off the list"


async def send(api: Api, operation: str, said: Mapping[str, Any], *, key: str | None = None) -> dict[str, Any]:
    return await api.mutate(operation, {"idempotencyKey": key or str(uuid4()), **said})


def in_words(problems: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the problems themselves."""
    said = [problem["message"] for problem in problems]
    bad = [text for text in said if not SENTENCE.fullmatch(text) or NOT_ENGLISH.search(text)]
    return bad + [problem["code"] for problem in problems if not re.fullmatch(r"[A-Z_]{5,40}", problem["code"])]


def concerned(operation: str, ready: Ready, who: str, outsider: Actor | None) -> bool:
    """Whether this outsider may not: officials share a national hat, administrators the platform's."""
    same_hat = outsider is not None and outsider.hat is ready.by.hat is not Hat.LOCAL
    return not same_hat and who not in MAY_ALSO.get(operation, ())


async def tried_by(who: str, api: Api, operation: str, ready: Ready) -> list[str]:
    answer = await api.run(operation, input={"idempotencyKey": str(uuid4()), **ready.input})
    codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
    codes |= {problem["code"] for problem in ((answer["data"] or {}).get("result") or {}).get("problems", [])}
    expected = {"UNAUTHENTICATED"} if who == "nobody" else REFUSED
    return [] if codes and codes <= expected else [f"{who}: {codes or answer['data']}"]


async def tried_with_misfits(api: Api, operation: str, ready: Ready, foreign: Ready) -> list[str]:
    wrong = []
    elsewhere = foreign.input if ready.by.hat is Hat.LOCAL else ready.input
    for what, said in misfits(operation, ready.input, elsewhere):
        if (operation, what) in ACCEPTED or ("*", what) in ACCEPTED:
            continue
        answer = await api.run(operation, input={"idempotencyKey": str(uuid4()), **said})
        problems = ((answer["data"] or {}).get("result") or {}).get("problems")
        if problems is None:
            wrong.append(f"{what}: {answer.get('errors') or 'accepted'}")
        else:
            wrong += [f"{what}: said {text!r}" for text in in_words(problems)]
    return wrong


async def tried_with_no_fit_for_json(api: Api, operation: str, ready: Ready) -> list[str]:
    """A value of a wrong JSON type, and none where one is needed: each field is named, in a sentence."""
    wrong = []
    for names, said in (wrongly_typed(operation, ready.input), left_out(operation, ready.input)):
        answer = await api.run(operation, input={"idempotencyKey": str(uuid4()), **said})
        told = answer.get("errors", [])
        fields = [error["extensions"]["field"] for error in told]
        wrong += [] if fields == names else [f"{answer} told of {fields}, not {names}"]
        wrong += in_words([{"message": error["message"], "code": error["extensions"]["code"]} for error in told])
        wrong += [str(error) for error in told if error["extensions"]["code"] != "BAD_USER_INPUT"]
    return wrong


async def tried_with_odd_text(api: Api, operation: str, ready: Ready) -> list[str]:
    """Markup, a formula and control characters are text like any other: kept, or refused in words."""
    wrong = []
    for what, said in oddities(operation, ready.input):
        answer = await api.run(operation, input={"idempotencyKey": str(uuid4()), **said})
        problems = ((answer["data"] or {}).get("result") or {}).get("problems", [])
        wrong += [f"{what}: {text}" for text in (*answer.get("errors", ()), *in_words(problems))]
    return wrong


@pytest.mark.parametrize("operation", sorted(RECIPES))
async def test_what_is_refused_writes_nothing(app: Litestar, database: Cluster, operation: str) -> None:
    ready, foreign = await RECIPES[operation](), await RECIPES[operation]()
    others = {
        who: await api_of(app, outsider)
        for who, outsider in (await outsiders(ready.area)).items()
        if concerned(operation, ready, who, outsider)
    }
    api = await api_of(app, ready.by)
    before = await footprint(database)
    wrong = [line for who, other in others.items() for line in await tried_by(who, other, operation, ready)]
    wrong += await tried_with_misfits(api, operation, ready, foreign)
    wrong += await tried_with_no_fit_for_json(api, operation, ready)
    assert not wrong, "\n".join(wrong)
    assert changed(before, await footprint(database)) == []
    key = await works_once(api, database, operation, ready)
    await cannot_be_done_again(api, database, operation, ready)
    await still_answers_once_out_of_sight(api, database, operation, ready, key=key)
    assert await tried_with_odd_text(await api_of(app, foreign.by), operation, foreign) == []


async def works_once(api: Api, database: Cluster, operation: str, ready: Ready) -> str:
    """The valid input still works after all that: two at once and a repeat have one effect and one answer."""
    key = str(uuid4())
    first, twin = await asyncio.gather(*(send(api, operation, ready.input, key=key) for _ in range(2)))
    assert "problems" not in first, first
    assert twin == first
    done = await footprint(database)
    assert await send(api, operation, ready.input, key=key) == first
    if operation not in BY_LINE:
        what, other = next(misfits(operation, ready.input, ready.input))
        reused = await send(api, operation, other, key=key)
        assert [problem["code"] for problem in reused["problems"]] == ["IDEMPOTENCY_KEY_REUSED"], what
    assert changed(done, await footprint(database)) == []
    return key


async def cannot_be_done_again(api: Api, database: Cluster, operation: str, ready: Ready) -> None:
    """Sent anew, as it was and then with the version as it is now: what is done is in the wrong state for it."""
    done = await footprint(database)
    again = await send(api, operation, ready.input)
    for version in {problem["currentVersion"] for problem in again.get("problems", [])} - {None}:
        assert "version" in ready.input, again
        again = await send(api, operation, {**ready.input, "version": version})
    if operation in REPEATABLE:
        assert "problems" not in again, f"takes no second time now: take it off the list. {again}"
        return
    assert "problems" in again, again
    assert in_words(again["problems"]) == []
    assert changed(done, await footprint(database)) == []


async def still_answers_once_out_of_sight(
    api: Api, database: Cluster, operation: str, ready: Ready, *, key: str
) -> None:
    """A repeat by someone who has lost their roles since is told the result, or that it is not theirs to see."""
    connection = await asyncpg.connect(database.superuser)
    await connection.execute("delete from role_assignment where person_id = $1", ready.by.id)
    await connection.close()
    answer = await api.run(operation, input={"idempotencyKey": key, **ready.input})
    problems = ((answer["data"] or {}).get("result") or {}).get("problems", [])
    assert "errors" not in answer, answer["errors"]
    assert {problem["code"] for problem in problems} <= REFUSED
    assert in_words(problems) == []
