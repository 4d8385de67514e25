"""Providers' secrets set aside for a test that reseals every one there is, and put back after it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from infra.database import sql
from tenants.tenancy.scope import system_scope


@contextlib.asynccontextmanager
async def no_secrets() -> AsyncIterator[None]:
    """Only the block's own providers have a secret while it runs."""
    async with system_scope("test", powers=["platform", "signin"]):
        rows = await sql.fetch("select slug, sealed_secret from identity_provider where sealed_secret is not null")
        await sql.execute("update identity_provider set sealed_secret = null")
    try:
        yield
    finally:
        async with system_scope("test", powers=["platform", "signin"]):
            await sql.execute("update identity_provider set sealed_secret = null")
            for row in rows:
                await sql.execute(
                    "update identity_provider set sealed_secret = $2 where slug = $1", row["slug"], row["sealed_secret"]
                )
