"""Every mutation and query of the platform by four actors: who may is an administrator and no one else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar

from concordat_graphql import ids
from concordat_graphql.operations import FOLDER
from infra.ids import uuid7
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role
from tests.graphql.platform import sending
from tests.graphql.platform.sending import DAY, a_client, a_failed_job, a_provider, an_account, area_id, keyed
from tests.support.product import api_of, codes
from tests.support.world import make_actor, make_area

Sent = Awaitable[dict[str, Any]]
FREE_CODES = (str(code) for code in range(900, 990))  # no other test names these


async def create_area() -> dict[str, Any]:
    return {"name": "New Testshire", "slug": f"new-{uuid4().hex[:8]}"}


async def cover() -> dict[str, Any]:
    area = await make_area()
    return {"areaId": area_id(area), "laCode": next(FREE_CODES), "laName": "Newtown", "validFrom": DAY}


async def end_cover() -> dict[str, Any]:
    area = await make_area()
    return {"areaId": area_id(area), "coverId": await sending.cover_of(area), "validTo": DAY, "reason": "Reorganised"}


async def resume_cover() -> dict[str, Any]:
    area = await make_area()
    cover_id = await sending.ended_cover(area)
    return {"areaId": area_id(area), "coverId": cover_id, "reason": "It was another council's."}


async def open_area() -> dict[str, Any]:
    return {"areaId": area_id(await make_area(lifecycle="setting_up"))}


async def merge() -> dict[str, Any]:
    return {"areaId": area_id(await make_area()), "intoAreaId": area_id(await make_area()), "reason": "Reorganised"}


async def grant() -> dict[str, Any]:
    return {"personId": ids.encode("Person", await an_account()), "role": "official"}


async def disable() -> dict[str, Any]:
    return {"personId": ids.encode("Person", await an_account()), "reason": "Left"}


async def enable() -> dict[str, Any]:
    person_id = await an_account()
    await sending.disabled(person_id)
    return {"personId": ids.encode("Person", person_id), "reason": "Came back"}


async def end_session() -> dict[str, Any]:
    person_id, session_id = await sending.a_session()
    return {
        "personId": ids.encode("Person", person_id),
        "sessionId": ids.encode("Session", session_id),
        "reason": "A lost laptop",
    }


async def save_provider() -> dict[str, Any]:
    return sending.provider_input()


async def switch_provider() -> dict[str, Any]:
    return {"slug": await a_provider(), "enabled": False}


async def save_client() -> dict[str, Any]:
    return sending.client_input()


async def switch_client() -> dict[str, Any]:
    return {"machineClientId": ids.encode("MachineClient", await a_client()), "enabled": False}


async def start_import() -> dict[str, Any]:
    uploaded = ids.encode("Upload", sending.an_upload())
    return {"uploadId": uploaded, "kind": "establishments", "fileName": "edubasealldata.csv"}


async def retry() -> dict[str, Any]:
    return {"jobId": ids.encode("Job", await a_failed_job())}


async def discard() -> dict[str, Any]:
    return {"jobId": ids.encode("Job", await a_failed_job()), "reason": "Sent by hand"}


MUTATIONS: dict[str, Callable[[], Sent]] = {
    "CreateArea": create_area,
    "CoverLocalAuthority": cover,
    "EndCover": end_cover,
    "ResumeCover": resume_cover,
    "OpenArea": open_area,
    "MergeArea": merge,
    "GrantRole": grant,
    "DisableAccount": disable,
    "EnableAccount": enable,
    "EndAccountSession": end_session,
    "SaveSignInProvider": save_provider,
    "SwitchSignInProvider": switch_provider,
    "SaveMachineClient": save_client,
    "SwitchMachineClient": switch_client,
    "StartRegisterImport": start_import,
    "RetryJob": retry,
    "DiscardJob": discard,
}
QUERIES: dict[str, dict[str, Any]] = {
    "PlatformAreas": {},
    "PlatformArea": {"slug": "nowhere"},
    "AreaChoices": {},
    "WaitingInvitations": {},
    "Accounts": {},
    "AccountRecord": {"id": ids.encode("Person", uuid7())},
    "OrganisationsToGrant": {"search": "school"},
    "SignInProviders": {},
    "MachineClients": {},
    "RegisterImports": {},
    "RegisterImport": {"id": ids.encode("RegisterImport", uuid7())},
    "RejectedLines": {"id": ids.encode("RegisterImport", uuid7())},
    "Jobs": {},
    "JobRecord": {"id": ids.encode("Job", uuid7())},
    "PlatformTrail": {},
}


async def manager() -> Actor:
    return await make_actor(Role.BUSINESS_MANAGER, area=await make_area())


async def official() -> Actor:
    return await make_actor(Role.SENIOR_OFFICIAL)


def test_every_operation_of_the_platform_is_in_these_tables() -> None:
    assert {path.stem for path in (FOLDER / "platform").glob("*.graphql")} == {*MUTATIONS, *QUERIES}


@pytest.mark.parametrize("name", MUTATIONS)
async def test_an_administrator_may(app: Litestar, name: str) -> None:
    api = await sending.administrator_api(app)
    result = await api.mutate(name, keyed(**await MUTATIONS[name]()))
    assert result["__typename"] != "Failed", result


@pytest.mark.parametrize("who", [manager, official])
@pytest.mark.parametrize("name", MUTATIONS)
async def test_anyone_else_is_refused_and_the_refusal_is_kept(
    app: Litestar, name: str, who: Callable[[], Awaitable[Actor]]
) -> None:
    api = await api_of(app, await who())
    assert codes(await api.mutate(name, keyed(**await MUTATIONS[name]()))) == ["NOT_ALLOWED"]
    assert (await sending.newest_entry()).action == "authorisation.refuse"


@pytest.mark.parametrize("name", MUTATIONS)
async def test_nobody_is_asked_to_sign_in(app: Litestar, name: str) -> None:
    api = await api_of(app, None)
    answer = await api.run(name, input=keyed(**await MUTATIONS[name]()))
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("name", QUERIES)
async def test_only_an_administrator_reads(app: Litestar, name: str) -> None:
    allowed = await (await sending.administrator_api(app)).run(name, **QUERIES[name])
    assert "errors" not in allowed
    for actor, code in ((await manager(), "FORBIDDEN"), (await official(), "FORBIDDEN"), (None, "UNAUTHENTICATED")):
        answer = await (await api_of(app, actor)).run(name, **QUERIES[name])
        assert {error["extensions"]["code"] for error in answer["errors"]} == {code}
