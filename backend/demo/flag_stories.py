"""The flags of the nation, as their raisers wrote them, and the moves that each has been through."""

from __future__ import annotations

from dataclasses import dataclass

from backend.demo.dates import Days
from tenants.intervention.rules.drafts import Evidence, Told


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One flag. `raiser` is a subject of `people`; a move is a verb, or the kind of decision an official made."""

    area: str
    raiser: str
    kind: str
    title: str
    concern: str
    tried: str
    moves: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answer: str = "The notes of both meetings are at the links, with what each partner proposed in writing."
    note: str | None = None
    telling: tuple[tuple[str, str, int], ...] = ()  #: name, post, days ago

    def told(self, days: Days) -> tuple[Told, ...]:
        """Return who was told, with the day."""
        return tuple(Told(name=name, post=post, on=days.ago(ago)) for name, post, ago in self.telling)


def _link(title: str, path: str) -> Evidence:
    return Evidence(title=title, url=f"https://papers.example/{path}")


_CHIEF = ("Orla Quennell", "Clerk to the lead safeguarding partners", 40)

STORIES = (
    Story(
        area="brackenshire", raiser="brackenshire-scrutineer", kind="arrangements_inadequate",
        title="Learning from reviews is not followed up in one council",
        concern="Of nine actions from last year’s reviews, four in one council have no owner and no date.",
        tried="Raised at the executive in September and again in October; the council asked for time.",
        partners=("Brackenport City Council",), evidence=(_link("Action tracker", "brackenshire/actions"),),
        note="Speak to the director before the next executive.", telling=(_CHIEF,),
    ),
    Story(
        area="brackenshire", raiser="brackenshire-manager", kind="information_refused", moves=("amend", "withdraw"),
        title="Attendance data not supplied by two colleges",
        concern="Two colleges have not supplied attendance data that the partners asked for in writing in May.",
        tried="Two letters and a call; both colleges have since supplied the data.",
        note="Closed by agreement.",
    ),
    Story(
        area="wrenshire", raiser="wrenshire-manager", kind="other", title="Placements from outside the region",
        moves=("refer", "acknowledge", "no_action", "close"),
        concern="Placements by distant councils are made without telling the partners, so that nobody local knows.",
        tried="Written to four placing councils; two have agreed to tell the partnership beforehand.",
        telling=(_CHIEF,),
    ),
    Story(
        area="eastmarch", raiser="eastmarch-manager", kind="partners_cannot_agree",
        title="No agreed budget since April", moves=("refer", "acknowledge", "ask", "answer", "support"),
        concern="The council, the new board and the force have met four times and do not agree what each should pay.",
        tried="Four meetings of the leads, the last with the scrutineer as mediator; two written proposals.",
        partners=("Eastmarch Borough Council", "NHS Coast and Estuary Integrated Care Board", "Estuary Constabulary"),
        evidence=(_link("Minutes of the fourth meeting", "eastmarch/minutes"), _link("Proposals", "eastmarch/offers")),
        telling=(_CHIEF, ("Idony Fell", "Leader of the council", 35)), note="The force may move in the new year.",
    ),
    Story(
        area="eastmarch", raiser="eastmarch-lead-965", kind="partner_withdraws_or_absent",
        title="The board has not come to the last three executives",
        moves=("refer", "acknowledge", "ask"),
        concern="Since the boards merged nobody with authority to decide has come to the executive.",
        tried="The council’s chief executive wrote to the board’s chief executive twice.",
        partners=("NHS Coast and Estuary Integrated Care Board",),
    ),
    Story(
        area="fenwold", raiser="fenwold-manager", kind="arrangements_inadequate",
        title="No independent scrutiny since the last scrutineer left",
        moves=("refer", "acknowledge", "ask", "answer", "referred_to_secretary_of_state"),
        concern="The scrutineer’s term ended four months ago. The partners have not agreed a successor or a method.",
        tried="Advertised once; asked two neighbouring areas to share a scrutineer; neither could.",
        partners=("Fenwold County Council", "Fenwold Constabulary"), telling=(_CHIEF,),
    ),
    Story(
        area="fenwold", raiser="fenwold-lead-969", kind="information_refused",
        title="An independent school refuses its safeguarding return", moves=("refer", "acknowledge"),
        concern="The proprietor has written that the school will not answer any request under section 16H.",
        tried="Reminders, a call and a letter to the proprietor that cited sections 16G and 16H.",
    ),
    Story(
        area="silvermouth", raiser="silvermouth-scrutineer", kind="partner_withdraws_or_absent",
        title="No health delegate since the boards merged",
        moves=("refer", "acknowledge", "passed_to_power_holder"),
        concern="The merged board has named no delegated safeguarding partner for Silvermouth.",
        tried="Asked in April, June and September; told each time that posts were being filled.",
        partners=("NHS Coast and Estuary Integrated Care Board",),
    ),
    Story(
        area="lindermoor", raiser="lindermoor-delegate-973", kind="partner_withdraws_or_absent",
        title="No police delegate has been named", moves=("refer",),
        concern="The delegated partner of the force moved to another command and nobody has been named since.",
        tried="The director wrote to the chief constable, who has asked for more time.",
        partners=("Brackenshire Police",),
    ),
    Story(
        area="ravensholt", raiser="ravensholt-manager", kind="other", title="Records held by the former district",
        moves=("refer", "acknowledge", "withdraw"),
        concern="Some of the partnership’s records stayed with the former district council’s solicitors.",
        tried="Two letters; the records came after the second.",
    ),
    Story(
        area="hollowby", raiser="hollowby-manager", kind="partners_cannot_agree",
        title="Who chairs the partnership", moves=("withdraw", "reopen"),
        concern="Two partners each hold that the other should chair this year, and no meeting has settled it.",
        tried="Put to the leads in writing; a rota was agreed and then not kept.",
    ),
    Story(
        area="thornmere", raiser="thornmere-manager", kind="partners_cannot_agree",
        title="Threshold document not signed", moves=("refer", "acknowledge", "improvement_notice_considered"),
        concern="One partner has not signed the threshold document that the other two published in the spring.",
        tried="Three drafts, and a meeting of the three leads with legal advisers.",
    ),
    Story(
        area="oldmarsh", raiser="oldmarsh-manager", kind="other", title="School transport across the boundary",
        moves=("refer", "acknowledge", "ask", "answer"),
        concern="Nobody has said which area’s arrangements apply on transport that crosses the boundary.",
        tried="Asked both councils; each has said that it is for the other.",
    ),
)  # fmt: skip
