"""Commands as a platform administrator would do them, done by whoever sits at the machine.

They run on the application's login with the power `platform` and no more, and every change is an audit entry under
the name of the operating-system account.
"""

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from backend.cli.errors import CommandError
from infra.local import ready_settings
from infra.settings import LoginName
from tenants.tenancy.actor import Actor

T = TypeVar("T")
Work = Callable[[Actor], Awaitable[T]]


def operator(*, areas: Iterable[int] = ()) -> Actor:
    """Return the actor of this command: the account that runs it."""
    from tenants.tenancy.scope import system_actor

    return system_actor(account_name(), powers=["platform"], areas=areas)


def account_name() -> str:
    """Return under which name a command's work is told."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        account = "unknown account"
    return f"{account} (command line)"


def as_operator(work: Work[T]) -> T:
    """Do the work in one transaction and return its result. Raises the domain's problems, told in a sentence."""
    return run(lambda: in_scope(work))


def run(work: Callable[[], Awaitable[T]], *, logins: Sequence[LoginName] = ("app",)) -> T:
    """Run work that opens scopes of its own, with the database open on the application's login, or on those named."""
    from backend.cli.database import database

    async def opened() -> T:
        async with database(settings, logins=logins):
            return await work()

    with ready_settings() as settings:
        return asyncio.run(opened())


async def in_scope(work: Work[T], *, areas: Iterable[int] = ()) -> T:
    """Do the work in one transaction of the operator; `areas` may be read and written as well."""
    from tenants.tenancy.scope import tenant_scope

    by = operator(areas=areas)
    async with tenant_scope(by):
        return await work(by)


async def area_id_of(slug: str) -> int:
    """Return the id of the area with this web name; raises `CommandError`."""
    from tenants.tenancy import queries

    found = await queries.area_by_slug(slug=slug)
    if found is None:
        raise CommandError(f"There is no area '{slug}'. `concordat area list` shows them.")
    return found.id


async def person_id_of(email: str) -> UUID:
    """Return the id of the person with this email address; raises `CommandError`."""
    from tenants.tenancy.people import queries

    found = await queries.person_by_email(email=email)
    if found is None:
        raise CommandError(f"Nobody has the email address {email}. `concordat user list` shows who has an account.")
    return found.id


async def organisation_id_of(number: str) -> UUID:
    """Return the id of an organisation by URN, trust UID or our own id; raises `CommandError`."""
    from tenants.organisations import queries

    try:
        found = await queries.organisation(organisation_id=UUID(number))
    except ValueError:
        whole = int(number) if number.isdecimal() and len(number) < 10 else -1
        found = await queries.establishment(urn=whole) or await queries.trust(uid=whole)
    if found is None:
        raise CommandError(f"The register has no organisation {number}. Give a school's URN or a trust's UID.")
    return found.id
