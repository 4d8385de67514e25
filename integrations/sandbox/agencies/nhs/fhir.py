"""The directory's routes behind the gateway: searches with pages, reads, the code system, the deletions list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.nhs import resources, search
from integrations.sandbox.agencies.nhs.outcomes import FHIR, hapi
from integrations.sandbox.agencies.nhs.state import Nhs

#: the gateway rewrites this host on most days; on others it shows through
BACKEND = "http://fhir.ods-backend.invalid:8080"


def organizations(nhs: Nhs, request: Request) -> Reply:
    """`GET /Organization`"""
    pairs = search.pairs_of(request.query_string, resource="Organization")
    found = [resources.organization(body) for body in search.bodies(list(nhs.directory.bodies.values()), pairs)]
    return _bundle(nhs, request, pairs, found)


def affiliations(nhs: Nhs, request: Request) -> Reply:
    """`GET /OrganizationAffiliation`"""
    pairs = search.pairs_of(request.query_string, resource="OrganizationAffiliation")
    rows = search.affiliations(list(nhs.directory.affiliations.values()), pairs)
    return _bundle(nhs, request, pairs, [resources.affiliation(row) for row in rows])


def organization(nhs: Nhs, request: Request) -> Reply:
    """`GET /Organization/{code}`"""
    code = request.parts["code"]
    if (body := nhs.directory.bodies.get(code)) is None:
        raise hapi(404, f"HAPI-2001: Resource Organization/{code} is not known")
    return json_reply(resources.organization(body), media=FHIR, ETag=f'W/"{body.version}"')


def affiliation(nhs: Nhs, request: Request) -> Reply:
    """`GET /OrganizationAffiliation/{code}`"""
    code = request.parts["code"]
    if (row := nhs.directory.affiliations.get(code)) is None:
        raise hapi(404, f"HAPI-2001: Resource OrganizationAffiliation/{code} is not known")
    return json_reply(resources.affiliation(row), media=FHIR)


def deletions(nhs: Nhs, request: Request) -> Reply:  # noqa: ARG001
    """`GET /List/Organization-deletion`"""
    return json_reply(resources.deletions(nhs.directory.deleted), media=FHIR)


def lookup(nhs: Nhs, request: Request) -> Reply:
    """`GET /CodeSystem/$lookup?system=…&code=…&property=…`"""
    asked = parse_qs(request.query_string)
    if request.parts["operation"] != "$lookup":
        raise hapi(404, f"HAPI-2001: Resource CodeSystem/{request.parts['operation']} is not known")
    code = asked.get("code", [""])[0]
    if asked.get("system") != [resources.ODS_CODE] or (body := nhs.directory.bodies.get(code)) is None:
        raise hapi(404, f"Unable to find code[{code}] in system[{asked.get('system', [''])[0]}]")
    successors = nhs.directory.successors.get(code, [])
    predecessors = [old for old, after in nhs.directory.successors.items() if code in after]
    return json_reply(resources.lookup(body, successors, predecessors), media=FHIR)


def only_get(nhs: Nhs, request: Request) -> Reply:  # noqa: ARG001
    """405 in the server's words."""
    raise hapi(405, f"HAPI-0427: Can not handle {request.method} request")


def _bundle(nhs: Nhs, request: Request, pairs: search.Pairs, found: Sequence[dict[str, Any]]) -> Reply:
    count, offset = search.page_of(pairs)
    shown = found[offset : offset + count]
    bundle: dict[str, Any] = {
        "resourceType": "Bundle",
        "type": "searchset",
        "link": [_link("self", nhs, request, pairs)],
    }
    if offset > 0 or not nhs.misbehaves("missing_total", request.path):
        bundle["total"] = len(found)
    if dict(pairs).get("_summary") == "count":
        return json_reply({"resourceType": "Bundle", "type": "searchset", "total": len(found)}, media=FHIR)
    if offset + count < len(found):
        further = [pair for pair in pairs if pair[0] != "_offset"] + [("_offset", str(offset + count))]
        bundle["link"].append(_link("next", nhs, request, further))
    bundle["entry"] = [
        {"fullUrl": f"{BACKEND}/{each['resourceType']}/{each['id']}", "resource": each} for each in shown
    ]
    return json_reply(bundle, media=FHIR)


def _link(relation: str, nhs: Nhs, request: Request, pairs: search.Pairs) -> dict[str, str]:
    path = urlsplit(nhs.base_url).path + request.path
    if relation == "next" and nhs.misbehaves("off_path_next", request.path):
        path = "/elsewhere/fhir/Organization"
    return {"relation": relation, "url": f"{BACKEND}{path}?{urlencode(pairs)}"}
