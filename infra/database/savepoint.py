"""A part of a transaction that can fail by itself."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from infra.database import sql


@contextlib.asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Undo what the block wrote when it raises, and raise; the transaction around it can go on."""
    await sql.execute("savepoint part")
    try:
        yield
    except Exception:
        await sql.execute("rollback to savepoint part")
        raise
    finally:
        await sql.execute("release savepoint part")
