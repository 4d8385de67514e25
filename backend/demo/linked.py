"""What the nation links: the drafts of its connections, with the credentials that the invented systems know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tenants.connections.rules.drafts import Draft
from tenants.connections.rules.systems import ROLE_TOKENS, WONDE_ROLES

# what the invented systems know us by; the nation's tests hold that they do
_ONEROSTER = ("concordat", "a secret: of the & school's system")
_TENANT, _FORCE_CLIENT = "7f5c0d1e-9f0a-4c1b-8a55-0d6f3f7a1c01", "2b1f6b0e-5a57-4a3c-9f6e-2c9b6f0d7a10"
_FORCE_SECRET, _FORCE = "Abc8Q~an-invented-secret-of-forty-characters", "api://indicators.police.example"
_STATISTICS = {"data_set_id": "5d1a7a0e-4b7c-7c11-9a40-2f6c3d0b9e01", "data_set_version": "1.2",
               "indicator_id": "wLcft", "code": "referrals_published"}  # fmt: skip
_SIGN_IN, _NHS = "sandbox-api-secret-of-some-length", "sandbox-api-key"

Linked = tuple[Draft, str | None, str]  #: the draft, and which credential it needs, and that credential
SIGNS_AS = "concordat-demo"  #: the API key of our application at the NHS, which signs instead of showing it


@dataclass(frozen=True, kw_only=True)
class Portal:
    """Where we register with the NHS: the file in which its portal keeps applications, and the web's own address."""

    base_url: str
    file: Path

    def register(self, connection: UUID) -> None:
        """Enter the address of the connection's key set."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps({SIGNS_AS: f"{self.base_url}/.well-known/jwks/{connection}"}))


_WEEKLY: dict[str, Any] = {"every_minutes": 7 * 24 * 60, "stale_after_hours": 240}
#: by council, the code under which the force's feed names it
_PLACES = {"eastmarch": "965", "thornmere": "968"}


def _draft(system: str, name: str, base_url: str, auth_mode: str, **more: Any) -> Draft:
    return Draft(system=system, name=name, base_url=base_url, auth_mode=auth_mode, **more)


def national(url: str) -> Iterator[Linked]:
    """Yield the national connections: the registers, and who may act for a school."""
    facts = ("names", "status")
    yield _draft("gias", "Get Information About Schools", f"{url}/gias/edubase/downloads/public", "none",
                 may_change=facts), None, ""  # fmt: skip
    nhs = f"{url}/nhs/live/organisation-data-terminology-api/fhir"
    yield _draft("nhs_ods", "NHS organisation directory", nhs, "api_key", may_change=facts,
                 options={"end_user_ods": "X26", "environment": "prod"}), "api_key", _NHS  # fmt: skip
    yield _draft("police_forces", "Police forces", f"{url}/datapolice/api", "none", may_change=facts,
                 **_WEEKLY), None, ""  # fmt: skip
    roles = {"client_id": "CONCORDAT", "role_codes": "SG_LEAD = establishment_contact"}
    yield _draft("dfe_sign_in", "DfE Sign-in", f"{url}/dsi", "service_token", may_change=("people",), options=roles), \
        "client_secret", _SIGN_IN  # fmt: skip


def signed(url: str) -> Linked:
    """Return the link that signs its token requests: the NHS directory again, as its integration environment."""
    base, facts = f"{url}/nhs/sandbox", ("names", "status")
    options = {"end_user_ods": "X26", "environment": "int", "client_id": SIGNS_AS, "token_url": f"{base}/oauth2/token"}
    draft = _draft("nhs_ods", "NHS directory, signed", f"{base}/organisation-data-terminology-api/fhir", "signed_jwt",
                   may_change=facts, options=options)  # fmt: skip
    return draft, None, ""


def of_areas(url: str) -> Iterator[tuple[str, Draft, str | None, str]]:
    """Yield the areas' connections that have run, by area; Wrenshire's token is an old one."""
    yield "brackenshire", *oneroster(url, "brackenshire")
    yield "brackenshire", *_statistics(url)
    yield "calderwick", *oneroster(url, "calderwick")
    yield "wrenshire", _draft("schools_wonde", "Schools through Wonde", f"{url}/wonde/uk", "bearer_token",
                              may_change=("people",), options={"role_tokens": WONDE_ROLES.default},
                              ), "bearer_token", "a-token-that-was-withdrawn"  # fmt: skip
    for slug in _PLACES:
        yield slug, *_police(url, slug)


def oneroster(url: str, server: str) -> Linked:
    """Return the link to one of the schools' servers, each named as its area is."""
    base = f"{url}/oneroster/{server}"
    options = {"token_url": f"{base}/token", "client_id": _ONEROSTER[0],
               "role_tokens": ROLE_TOKENS.default, "urn_field": "", "staff_only": "no", "secret_in_form": "no",
               }  # fmt: skip
    draft = _draft("schools_oneroster", "School information system", f"{base}/ims/oneroster/rostering/v1p2",
                   "client_secret", may_change=("people",), options=options)  # fmt: skip
    return draft, "client_secret", _ONEROSTER[1]


def _statistics(url: str) -> Linked:
    draft = _draft("education_statistics", "Published referrals", f"{url}/ees/v1", "none", may_change=("figures",),
                   options=_STATISTICS, **_WEEKLY)  # fmt: skip
    return draft, None, ""


def _police(url: str, slug: str) -> Linked:
    council = _PLACES[slug]
    options = {"token_url": f"{url}/entra/{_TENANT}/oauth2/v2.0/token", "client_id": _FORCE_CLIENT,
               "scope": f"{_FORCE}/.default", "places": f"E10000{council} = {council}",
               "older_header": "no"}  # fmt: skip
    draft = _draft("police_indicators", "Force feed (proposed interface)", f"{url}/police", "client_secret",
                   may_change=("figures",), options=options, **_WEEKLY)  # fmt: skip
    return draft, "client_secret", _FORCE_SECRET
