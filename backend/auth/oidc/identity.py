"""Who somebody is, once a provider has said so and we have checked it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from backend.auth.oidc.organisation import read_organisation
from backend.auth.text import LONGEST_ID, plain

LONGEST_EMAIL = 254
LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class VerifiedIdentity:
    """A person at a provider. The key is (`issuer`, `subject`); an email address is never a key.

    `session_id` is the provider's own (`sid`), for sign-out from their side. `organisation` is DfE Sign-in's
    claim, None when the person chose none; `organisation_said` a sentence about it, `organisation_la_code` the local
    authority it lies in. `id_token` is kept only to be handed back at sign-out.
    """

    issuer: str
    subject: str
    email: str | None
    email_verified: bool
    email_disowned: bool  #: the provider says that it has not checked the address; most say nothing
    name: str | None
    session_id: str | None
    amr: tuple[str, ...]
    organisation: Mapping[str, Any] | None
    organisation_said: str | None
    organisation_la_code: str | None
    id_token: str = field(repr=False)


def read_identity(claims: Mapping[str, Any], *, issuer: str, id_token: str, fold_subject: bool) -> VerifiedIdentity:
    """The identity in checked claims (of the ID token, with those of userinfo added)."""
    subject = str(claims["sub"])
    amr = claims.get("amr")
    chosen = read_organisation(claims.get("organisation"))
    return VerifiedIdentity(
        issuer=issuer,
        subject=subject.upper() if fold_subject else subject,
        email=plain(claims.get("email"), most=LONGEST_EMAIL),
        email_verified=claims.get("email_verified") in (True, "true"),
        email_disowned=claims.get("email_verified") not in (True, "true", None),
        name=_name(claims),
        session_id=plain(claims.get("sid"), most=LONGEST_ID),
        amr=tuple(str(method) for method in amr) if isinstance(amr, list) else (),
        organisation=chosen.claim,
        organisation_said=chosen.sentence,
        organisation_la_code=chosen.la_code,
        id_token=id_token,
    )


def _name(claims: Mapping[str, Any]) -> str | None:
    whole, *parts = (plain(claims.get(name), most=LONGEST_NAME) for name in ("name", "given_name", "family_name"))
    return whole or " ".join(part for part in parts if part) or None
