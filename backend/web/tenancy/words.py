"""An audit action in words: `invitation.send` is “Invitation sent”. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: the past of every verb that the code records; a test finds one that is not here
PAST: Final = {
    **{verb: f"{verb}ed" for verb in (
        "accept", "add", "adopt", "alert", "amend", "anchor", "answer", "consider", "correct", "cover", "discard",
        "end", "enter", "export", "extend", "follow", "grant", "link", "open", "publish", "record", "register",
        "reopen", "reseal", "test", "upload",
    )},
    **{verb: f"{verb}d" for verb in (
        "acknowledge", "agree", "change", "close", "create", "decide", "decline", "define", "disable", "enable",
        "invoice", "merge", "pause", "pledge", "raise", "receive", "reduce", "refuse", "remove", "rename", "replace",
        "resume", "reverse", "retire", "revise", "save",
    )},
    "changed": "changed", "discarded": "discarded",
    "affiliate": "placed with its trust", "apply": "applied",
    "ask": "asked for", "begin": "begun", "bring": "brought in", "cancel": "cancelled",
    "cease": "no longer named", "choose": "chosen", "choose_many": "chosen, several at once", "copy": "copied",
    "draft": "drafted", "end_all": "all ended", "give": "given", "give_up": "given up", "move": "moved on",
    "note": "noted", "post": "written", "read": "read", "refer": "referred", "reply": "replied to",
    "retry": "tried again", "revoke": "withdrawn", "run": "run", "send": "sent", "send_again": "sent again",
    "set": "set", "submit": "sent in", "succeed": "succeeded by another", "switch": "switched",
    "take_back": "goes on after all", "tell": "told",
    "uncover": "no longer covered", "withdraw": "withdrawn",
}  # fmt: skip
_NOUNS: Final = {
    "authorisation": "Something not allowed was",
    "client": "System that brings access tokens",
    "cycle": "Round of a duty",
    "file": "File for download",
    "follow_up": "Follow-up",
    "funding_agreement": "Agreement to the budget",
    "indicator_benchmark": "Figure to compare with",
    "indicator_import": "File of figures",
    "indicator_neighbour": "Neighbours to compare with",
    "indicator_observation": "Figures",
    "indicator_target": "Target",
    "invitation": "Invitation",
    "national": "The Department’s page of this area",
    "person": "Account",
    "provider": "Sign-in provider",
}
WHOLE: Final = {
    "agency.acknowledge": "Notice acknowledged by the agency",
    "area.cover_again": "End of a cover taken back",
    "audit.anchor": "Audit chains anchored",
    "audit.export": "Audit trail downloaded",
    "authorisation.refuse": "Something not allowed was refused",
    "budget_line.outturn": "Spending on a budget line recorded",
    "invitation.answer": "Invitation opened with another address",
    "invitation.confirm": "Invitation confirmed for who opened it",
    "connection.alert": "Warning about a connection sent",
    "connection.apply": "Facts from a connection applied",
    "connection.credential": "Credential of a connection stored",
    "connection.end_hook_secret": "Secret for a connection’s messages ended",
    "connection.give_up": "Run of a connection given up",
    "connection.hook_secret": "Secret for a connection’s messages made",
    "connection.rotate_key": "New signing key of a connection made",
    "connection.rotate_keys": "New signing keys of connections made",
    "connection.run": "Run of a connection asked for",
    "contribution.correct_invoice": "Invoice for a contribution corrected",
    "file.export": "File downloaded",
    "flag.answer": "Question about a flag answered",
    "flag.ask": "Question about a flag asked",
    "flag.remind": "Reminder of a review sent",
    "organisation.follow": "Successor of an organisation followed",
    "partner_body.decline_successor": "Successor of a partner body declined",
    "proposal.reconsider": "Refusal of a proposal taken back",
    "provider.reseal": "Secret of a sign-in provider sealed again",
    "register_import.establishments": "Register import of establishments done",
    "register_import.group_links": "Register import of group links done",
    "register_import.groups": "Register import of groups done",
    "register_import.links": "Register import of establishment links done",
    "session.end": "Session ended",
    "session.end_all": "All sessions ended",
    "session.start": "Signed in",
    "session.switch": "Role switched",
    "trail.erase": "A person’s text erased from the audit trail",
    "trail.reseal": "Keys of personal text in audit trails sealed again",
    "webhook.disable": "Webhook paused after too many failures",
    "webhook.end_secrets": "Earlier secrets of a webhook ended",
    "webhook.secret": "New secret of a webhook made",
    "webhook.send_again": "Message to a webhook sent again",
    "webhook.test": "Test message to a webhook sent",
}


#: what an area's trail can be narrowed to: how its actions begin, and what people call that
AREA_KINDS: Final = {
    "agency.": "Relevant agencies", "appointment.": "People in an office or seat", "area.": "The area",
    "audit.": "Downloads of the trail", "authorisation.": "What was refused", "board.": "Linked boards",
    "board_group.": "Groups", "budget.": "Budgets", "budget_line.": "Budget lines", "connection.": "Connections",
    "contact.": "Contacts", "contribution.": "Contributions", "cycle.": "Rounds of duties", "duty.": "Duties",
    "file.": "Downloads of files", "flag.": "Flags", "follow_up.": "Follow-up of late answers",
    "funding_agreement.": "Agreements to the budget", "indicator_": "Figures", "invitation.": "Invitations",
    "message.": "Questions to and from agencies", "national.": "What the Department read",
    "partner_body.": "Partner bodies", "partnership_chair.": "Partnership chair",
    "proposal.": "Proposals of connections", "receipt.": "Payments received", "reminder.": "Reminders",
    "request.": "What one agency is asked", "return.": "Returns", "role.": "Roles", "seat.": "Seats",
    "trail.": "Texts erased from the trail", "webhook.": "Webhooks",
}  # fmt: skip
PLATFORM_KINDS: Final = {
    "area.": "Areas", "audit.": "Downloads and checks of the trail", "authorisation.": "What was refused",
    "client.": "Systems that bring access tokens", "connection.": "Connections", "file.": "Downloads of files",
    "invitation.": "Invitations", "job.": "Work in the background", "national.": "What the Department read",
    "organisation.": "Organisations", "person.": "Accounts", "provider.": "Sign-in providers",
    "register_import.": "Register imports", "role.": "Roles", "session.": "Sign-ins and sessions",
    "trail.": "Texts erased from trails",
}  # fmt: skip


def kinds(known: Mapping[str, str], chosen: str) -> list[dict[str, str]]:
    """Return what a trail can be narrowed to, by its words; with what an address asked for, when it is not one."""
    listed = sorted(({"value": start, "text": words} for start, words in known.items()), key=lambda one: one["text"])
    other = [{"value": chosen, "text": said(chosen) if "." in chosen else chosen}]
    return listed if not chosen or chosen in known else other + listed


def said(action: str) -> str:
    """Return the action as people say it, with a capital letter; one that is new is named without being bent."""
    if action in WHOLE:
        return WHOLE[action]
    noun, _, verb = action.partition(".")
    thing = _NOUNS.get(noun, noun.replace("_", " ").capitalize())
    return f"{thing} {PAST[verb]}" if verb in PAST else f"{thing}: {verb.replace('_', ' ')}"


def sent_again(email: str) -> str:
    """Returns what is said when an invitation was sent again."""
    return f"We have sent a new invitation to {email}. Links in earlier emails no longer work."
