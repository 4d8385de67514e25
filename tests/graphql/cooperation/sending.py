"""Sending the stored operations about cooperation as somebody, and what each form says."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from concordat_graphql.cooperation.keys import encode_in
from concordat_graphql.ids import encode
from concordat_graphql.operations import run_stored
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tests.support.cooperation import ANSWERS, MAINTAINED, QUESTIONS, Asked, chosen_school, contact, trust_lead
from tests.support.organisations import make_trust
from tests.support.world import AreaMade, actor, make_area, manager, official

REASON = "It educates children who live here."
GIVEN = [{"key": key, "value": a.value, "post": a.post, "email": a.email} for key, a in ANSWERS.items()]
TEXT = {
    "title": "Yearly safeguarding return",
    "body": "Tell us how your school keeps children safe.",
    "legalBasis": ["ca2004_16h"],
    "cycle": "each_academic_year",
    "categories": [MAINTAINED],
    "questions": [{"key": q.key, "kind": q.kind, "text": q.text, "required": q.required} for q in QUESTIONS],
    "opensOn": "2026-09-01",
    "dueOn": "2027-02-12",
}


async def ask(name: str, who: Actor, **variables: Any) -> dict[str, Any]:
    """Return the data of a stored query; an error fails the test."""
    result = await run_stored(name, actor=who, variables=variables)
    assert result.errors is None, result.errors
    assert result.data is not None
    return result.data


async def refusal_of(name: str, who: Actor, **variables: Any) -> str:
    """Return the code of the error with which a stored query is refused."""
    result = await run_stored(name, actor=who, variables=variables)
    assert result.errors
    return str((result.errors[0].extensions or {}).get("code"))


async def send(name: str, who: Actor, *, key: str | None = None, **said: Any) -> dict[str, Any]:
    """Return what a stored mutation answers: the changed thing or the problems."""
    variables = {"input": {"idempotencyKey": key or str(uuid4()), **said}}
    result = await run_stored(name, actor=who, variables=variables, mutation=True)
    if result.errors:
        return {"__typename": str((result.errors[0].extensions or {}).get("code"))}
    assert result.data is not None
    return dict(result.data["result"])


def problem_of(answer: dict[str, Any]) -> str:
    """Return the code of what is wrong, or an empty string when it was done."""
    if "problems" in answer:
        return str(answer["problems"][0]["code"])
    kind = str(answer["__typename"])
    return kind if kind.isupper() else ""


def area_id(area: AreaMade) -> str:
    """Return an area's opaque id."""
    return str(encode("Area", area.id))


def opaque(kind: str, area: AreaMade, identifier: UUID) -> str:
    """Return the opaque id of a thing of the area."""
    return str(encode_in(kind, area.id, identifier))


def request_id(asked: Asked) -> str:
    """Return the opaque id of the request."""
    return opaque("DutyRequest", asked.area, asked.request.id)


async def actors(asked: Asked) -> dict[str, Actor]:
    """Return everyone who may try something on the request."""
    area = asked.area
    trust = await make_trust(area)
    return {
        "manager": manager(area),
        "partner": actor(Role.DELEGATED_SAFEGUARDING_PARTNER, area_id=area.id),
        "viewer": actor(Role.VIEWER, area_id=area.id),
        "school": asked.contact,
        "neighbour": contact(area, await chosen_school(area, name="Neighbour School")),
        "trust lead": trust_lead(trust, asked.school, areas=(area,)),
        "other trust": trust_lead(await make_trust(area, name="Other Trust"), areas=(area,)),
        "other area": manager(await make_area()),
        "official": official(),
        "nobody": ANONYMOUS,
    }
