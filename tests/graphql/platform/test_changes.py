"""What an administrator's mutations do, and what they say to bad, stale and repeated input."""

from __future__ import annotations

from typing import Any

import pytest
import pytest_asyncio
from litestar import Litestar

from concordat_graphql import ids
from infra.ids import uuid7
from tests.graphql.platform import sending
from tests.graphql.platform.sending import DAY, area_id, keyed
from tests.support.product import Api
from tests.support.world import make_area


@pytest_asyncio.fixture
async def api(app: Litestar) -> Api:
    return await sending.administrator_api(app)


def problems(result: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(problem["code"], problem["field"]) for problem in result["problems"]]


async def test_a_secret_goes_in_and_never_comes_out(api: Api) -> None:
    sent = sending.provider_input(secret="correct-horse-battery")
    saved = await api.mutate("SaveSignInProvider", keyed(**sent))
    assert saved["hasSecret"] is True
    everything = str(await api.run("SignInProviders")) + str(await api.run("PlatformTrail")) + str(saved)
    assert "correct-horse" not in everything
    changed = {**sent, "version": 1, "name": "Renamed", "secret": None}
    assert (await api.mutate("SaveSignInProvider", keyed(**changed)))["hasSecret"] is True


@pytest.mark.parametrize(
    ("operation", "made", "field"),
    [("SaveSignInProvider", sending.provider_input, "slug"), ("SaveMachineClient", sending.client_input, "clientId")],
)
async def test_two_administrators_at_once_lose_nothing(api: Api, operation: str, made: Any, field: str) -> None:
    sent = made()
    first = await api.mutate(operation, keyed(**sent))
    assert problems(await api.mutate(operation, keyed(**sent))) == [("INVALID", field)]
    assert (await api.mutate(operation, keyed(**{**sent, "version": first["version"], "name": "Mine"})))["version"] == 2
    late = await api.mutate(operation, keyed(**{**sent, "version": first["version"], "name": "Theirs"}))
    assert problems(late) == [("CONFLICT", None)]


async def test_the_same_request_twice_makes_one_area(api: Api) -> None:
    sent = keyed(name="Onceshire", slug=f"once-{uuid7().hex[-8:]}")
    first, again = await api.mutate("CreateArea", sent), await api.mutate("CreateArea", sent)
    assert first == again
    assert first["lifecycle"] == "setting_up"


async def test_bad_areas_are_refused_field_by_field(api: Api) -> None:
    here = await make_area()
    for changed, expected in (
        ({"name": ""}, ("INVALID", "name")),
        ({"name": "x" * 121}, ("INVALID", "name")),
        ({"slug": "Not A Slug"}, ("INVALID", "slug")),
        ({"slug": here.slug}, ("INVALID", "slug")),
    ):
        values = {"name": "Newshire", "slug": f"new-{uuid7().hex[-8:]}", **changed}
        assert problems(await api.mutate("CreateArea", keyed(**values))) == [expected]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"laCode": "12"}, ("INVALID", "laCode")),
        ({"laName": ""}, ("INVALID", "laName")),
        ({"validFrom": "1066-10-14"}, ("INVALID", "validFrom")),
        ({"areaId": "bm9uc2Vuc2U"}, ("NOT_FOUND", "areaId")),
    ],
)
async def test_a_bad_cover_is_refused(api: Api, changed: dict[str, Any], expected: tuple[str, str]) -> None:
    values = {"areaId": area_id(await make_area()), "laCode": "994", "laName": "A council", "validFrom": DAY, **changed}
    assert problems(await api.mutate("CoverLocalAuthority", keyed(**values))) == [expected]


async def test_a_cover_ends_once_and_not_before_it_began(api: Api) -> None:
    area = await make_area()
    values = {"areaId": area_id(area), "coverId": await sending.cover_of(area), "reason": "Reorganised"}
    early = await api.mutate("EndCover", keyed(**values, validTo="2019-01-01"))
    assert problems(early) == [("INVALID", "validTo")]
    assert (await api.mutate("EndCover", keyed(**values, validTo=DAY)))["slug"] == area.slug
    assert problems(await api.mutate("EndCover", keyed(**values, validTo=DAY))) == [("WRONG_STATE", None)]
    elsewhere = {**values, "areaId": area_id(await make_area())}
    assert problems(await api.mutate("EndCover", keyed(**elsewhere, validTo=DAY))) == [("NOT_FOUND", None)]


async def test_the_end_of_a_cover_is_taken_back_once_and_told(api: Api) -> None:
    area = await make_area()
    values = {"areaId": area_id(area), "coverId": await sending.cover_of(area), "reason": "It was a slip."}
    assert problems(await api.mutate("ResumeCover", keyed(**values))) == [("WRONG_STATE", None)]
    await api.mutate("EndCover", keyed(**values, validTo=DAY))
    assert problems(await api.mutate("ResumeCover", keyed(**{**values, "reason": " "}))) == [("INVALID", "reason")]
    assert (await api.mutate("ResumeCover", keyed(**values)))["slug"] == area.slug
    (cover,) = (await api.run("PlatformArea", slug=area.slug))["data"]["platformArea"]["covers"]
    assert cover["validTo"] is None
    entry = await sending.newest_entry(area.id)
    assert (entry.action, entry.reason) == ("area.cover_again", "It was a slip.")
    assert (entry.before["valid_to"], entry.after["valid_to"]) == (DAY, None)
    elsewhere = {**values, "areaId": area_id(await make_area())}
    assert problems(await api.mutate("ResumeCover", keyed(**elsewhere))) == [("NOT_FOUND", None)]


