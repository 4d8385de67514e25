"""The table of all areas, narrowed and sorted."""

from __future__ import annotations

import pytest

from concordat_graphql.national.table import Line, narrowed, ordered
from tenants.overview.rules import NOT_REPORTED, Fact, Standing, Subject
from tenants.tenancy.errors import Invalid
from tenants.tenancy.queries import AreaRow


def line(name: str, *, flags: int | None = 0, lifecycle: str = "live") -> Line:
    standing = Standing.ATTENTION if flags else Standing.MET
    fact = NOT_REPORTED if flags is None else Fact(standing=standing, words=f"{flags} open", amount=flags)
    row = AreaRow(id=len(name), slug=name.lower(), name=name, lifecycle=lifecycle, merged_into=None, version=1)
    return Line(area=row, local_authorities=(), facts=dict.fromkeys(Subject, NOT_REPORTED) | {Subject.FLAGS: fact})


ASH = line("Ashmere", flags=2)
BRIN = line("Brindle Vale", flags=None, lifecycle="setting_up")
CORE = line("corewold", flags=0)
DUN = line("Dunmarsh", flags=5, lifecycle="merged")
ALL = [DUN, CORE, BRIN, ASH]


def names(lines: list[Line]) -> list[str]:
    return [one.area.name for one in lines]


@pytest.mark.parametrize(
    ("by", "descending", "order"),
    [
        ("name", False, ["Ashmere", "Brindle Vale", "corewold", "Dunmarsh"]),
        ("name", True, ["Dunmarsh", "corewold", "Brindle Vale", "Ashmere"]),
        ("flags", True, ["Dunmarsh", "Ashmere", "corewold", "Brindle Vale"]),
        ("flags", False, ["corewold", "Ashmere", "Dunmarsh", "Brindle Vale"]),
        ("lifecycle", False, ["Ashmere", "corewold", "Dunmarsh", "Brindle Vale"]),
        ("membership", True, ["Ashmere", "Brindle Vale", "corewold", "Dunmarsh"]),
    ],
)
def test_sorted_by_any_column_with_what_is_not_reported_last(by: str, descending: bool, order: list[str]) -> None:
    assert names(ordered(ALL, by=by, descending=descending)) == order


@pytest.mark.parametrize(
    ("where", "left"),
    [
        ({}, ["Dunmarsh", "corewold", "Brindle Vale", "Ashmere"]),
        ({"attention": "flags"}, ["Dunmarsh", "Ashmere"]),
        ({"lifecycle": "setting_up"}, ["Brindle Vale"]),
        ({"lifecycle": "live", "attention": "flags"}, ["Ashmere"]),
    ],
)
def test_narrowed_by_what_needs_attention_and_by_stage(where: dict[str, str], left: list[str]) -> None:
    assert names(narrowed(ALL, **where)) == left


@pytest.mark.parametrize("where", [{"attention": "budgets"}, {"lifecycle": "gone"}])
def test_an_unknown_filter_is_refused(where: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        narrowed(ALL, **where)


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(Invalid, match="column"):
        ordered(ALL, by="area_id; drop table area")
