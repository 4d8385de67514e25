"""The measured process of the register benchmark: prints its figures as one line of JSON."""

from __future__ import annotations

import asyncio
import csv
import json
import resource
import statistics
import sys
import time
from pathlib import Path

import asyncpg

from infra.database import ENGINE
from integrations.gias import invented, load
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.tenancy.context import use_key

EMPTY = """
truncate register_line, organisation, trust_membership, organisation_lineage, organisation_history, import_run,
    import_rejection, area_organisation cascade;
vacuum analyze organisation; vacuum analyze area_organisation; checkpoint
"""
AREA = "insert into area (slug, name, lifecycle) values ('bench-' || $1, 'Bench ' || $1, 'live') returning id"
COVER = "insert into area_local_authority (area_id, la_code, la_name, valid_from) values ($1, $2, $3, '2019-09-29')"


def read_only(path: Path) -> float:
    """Seconds to read the file with the csv module and do nothing with it."""
    began = time.perf_counter()
    with path.open(encoding="cp1252", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - began


async def import_file(path: Path, *, read_every_row: bool = False) -> tuple[float, Tally]:
    """Seconds to import the file, from its first byte to the commit, and what it came to."""
    began = time.perf_counter()
    run_id = await load.ask_for(kind=FileKind.ESTABLISHMENTS, path=path)
    outcome = await load.load(run_id=run_id, kind=FileKind.ESTABLISHMENTS, path=path, read_every_row=read_every_row)
    assert outcome.problem is None
    return time.perf_counter() - began, outcome.tally


async def measure(path: Path, *, rounds: int, superuser: str) -> dict[str, float]:
    """The figures: the middle of the rounds, and the ratios of the middles."""
    connection = await asyncpg.connect(superuser)
    for code, name in invented.AUTHORITIES:
        area_id = await connection.fetchval(AREA, str(code))
        await connection.execute(COVER, area_id, str(code), name)
    reading, first, again = [], [], []
    for _ in range(rounds):
        for statement in EMPTY.split(";"):
            await connection.execute(statement)
        reading.append(read_only(path))
        seconds, created = await import_file(path)
        first.append(seconds)
        seconds, unchanged = await import_file(path)
        again.append(seconds)
    await connection.close()
    floor = statistics.median(reading)
    return {
        "reading_seconds": round(floor, 2),
        "import_seconds": round(statistics.median(first), 2),
        "again_seconds": round(statistics.median(again), 2),
        "import_over_reading": round(statistics.median(first) / floor, 2),
        "again_over_reading": round(statistics.median(again) / floor, 2),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "created": created.created,
        "unchanged": unchanged.unchanged,
    }


async def main() -> None:
    """Open the worker's login as `concordat import` does, and measure."""
    given = json.loads(sys.stdin.read())
    use_key(kid=1, key=bytes.fromhex(given["key"]))
    await ENGINE.open({"worker": given["dsns"]["worker"]})
    figures = await measure(Path(sys.argv[1]), rounds=int(sys.argv[2]), superuser=given["superuser"])
    sys.stdout.write(f"{json.dumps(figures)}\n")
    await ENGINE.close()


if __name__ == "__main__":
    asyncio.run(main())
