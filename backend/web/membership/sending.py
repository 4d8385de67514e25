"""What the forms of membership share: sending what was typed, or showing it again with the problems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from litestar import Request

from backend.web.forms import Form
from backend.web.operation import mutate
from concordat_graphql import ids
from tenants.tenancy.queries import AreaRow


def iso(day: date | None) -> str | None:
    """Returns the day as the API takes it."""
    return None if day is None else day.isoformat()


def from_query(request: Request[Any, Any, Any], *names: str) -> Form:
    """Returns a form that begins with what the address says."""
    return Form(raw={name: [request.query_params.get(name, "")] for name in names})


async def send(
    request: Request[Any, Any, Any], form: Form, name: str, *, area: AreaRow, values: Mapping[str, object]
) -> bool:
    """Runs the stored mutation when nothing is wrong yet; returns whether it was done, else the form has problems."""
    if form.problems:
        return False
    outcome = await mutate(request, name, {"areaId": ids.encode("Area", area.id), **values})
    form.add_problems(outcome.problems)
    return outcome.ok
