"""`concordat user`: accounts and roles, and the first administrator of a fresh installation."""

import rich_click as click
from rich.table import Table

from backend.cli.console import CONSOLE
from backend.cli.operator import area_id_of, as_operator, organisation_id_of, person_id_of
from tenants.tenancy.actor import Actor
from tenants.tenancy.roles import Role

ROLE = click.Choice([role.value for role in Role])
place = (
    click.option("--area", "slug", help="Web name of the area in which the role is held."),
    click.option("--organisation", "number", help="URN of the school or UID of the trust that the person speaks for."),
    click.option("--post", help="The post, for example Director of Children's Services."),
)


@click.group()
def user() -> None:
    """People: list and invite them, give roles, disable an account. Changes are audited under your account."""


@user.command(name="list")
@click.argument("search", required=False)
def list_(*, search: str | None) -> None:
    """List everyone, or those whose name or email address contains SEARCH, with the roles held today."""
    from backend.cli.user_work import lines

    table = Table("Name", "Email", "Account", "Roles")
    for cells in as_operator(lambda by: lines(by, search=search)):
        table.add_row(*cells)
    CONSOLE.print(table if table.row_count else "Nobody.")


@user.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=ROLE, help="A role to give at once.")
@place[0]
@place[1]
@place[2]
@click.option("--issuer", required=True, help="Issuer of the sign-in provider, exactly as its discovery document says.")
@click.option("--subject", required=True, help="The person's `sub` at that provider.")
def create(
    *,
    email: str,
    name: str,
    role: str | None,
    slug: str | None,
    number: str | None,
    post: str | None,
    issuer: str,
    subject: str,
) -> None:
    """Make an account for someone whose subject at a sign-in provider is known, and say what to do next.

    The first administrator of a fresh installation: --role platform_administrator. Where the subject is not
    known, `concordat user invite` sends a link instead.
    """
    from backend.cli.user_work import add, next_step

    async def work(by: Actor) -> str:
        person_id = await add(by, email=email, name=name, issuer=issuer, subject=subject)
        if role is not None:
            await give(by, email=email, role=role, slug=slug, number=number, post=post)
        assert person_id
        return await next_step(by, name=name, issuer=issuer)

    CONSOLE.print(as_operator(work), markup=False)


@user.command()
@click.argument("email")
@click.argument("role", type=ROLE)
@place[0]
@place[1]
@place[2]
def grant(*, email: str, role: str, slug: str | None, number: str | None, post: str | None) -> None:
    """Give the person with this EMAIL a ROLE from today. Without --area an agency role holds in every area."""
    as_operator(lambda by: give(by, email=email, role=role, slug=slug, number=number, post=post))
    CONSOLE.print(f"{email} is {role.replace('_', ' ')} from today.", markup=False)


async def give(by: Actor, *, email: str, role: str, slug: str | None, number: str | None, post: str | None) -> None:
    """Give a known person a role, where the options say."""
    from tenants.tenancy.people import service

    await service.grant_role(
        by=by,
        person_id=await person_id_of(email),
        role=Role(role),
        area_id=None if slug is None else await area_id_of(slug),
        organisation_id=None if number is None else await organisation_id_of(number),
        post=post,
    )


@user.command()
@click.argument("email")
@click.option("--reason", required=True, help="Why; it stays in the audit trail.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def disable(*, email: str, reason: str, yes: bool) -> None:
    """Stop the person with this EMAIL from signing in, and sign them out everywhere at once."""
    if not yes:
        click.confirm(f"Sign {email} out everywhere and let them in no more?", abort=True)

    async def work(by: Actor) -> None:
        from tenants.tenancy.people import accounts

        await accounts.disable_person(by=by, person_id=await person_id_of(email), reason=reason)

    as_operator(work)
    CONSOLE.print(f"{email} is disabled.", markup=False)


@user.command()
@click.argument("email")
@click.option("--name", help="The right name.")
@click.option("--to", help="The right email address.")
@click.option("--reason", required=True, help="Why; it stays in the audit trail, so write no name in it.")
def correct(*, email: str, name: str | None, to: str | None, reason: str) -> None:
    """Correct the name or the address of the account with this EMAIL. Nobody signs in by them."""

    async def work(by: Actor) -> None:
        from tenants.tenancy.people import accounts

        await accounts.correct_person(by=by, person_id=await person_id_of(email), name=name, email=to, reason=reason)

    as_operator(work)
    CONSOLE.print(f"The account of {to or email} is corrected.", markup=False)


@user.command()
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--role", type=ROLE, required=True)
@place[0]
@place[1]
@place[2]
def invite(*, email: str, name: str, role: str, slug: str | None, number: str | None, post: str | None) -> None:
    """Send someone a link that gives a role, once, until the day that the email names.

    At once to the account that has this address at its sign-in provider; any other account waits until an
    administrator or the area's business manager confirms on the page People that it is theirs.
    The email leaves when a worker is running (`concordat worker`).
    """

    async def work(by: Actor) -> None:
        from tenants.tenancy.people import service

        await service.invite(
            by=by,
            email=email,
            name=name,
            role=role,
            area_id=None if slug is None else await area_id_of(slug),
            organisation_id=None if number is None else await organisation_id_of(number),
            post=post,
        )

    as_operator(work)
    CONSOLE.print(f"The invitation for {email} is written and leaves as soon as a worker is running.", markup=False)
