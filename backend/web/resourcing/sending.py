"""What the forms of resourcing share: the year they are about, and sending what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.resourcing.rules import year_from_label, year_label
from tenants.tenancy.queries import AreaRow


def year_in(label: str) -> int:
    """Returns the year of a label such as 2026-27; answers 404 for anything else."""
    year = year_from_label(label)
    if year is None:
        raise NotFoundException
    return year


def path_of(slug: str, year: int) -> str:
    """Returns the path of a year's page."""
    return f"/area/{slug}/resourcing/{year_label(year)}"


async def sheet_of(request: Request[Any, Any, Any], area: AreaRow, year: int) -> Any:
    """Returns the year's sheet; answers 404 when the area has no budget for it."""
    data = await query(request, "BudgetYear", areaId=ids.encode("Area", area.id), year=year)
    return found(data.budgetSheet)


async def send(
    request: Request[Any, Any, Any], form: Form, name: str, *, area: AreaRow, values: Mapping[str, object]
) -> bool:
    """Runs the stored mutation when nothing is wrong yet; returns whether it was done, else the form has problems."""
    if form.problems:
        return False
    outcome = await mutate(request, name, {"areaId": ids.encode("Area", area.id), **values})
    form.add_problems(outcome.problems)
    return outcome.ok


def show(
    request: Request[Any, Any, Any], template: str, *, slug: str, year: int, form: Form, title: str, **more: Any
) -> Response[Any]:
    """Returns a page of a form about one year."""
    area, here = area_of(request, slug), path_of(slug, year)
    return render(
        request,
        f"resourcing/{template}.html",
        form=form,
        title=title,
        caption=f"{area.name}, {year_label(year)}",
        here=here,
        back=here,
        **more,
    )
