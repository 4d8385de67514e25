"""Which body lies in which board's geography: from the directory's affiliations to facts of our register. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrations.nhs_ods.mapping import Unusable, code_of, day_of, list_of, object_of
from tenants.organisations.directory.rules import Lying

LOCATED_IN = "RE5"
_LONGEST = 60


def located(resource: Mapping[str, Any]) -> tuple[str, Lying] | None:
    """Return the code of the body and where it lies; None for another relationship. Raises `Unusable`."""
    if _relationship(resource) != LOCATED_IN:
        return None
    reference = resource.get("id")
    if not isinstance(reference, str) or not 1 <= len(reference) <= _LONGEST:
        raise Unusable("The affiliation has no id, or one that is too long.")
    period = object_of(resource.get("period"))
    start, end = day_of(period.get("start")), day_of(period.get("end"))
    if resource.get("active") is not True and end is None:
        raise Unusable("The affiliation has ended, but not on a day.")
    if start is not None and end is not None and end < start:
        raise Unusable("The affiliation ends before it begins.")
    member, board = _end(resource, "organization"), _end(resource, "participatingOrganization")
    return member, Lying(reference=reference, board=board, valid_from=start, valid_to=end)


def _relationship(resource: Mapping[str, Any]) -> object:
    codes = list_of(resource.get("code"))
    coding = list_of(object_of(codes[0]).get("coding")) if codes else []
    return object_of(coding[0]).get("code") if coding else None


def _end(resource: Mapping[str, Any], name: str) -> str:
    kind, _, code = str(object_of(resource.get(name)).get("reference")).partition("/")
    if kind != "Organization":
        raise Unusable("An end of the affiliation is not an organisation.")
    return code_of(code)
