"""What we keep of what a provider says about a person."""

from typing import Any

import pytest

from backend.auth.oidc.identity import VerifiedIdentity, read_identity


def read(**claims: Any) -> VerifiedIdentity:
    return read_identity({"sub": "ada", **claims}, issuer="https://signin.example", id_token="t", fold_subject=False)


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada Okafor"}, "Ada Okafor"),
        ({"name": " Ada \n\u00a0 Okafor "}, "Ada Okafor"),
        ({"given_name": "Ada", "family_name": "Okafor"}, "Ada Okafor"),
        ({"family_name": "Okafor"}, "Okafor"),
        ({"name": "Zoë Ní Bhriain"}, "Zoë Ní Bhriain"),
        ({"name": "a" * 201}, None),
        ({"name": "Ada\x00"}, None),
        ({"name": "\u202eadA"}, None),
        ({"name": "\ud800"}, None),
        ({"name": ["Ada"]}, None),
        ({"name": ""}, None),
        ({}, None),
    ],
)
def test_a_name_is_one_printable_line(claims: dict[str, Any], name: str | None) -> None:
    assert read(**claims).name == name


@pytest.mark.parametrize(
    ("value", "verified"), [(True, True), ("true", True), (False, False), ("yes", False), (1.5, False), (None, False)]
)
def test_an_address_is_verified_only_when_the_provider_says_so(value: object, verified: bool) -> None:
    assert read(email="ada@school.example", email_verified=value).email_verified is verified


@pytest.mark.parametrize(
    "claim", [None, {}, "{}", "", "not json", "[]", '"text"', 5, [], "[" * 9_999], ids=lambda claim: repr(claim)[:10]
)
def test_no_organisation_has_many_forms(claim: object) -> None:
    assert read(organisation=claim).organisation is None


def test_amr_is_a_list_or_nothing() -> None:
    assert read(amr=["pwd", "otp"]).amr == ("pwd", "otp")
    assert read(amr="pwd").amr == ()
