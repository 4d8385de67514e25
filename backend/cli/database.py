"""The engine for a command: open on the logins it needs, with the keys of this installation."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from infra.database import ENGINE
from infra.secrets import use_secret
from infra.settings import LoginName, Settings
from tenants.tenancy.context import use_key


@asynccontextmanager
async def database(settings: Settings, *, logins: Sequence[LoginName] = ("worker",)) -> AsyncIterator[None]:
    """Open the process's engine on `logins` and close it afterwards.

    Raises `UnsafeLogin` or `UnsupportedServerError` as the web process does.
    """
    use_key(kid=settings.context_key_id, key=bytes.fromhex(settings.context_key.get_secret_value()))
    use_secret(settings.secret_key.get_secret_value().encode())
    await ENGINE.open({login: settings.dsn(login) for login in logins}, size=settings.database_pool_size)
    try:
        yield
    finally:
        await ENGINE.close()
