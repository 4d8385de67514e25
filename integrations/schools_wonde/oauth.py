"""How Wonde knows us: a long-lived token that an area's administrator takes from Wonde's dashboard."""

from __future__ import annotations

from collections.abc import Mapping

from integrations.connector import Link, Secrets


def authorise(_link: Link, secrets: Secrets) -> Mapping[str, str]:
    """Return the header with the token. Raises `KeyError` when none is set."""
    return {"Authorization": f"Bearer {secrets['bearer_token']}"}
