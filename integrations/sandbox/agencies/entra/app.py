"""The tenants as an agency of the sandbox: applications with secrets and certificates, and what tests do to them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.entra import refusals
from integrations.sandbox.agencies.entra.state import CLIENT_ID, SECRET, Tenant
from integrations.sandbox.agencies.entra.token import token
from integrations.sandbox.agencies.messages import Reply

OWN_FAULTS = {
    "expired_secret": "says that the client secret is expired (AADSTS7000222)",
    "without_roles": "issues a token without the roles claim, as Entra does for an application without consent",
    "unknown_app": "says that the application is not in the directory (AADSTS700016)",
}


def make(setup: Setup) -> Agency:
    """One tenant with one application, `CLIENT_ID`, whose secret is `SECRET`."""
    tenant = Tenant(setup=setup)
    tenant.reset()
    return Agency(
        name="entra",
        label="Microsoft Entra ID of a force (invented tenant)",
        routes=[Route(method="POST", path="/{tenant}/oauth2/v2.0/token", handler=partial(token, tenant))],
        own_faults=OWN_FAULTS,
        actions={"certificate": partial(_certificate, tenant), "secret": partial(_secret, tenant)},
        error=_failure,
        seen=lambda: {"issued": tenant.issued, "client_id": CLIENT_ID, "has_secret": SECRET in tenant.secrets},
        reset=tenant.reset,
    )


def _certificate(tenant: Tenant, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The force's administrator uploads our certificate: `pem`."""
    return {"thumbprint": tenant.trust(str(told["pem"]))}


def _secret(tenant: Tenant, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """The force's administrator makes another secret and takes the old one back: `value`."""
    tenant.secrets = {str(told["value"])}
    return {}


def _failure(status: int) -> Reply:
    return refusals.body(90033, status=status, error="temporarily_unavailable",
                         text="A transient error has occurred. Please try again.")  # fmt: skip
