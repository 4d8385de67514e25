"""The NHS platform as an agency of the sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Handler, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.nhs import fhir
from integrations.sandbox.agencies.nhs.actions import ACTIONS
from integrations.sandbox.agencies.nhs.data import invented_directory, listed_directory
from integrations.sandbox.agencies.nhs.directory import Directory
from integrations.sandbox.agencies.nhs.gateway import Behind, through_gateway
from integrations.sandbox.agencies.nhs.outcomes import failure
from integrations.sandbox.agencies.nhs.state import NAME, Application, Nhs
from integrations.sandbox.agencies.nhs.token import not_post, token

OWN_FAULTS = {
    "spike": "answers 429 in the words of the spike arrest, without Retry-After",
    "api_wide": "answers 429 in the words of the limit of all applications together",
    "token_rate": "the token endpoint answers 429",
    "expired_token": "says that the access token has expired, though it has not",
    "too_costly": "answers 422: larger than the gateway passes on",
    "missing_total": "leaves the total out of the first page",
    "off_path_next": "points with `next` to another path",
}
_FHIR = "/{way}/organisation-data-terminology-api/fhir"
_TOKEN = "/{way}/oauth2/token"  # noqa: S105 - a path


def make(setup: Setup) -> Agency:
    """The platform, with one application registered (`nhs.api_key`, `nhs.jwks_url`); others stand in `nhs.registered`.

    It can be told to hold boards: `[{"code", "name", "opened", "closed", "successors"}, …]`.
    """
    nhs = Nhs(base_url=setup.base_url, faults=setup.faults, invent=partial(_invent, setup))
    nhs.registered = Path(setup.options["registered"]) if "registered" in setup.options else None
    nhs.usual_quota = setup.number("quota_per_minute", nhs.usual_quota)
    nhs.forget()
    known = setup.options
    nhs.register(Application(api_key=known.get("api_key", "sandbox-api-key"), jwks_url=known.get("jwks_url")))
    return Agency(
        name=NAME,
        label="NHS England: API platform and organisation directory",
        routes=_routes(nhs),
        own_faults=OWN_FAULTS,
        actions={name: partial(action, nhs) for name, action in ACTIONS.items()},
        error=failure,
        seen=partial(_seen, nhs),
        reset=nhs.forget,
    )


def _invent(setup: Setup) -> Directory:
    if setup.holds:
        return listed_directory(setup.holds)
    return invented_directory(
        boards=setup.number("boards", 12), trusts_per_board=setup.number("trusts_per_board", 3), seed=setup.seed
    )


def _routes(nhs: Nhs) -> list[Route]:
    behind: Mapping[str, Behind] = {
        "/Organization": fhir.organizations,
        "/Organization/{code}": fhir.organization,
        "/OrganizationAffiliation": fhir.affiliations,
        "/OrganizationAffiliation/{code}": fhir.affiliation,
        "/List/Organization-deletion": fhir.deletions,
        "/CodeSystem/{operation}": fhir.lookup,
    }
    directory = [_get(_FHIR + path, partial(through_gateway, nhs, each)) for path, each in behind.items()]
    refused = [
        Route(method=method, path=_FHIR + "/{rest:path}", handler=partial(through_gateway, nhs, fhir.only_get))
        for method in ("POST", "PUT", "DELETE", "PATCH")
    ]
    tokens = [Route(method=method, path=_TOKEN, handler=not_post) for method in ("GET", "PUT", "DELETE", "PATCH")]
    issue = Route(method="POST", path=_TOKEN, handler=partial(token, nhs))
    hello = _get("/{way}/hello-world/hello/application", partial(through_gateway, nhs, _hello))
    return [*directory, *refused, issue, *tokens, hello, _get("/{way}/_ping", _ping)]


def _get(path: str, handler: Callable[[Request], Reply]) -> Route:
    wanted: Handler = handler
    return Route(method="GET", path=path, handler=wanted)


def _hello(nhs: Nhs, request: Request) -> Reply:  # noqa: ARG001
    return json_reply({"message": "Hello Application!"})


def _ping(request: Request) -> Reply:  # noqa: ARG001
    return json_reply({"version": "sandbox", "status": "pass"})


def _seen(nhs: Nhs) -> dict[str, Any]:
    return {**nhs.counts, "bodies": len(nhs.directory.bodies), "assertions": len(nhs.used_ids)}
