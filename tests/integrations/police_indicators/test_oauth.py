"""Entra's token endpoint: by secret, by certificate in both forms, and its refusals in its own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx
import pytest

from infra.queue import GiveUp
from integrations.engine.carry import carry
from integrations.engine.ending import carry_to_an_end
from integrations.errors import AgencyRefused, NeedsReauthorisation
from integrations.police_indicators.oauth import thumbprint
from integrations.sandbox.agencies.entra.state import APPLICATION, CLIENT_ID, SECRET
from integrations.sandbox.agencies.entra.tokens import TENANT
from tests.integrations.police_indicators.conftest import LinkedForce, link
from tests.support.agencies import RunningAgencies
from tests.support.certificates import certificate
from tests.support.cluster import Cluster
from tests.support.connections import row_of, set_credential
from tests.support.plain_http import TRUSTED

FORM = {
    "grant_type": "client_credentials",
    "client_id": CLIENT_ID,
    "client_secret": SECRET,
    "scope": f"{APPLICATION}/.default",
}


@pytest.mark.parametrize("older", [False, True])
async def test_a_certificate_opens_the_door_in_the_present_and_the_older_form(
    database: Cluster, agencies: RunningAgencies, older: bool
) -> None:
    key, pem = certificate()
    made = await link(agencies, auth_mode="certificate", older_header=older)
    await set_credential(made.area, made.connection, kind="private_key", value=key)
    await set_credential(made.area, made.connection, kind="certificate", value=pem)
    work = await made.work()
    with pytest.raises(NeedsReauthorisation, match="AADSTS700027: Client assertion failed signature validation"):
        await carry(work)
    assert agencies.do("entra", "certificate", pem=pem)["thumbprint"] == thumbprint(pem)["x5t#S256"]
    await carry(await made.work(run_id=work.begun.run_id))
    assert (await row_of(made.area, "connection_run", work.begun.run_id))["state"] == "done"


def test_the_header_names_the_certificate_in_one_of_two_ways() -> None:
    _, pem = certificate()
    assert [*thumbprint(pem)] == ["x5t#S256"]
    assert [*thumbprint(pem, older=True)] == ["x5t"]
    assert len(thumbprint(pem)["x5t#S256"]) == 43
    with pytest.raises(ValueError, match="PEM"):
        thumbprint("no certificate")


async def test_a_certificate_that_is_not_one_is_said_in_words(database: Cluster, agencies: RunningAgencies) -> None:
    key, _ = certificate()
    made = await link(agencies, auth_mode="certificate")
    await set_credential(made.area, made.connection, kind="private_key", value=key)
    await set_credential(made.area, made.connection, kind="certificate", value="nonsense")
    with pytest.raises(NeedsReauthorisation, match="not in the form needed"):
        await carry(await made.work())


@pytest.mark.parametrize(
    ("fault", "code"),
    [("expired_secret", "AADSTS7000222"), ("unknown_app", "AADSTS700016")],
)
async def test_what_entra_refuses_waits_for_a_person(linked: LinkedForce, fault: str, code: str) -> None:
    linked.agencies.fault("entra", fault)
    with pytest.raises(NeedsReauthorisation, match=code) as refused:
        await carry(await linked.work())
    assert SECRET not in str(refused.value)


async def test_a_secret_taken_back_is_said_with_its_code(linked: LinkedForce) -> None:
    linked.agencies.do("entra", "secret", value="another")
    with pytest.raises(NeedsReauthorisation, match="AADSTS7000215: Invalid client secret provided"):
        await carry(await linked.work())


async def test_a_token_without_the_role_is_a_setting_of_the_forces(linked: LinkedForce) -> None:
    linked.agencies.fault("entra", "without_roles")
    with pytest.raises(AgencyRefused, match="has not granted our application the role") as refused:
        await carry(await linked.work())
    assert refused.value.status == 403


async def test_a_role_that_the_force_grants_afterwards_is_in_the_next_runs_token(linked: LinkedForce) -> None:
    linked.agencies.fault("entra", "without_roles")
    refused = await linked.work()
    with pytest.raises(GiveUp, match="has not granted our application the role"):
        await carry_to_an_end(refused, pause=timedelta(seconds=5))
    assert (await linked.run())["state"] == "done"


REFUSALS: list[tuple[dict[str, Any], str, int, str, int]] = [
    ({"client_secret": "wrong"}, TENANT, 401, "invalid_client", 7000215),
    ({"client_secret": ""}, TENANT, 401, "invalid_client", 7000216),
    ({"scope": "openid"}, TENANT, 400, "invalid_scope", 70011),
    ({"client_id": "someone"}, TENANT, 400, "unauthorized_client", 700016),
    ({"client_id": ""}, TENANT, 400, "invalid_request", 900144),
    ({"grant_type": "password"}, TENANT, 400, "unsupported_grant_type", 70003),
    ({}, "elsewhere", 400, "invalid_request", 90002),
    ({"client_assertion": "a.b.c", "client_assertion_type": "x"}, TENANT, 400, "invalid_request", 900144),
]


@pytest.mark.parametrize(("changes", "tenant", "status", "error", "code"), REFUSALS)
async def test_each_refusal_has_entras_shape(
    agencies: RunningAgencies, changes: dict[str, Any], tenant: str, status: int, error: str, code: int
) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
        address = f"{agencies.url('entra')}/{tenant}/oauth2/v2.0/token"
        answer = await client.post(address, data={**FORM, **changes})
    told = answer.json()
    assert (answer.status_code, told["error"], told["error_codes"]) == (status, error, [code])
    lines = told["error_description"].split("\r\n")
    assert lines[0].startswith(f"AADSTS{code}: ")
    assert [line.partition(":")[0] for line in lines[1:]] == ["Trace ID", "Correlation ID", "Timestamp"]
    assert set(told) == {"error", "error_description", "error_codes", "timestamp", "trace_id", "correlation_id",
                         "error_uri"}  # fmt: skip


async def test_a_token_is_a_jwt_with_whole_seconds(agencies: RunningAgencies) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
        answer = await client.post(f"{agencies.url('entra')}/{TENANT}/oauth2/v2.0/token", data=FORM)
    told = answer.json()
    assert (told["token_type"], told["expires_in"], told["access_token"].count(".")) == ("Bearer", 3599, 2)
