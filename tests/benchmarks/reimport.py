"""The register again: the real import beside a bare COPY of its rows into a table with the same indexes.

Unchanged; with one row in a hundred changed; and unchanged with every row read, as it is after a change of our rules.
A process of its own; prints the seconds of each round as a line of JSON. All begin at a file and end at a commit.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from pathlib import Path

import asyncpg

from infra.database import ENGINE
from integrations.gias import invented, synthetic
from tenants.tenancy.context import use_key
from tests.benchmarks.register_import import AREA, COVER, import_file
from tests.shape.files import ROOT
from tests.support.cluster import CONTEXT_KEY

COPIED = "create table copied (like organisation including all)"
ROWS, CHANGES = 25_000, 250


UNCHANGED, CHANGED, READ = "the same file", "one row in a hundred changed", "the same file, every row read"
FORMS = (UNCHANGED, CHANGED, READ)


def ratios(folder: Path, *, rounds: int, worker: str, superuser: str) -> dict[str, list[float]]:
    """Return, round by round, how many times a bare COPY each import takes. The database begins empty."""
    extract = synthetic.write_extracts(folder, rows=ROWS, trusts=400).establishments
    given = json.dumps({"worker": worker, "superuser": superuser, "key": CONTEXT_KEY.hex()})
    command = (sys.executable, "-m", __name__, str(extract), str(rounds))
    done = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    copied = found.pop("copied")
    return {form: [one / copy for one, copy in zip(seconds, copied, strict=True)] for form, seconds in found.items()}


async def measure(extract: Path, *, rounds: int, superuser: str) -> dict[str, list[float]]:
    """Return seconds of each import and of the COPY, round by round."""
    connection = await asyncpg.connect(superuser)
    for code, name in invented.AUTHORITIES:
        area_id = await connection.fetchval(AREA, str(code))
        await connection.execute(COVER, area_id, str(code), name)
    _, first = await import_file(extract)
    rows = extract.with_suffix(".rows")
    await connection.execute(COPIED)
    count = await connection.fetchval("select count(*) from organisation where urn is not null")
    await connection.copy_from_query("select * from organisation where urn is not null", output=str(rows))
    await connection.execute("vacuum analyze organisation")
    found: dict[str, list[float]] = {form: [] for form in (*FORMS, "copied")}
    for number in range(rounds):
        changed = _changed(extract, number)
        for form, path in ((CHANGED, changed), (UNCHANGED, changed), (READ, changed)):
            seconds, tally = await import_file(path, read_every_row=form == READ)
            assert (tally.changed, tally.unchanged) == ((CHANGES, count - CHANGES) if form == CHANGED else (0, count))
            assert tally.recognised == (0 if form == READ else tally.unchanged)
            found[form].append(seconds)
        found["copied"].append(await _copy(connection, rows, count))
    assert first.created == count
    await connection.close()
    return found


def _changed(extract: Path, number: int) -> Path:
    """The file with another street in one row of every hundred: another one in every round."""
    lines = extract.read_bytes().splitlines(keepends=True)
    for at in range(1, len(lines), ROWS // CHANGES):
        lines[at] = lines[at].replace(b" School Lane", f" School Lane {number}".encode())
    path = extract.with_suffix(".changed")
    path.write_bytes(b"".join(lines))
    return path


async def _copy(connection: asyncpg.Connection, rows: Path, count: int) -> float:
    await connection.execute("truncate copied")
    began = time.perf_counter()
    await connection.copy_to_table("copied", source=str(rows))
    seconds = time.perf_counter() - began
    assert await connection.fetchval("select count(*) from copied") == count
    return seconds


async def main() -> None:
    """Open the worker's login, as the real import does, and measure."""
    given = json.loads(sys.stdin.read())
    use_key(kid=1, key=bytes.fromhex(given["key"]))
    await ENGINE.open({"worker": given["worker"]})
    found = await measure(Path(sys.argv[1]), rounds=int(sys.argv[2]), superuser=given["superuser"])
    sys.stdout.write(f"{json.dumps(found)}\n")
    await ENGINE.close()


if __name__ == "__main__":
    asyncio.run(main())
