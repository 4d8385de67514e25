"""What a serving process opens before it answers and closes after it has answered."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar

from concordat_graphql.shape_checks import check_shapes
from infra.database import ENGINE, sql
from infra.garbage import settled
from infra.secrets import use_secret
from infra.settings import LoginName, Settings
from infra.telemetry.metrics import Metrics, served
from tenants.tenancy.context import use_key
from tenants.tenancy.scope import public_scope

WEB_LOGINS: tuple[LoginName, ...] = ("app", "national", "public")


def use_keys(settings: Settings) -> None:
    """Give this process the keys that sign contexts and derive everything else."""
    use_key(kid=settings.context_key_id, key=bytes.fromhex(settings.context_key.get_secret_value()))
    use_secret(settings.secret_key.get_secret_value().encode())


def addresses(settings: Settings, logins: tuple[LoginName, ...]) -> Mapping[str, str]:
    """Return the connection strings of the logins that a process uses."""
    return {login: settings.dsn(login) for login in logins}


def database(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Return a lifespan that opens the web's logins; the process stops here when one of them is unsafe."""

    @asynccontextmanager
    async def opened(_: Litestar) -> AsyncIterator[None]:
        if ENGINE.pools:  # a test has opened them for the whole session
            yield
            return
        use_keys(settings)
        await ENGINE.open(addresses(settings, WEB_LOGINS), size=settings.database_pool_size)
        try:
            await check_shapes()
            settled()
            yield
        finally:
            await ENGINE.close()

    return opened


async def database_ready() -> str | None:
    """Return None when the database answers, else what an operator should look at."""
    try:
        async with public_scope():
            await sql.fetch_value("select 1")
    except Exception as error:
        return f"the database does not answer ({type(error).__name__})"
    return None


def metrics_listener(settings: Settings) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    """Return a lifespan that answers `/metrics` on a port of its own, without a token, when the settings name one.

    The port is for the scraper's network alone; raises `RuntimeError` with a sentence when it is taken.
    """

    @asynccontextmanager
    async def listening(app: Litestar) -> AsyncIterator[None]:
        held: Metrics = app.state.metrics
        port = settings.metrics_port
        with served(held.registry, host=settings.host, port=port, setting="CONCORDAT_METRICS_PORT"):
            yield

    return listening
