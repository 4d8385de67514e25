"""Recipes: figures sent, indicators defined, targets and neighbours."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from concordat_graphql.ids import encode
from tenants.indicators import service
from tenants.tenancy.roles import Role
from tests.graphql.census.ready import Ready, Recipe, area_key
from tests.support.indicators import CODE, DEFINITION, act, csv_of, upload
from tests.support.world import AreaMade, make_actor, make_area, manager

FILE = base64.b64encode(csv_of(f"{CODE},,month,2026-07-01,12,final")).decode()
START = date(2026, 4, 1)
Make = Callable[[AreaMade], Awaitable[dict[str, Any]]]


def by_manager(make: Make) -> Recipe:
    async def recipe() -> Ready:
        area = await make_area()
        by = await make_actor(Role.BUSINESS_MANAGER, area=area)
        return Ready(input={"areaId": area_key(area), **await make(area)}, by=by, area=area)

    return recipe


async def a_file(area: AreaMade) -> dict[str, Any]:
    supplied = {"suppliedName": "Priya Analyst", "suppliedPost": "Analyst", "suppliedBody": "Testshire Police"}
    return {"fileName": "figures.csv", "content": FILE, **supplied}


async def a_checked_file(area: AreaMade) -> dict[str, Any]:
    found = await upload(area, base64.b64decode(FILE))
    return {"fileId": encode("IndicatorFile", found.id), "version": found.version}


async def a_definition(area: AreaMade) -> dict[str, Any]:
    plain = {name: DEFINITION[name] for name in ("code", "edition", "title", "meaning", "unit", "source", "geography")}
    return {**plain, "addsOverTime": False, "addsOverPlaces": True}


async def a_target(area: AreaMade) -> dict[str, Any]:
    return {"code": CODE, "direction": "at_most", "value": "20", "fromOn": "2026-04-01", "note": "Agreed by all."}


async def a_set_target(area: AreaMade) -> dict[str, Any]:
    await act(manager(area), service.define, area.id, **{**DEFINITION, "code": "counted_here"})
    found = await act(manager(area), service.set_target, area.id, code="counted_here", direction="at_most", value="20",
                      from_on=START)  # fmt: skip
    return {"targetId": encode("IndicatorTarget", found), "version": 1, "reason": "Set too low."}


async def some_neighbours(area: AreaMade) -> dict[str, Any]:
    return {"neighbours": [{"laCode": "901", "laName": "One Council"}, {"laCode": "902", "laName": "Other Council"}]}


INDICATORS: dict[str, Recipe] = {
    "UploadIndicatorFile": by_manager(a_file),
    "AcceptIndicatorFile": by_manager(a_checked_file),
    "DiscardIndicatorFile": by_manager(a_checked_file),
    "DefineIndicator": by_manager(a_definition),
    "SetIndicatorTarget": by_manager(a_target),
    "RemoveIndicatorTarget": by_manager(a_set_target),
    "ChooseIndicatorNeighbours": by_manager(some_neighbours),
}
