"""Figures over GraphQL: sent, accepted, read; what is withheld is not told apart from what covers it."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from concordat_graphql import ids
from tenants.tenancy.roles import Role
from tests.graphql.intervention.sending import area_id, ask, refusal_of, send
from tests.support.cluster import Cluster
from tests.support.indicators import CODE, csv_of, quarter_lines, send_figures
from tests.support.world import actor, make_area, manager
from tests.tenants.indicators.test_personal import NHS

SUPPLIED = {"suppliedName": "Priya Analyst", "suppliedPost": "Analyst", "suppliedBody": "Testshire Police"}
JULY = date(2026, 7, 1)


async def test_a_file_is_sent_looked_at_and_accepted(database: Cluster) -> None:
    area = await make_area()
    who, where = manager(area), {"areaId": area_id(area)}
    content = base64.b64encode(csv_of(*quarter_lines([3, 20, 30, 53], starts_on=JULY), "x,,month,2026-07-01,1,"))
    sent = await send("UploadIndicatorFile", who, fileName="a.csv", content=content.decode(), **SUPPLIED, **where)
    assert (sent["state"], sent["good"]) == ("checked", 4)
    read = (await ask("OneIndicatorFile", who, id=sent["id"], **where))["indicatorFile"]
    assert [problem["line"] for problem in read["problems"]] == [6]
    assert read["summary"][0]["withheld"] == 1
    done = await send("AcceptIndicatorFile", who, fileId=sent["id"], version=sent["version"], **where)
    assert done["outcome"] == {"new": 4, "revised": 0, "unchanged": 0, "withheld": 1}
    card = (await ask("Scorecard", who, **where))["scorecard"]
    assert [(point["text"], point["value"], point["symbol"]) for point in card["points"]] == [
        ("c", None, "c"),
        ("c", None, "c"),
        ("30", 30.0, ""),
        ("53", 53.0, ""),
    ]
    assert [measure["proposed"] for measure in card["measures"]] == [True]


async def test_a_file_about_a_child_is_answered_without_its_number(database: Cluster) -> None:
    area = await make_area()
    content = base64.b64encode(csv_of(f"{CODE},,month,2026-07-01,{NHS},final")).decode()
    sent = await send("UploadIndicatorFile", manager(area), fileName="a.csv", content=content, **SUPPLIED,
                      areaId=area_id(area))  # fmt: skip
    read = await ask("OneIndicatorFile", manager(area), id=sent["id"], areaId=area_id(area))
    assert read["indicatorFile"]["state"] == "refused"
    assert NHS not in str(read)


async def test_who_may_not_send_is_not_told_how_many_were_small_nor_a_fingerprint_to_try_counts_by(
    database: Cluster,
) -> None:
    """Four figures are c; that three are small and one is not would say 5, 5, 5 and 15."""
    area = await make_area()
    done = await send_figures(area, *quarter_lines([5, 5, 5, 15], starts_on=JULY))
    where, wanted = {"areaId": area_id(area)}, ids.encode("IndicatorFile", done.id)
    viewer = actor(Role.VIEWER, area_id=area.id)
    for who, told in ((manager(area), (done.sha256, done.bytes, 3, 1)), (viewer, (None, None, None, None))):
        read = (await ask("OneIndicatorFile", who, id=wanted, **where))["indicatorFile"]
        assert (read["sha256"], read["bytes"], read["withheld"], read["outcome"]["withheld"]) == told
        [listed] = (await ask("IndicatorFiles", who, **where))["indicatorFiles"]["nodes"]
        assert listed["withheld"] == told[2]
        card = (await ask("Scorecard", who, **where))["scorecard"]
        assert [point["text"] for point in card["points"]] == ["c", "c", "c", "c"]


async def test_an_indicator_has_its_history(database: Cluster) -> None:
    area = await make_area()
    await send_figures(area, f"{CODE},,month,2026-07-01,12,provisional")
    await send_figures(area, f"{CODE},,month,2026-07-01,14,revised")
    found = (await ask("OneIndicator", manager(area), areaId=area_id(area), code=CODE))["indicator"]
    assert [(row["periodLabel"], row["text"]) for row in found["corrections"]] == [("July 2026", "12")]
    nothing = await ask("OneIndicator", manager(area), areaId=area_id(area), code="nothing")
    assert nothing["indicator"] is None


@pytest.mark.parametrize("name", ["Scorecard", "OneIndicator", "IndicatorFiles", "OneIndicatorFile"])
async def test_a_stranger_is_refused(database: Cluster, name: str) -> None:
    area, other = await make_area(), await make_area()
    more = {"OneIndicator": {"code": CODE}, "OneIndicatorFile": {"id": ids.encode("IndicatorFile", area.id)}}
    assert await refusal_of(name, manager(other), areaId=area_id(area), **more.get(name, {})) == "FORBIDDEN"
