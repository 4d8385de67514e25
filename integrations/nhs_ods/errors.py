"""What the NHS platform refuses, read from its two shapes of `OperationOutcome`."""

from __future__ import annotations

import json
import re
from typing import Any

from integrations.errors import AgencyRefused
from integrations.http import Answer

_UNPRINTABLE = re.compile(r"[^\x20-\x7e]+")
_LONGEST = 200


class TooMuchAtOnce(AgencyRefused):
    """The page would be larger than the gateway passes on: ask for fewer."""


def refusal(answer: Answer) -> AgencyRefused:
    """Return the error of an answer that is not what was asked for, with the platform's own reason."""
    said = diagnostics_of(answer)
    if answer.status == 422:
        return TooMuchAtOnce(f"The NHS directory's answer was too large for it to send: {said}", status=422)
    return AgencyRefused(f"The NHS directory refused the request ({answer.status}): {said}", status=answer.status)


def diagnostics_of(answer: Answer) -> str:
    """Return what the first issue says, in one printable line; the status where it says nothing."""
    issue = _first_issue(answer)
    said = issue.get("diagnostics") or issue.get("code") or "no reason given"
    return _UNPRINTABLE.sub(" ", str(said))[:_LONGEST]


def _first_issue(answer: Answer) -> dict[str, Any]:
    try:
        issue = json.loads(answer.body)["issue"][0]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return {}
    return issue if isinstance(issue, dict) else {}