async def test_an_end_is_not_taken_back_when_an_area_covers_it_since(api: Api) -> None:
    area, other = await make_area(), await make_area()
    values = {"areaId": area_id(area), "coverId": await sending.cover_of(area), "reason": "It was a slip."}
    await api.mutate("EndCover", keyed(**values, validTo=DAY))
    later = {"laCode": area.la_code, "laName": "Newtown", "validFrom": "2027-04-01"}
    assert "slug" in await api.mutate("CoverLocalAuthority", keyed(areaId=area_id(other), **later))
    (problem,) = (await api.mutate("ResumeCover", keyed(**values)))["problems"]
    assert problem["message"].endswith(
        f"is covered by {other.name}, from 1 April 2027. A local authority is in one area on any day."
    )
    (cover,) = (await api.run("PlatformArea", slug=area.slug))["data"]["platformArea"]["covers"]
    assert cover["validTo"] == DAY


async def test_a_merged_area_covers_nothing_again(api: Api) -> None:
    area = await make_area()
    values = {"areaId": area_id(area), "coverId": await sending.cover_of(area), "reason": "It was a slip."}
    await api.mutate("EndCover", keyed(**values, validTo=DAY))
    await api.mutate("MergeArea", keyed(areaId=area_id(area), intoAreaId=area_id(await make_area()), reason="One now"))
    assert problems(await api.mutate("ResumeCover", keyed(**values))) == [("WRONG_STATE", None)]


async def test_an_area_opens_once_and_does_not_merge_into_itself(api: Api) -> None:
    area = area_id(await make_area(lifecycle="setting_up"))
    assert (await api.mutate("OpenArea", keyed(areaId=area)))["lifecycle"] == "live"
    assert problems(await api.mutate("OpenArea", keyed(areaId=area))) == [("WRONG_STATE", None)]
    merged = await api.mutate("MergeArea", keyed(areaId=area, intoAreaId=area, reason="A slip"))
    assert problems(merged) == [("WRONG_STATE", None)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"role": "emperor"}, ("INVALID", "role")),
        ({"role": "business_manager"}, ("INVALID", "areaId")),
        ({"role": "trust_lead"}, ("INVALID", "organisationId")),
        ({"role": "official", "organisationId": ids.encode("Organisation", uuid7())}, ("INVALID", "organisationId")),
        ({"role": "official", "validFrom": "0001-01-01"}, ("INVALID", "validFrom")),
        ({"role": "official", "personId": ids.encode("Person", uuid7())}, ("NOT_FOUND", None)),
        ({"role": "official", "personId": ids.encode("Area", 1)}, ("NOT_FOUND", "personId")),
    ],
)
async def test_a_bad_grant_is_refused(api: Api, changed: dict[str, Any], expected: tuple[str, str]) -> None:
    values = {"personId": ids.encode("Person", await sending.an_account()), **changed}
    assert problems(await api.mutate("GrantRole", keyed(**values))) == [expected]


async def test_a_file_that_was_not_uploaded_is_not_imported(api: Api) -> None:
    before = (await api.run("RegisterImports"))["data"], (await api.run("Jobs"))["data"]
    values = {"uploadId": ids.encode("Upload", uuid7()), "kind": "links", "fileName": "links.csv"}
    assert problems(await api.mutate("StartRegisterImport", keyed(**values))) == [("INVALID", "uploadId")]
    assert ((await api.run("RegisterImports"))["data"], (await api.run("Jobs"))["data"]) == before


async def test_an_upload_is_imported_once_whatever_key_it_comes_with(api: Api) -> None:
    values = {"uploadId": ids.encode("Upload", sending.an_upload()), "kind": "links", "fileName": "links.csv"}
    assert (await api.mutate("StartRegisterImport", keyed(**values)))["status"] == "queued"
    assert problems(await api.mutate("StartRegisterImport", keyed(**values))) == [("CONFLICT", None)]
    assert problems(await api.mutate("StartRegisterImport", keyed(**{**values, "kind": "recipes"}))) == [
        ("INVALID", "kind")
    ]


@pytest.mark.parametrize("name", ["PlatformAreas", "Accounts", "RegisterImports", "Jobs", "PlatformTrail"])
@pytest.mark.parametrize("after", ["nonsense", "WyJhIiwgImIiLCAiYyJd", "W251bGxd", "WyJhIiwgImIiXQ"])
async def test_a_page_link_that_is_not_ours_is_a_problem(api: Api, name: str, after: str) -> None:
    answer = await api.run(name, after=after)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INVALID"]
