"""The directory as its users meet it: two ways in, pages, errors of the server and of the gateway."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest

from tests.integrations.sandbox.agencies.nhs.conftest import Applicant

LIVE = "/live/organisation-data-terminology-api/fhir"
SANDBOX = "/sandbox/organisation-data-terminology-api/fhir"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"


def ask(applicant: Applicant, path: str, **headers: str) -> httpx.Response:
    sent = {"apikey": applicant.client_id, **headers}
    return applicant.http.get(applicant.agencies.url("nhs") + path, headers=sent)


def names(bundle: dict[str, Any]) -> list[str]:
    return [entry["resource"]["id"] for entry in bundle["entry"]]


def test_boards_are_found_by_a_role_that_is_not_their_primary_one(applicant: Applicant) -> None:
    found = ask(applicant, f"{LIVE}/Organization?activeRoleCode=RO318&_count=1000").json()
    assert found["total"] == 12
    assert ask(applicant, f"{LIVE}/Organization?activeRoleCode=RO262").json()["total"] == 0
    assert ask(applicant, f"{LIVE}/Organization?roleCode=RO262").json()["total"] == 12


def test_a_board_that_closed_holds_its_role_no_more_and_its_successor_is_elsewhere(applicant: Applicant) -> None:
    applicant.agencies.do("nhs", "close", code="QZ000", on="2026-10-01", successors=["QZ001"])
    active = ask(applicant, f"{LIVE}/Organization?activeRoleCode=RO318&_count=1000").json()
    ever = ask(applicant, f"{LIVE}/Organization?roleCode=RO318&active=false").json()
    assert "QZ000" not in names(active)
    assert names(ever) == ["QZ000"]
    assert "QZ001" not in ask(applicant, f"{LIVE}/Organization/QZ000").text
    looked_up = ask(applicant, f"{LIVE}/CodeSystem/$lookup?system={ODS}&code=QZ000&property=*").json()
    parts = [each["part"] for each in looked_up["parameter"] if each["name"] == "property"]
    assert [{"name": "code", "valueCode": "successor"}, {"name": "value", "valueCode": "QZ001"}] in parts


def test_next_names_a_host_that_nobody_outside_reaches(applicant: Applicant) -> None:
    page = ask(applicant, f"{LIVE}/Organization?activeRoleCode=RO318&_count=5").json()
    further = next(link["url"] for link in page["link"] if link["relation"] == "next")
    assert urlsplit(further).hostname == "fhir.ods-backend.invalid"
    own = urlsplit(applicant.agencies.url("nhs"))
    second = ask(applicant, urlsplit(further)._replace(scheme="", netloc="").geturl().removeprefix(own.path)).json()
    assert len(names(second)) == 5
    assert set(names(page)).isdisjoint(names(second))


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/Organization?colour=blue", 400, "HAPI-0524: Unknown search parameter"),
        ("/Organization?lastChangeDate=gtyesterday", 400, "HAPI-1940"),
        ("/Organization/QQQQQ", 404, "HAPI-2001: Resource Organization/QQQQQ is not known"),
    ],
)
def test_errors_of_the_server_are_outcomes(applicant: Applicant, path: str, status: int, words: str) -> None:
    answer = ask(applicant, LIVE + path)
    assert answer.status_code == status
    assert answer.json()["issue"][0]["diagnostics"].startswith(words)
    assert answer.json()["issue"][0]["code"] == "processing"


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (None, "Missing Authorization header"),
        ("", "Empty Authorization header"),
        ("Basic abc", "Invalid token type 'Basic', must be 'Bearer'"),
        ("Bearer", "Missing access token"),
        ("Bearer nonsense", "Invalid Access Token"),
    ],
)
def test_the_sandbox_proxy_wants_a_bearer_token(applicant: Applicant, header: str | None, words: str) -> None:
    sent = {} if header is None else {"Authorization": header}
    refused = ask(applicant, f"{SANDBOX}/Organization", **sent)
    issue = refused.json()["issue"][0]
    assert (refused.status_code, issue["code"], issue["diagnostics"]) == (401, "forbidden", words)
    assert issue["details"]["coding"][0]["code"] == "ACCESS_DENIED"


def test_each_proxy_has_its_own_way_in(applicant: Applicant) -> None:
    token = applicant.ask(applicant.assertion()).json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert ask(applicant, f"{SANDBOX}/Organization", **bearer).status_code == 200
    assert ask(applicant, f"{LIVE}/Organization", apikey="", **bearer).status_code == 401
    assert ask(applicant, f"{LIVE}/Organization").status_code == 200
    applicant.agencies.do("nhs", "end_tokens")
    assert ask(applicant, f"{SANDBOX}/Organization", **bearer).status_code == 401


def test_ids_come_back_on_every_answer(applicant: Applicant) -> None:
    sent = {"X-Request-ID": str(uuid4()), "X-Correlation-ID": "run-7"}
    for path in (f"{LIVE}/Organization", f"{LIVE}/Organization/QQQQQ"):
        answer = ask(applicant, path, **sent)
        assert {name: answer.headers[name] for name in sent} == sent
    wrong = ask(applicant, f"{LIVE}/Organization", **{"X-Request-ID": "seventeen"})
    assert wrong.status_code == 400
    assert wrong.json()["issue"][0]["diagnostics"] == "Invalid value - 'seventeen' in header 'X-Request-ID'"


def test_too_much_and_too_often(applicant: Applicant) -> None:
    applicant.agencies.do("nhs", "set_limits", most_bytes=2000)
    large = ask(applicant, f"{LIVE}/Organization?_count=1000")
    assert (large.status_code, large.json()["issue"][0]["code"]) == (422, "too-costly")
    applicant.agencies.do("nhs", "set_limits", quota_per_minute=1, most_bytes=10_000_000)
    often = ask(applicant, f"{LIVE}/Organization")
    assert often.status_code == 429
    assert "retry-after" not in often.headers
    assert often.json()["issue"][0]["details"]["coding"][0]["code"] == "TOO_MANY_REQUESTS"
    applicant.agencies.fault("nhs", "status", status=503)
    away = ask(applicant, f"{LIVE}/Organization")
    assert (away.status_code, away.headers["retry-after"]) == (503, "5")


def test_a_body_taken_out_stands_in_the_deletions_list(applicant: Applicant) -> None:
    applicant.agencies.do("nhs", "delete", code="RZ0000", on="2026-11-01")
    listed = ask(applicant, f"{LIVE}/List/Organization-deletion").json()
    assert [entry["item"]["reference"] for entry in listed["entry"]] == ["Organization/RZ0000"]
    assert ask(applicant, f"{LIVE}/Organization/RZ0000").status_code == 404
