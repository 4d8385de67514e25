"""The schema as the migrations leave it: `python -m infra.database.snapshot` writes `infra/database/schema.sql`.

Every change of a table, policy or grant is then a difference that a reviewer sees.
"""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from pathlib import Path

from infra.database.migrate import migrate
from infra.postgres import embedded
from infra.postgres.account import server_account
from infra.postgres.binaries import programs

FILE = Path(__file__).parent / "schema.sql"
_NOISE = re.compile(r"^(--.*|SET .*|SELECT pg_catalog\.set_config.*|\\(un)?restrict.*|)\n", re.MULTILINE)


def schema_of(superuser_dsn: str) -> str:
    """Return the definition of the database's schema, without what says only who dumped it and when.

    Raises `ProgramError` when the database cannot be read.
    """
    installation = programs(server_account())
    dumped = installation.run(
        "pg_dump", "--schema-only", "--no-owner", "--no-comments", "--exclude-schema=dramatiq", superuser_dsn,
        cwd=Path(tempfile.gettempdir()),
    )  # fmt: skip
    return _NOISE.sub("", dumped).replace(";\n", ";\n\n").rstrip() + "\n"


def write() -> None:
    """Migrate an empty database on a server of its own and write its schema."""
    folder = Path(tempfile.mkdtemp(prefix="concordat-schema-"))
    try:
        server = embedded.start(folder, durable=False)
        asyncio.run(migrate(server.dsn("concordat_owner")))
        FILE.write_text(schema_of(server.superuser_dsn(database="concordat")), encoding="utf-8")
    finally:
        embedded.remove(folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    write()
