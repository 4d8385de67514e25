"""How a OneRoster server knows us: client credentials, and the smallest scope that opens organisations and staff."""

from __future__ import annotations

from integrations.connector import Link, Secrets
from integrations.oauth.requests import TokenRequest, by_secret

#: organisations and people, no demographics, nothing below a class. The only scope that is ever asked for.
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"


def authorise(link: Link, secrets: Secrets) -> TokenRequest:
    """Return a token request, by HTTP Basic unless the option `secret_in_form` is set.

    Raises `KeyError` when no client secret is set.
    """
    return by_secret(
        url=str(link.options.get("token_url", "")),
        client_id=str(link.options.get("client_id", "")),
        secret=secrets["client_secret"],
        method="client_secret_post" if link.options.get("secret_in_form") is True else "client_secret_basic",
        scope=SCOPE,
    )
