"""A file of figures: checked, then accepted or discarded; one about a child leaves nothing but its fingerprint."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.database import sql
from tenants.indicators import service
from tenants.indicators.rules.template import COLUMNS
from tenants.tenancy.errors import Conflict, Invalid, Problems, WrongState
from tenants.tenancy.scope import system_scope, tenant_scope
from tests.support.cluster import Cluster
from tests.support.indicators import (
    CODE,
    SUPPLIED,
    act,
    all_points,
    csv_of,
    file_of,
    quarter_lines,
    send_figures,
    upload,
)
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.indicators.test_personal import NHS, nhs_numbers, upns

JULY = date(2026, 7, 1)


async def test_a_file_is_checked_first_and_taken_when_a_person_accepts_it(database: Cluster) -> None:
    area = await make_area()
    content = csv_of(*quarter_lines([12, 3, 20], starts_on=JULY), f"{CODE},999,month,2026-07-01,9,final")
    found = await upload(area, content)
    assert (found.state, found.good, found.withheld, found.sha256) == (
        "checked", 3, 1, hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    assert [(problem.line, "local authority" in problem.message) for problem in found.problems] == [(5, True)]
    assert [(each.code, each.figures, each.withheld) for each in found.summary] == [(CODE, 3, 1)]
    assert await all_points(area) == []
    await act(manager(area), service.accept, area.id, import_id=found.id, version=1)
    done = await file_of(area, found.id)
    assert (done.state, done.written, done.decided_name, done.supplied_name) == (
        "accepted",
        {"new": 3, "revised": 0, "unchanged": 0, "withheld": 0},
        "Bea Manager",
        "Priya Analyst",
    )
    assert [(point.value, point.source) for point in await all_points(area)] == [
        (12, "Testshire Police"),
        (None, "Testshire Police"),
        (20, "Testshire Police"),
    ]


async def test_the_audit_trail_tells_neither_a_fingerprint_nor_how_many_were_small(database: Cluster) -> None:
    """Both are kept with the file, for who may send; the trail is read by more."""
    area = await make_area()
    done = await send_figures(area, *quarter_lines([5, 5, 5, 15], starts_on=JULY))
    assert (done.withheld, (done.written or {})["withheld"]) == (3, 1)
    async with tenant_scope(manager(area), readonly=True):
        rows = await sql.fetch("select action, after::text from audit.event where area_id = $1", area.id)
    told = {row["action"]: row["after"] for row in rows if row["action"].startswith("indicator_import")}
    assert set(told) == {"indicator_import.upload", "indicator_import.accept"}
    assert not [text for text in told.values() if done.sha256 in text or "withheld" in text]


async def test_a_discarded_file_leaves_no_figures(database: Cluster) -> None:
    area = await make_area()
    found = await upload(area, csv_of(*quarter_lines([12, 13, 20], starts_on=JULY)))
    await act(manager(area), service.discard, area.id, import_id=found.id, version=1)
    assert (await file_of(area, found.id)).state == "discarded"
    assert await stored(area) == {"staged": None, "observations": 0}
    with pytest.raises(WrongState, match="discarded already"):
        await act(manager(area), service.accept, area.id, import_id=found.id, version=2)


async def test_a_file_is_accepted_once_and_by_who_saw_it_as_it_is(database: Cluster) -> None:
    area = await make_area()
    found = await upload(area, csv_of(*quarter_lines([12, 13, 20], starts_on=JULY)))
    with pytest.raises(Conflict):
        await act(manager(area), service.accept, area.id, import_id=found.id, version=2)
    await act(manager(area), service.accept, area.id, import_id=found.id, version=1)
    with pytest.raises(WrongState, match="accepted already"):
        await act(manager(area), service.accept, area.id, import_id=found.id, version=2)


async def test_a_file_without_a_good_line_cannot_be_accepted(database: Cluster) -> None:
    area = await make_area()
    found = await upload(area, csv_of("nothing,,month,2026-07-01,1,final"))
    with pytest.raises(WrongState, match="no figures"):
        await act(manager(area), service.accept, area.id, import_id=found.id, version=1)


async def test_a_file_about_a_child_leaves_its_fingerprint_and_the_line_only(database: Cluster) -> None:
    area = await make_area()
    content = csv_of(*quarter_lines([12, 13, 20], starts_on=JULY), f"{CODE},,month,2026-06-01,{NHS},final")
    found = await upload(area, content)
    assert (found.state, found.good, found.sha256) == ("refused", 0, hashlib.sha256(content).hexdigest())
    [problem] = found.problems
    assert problem.line == 5
    assert problem.message.startswith("Column 5: this looks like an NHS number. Nothing of this file was kept.")
    assert await stored(area) == {"staged": None, "observations": 0}
    with pytest.raises(WrongState, match="refused already"):
        await act(manager(area), service.accept, area.id, import_id=found.id, version=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(nhs_numbers, upns), st.integers(0, 3), st.sampled_from(range(6)))
async def test_nothing_of_a_childs_number_is_written_or_logged(
    database: Cluster, secret: str, at: int, column: int
) -> None:
    area = await make_area()
    lines = [line.split(",") for line in quarter_lines([12, 13, 20, 45], starts_on=JULY)]
    lines[at][column] = secret
    with structlog.testing.capture_logs() as logs:
        found = await upload(area, csv_of(*(",".join(line) for line in lines)))
    assert (found.state, [problem.line for problem in found.problems]) == ("refused", [at + 2])
    assert secret not in json.dumps(logs, default=str)
    assert secret not in await everything_of(area)


async def test_a_file_named_after_a_child_is_refused(database: Cluster) -> None:
    area = await make_area()
    with pytest.raises(Invalid, match="Rename the file"):
        await upload(area, csv_of(), name=f"{NHS}.csv")


async def test_who_supplied_the_figures_is_asked_for(database: Cluster) -> None:
    area = await make_area()
    values = {**SUPPLIED, "supplied_name": "", "supplied_body": " "}
    with pytest.raises(Problems) as refused:
        await act(manager(area), service.upload, area.id, file_name="a.csv", content=b"", **values)
    assert [problem.field for problem in refused.value.problems] == ["suppliedName", "suppliedBody", "content"]


async def test_the_template_that_we_give_is_one_that_we_take(database: Cluster) -> None:
    area = await make_area()
    filled = [f"{CODE},,{area.la_code},month,2026-07-01,8,,final,no"]
    content = "\r\n".join([",".join(COLUMNS), *filled]).encode("cp1252")
    found = await upload(area, content)
    assert (found.good, found.problems) == (1, [])


async def stored(area: AreaMade) -> dict[str, object]:
    async with tenant_scope(manager(area), readonly=True):
        return {
            "staged": await sql.fetch_value("select max(staged::text) from indicator_import"),
            "observations": await sql.fetch_value("select count(*) from indicator_observation"),
        }


async def everything_of(area: AreaMade) -> str:
    """Every row that the area has, as text: of figures, files and audit."""
    async with system_scope("test", areas=[area.id]):
        parts = [
            await sql.fetch_value(f"select coalesce(json_agg(t)::text, '') from {table} t where area_id = $1", area.id)
            for table in ("indicator_import", "indicator_observation", "indicator_definition", "audit.event")
        ]
    return " ".join(parts)
