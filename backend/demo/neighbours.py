"""The boards that each area works with, and the people it has invited."""

from __future__ import annotations

from datetime import timedelta

from backend.demo.people import PersonPlan, people
from backend.demo.plan import Mood
from backend.demo.world import World, do
from infra.clock import now
from tenants.tenancy import service
from tenants.tenancy.actor import Actor
from tenants.tenancy.people import accepting
from tenants.tenancy.people import service as accounts
from tenants.tenancy.people.tokens import invitation_token
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import system_actor

_BOARDS = (
    ("health_and_wellbeing", "Health and Wellbeing Board"),
    ("safeguarding_adults", "Safeguarding Adults Board"),
    ("community_safety", "Community Safety Partnership"),
    ("youth_justice", "Youth Justice Management Board"),
)


async def make_neighbours(world: World) -> None:
    """Link each area's boards, and invite people to each: one has come; one invitation is open, one over, one gone."""
    named = {one.subject: one for one in people(world.scale)}
    for number, plan in enumerate(world.plans):
        area_id, by = world.areas[plan.slug], await world.manager(plan.slug)
        boards = []
        for kind, name in _BOARDS[: 2 + number % 3]:
            url = f"https://{plan.slug}.example/{kind.replace('_', '-')}"
            board = await do(by, service.link_board, area_id=area_id, name=f"{plan.name} {name}", kind=kind, url=url)
            boards.append(board)
        if plan.mood in (Mood.REORGANISING, Mood.DISPUTE):
            await do(
                by, service.end_board, area_id=area_id, board_id=boards[-1], ended_on=world.days.financial_year,
                reason="The board was joined with a neighbour’s.", version=1,
            )  # fmt: skip
        await _invite(world, by, named[f"{plan.slug}-coordinator"], area_id=area_id, accepted=True)
        await _invite(world, by, named[f"{plan.slug}-newcomer"], area_id=area_id)
        await do(
            by, accounts.invite, email=f"never-came@{plan.slug}.example", name="Ines Latimer", role=Role.VIEWER,
            area_id=area_id, post="Lay member", sent_at=now() - timedelta(days=30),
        )  # fmt: skip
        mistaken = await do(
            by, accounts.invite, email=f"mistyped@{plan.slug}.example", name="Mistyped Address",
            role=Role.VIEWER, area_id=area_id,
        )  # fmt: skip
        await do(by, accounts.revoke_invitation, invitation_id=mistaken)


async def _invite(world: World, by: Actor, one: PersonPlan, *, area_id: int, accepted: bool = False) -> None:
    invitation_id = await do(
        by, accounts.invite, email=one.email, name=one.name, role=Role.VIEWER, area_id=area_id,
        post="Partnership coordinator",
    )  # fmt: skip
    if accepted:
        person_id = await do(
            system_actor("signing in", powers=["signin"]), accepting.accept_invitation,
            token=invitation_token(invitation_id), issuer=world.issuer(one.issuer), subject=one.subject,
            name=one.name, email=one.email,
        )  # fmt: skip
        assert person_id is not None, "the account has the address that was invited"
        world.people[one.subject] = person_id
