"""The people and texts of these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from infra.clock import today
from tenants.intervention import queries, service
from tenants.intervention.queries import Flag
from tenants.intervention.rules.drafts import DecisionDraft, Evidence, FlagDraft, Told
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.world import AreaMade, actor, manager, official

REASON = "The lead safeguarding partners agreed this on Monday."
DRAFT = FlagDraft(
    kind="partners_cannot_agree",
    title="No agreed budget since April",
    concern="The three partners have met four times and do not agree what each pays for the year.",
    tried="Two meetings of the lead safeguarding partners and one with a mediator.",
    partners=("Testshire Council", "Testshire Police"),
    evidence=(Evidence(title="Minutes of 3 March", url="https://testshire.example/minutes"),),
    told=(Told(name="Una Chief", post="Chief executive, Testshire Council", on=date(2026, 1, 5)),),
    note="The force may move next year.",
)
SUPPORT = DecisionDraft(
    decision="support",
    reasons="The area has asked for an adviser and one is free.",
    review_on=today() + timedelta(days=90),
)


def scrutineer(area: AreaMade) -> Actor:
    return actor(Role.INDEPENDENT_SCRUTINEER, area_id=area.id, name="Sol Scrutineer")


def senior() -> Actor:
    return actor(Role.SENIOR_OFFICIAL, name="Sena Senior")


async def raised(area: AreaMade, *, by: Actor | None = None, **changes: object) -> UUID:
    async with tenant_scope(by or manager(area)):
        return await service.raise_flag(
            by=by or manager(area),
            area_id=area.id,
            draft=replace(DRAFT, **changes),  # type: ignore[arg-type]
        )


async def read(area: AreaMade, flag_id: UUID, *, by: Actor | None = None) -> Flag:
    async with tenant_scope(by or manager(area), readonly=True):
        flag = await queries.flag(area_id=area.id, flag_id=flag_id)
    assert flag is not None
    return flag


async def refer(area: AreaMade, flag_id: UUID, *, by: Actor | None = None) -> None:
    flag = await read(area, flag_id)
    async with tenant_scope(by or manager(area)):
        await service.refer_flag(
            by=by or manager(area),
            area_id=area.id,
            flag_id=flag_id,
            version=flag.version,
            submission="Two meetings and a mediator; no agreement.",
            reason=REASON,
        )


async def referred(area: AreaMade) -> UUID:
    flag_id = await raised(area)
    await refer(area, flag_id)
    return flag_id


async def acknowledged(area: AreaMade) -> UUID:
    flag_id = await referred(area)
    await plain("acknowledge_flag", area, flag_id, by=official())
    return flag_id


async def decided(area: AreaMade, draft: DecisionDraft = SUPPORT, *, by: Actor | None = None) -> UUID:
    flag_id = await acknowledged(area)
    await decide(area, flag_id, draft=draft, by=by or official())
    return flag_id


async def decide(area: AreaMade, flag_id: UUID, *, draft: DecisionDraft = SUPPORT, by: Actor) -> None:
    flag = await read(area, flag_id)
    async with tenant_scope(by):
        await service.decide_flag(by=by, area_id=area.id, flag_id=flag_id, version=flag.version, draft=draft)


async def plain(verb: str, area: AreaMade, flag_id: UUID, *, by: Actor, version: int | None = None) -> None:
    """Make a move that says nothing but its reason."""
    if version is None:
        version = (await read(area, flag_id)).version
    async with tenant_scope(by):
        await getattr(service, verb)(by=by, area_id=area.id, flag_id=flag_id, version=version, reason=REASON)


async def amend(area: AreaMade, flag_id: UUID) -> None:
    """Change the title, as the area's manager."""
    async with tenant_scope(manager(area)):
        await service.amend_flag(
            by=manager(area), area_id=area.id, flag_id=flag_id, version=(await read_inside(area, flag_id)).version,
            draft=replace(DRAFT, title="Another title"), reason=REASON,
        )


async def read_inside(area: AreaMade, flag_id: UUID) -> Flag:
    """Read the flag in the scope that is open."""
    flag = await queries.flag(area_id=area.id, flag_id=flag_id)
    assert flag is not None
    return flag
