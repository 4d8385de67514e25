"""The token endpoint: its checks in the service's order, its refusals in the service's words."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from integrations.sandbox.agencies.entra.refusals import Refused
from integrations.sandbox.agencies.entra.state import APPLICATION, CLIENT_ID, Tenant
from integrations.sandbox.agencies.entra.tokens import ROLE, SECONDS, TENANT, issue
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: which thumbprint header goes with which algorithm: the present form, and the one of older documents
FORMS = {"PS256": "x5t#S256", "RS256": "x5t"}


def token(tenant: Tenant, request: Request) -> Reply:
    """An access token, or a refusal."""
    try:
        client = _client(tenant, request)
    except Refused as refused:
        return refused.reply()
    faults = tenant.setup.faults
    roles = [] if faults.take("entra", "without_roles", path=request.path) else [ROLE]
    tenant.issued += 1
    made = issue(client_id=client, audience=APPLICATION, roles=roles)
    answer = {"token_type": "Bearer", "expires_in": SECONDS, "ext_expires_in": SECONDS, "access_token": made}
    return json_reply(answer, Cache_Control="no-store, no-cache", Pragma="no-cache")


def _client(tenant: Tenant, request: Request) -> str:
    form, name = request.form, request.parts["tenant"]
    if name != TENANT:
        raise Refused(90002, tenant=name)
    client = form.get("client_id") or (request.basic or ("", ""))[0]
    for field, value in (("grant_type", form.get("grant_type")), ("client_id", client)):
        if not value:
            raise Refused(900144, missing=field)
    if form["grant_type"] != "client_credentials":
        raise Refused(70003, grant=form["grant_type"])
    if client != CLIENT_ID or tenant.setup.faults.take("entra", "unknown_app", path=request.path):
        raise Refused(700016, client=client, tenant=name)
    if form.get("scope", "") != f"{APPLICATION}/.default":
        raise Refused(70011, scope=form.get("scope", ""))
    if form.get("client_assertion"):
        _check_assertion(tenant, form, audience=tenant.setup.base_url + request.path)
    else:
        _check_secret(tenant, request)
    return client


def _check_secret(tenant: Tenant, request: Request) -> None:
    secret = request.form.get("client_secret") or (request.basic or ("", ""))[1]
    if not secret:
        raise Refused(7000216)
    if tenant.setup.faults.take("entra", "expired_secret", path=request.path):
        raise Refused(7000222, client=CLIENT_ID)
    if secret not in tenant.secrets:
        raise Refused(7000215, client=CLIENT_ID)


def _check_assertion(tenant: Tenant, form: dict[str, str], *, audience: str) -> None:
    if form.get("client_assertion_type") != BEARER:
        raise Refused(900144, missing="client_assertion_type")
    compact = form["client_assertion"]
    header, claims = _decoded(compact)
    algorithm = str(header.get("alg"))
    thumbprint = str(header.get(FORMS.get(algorithm, ""), ""))
    key = tenant.certificates.get(thumbprint)
    if key is None or header.get("typ") != "JWT":
        raise Refused(700027, thumbprint=thumbprint)
    try:
        jws.deserialize_compact(compact, RSAKey.import_key(key), algorithms=[algorithm])
    except (JoseError, ValueError):
        raise Refused(700027, thumbprint=thumbprint) from None
    _check_claims(tenant, claims, audience)


def _check_claims(tenant: Tenant, claims: dict[str, Any], audience: str) -> None:
    now = time.time()
    if not float(claims.get("nbf", 0)) - 300 <= now < float(claims.get("exp", 0)):
        said = {name: str(claims.get(name)) for name in ("nbf", "exp")}
        raise Refused(700024, now=str(int(now)), **said)
    wrong = (
        (claims.get("aud") != audience, "The audience of the assertion does not match the token endpoint."),
        (claims.get("iss") != CLIENT_ID or claims.get("sub") != CLIENT_ID, "The issuer does not match the client."),
        (not claims.get("jti") or claims["jti"] in tenant.used, "The assertion has already been used."),
    )
    for is_wrong, reason in wrong:
        if is_wrong:
            raise Refused(50013, reason=reason)
    tenant.used.add(str(claims["jti"]))


def _decoded(compact: str) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        header, claims, _ = compact.split(".")
        parts = [json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, claims)]
    except ValueError:
        raise Refused(50013, reason="The assertion is malformed.") from None
    return parts[0], parts[1]
