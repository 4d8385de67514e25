"""The NHS directory as a connector: pages of bodies into the national register, who followed whom, who lies where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from infra.clock import today
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected
from integrations.listed_bodies import digest_of, note
from integrations.nhs_ods import places
from integrations.nhs_ods.affiliations import located
from integrations.nhs_ods.client import Directory
from integrations.nhs_ods.mapping import Unusable, changed_on, deleted_code, listed_of
from integrations.nhs_ods.oauth import API_KEY, SIGNED_JWT, authorise
from tenants.connections import records
from tenants.connections.records import Seen
from tenants.organisations.directory import service
from tenants.organisations.directory.affiliating import record_affiliations
from tenants.organisations.directory.rules import Listed, Lying
from tenants.organisations.directory.service import Fact
from tenants.organisations.rules import Kind
from tenants.tenancy.actor import Actor

SYSTEM = "nhs_ods"
KIND = "organization"
_OPTIONS = {"client_id", "token_url", "environment", "end_user_ods"}
_ODS = re.compile(r"[A-Z0-9]{2,10}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Withdrawn:
    """A body that the directory has taken out."""

    code: str


Item = Listed | Withdrawn


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    wrong = [f"There is no option named {name}." for name in sorted(set(options) - _OPTIONS)]
    if not _ODS.fullmatch(str(options.get("end_user_ods", ""))):
        wrong.append("Enter the ODS code of the organisation for which we ask (end_user_ods), such as X26.")
    if not re.fullmatch(r"[a-z0-9]{1,20}", str(options.get("environment", "prod"))):
        wrong.append("The environment is one short word in small letters, such as int or prod.")
    if not str(options.get("token_url", "https://")).startswith(("https://", "http://127.0.0.1")):
        wrong.append("The token address must begin with https://.")
    return wrong


def start(link: Link) -> Cursor:
    """Return where a run begins."""
    return places.beginning(link.watermark, on=today())


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Item]:
    """Return the page at the cursor, closed bodies with their successors. Raises what `Directory.page` raises."""
    directory = directory_of(link, agency)
    if cursor["part"] == places.DELETED:
        codes = {code for entry in await directory.deletions() if (code := deleted_code(entry)) is not None}
        items = [Withdrawn(code=code) for code in sorted(codes)]
        return Page(items=items, next=None, watermark=places.watermark_of(cursor))
    bundle = await directory.page(cursor["place"])
    newest = max([cursor["newest"] or "", *(str(changed_on(each) or "") for each in bundle.resources)]) or None
    listed, rejected = await _read(directory, bundle.resources)
    following = places.onward(cursor, following=bundle.next, newest=newest)
    return Page(items=listed, next=following, rejected=rejected, total=bundle.total)


async def _read(directory: Directory, resources: Sequence[Mapping[str, Any]]) -> tuple[list[Listed], list[Rejected]]:
    items: list[Listed] = []
    rejected: list[Rejected] = []
    for resource in resources:
        try:
            listed = listed_of(resource)
        except Unusable as error:
            rejected.append(Rejected(reference=str(resource.get("id"))[:60], reason=str(error)))
            continue
        if listed.status == "closed":
            followed = await directory.successors(listed.code)
            listed = replace(listed, successors=tuple(sorted(set(followed) - {listed.code})))
        items.append(listed)
    lying = await _affiliations(directory, [item.code for item in items if item.kind is Kind.OTHER_BODY], rejected)
    return [replace(item, lies_in=tuple(lying.get(item.code, ()))) for item in items], rejected


async def _affiliations(
    directory: Directory, codes: Sequence[str], rejected: list[Rejected]
) -> Mapping[str, list[Lying]]:
    """Where each of these bodies lies, and lay; what cannot be read is added to the rejected."""
    found: defaultdict[str, dict[str, Lying]] = defaultdict(dict)
    for resource in await directory.affiliations(codes):
        try:
            read = located(resource)
        except Unusable as error:
            rejected.append(Rejected(reference=str(resource.get("id"))[:60], reason=str(error)))
            continue
        if read is not None:
            found[read[0]][read[1].reference] = read[1]
    return {code: [rows[reference] for reference in sorted(rows)] for code, rows in found.items()}


def directory_of(link: Link, agency: Agency) -> Directory:
    """Return the directory, with who asks and for which run on every request. `X-Request-ID` is the door's."""
    headers = {"Accept": "application/fhir+json", "X-Correlation-ID": str(link.run_id)}
    return Directory(agency=agency, headers={**headers, "NHSD-End-User-Organisation-ODS": link.options["end_user_ods"]})


async def apply(*, by: Actor, link: Link, page: Page[Item]) -> Counts:
    """Apply what is new of a page to the register; a page as it was known writes nothing."""
    listed = [item for item in page.items if isinstance(item, Listed)]
    withdrawn = [item.code for item in page.items if isinstance(item, Withdrawn)]
    facts = await _apply_listed(by, link, listed) + await _apply_withdrawn(by, link, withdrawn)
    touched = len({fact.organisation_id for fact in facts})
    return Counts(read=len(page.items), applied=len(facts), unchanged=len(page.items) - touched)


async def _apply_listed(by: Actor, link: Link, items: Sequence[Listed]) -> list[Fact]:
    codes = [item.code for item in items]
    known = await records.known(connection_id=link.connection_id, kind=KIND, external_ids=codes)
    new = [item for item in items if (last := known.get(item.code)) is None or last.digest != digest_of(link, item)]
    if not new:
        return []
    applied = await service.apply_listed(
        by=by, source=SYSTEM, rows=new, names="names" in link.may_change, status="status" in link.may_change
    )
    await note(by, link, applied.facts)
    seen = [
        Seen(external_id=item.code, digest=digest_of(link, item), subject=applied.bodies.get(item.code)) for item in new
    ]
    await records.remember(connection_id=link.connection_id, kind=KIND, rows=seen)
    return list(applied.facts)


async def _apply_withdrawn(by: Actor, link: Link, codes: Sequence[str]) -> list[Fact]:
    """A body that the directory took out counts as closed; should it come back, it is read as new."""
    if not codes or "status" not in link.may_change:
        return []
    applied = await service.apply_withdrawn(by=by, source=SYSTEM, codes=codes)
    if applied.bodies:
        await note(by, link, applied.facts)
        await records.forget(connection_id=link.connection_id, kind=KIND, external_ids=list(applied.bodies))
    return list(applied.facts)


async def finish(*, by: Actor, link: Link) -> Counts:
    """Record who followed whom and who lies where, now that every body of this run is known."""
    if "status" not in link.may_change:
        return Counts()
    facts = await service.record_successions(by=by, source=SYSTEM)
    facts += await record_affiliations(by=by, source=SYSTEM)
    await note(by, link, facts)
    return Counts(applied=len(facts))


async def probe(link: Link, agency: Agency) -> str:
    """Return what the directory answers to a question for one board."""
    bundle = await directory_of(link, agency).page("Organization?activeRoleCode=RO318&_count=1&_offset=0")
    told = "boards" if bundle.total is None else f"{bundle.total} integrated care boards"
    return f"The NHS directory answered: it lists {told}."


CONNECTOR: Connector[Item] = Connector(
    system=SYSTEM,
    label="NHS organisation directory (ODS)",
    national=True,
    auth_modes=(API_KEY, SIGNED_JWT),
    authorise=authorise,
    check_options=check_options,
    start=start,
    fetch=fetch,
    apply=apply,
    finish=finish,
    probe=probe,
    powers=frozenset({"register"}),
)
