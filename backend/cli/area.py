"""`concordat area`: areas, what they cover, opening them."""

from datetime import date, datetime

import rich_click as click
from rich.table import Table

from backend.cli.console import CONSOLE
from backend.cli.operator import area_id_of, as_operator
from tenants.tenancy.actor import Actor


@click.group()
def area() -> None:
    """Partnership areas: make one, say what it covers, open it. Every change is an audit entry under your account."""


@area.command(name="list")
def list_() -> None:
    """List every area with its state and the local authorities it covers today."""
    table = Table("Web name", "Name", "State", "Covers")
    for cells in as_operator(_lines):
        table.add_row(*cells)
    CONSOLE.print(table if table.row_count else "No areas yet: concordat area create NAME --slug WEB-NAME")


async def _lines(_: Actor) -> list[tuple[str, str, str, str]]:
    from tenants.tenancy import queries

    rows = await queries.areas(limit=10_000)
    covers = await queries.cover(area_ids=[row.id for row in rows])
    return [
        (
            row.slug,
            row.name,
            row.lifecycle.replace("_", " "),
            ", ".join(f"{cover.la_name} ({cover.la_code})" for cover in covers if cover.area_id == row.id),
        )
        for row in rows
    ]


@area.command()
@click.argument("name")
@click.option("--slug", required=True, help="Web name: part of the area's addresses; it cannot change later.")
def create(*, name: str, slug: str) -> None:
    """Make an area that is being set up: until it is opened only its own people, the Department and administrators
    see it."""

    async def work(by: Actor) -> None:
        from tenants.tenancy import service

        await service.create_area(by=by, name=name, slug=slug)

    as_operator(work)
    CONSOLE.print(f"{name} is being set up. Next: concordat area cover {slug} CODE NAME --from DAY", markup=False)


@area.command()
@click.argument("slug")
@click.argument("code")
@click.argument("name")
@click.option("--from", "first_day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The first day.")
def cover(*, slug: str, code: str, name: str, first_day: datetime) -> None:
    """Let the area SLUG cover the local authority of that three-digit CODE and NAME from a day.

    Its schools come into the area within a quarter of an hour while a worker is running.
    """
    day: date = first_day.date()

    async def work(by: Actor) -> None:
        from tenants.tenancy import service

        area_id = await area_id_of(slug)
        await service.cover_local_authority(by=by, area_id=area_id, la_code=code, la_name=name, valid_from=day)

    as_operator(work)
    CONSOLE.print(f"{slug} covers {name} from {day.day} {day:%B %Y}.", markup=False)


@area.command(name="open")
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Do not ask.")
def open_(*, slug: str, yes: bool) -> None:
    """Open the area SLUG: its partners and what it has published become public. It cannot go back."""
    if not yes:
        click.confirm(f"Anyone will see {slug} in the public list. Open it?", abort=True)

    async def work(by: Actor) -> None:
        from tenants.tenancy import service

        await service.go_live(by=by, area_id=await area_id_of(slug))

    as_operator(work)
    CONSOLE.print(f"{slug} is live.", markup=False)
