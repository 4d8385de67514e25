"""The key sets of registered applications: fetched from their own address, then kept for an hour."""

from __future__ import annotations

from typing import Any

import httpx

from integrations.sandbox.agencies.nhs import refusals as words
from integrations.sandbox.agencies.nhs.refusals import Refused
from integrations.sandbox.agencies.nhs.state import Application, Nhs

KEPT_SECONDS = 3600
#: the platform itself waits 55 seconds; this server answers one caller at a time
LONGEST_SECONDS = 10


def key_set(nhs: Nhs, application: Application) -> dict[str, Any]:
    """Return the application's registered keys. Raises `Refused`."""
    address = application.jwks_url
    if address is None:
        raise Refused(403, "public_key error", words.NO_PUBLIC_KEY)
    fetched_at, keys = nhs.key_sets.get(address, (0.0, {}))
    if nhs.now() - fetched_at < KEPT_SECONDS:
        return keys
    nhs.counts["key_set_fetches"] += 1
    keys = _fetch(address)
    nhs.key_sets[address] = (nhs.now(), keys)
    return keys


def _fetch(address: str) -> dict[str, Any]:
    try:
        answer = httpx.get(address, headers={"User-Agent": "APIM"}, timeout=LONGEST_SECONDS, trust_env=False)
        answer.raise_for_status()
        keys = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Refused(403, "public_key error", words.KEYS_UNREACHABLE) from error
    if not isinstance(keys, dict):
        raise Refused(403, "public_key error", words.KEYS_UNREACHABLE)
    return keys
