"""The local Wonde pages, filters and lies as the real one was seen to."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from integrations.sandbox.agencies.wonde.state import TOKEN
from tests.support.agencies import RunningAgencies
from tests.support.plain_http import TRUSTED

A_SCHOOL = "A1930000000"


def get(agencies: RunningAgencies, path: str, *, token: str = TOKEN, **params: Any) -> httpx.Response:
    address = path if "://" in path else f"{agencies.url('wonde')}/uk/v1.0/{path}"
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.get(address, params=params or None, headers=headers, trust_env=False, verify=TRUSTED)


def test_a_token_opens_and_so_does_basic_without_a_password(agencies: RunningAgencies) -> None:
    url = f"{agencies.url('wonde')}/uk/v1.0/schools"
    assert get(agencies, "schools").status_code == 200
    assert httpx.get(url, auth=(TOKEN, ""), trust_env=False, verify=TRUSTED).status_code == 200
    assert get(agencies, "schools", token="another").status_code == 401


def test_pages_by_cursor_and_by_number(agencies: RunningAgencies) -> None:
    first = get(agencies, "schools", per_page=4, cursor="true").json()
    assert [school["urn"] for school in first["data"]] == [620001, 620002, 620003, 620004]
    assert first["meta"]["pagination"]["more"] is True
    rest = get(agencies, first["meta"]["pagination"]["next"]).json()
    assert [school["urn"] for school in rest["data"]] == [620005, 620006]
    assert (rest["meta"]["pagination"]["more"], rest["meta"]["pagination"]["next"]) == (False, None)
    by_number = get(agencies, "schools", per_page=4, page=2).json()
    assert by_number["data"] == rest["data"]
    assert by_number["meta"]["pagination"]["current_page"] == 2


def test_the_wrong_region_answers_with_nothing(agencies: RunningAgencies) -> None:
    wrong = f"{agencies.url('wonde')}/ap/v1.0/schools/{A_SCHOOL}/employees"
    assert get(agencies, wrong).json()["data"] == []


def test_what_is_not_included_is_not_sent(agencies: RunningAgencies) -> None:
    bare = get(agencies, f"schools/{A_SCHOOL}/employees").json()["data"][0]
    full = get(agencies, f"schools/{A_SCHOOL}/employees", include="roles,employment_details").json()["data"][0]
    assert set(full) - set(bare) == {"roles", "employment_details"}


def test_only_what_was_updated_and_what_was_deleted(agencies: RunningAgencies) -> None:
    people = agencies.do("wonde", "who", school=0)["people"]
    agencies.do("wonde", "change", school=0, id=people["Headteacher"], fields={"surname": "Newname"})
    agencies.do("wonde", "delete", school=0, id=people["Teacher"])
    updated = get(agencies, f"schools/{A_SCHOOL}/employees", updated_after="2026-10-01 00:00:00").json()["data"]
    assert [row["surname"] for row in updated] == ["Newname"]
    gone = get(agencies, f"schools/{A_SCHOOL}/deletions").json()["data"]
    assert [(row["id"], row["type"]) for row in gone] == [(people["Teacher"], "employee")]


@pytest.mark.parametrize(
    ("fault", "pagination"),
    [
        ("more_without_next", {"more": True, "next": None}),
        ("off_origin_next", {"more": True, "next": "https://elsewhere.example/v1.0/schools?cursor=x"}),
    ],
)
def test_paging_that_lies(agencies: RunningAgencies, fault: str, pagination: dict[str, Any]) -> None:
    agencies.fault("wonde", fault)
    told = get(agencies, "schools").json()["meta"]["pagination"]
    assert {name: told[name] for name in pagination} == pagination


def test_no_pagination_block(agencies: RunningAgencies) -> None:
    agencies.fault("wonde", "no_pagination")
    assert get(agencies, "schools").json()["meta"] == {}


@pytest.mark.parametrize(
    ("path", "params", "status"),
    [
        (f"schools/{A_SCHOOL}/students", {}, 403),
        ("schools/A1/employees", {}, 404),
        (f"schools/{A_SCHOOL}/employees", {"updated_after": "yesterday"}, 422),
    ],
)
def test_refusals(agencies: RunningAgencies, path: str, params: dict[str, str], status: int) -> None:
    assert get(agencies, path, **params).status_code == status
