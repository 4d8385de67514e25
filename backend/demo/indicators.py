"""Two years of invented figures in each area: sent as a file by a police analyst, accepted by the manager."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from backend.demo.plan import FORCES, AreaPlan, Mood
from backend.demo.world import World, do, side_by_side
from infra.export import to_csv
from tenants.indicators import queries, service
from tenants.indicators.rules.periods import months_later, quarter_of
from tenants.indicators.service import Benchmark, Neighbour
from tenants.tenancy.scope import tenant_scope, worker_actor

MONTHS = 24
#: the indicator, and what a council with a share of 10 counts in an ordinary month
_COUNTED = (
    ("missing_child_episodes", 34),
    ("missing_child_individuals", 21),
    ("police_protection_s46", 7),
    ("cse_risk_children", 12),
    ("mash_referrals_by_police", 88),
    ("icpc_invited", 11),
)
_CHANGE = ("police_protection_s46", 9)  #: a change of recording, in the tenth month
_OPEN_DATA = "Invented for the demonstration, in the form of the Department’s yearly release"
HEADINGS = ("indicator", "local_authority", "period_type", "period_start", "value", "quality", "recording_change")
Line = tuple[str, str, str, str, str, str, str]


async def share_figures(world: World) -> None:
    """Write every area's scorecard; an area that is setting up has begun with neighbours and nothing else."""

    async def write(plan: AreaPlan) -> None:
        by, area_id = await world.manager(plan.slug), world.areas[plan.slug]
        others = [council for other in world.plans if other is not plan for council in other.councils][:3]
        chosen = [Neighbour(la_code=council.code, la_name=council.name) for council in others]
        await do(by, service.choose_neighbours, area_id=area_id, neighbours=chosen)
        if plan.mood is Mood.SETTING_UP:
            return
        await _send(world, plan, lines(plan, first=_first(world)))
        await do(by, service.set_target, area_id=area_id, code="missing_child_episodes", direction="at_most",
                 value=str(_monthly(plan, 34) * 9 // 10), from_on=world.days.financial_year,
                 note="Agreed by the exploitation group.")  # fmt: skip
        await _compare(world, plan, chosen)

    await side_by_side(world, write)


def _first(world: World) -> date:
    return months_later(quarter_of(world.days.today), -MONTHS)


def _monthly(plan: AreaPlan, ordinary: int) -> int:
    return max(sum(council.share for council in plan.councils) * ordinary // 10, 2)


def lines(plan: AreaPlan, *, first: date) -> list[Line]:
    """Return the file's lines: every council's months, the area's months and the area's quarters where they add up."""
    found: list[Line] = []
    for code, ordinary in _COUNTED:
        monthly = [list(_series(council.share * ordinary / 10, council.code + code)) for council in plan.councils]
        for council, values in zip(plan.councils, monthly, strict=True):
            found += _months(code, council.code, values, first)
        if code != "missing_child_individuals":
            whole = [sum(column) for column in zip(*monthly, strict=True)]
            found += _months(code, "", whole, first)
            if code != "cse_risk_children":
                found += _quarters(code, whole, first)
    return found


def _series(ordinary: float, seed: str) -> Iterator[int]:
    """Yield the months: more in summer, some up and down, and a little more each year."""
    drift = sum(map(ord, seed)) % 97
    for number in range(MONTHS):
        season = (0, 1, 2, 3, 2, 1, 0, -1, -2, -2, -1, 0)[number % 12]
        drift = (drift * 31 + 17) % 97
        yield max(round(ordinary * (1 + season * 0.06 + (drift - 48) / 300 + number * 0.004)), 0)


def _months(code: str, place: str, values: list[int], first: date) -> Iterator[Line]:
    for number, value in enumerate(values):
        starts, late = months_later(first, number), number >= MONTHS - 3
        changed = "yes" if (code, number) == _CHANGE else "no"
        quality = "provisional" if late else "final"
        yield code, place, "month", starts.isoformat(), str(value), quality, changed


def _quarters(code: str, values: list[int], first: date) -> Iterator[Line]:
    for number in range(0, MONTHS, 3):
        quality = "provisional" if number == MONTHS - 3 else "final"
        total = str(sum(values[number : number + 3]))
        yield code, "", "quarter", months_later(first, number).isoformat(), total, quality, "no"


async def _send(world: World, plan: AreaPlan, said: list[Line]) -> None:
    by, area_id = await world.manager(plan.slug), world.areas[plan.slug]
    found: UUID = await do(
        by, service.upload, area_id=area_id, file_name=f"{plan.slug}-figures.csv",
        content=to_csv(header=HEADINGS, rows=said), supplied_name="Priya Raman", supplied_post="Performance analyst",
        supplied_body=FORCES[plan.force],
    )  # fmt: skip
    async with tenant_scope(by, readonly=True):
        read = await queries.file(area_id=area_id, import_id=found)
    assert read is not None
    assert read.problems == [], read.problems[:3]
    await do(by, service.accept, area_id=area_id, import_id=found, version=read.version)


async def _compare(world: World, plan: AreaPlan, chosen: list[Neighbour]) -> None:
    """Keep invented yearly figures of England and of the neighbours, as the connection to open data would."""
    years = [months_later(world.days.financial_year, -12 * n) for n in (1, 2)]
    places = [("england", 4_300)] + [(each.la_code, 30 + int(each.la_code) % 17) for each in chosen]
    figures = [
        Benchmark(code="mash_referrals_by_police", place=place, period="year", starts_on=year, source=_OPEN_DATA,
                  value=Decimal(value * 12 + year.year % 7))
        for place, value in places
        for year in years
    ]  # fmt: skip
    area_id = world.areas[plan.slug]
    worker = worker_actor("demo", areas=[area_id])
    await do(worker, service.record_benchmarks, area_id=area_id, figures=figures)
