"""An audit action in words: `invitation.send` is “Invitation sent”. Pure."""

from __future__ import annotations

_PAST = {
    "send": "sent",
    "tell": "told",
    "choose": "chosen",
    "choose_many": "chosen, several at once",
    "withdraw": "withdrawn",
    "revoke": "withdrawn",
    "uncover": "no longer covered",
    "submit": "sent in",
    "begin": "begun",
    "reply": "replied to",
    "ask": "asked for",
    "end_all": "all ended",
    "switch": "switched",
    "refer": "referred",
    "cancel": "cancelled",
    "pay": "paid",
    "draft": "drafted",
    "move": "moved on",
    "post": "written",
    "read": "read",
}
_NOUNS = {
    "board": "Board",
    "return": "Return",
    "duty": "Duty",
    "cycle": "Round of a duty",
    "authorisation": "Something not allowed was",
    "national": "The Department’s page of this area",
    "follow_up": "Follow-up",
}
_WHOLE = {"authorisation.refuse": "Something not allowed was refused", "audit.export": "Audit trail downloaded",
          "flag.remind": "Reminder of a review sent",
          "area.cover_again": "End of a cover taken back"}


def said(action: str) -> str:
    """Return the action as people say it, with a capital letter; an action that is new is still readable."""
    if action in _WHOLE:
        return _WHOLE[action]
    noun, _, verb = action.partition(".")
    return f"{_NOUNS.get(noun, noun.replace('_', ' ').capitalize())} {_past(verb)}"


def _past(verb: str) -> str:
    plain = verb.replace("_", " ")
    if verb in _PAST:
        return _PAST[verb]
    if plain.endswith("e"):
        return f"{plain}d"
    return f"{plain[:-1]}ied" if plain.endswith("y") and plain[-2:-1] not in "aeiou" else f"{plain}ed"
