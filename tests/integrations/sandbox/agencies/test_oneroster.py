"""The OneRoster servers of the sandbox behave as the servers that are in use do, each in its own manner."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from integrations.sandbox.agencies.oneroster.state import CORE, DEMOGRAPHICS, FULL, SECRET
from tests.support.agencies import RunningAgencies
from tests.support.plain_http import TRUSTED

LEAD = "ext:designatedSafeguardingLead"
BASIC = httpx.BasicAuth("concordat", "a+secret%3A+of+the+%26+school%27s+system")


def token(agencies: RunningAgencies, server: str = "s1", *, scope: str = CORE) -> str:
    form = {"grant_type": "client_credentials", "scope": scope}
    url = f"{agencies.url('oneroster')}/{server}/token"
    answer = httpx.post(url, data=form, auth=BASIC, trust_env=False, verify=TRUSTED)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def get(
    agencies: RunningAgencies, path: str, server: str = "s1", *, scope: str = CORE, **params: Any
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token(agencies, server, scope=scope)}"}
    address = f"{agencies.url('oneroster')}/{server}/ims/oneroster/rostering/v1p2{path}"
    return httpx.get(address, params=params, headers=headers, trust_env=False, verify=TRUSTED)


def test_a_token_by_basic_and_by_form(agencies: RunningAgencies) -> None:
    url = f"{agencies.url('oneroster')}/s1/token"
    form = {"grant_type": "client_credentials", "scope": CORE}
    told = {**form, "client_id": "concordat", "client_secret": SECRET}
    by_form = httpx.post(url, data=told, trust_env=False, verify=TRUSTED)
    assert by_form.json()["token_type"] == "Bearer"
    assert by_form.json()["expires_in"] == 3600
    assert by_form.headers["cache-control"] == "no-store"
    assert token(agencies)


@pytest.mark.parametrize(
    ("form", "auth", "status", "error"),
    [
        ({"grant_type": "client_credentials", "scope": CORE}, ("concordat", "wrong"), 401, "invalid_client"),
        ({"grant_type": "password", "scope": CORE}, BASIC, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials", "scope": "everything"}, BASIC, 400, "invalid_scope"),
        ({"grant_type": "client_credentials"}, BASIC, 400, "invalid_scope"),
        ({}, BASIC, 400, "invalid_request"),
        ({"grant_type": "client_credentials", "client_secret": "x"}, BASIC, 400, "invalid_request"),
    ],
)
def test_what_the_token_endpoint_refuses(
    agencies: RunningAgencies, form: dict[str, str], auth: Any, status: int, error: str
) -> None:
    answer = httpx.post(f"{agencies.url('oneroster')}/s1/token", data=form, auth=auth, trust_env=False, verify=TRUSTED)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert ("www-authenticate" in answer.headers) is (status == 401)


def test_pages_tell_the_total_and_the_next(agencies: RunningAgencies) -> None:
    answer = get(agencies, "/schools", limit=3, offset=3)
    assert [org["identifier"] for org in answer.json()["orgs"]] == ["610004", "610005", "610006"]
    assert answer.headers["x-total-count"] == "8"
    assert 'offset=6>; rel="next"' in answer.headers["link"]
    last = get(agencies, "/schools", limit=3, offset=6)
    assert len(last.json()["orgs"]) == 2
    assert 'rel="next"' not in last.headers["link"]


def test_some_tell_neither_and_some_send_less_than_was_asked(agencies: RunningAgencies) -> None:
    third = get(agencies, "/schools", "s3", limit=3)
    assert not {"x-total-count", "link"} & set(third.headers)
    agencies.do("oneroster", "manners", server="s1", dialect={"largest_page": 2})
    assert len(get(agencies, "/schools", limit=100).json()["orgs"]) == 2


@pytest.mark.parametrize(
    ("server", "where"),
    [
        ("s1", lambda body: body["imsx_CodeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"]),
        (
            "s2",
            lambda body: body["imsx_StatusInfo"]["imsx_CodeMinor"]["imsx_codeMinorField"][0][
                "imsx_codeMinorFieldValue"
            ],
        ),
        ("s3", lambda body: body["imsx_codeMinor"]),
    ],
)
def test_three_forms_of_an_error(agencies: RunningAgencies, server: str, where: Any) -> None:
    answer = get(agencies, "/users", server, filter="shoe='7'")
    assert (answer.status_code, where(answer.json())) == (400, "invalid_filter_field")


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"limit": "0"}, "invaliddata"),
        ({"offset": "-1"}, "invaliddata"),
        ({"sort": "shoe"}, "invaliddata"),
        ({"fields": "name,shoe"}, "invalid_selection_field"),
        ({"filter": "name=Meadow"}, "invaliddata"),
        ({"filter": "name='a' AND name='b' AND name='c'"}, "invaliddata"),
    ],
)
def test_what_a_query_is_refused_for(agencies: RunningAgencies, params: dict[str, str], code: str) -> None:
    answer = get(agencies, "/schools", **params)
    assert answer.status_code == 400
    assert code in answer.text


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ("identifier='610003'", 1),
        ("identifier='610003' OR identifier='610004'", 2),
        ("identifier>='610003' AND identifier<'610005'", 2),
        ("name~'ALDER' AND status='active'", 1),
        ("dateLastModified>='2027-01-01T00:00:00.000Z'", 0),
    ],
)
def test_filters(agencies: RunningAgencies, wanted: str, count: int) -> None:
    assert len(get(agencies, "/schools", filter=wanted).json()["orgs"]) == count


def test_a_role_can_be_asked_for_where_the_server_knows_it(agencies: RunningAgencies) -> None:
    found = get(agencies, "/users", filter=f"roles.role='{LEAD}'").json()["users"]
    assert len(found) == 8
    assert {role["role"] for user in found for role in user["roles"]} == {"teacher", LEAD}
    assert get(agencies, "/users", "s4", filter=f"role='{LEAD}'").status_code == 400


def test_teachers_are_no_pupils_and_users_are_everybody(agencies: RunningAgencies) -> None:
    teachers = get(agencies, "/teachers", limit=1000).json()["users"]
    everybody = get(agencies, "/users", limit=1000).json()["users"]
    assert not any(role["role"] == "student" for user in teachers for role in user["roles"])
    assert sum(user["roles"][0]["role"] == "student" for user in everybody) == 40
    assert agencies.show("oneroster")["seen"]["handed_out"] == {
        "user": len(teachers) + len(everybody) - 40,
        "pupil": 40,
    }


@pytest.mark.parametrize(
    ("path", "scope", "status"),
    [
        ("/demographics", CORE, 403),
        ("/demographics", DEMOGRAPHICS, 200),
        ("/schools/s-610001/students", CORE, 403),
        ("/schools/s-610001/students", FULL, 200),
        ("/schools", DEMOGRAPHICS, 403),
    ],
)
def test_a_scope_opens_what_it_names(agencies: RunningAgencies, path: str, scope: str, status: int) -> None:
    assert get(agencies, path, scope=scope).status_code == status
    assert scope in agencies.show("oneroster")["seen"]["scopes"]


def test_a_change_a_deletion_and_a_silent_end(agencies: RunningAgencies) -> None:
    agencies.do("oneroster", "change", server="s1", id="dsl-0-000001", fields={"familyName": "Newname"})
    agencies.do("oneroster", "remove", server="s1", id="dsl-0-000002")
    agencies.do("oneroster", "vanish", server="s1", id="dsl-0-000003")
    since = "dateLastModified>='2026-10-01T00:00:00.000Z'"
    changed = get(agencies, "/users", filter=since, sort="dateLastModified").json()["users"]
    assert [(user["sourcedId"], user["status"]) for user in changed] == [
        ("dsl-0-000001", "active"),
        ("dsl-0-000002", "tobedeleted"),
    ]
    assert get(agencies, "/users/dsl-0-000001").json()["user"]["familyName"] == "Newname"
    assert get(agencies, "/users/dsl-0-000003").status_code == 404


def test_another_servers_token_and_none_and_an_old_one(agencies: RunningAgencies) -> None:
    address = f"{agencies.url('oneroster')}/s1/ims/oneroster/rostering/v1p2/schools"
    foreign = {"Authorization": f"Bearer {token(agencies, 's2')}"}
    assert httpx.get(address, headers=foreign, trust_env=False, verify=TRUSTED).status_code == 401
    assert httpx.get(address, trust_env=False, verify=TRUSTED).status_code == 401
    agencies.fault("oneroster", "expired")
    assert get(agencies, "/schools").status_code == 401
