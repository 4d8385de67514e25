"""Our public keys, for anyone who asks."""

from __future__ import annotations

from datetime import timedelta

from backend.app import build_app
from infra.clock import now
from infra.ids import uuid7
from tenants.connections.signing_keys.service import rotate_signing_key
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.connections import make_connection
from tests.support.organisations import administrator
from tests.web.page_client import PageClient
from tests.web.settings import page_settings


async def test_the_published_keys_are_served_to_anyone_and_no_private_part(database: Cluster) -> None:
    who = administrator()
    linked = await make_connection(None, system="nhs_ods", auth_mode="signed_jwt", options={"environment": "int"})
    for at in (now() - timedelta(days=90), now() - timedelta(days=30), now()):
        async with tenant_scope(who):
            await rotate_signing_key(by=who, connection_id=linked, at=at, bits=2048)
    async with PageClient(build_app(page_settings())) as client:
        answer = await client.http.get(f"/.well-known/jwks/{linked}")
        nobody = await client.http.get(f"/.well-known/jwks/{uuid7()}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert [key["kid"] for key in answer.json()["keys"]] == ["int-3", "int-2"]
    assert not {"d", "p", "q"} & set().union(*answer.json()["keys"])
    assert nobody.status_code == 404
