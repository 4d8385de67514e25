"""Areas, what they cover, and the bodies that no register publishes: made by the platform administrator."""

from __future__ import annotations

from datetime import date

from backend.demo.dates import ARRANGEMENTS_BEGAN
from backend.demo.plan import FORCES, ICBS, Mood, agencies_of
from backend.demo.world import World, do
from tenants.organisations import service as register
from tenants.organisations.rules import Kind
from tenants.tenancy import service
from tenants.tenancy.scope import tenant_scope

ICBS_BEGAN = date(2022, 7, 1)


async def make_areas(world: World) -> None:
    """Make every area and its cover; none is live yet."""
    by = await world.platform()
    for plan in world.plans:
        async with tenant_scope(by):
            area_id = await service.create_area(by=by, name=plan.name, slug=plan.slug)
            for council in plan.councils:
                await service.cover_local_authority(
                    by=by, area_id=area_id, la_code=council.code, la_name=council.name, valid_from=ARRANGEMENTS_BEGAN
                )
        world.areas[plan.slug] = area_id


async def register_bodies(world: World) -> None:
    """Enter councils, boards, forces and other agencies into the national register."""
    by = await world.platform()
    boards = {key for plan in world.plans for key in (plan.icb, plan.icb_before) if key}
    forces = {plan.force for plan in world.plans}
    async with tenant_scope(by):
        for plan in world.plans:
            for council in plan.councils:
                world.organisations[f"la:{council.code}"] = await register.register_body(
                    by=by, kind=Kind.LOCAL_AUTHORITY, name=council.name, la_code=council.code
                )
        for key in sorted(boards):
            name, code = ICBS[key]
            world.organisations[f"body:{key}"] = await register.register_body(
                by=by, kind=Kind.INTEGRATED_CARE_BOARD, name=name, ods_code=code, opened_on=ICBS_BEGAN
            )
        for key in sorted(forces):
            world.organisations[f"force:{key}"] = await register.register_body(
                by=by, kind=Kind.POLICE_FORCE, name=FORCES[key]
            )
        for agency in agencies_of(world.scale):
            world.organisations[f"agency:{agency.key}"] = await register.register_body(
                by=by, kind=Kind.OTHER_BODY, name=agency.name
            )


async def merge_boards(world: World) -> None:
    """Close the boards that merged at the beginning of the financial year, with their successor on record."""
    by = await world.platform()
    merged: dict[str, list[str]] = {plan.icb: [] for plan in world.plans if plan.icb_before}
    for plan in world.plans:
        if plan.icb_before:
            merged[plan.icb].append(plan.icb_before)
    for successor, before in merged.items():
        await do(
            by,
            register.merge_bodies,
            predecessors=[world.organisations[f"body:{key}"] for key in before],
            successor_id=world.organisations[f"body:{successor}"],
            on=world.days.financial_year,
            reason="The boards merged by order at the beginning of the financial year.",
        )


async def open_areas(world: World) -> None:
    """Let the areas that are ready go live. The last step of the building: a nation with live areas is whole."""
    by = await world.platform()
    async with tenant_scope(by):
        for plan in world.plans:
            if plan.mood is not Mood.SETTING_UP:
                await service.go_live(by=by, area_id=world.areas[plan.slug])
