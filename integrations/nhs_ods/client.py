"""The directory in its own words: a page of a search, whom a body was followed by, what was taken out.

Source: Organisation Data Terminology API, specification and proxies (research/agency-apis.md §4.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from integrations.agency import Agency
from integrations.errors import AgencyRefused
from integrations.http import Answer
from integrations.nhs_ods.errors import TooMuchAtOnce, refusal
from integrations.nhs_ods.paging import rebased, smaller
from integrations.reading import broken, object_of

ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
PAGE_SIZE = 200
DELETIONS = "List/Organization-deletion"
CODES_A_TIME = 100  # so that an address stays well below the 8 kB that gateways pass on
MOST_PAGES = 50
FIRST_PAGE = {"_count": str(PAGE_SIZE), "_offset": "0"}


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A page of resources as the directory sent them. `next` is the place of the following page, None on the last."""

    resources: list[dict[str, Any]]
    next: str | None
    total: int | None


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The directory behind one connection. `headers` go with every request: who asks, and for which run."""

    agency: Agency
    headers: Mapping[str, str]

    async def page(self, place: str) -> Bundle:
        """Return the page at a place; halves the page while the gateway finds it too large.

        Raises `AgencyRefused` with the directory's reason, `AgencyBroken` for what is no page of a search, and what
        `Agency.get` raises.
        """
        try:
            answer = await self._get(place)
        except TooMuchAtOnce:
            if (fewer := smaller(place)) is None:
                raise
            return await self.page(fewer)
        return self._bundle(answer, place)

    async def successors(self, code: str) -> list[str]:
        """Return the codes of the bodies that followed one, as the code system has them; none for an unknown code."""
        asked = urlencode({"system": ODS_CODE, "code": code, "property": "successor"})
        answer = await self.agency.get(f"CodeSystem/$lookup?{asked}", headers=self.headers)
        if answer.status == 404:
            return []
        if answer.status != 200:
            raise refusal(answer)
        return [value for name, value in _properties(object_of(answer)) if name == "successor"]

    async def affiliations(self, codes: Sequence[str]) -> list[dict[str, Any]]:
        """Return every affiliation of which one of these bodies is the source, ended ones too.

        Raises what `page` raises, and `AgencyRefused` when there is no end of pages.
        """
        found: list[dict[str, Any]] = []
        for first in range(0, len(codes), CODES_A_TIME):
            asked = {"primary-organization": ",".join(codes[first : first + CODES_A_TIME])}
            found += await self._all(f"OrganizationAffiliation?{urlencode({**asked, **FIRST_PAGE})}")
        return found

    async def _all(self, place: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        following: str | None = place
        for _ in range(MOST_PAGES):
            if following is None:
                return found
            bundle = await self.page(following)
            found += bundle.resources
            following = bundle.next
        raise AgencyRefused("The NHS directory’s affiliations of one page of bodies have no end.", status=200)

    async def deletions(self) -> list[dict[str, Any]]:
        """Return the entries of the list of what was taken out."""
        answer = await self._get(DELETIONS)
        listed = object_of(answer)
        entries = listed.get("entry", [])
        if listed.get("resourceType") != "List" or not isinstance(entries, list):
            raise broken(answer, "The directory's deletions are not a FHIR List.")
        return [entry for entry in entries if isinstance(entry, dict)]

    async def _get(self, place: str) -> Answer:
        answer = await self.agency.get(place, headers=self.headers)
        if answer.status != 200:
            raise refusal(answer)
        return answer

    def _bundle(self, answer: Answer, place: str) -> Bundle:
        bundle = object_of(answer)
        entries = bundle.get("entry", [])
        if bundle.get("resourceType") != "Bundle" or not isinstance(entries, list):
            raise broken(answer, "The directory's answer is not a FHIR Bundle.")
        resources = [entry.get("resource") for entry in entries if isinstance(entry, dict)]
        total = bundle.get("total")
        return Bundle(
            resources=[each for each in resources if isinstance(each, dict)],
            next=self._next(answer, bundle, place),
            total=total if isinstance(total, int) else None,
        )

    def _next(self, answer: Answer, bundle: dict[str, Any], place: str) -> str | None:
        links = bundle.get("link", [])
        further = [link.get("url") for link in links if isinstance(link, dict) and link.get("relation") == "next"]
        if not further:
            return None
        following = rebased(str(further[0]), base_url=self.agency.base_url, asked=place)
        if following is None:
            raise broken(answer, "The directory's link to the next page leads somewhere else.")
        return following


def _properties(parameters: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and value of each property of a `Parameters` resource."""
    found = []
    listed = parameters.get("parameter")
    for each in listed if isinstance(listed, list) else []:
        parts = {part.get("name"): part for part in each.get("part", []) if isinstance(part, dict)}
        value = parts.get("value", {})
        code = value.get("valueCode") or value.get("valueString")
        if each.get("name") == "property" and isinstance(code, str):
            found.append((str(parts.get("code", {}).get("valueCode")), code))
    return found
