"""Flags of concern: in every state that a person can bring one to, some never told to the Department."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.demo.flag_stories import STORIES, Story
from backend.demo.world import World, do
from tenants.intervention import service
from tenants.intervention.rules.drafts import DecisionDraft, FlagDraft
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Hat

REASON = "Agreed at the meeting of the lead safeguarding partners."
_OFFICIAL = "The Department’s team for the region has read the referral."


async def raise_flags(world: World) -> None:
    """Raise every flag of the areas that are there, and let people take each as far as its story goes."""
    for story in STORIES:
        if story.area in world.areas:
            await _play(world, story)


async def _play(world: World, story: Story) -> None:
    area_id = world.areas[story.area]
    raiser = await world.actor(story.raiser)
    flag_id = await do(raiser, service.raise_flag, area_id=area_id, draft=_draft(world, story))
    for version, move in enumerate(story.moves, start=1):
        await _move(world, move, story, raiser, area_id=area_id, flag_id=flag_id, version=version)


def _draft(world: World, story: Story) -> FlagDraft:
    return FlagDraft(
        kind=story.kind, title=story.title, concern=story.concern, tried=story.tried, partners=story.partners,
        evidence=story.evidence, told=story.told(world.days), note=story.note,
    )  # fmt: skip


async def _move(
    world: World, move: str, story: Story, raiser: Actor, *, area_id: int, flag_id: UUID, version: int
) -> None:
    of: dict[str, Any] = {"area_id": area_id, "flag_id": flag_id, "version": version}
    official = await world.actor("official", hat=Hat.NATIONAL)
    senior = await world.actor("senior-official", hat=Hat.NATIONAL)
    asked = "Please send the note of the last two meetings and say what each partner now proposes."
    match move:
        case "amend":
            draft = _draft(world, story)
            await do(raiser, service.amend_flag, **of, draft=draft, reason="Corrected after the partners read it.")
        case "refer":
            await do(raiser, service.refer_flag, **of, submission=story.tried, reason=REASON)
        case "acknowledge":
            await do(official, service.acknowledge_flag, **of, reason=_OFFICIAL)
        case "ask":
            due = world.days.ahead(21)
            await do(official, service.ask_about_flag, **of, question=asked, reply_due_on=due, reason=_OFFICIAL)
        case "answer":
            await do(raiser, service.answer_about_flag, **of, answer=story.answer)
        case "withdraw":
            await do(raiser, service.withdraw_flag, **of, reason="Settled between the partners; nothing is left open.")
        case "reopen":
            await do(raiser, service.reopen_flag, **of, reason="The agreement did not hold.")
        case "close":
            await do(official, service.close_flag, **of, reason="What was decided has been done.")
        case decision:
            by = senior if decision in _SENIOR else official
            await do(by, service.decide_flag, **of, draft=_decision(world, decision))


_SENIOR: Mapping[str, str | None] = {
    "improvement_notice_considered": None,
    "passed_to_power_holder": "icb_direction",
    "referred_to_secretary_of_state": "local_authority_direction",
}
_REASONS = {
    "no_action": "The partners have a plan under their own arrangements and are keeping to it.",
    "support": "The area asked for help. An adviser will work with the partners until the plan has been carried out.",
    "improvement_notice_considered": "Two earlier plans were not carried out, and the council has not said why.",
    "passed_to_power_holder": "The board has not named a delegate or answered; its regulator is asked to consider it.",
    "referred_to_secretary_of_state": "The arrangements have had no scrutiny for months and no plan mends that.",
}


def _decision(world: World, decision: str) -> DecisionDraft:
    review = None if decision == "no_action" else world.days.ahead(90)
    return DecisionDraft(
        decision=decision, reasons=_REASONS[decision], review_on=review, power=_SENIOR.get(decision)
    )
