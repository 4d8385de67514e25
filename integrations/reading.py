"""Reading an answer that should be JSON. What is not is set aside by its digest, never kept."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from integrations.errors import AgencyBroken
from integrations.http import Answer, digest_of


def broken(answer: Answer, words: str) -> AgencyBroken:
    """Return the error for an answer that is not what the agency's interface promises; raise it."""
    return AgencyBroken(words, sha256=digest_of(answer.body), size=len(answer.body))


def json_of(answer: Answer) -> Any:
    """Return the answer's JSON; raises `AgencyBroken` for anything else, however deep."""
    try:
        return msgspec.json.decode(answer.body)
    except (msgspec.DecodeError, RecursionError):
        pass  # what is beside the standard and harmless, such as a byte order mark, is for the slower reader
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise broken(answer, _not_json(answer)) from error


def _not_json(answer: Answer) -> str:
    if answer.body.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "The agency sent a web page instead of data: it is probably under maintenance."
    return f"The answer ({answer.status}) is not JSON."


def object_of(answer: Answer) -> dict[str, Any]:
    """Return the answer's JSON object; raises `AgencyBroken` for anything else."""
    value = json_of(answer)
    if not isinstance(value, dict):
        raise broken(answer, f"The answer ({answer.status}) is JSON, but not an object.")
    return value
