"""What a token endpoint answered, whatever its dialect: the NHS sends numbers as text, Entra sends codes in prose."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

from integrations.errors import AgencyDown, NeedsReauthorisation
from integrations.http import Answer
from integrations.reading import broken

#: seconds, where the endpoint says nothing
_DEFAULT_LIFETIME = 300.0
_LONGEST_LIFETIME = 86_400.0
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+")


@dataclass(frozen=True, kw_only=True)
class Token:
    """An access token and how many seconds it is good for."""

    access_token: str = field(repr=False)
    seconds: float


def read_token(answer: Answer) -> Token:
    """Return the token of a token endpoint's answer.

    Raises `NeedsReauthorisation` for a refusal, `AgencyDown` when it is worth asking again, `AgencyBroken` for an
    answer that is neither.
    """
    if answer.status == 429 or answer.status >= 500:
        raise AgencyDown(f"The token service is not answering just now ({answer.status}).", again_in=answer.again_in())
    fields = _fields(answer)
    if answer.status >= 400:
        raise NeedsReauthorisation(f"The token service refused us: {_reason(fields, answer.status)}")
    token = fields.get("access_token")
    if not isinstance(token, str) or not token or not token.isascii() or not token.isprintable():
        raise broken(answer, "The token service's answer holds no token.")
    if str(fields.get("token_type", "bearer")).lower() != "bearer":
        raise broken(answer, "The token service gave a kind of token we cannot use.")
    return Token(access_token=token, seconds=_seconds(fields.get("expires_in")))


def _fields(answer: Answer) -> dict[str, object]:
    try:
        fields = json.loads(answer.body)
    except (ValueError, RecursionError):
        fields = None
    if isinstance(fields, dict):
        return fields
    if answer.status >= 400:
        return {}
    raise broken(answer, "The token service's answer is not JSON.")


def _reason(fields: dict[str, object], status: int) -> str:
    """The endpoint's own words, cut to one printable line: they can hold anything."""
    said = str(fields.get("error_description") or fields.get("error") or f"it answered {status} and gave no reason.")
    return _UNPRINTABLE.sub(" ", said.splitlines()[0] if said else said)[:300]


def _seconds(value: object) -> float:
    try:
        seconds = float(str(value)) if value is not None else _DEFAULT_LIFETIME
    except ValueError:
        return _DEFAULT_LIFETIME
    return min(max(seconds, 0.0), _LONGEST_LIFETIME) if seconds == seconds else _DEFAULT_LIFETIME

