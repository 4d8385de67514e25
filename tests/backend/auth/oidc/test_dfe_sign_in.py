"""DfE Sign-in's ways: an issuer with the port or without, and the organisation in each form it is sent in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from backend.auth.issuer_names import forms_of
from backend.auth.issuers import Issuers
from backend.auth.oidc.begin import begin
from backend.auth.oidc.finish import finish
from backend.auth.oidc.identity import VerifiedIdentity
from backend.auth.oidc.organisation import read_organisation
from integrations.hosts import only_hosts
from integrations.http import Door
from tests.support.https_provider import HOST, HttpsProvider, https_provider
from tests.support.identity_provider import REDIRECT_URI
from tests.support.sign_in import provider_at

WITH, WITHOUT = f"https://{HOST}:443", f"https://{HOST}"
SCHOOL = {
    "id": "23F20E54-79EA-4146-8E39-18197576F023", "name": "Testbridge Academy",
    "category": {"id": "001", "name": "Establishment"}, "urn": "900001", "uid": None, "establishmentNumber": "4001",
    "localAuthority": {"id": "502EF2E9", "name": "TESTSHIRE COUNCIL", "code": "999"},
}  # fmt: skip
COUNCIL = {"name": "Testshire Council", "category": {"id": "002"}, "establishmentNumber": "999", "localAuthority": None}
ADA = {"sub": "5d1e9c0a", "name": "Ada Okafor", "email": "ada@school.example"}


async def sign_in(running: HttpsProvider, *, issuer: str, sub: str = "5d1e9c0a") -> VerifiedIdentity:
    issuers = Issuers(door=Door(permits=only_hosts(HOST), total_seconds=20))
    provider = provider_at(issuer, scopes=("openid", "profile", "email", "organisation"), fold_subject=True)
    address, pending = await begin(provider, redirect_uri=REDIRECT_URI, next_path="/", issuers=issuers)
    back = await running.answer(address, sub=sub)
    return await finish(provider, pending, urlsplit(back).query, browser_key=pending.browser_key, issuers=issuers)


@pytest.mark.parametrize("stated", [WITH, WITHOUT])
async def test_the_port_that_https_has_anyway_may_be_stated_or_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stated: str
) -> None:
    with https_provider(monkeypatch, tmp_path, stated=stated, people=[ADA]) as running:
        for entered in (f"{WITH}/a", f"{WITHOUT}/a"):
            who = await sign_in(running, issuer=entered)
            assert (who.issuer, who.subject) == (entered, "5D1E9C0A"), "the key is what the administrator entered"


@pytest.mark.parametrize(
    ("issuer", "other"),
    [
        ("https://a.example", "https://a.example:443"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://[2001:db8::1]:443", "https://[2001:db8::1]"),
        ("https://a.example:8443", None),
        ("http://127.0.0.1:443", None),
        ("https://a.example:x", None),
    ],
)
def test_only_the_port_of_https_may_be_left_out(issuer: str, other: str | None) -> None:
    assert forms_of(issuer) == ((issuer,) if other is None else (issuer, other))


FORMS = {
    "object": (SCHOOL, "You chose Testbridge Academy there."),
    "JSON": (json.dumps(SCHOOL), "You chose Testbridge Academy there."),
    "council": (COUNCIL, "You chose Testshire Council there."),
    "empty": ({}, "You chose no organisation there. If you act for a school, a trust or a council, choose it there."),
    "JSON, empty": ("{}", "You chose no organisation there."),
    "JSON, null": ("null", "You chose no organisation there."),
    "blank": (" ", "You chose no organisation there."),
    "broken": ("{urn:", "What it said about your organisation could not be read."),
    "a list": ([SCHOOL], "What it said about your organisation could not be read."),
    "id alone": ({"id": SCHOOL["id"]}, "You chose an organisation there that was not named to us."),
}


async def test_every_form_of_the_organisation_signs_in_and_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    people = [{**ADA, "sub": name, "organisation": claim} for name, (claim, _) in FORMS.items()]
    with https_provider(monkeypatch, tmp_path, stated=WITH, people=people) as running:
        for name, (_, sentence) in FORMS.items():
            who = await sign_in(running, issuer=f"{WITH}/a", sub=name)
            assert (who.organisation_said or "").startswith(sentence), name
            known = name in ("object", "JSON", "council")
            assert who.organisation_la_code == ("999" if known else None), name
            assert (who.organisation is not None) == (known or name == "id alone"), name


@pytest.mark.parametrize("claim", [{"name": "A\x00B"}, {"name": 7, "category": 7, "localAuthority": [7]},
                                   {"name": "x" * 300, "localAuthority": {"code": "9' or 1=1"}}])  # fmt: skip
def test_nothing_odd_in_a_claim_is_shown_or_used(claim: dict[str, Any]) -> None:
    read = read_organisation(claim)
    assert (read.sentence, read.la_code) == ("You chose an organisation there that was not named to us.", None)


def test_a_provider_that_says_nothing_of_organisations_has_no_sentence() -> None:
    assert read_organisation(None).sentence is None
