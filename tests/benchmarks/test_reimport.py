"""A register that comes again, of a bare COPY of its rows in the same round: 25,000 rows of 140 columns.

Target for the file that changes nothing: at most 1.5 times, better 0.8. On a server of its own that writes durably.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

import pytest

from infra.database.migrate import migrate
from infra.postgres import embedded
from tenants.tenancy.context import install_key
from tests.benchmarks import figures, reimport
from tests.support.cluster import CONTEXT_KEY, LOGINS
from tests.support.data_folder import temporary_data_folder

ROUNDS, MOST = 9, 1.5
TARGETS = {reimport.UNCHANGED: "at most 1.5 times, better 0.8"}


@pytest.mark.benchmark
@pytest.mark.timeout(300)
async def test_a_register_that_comes_again_costs_about_what_copying_it_does(tmp_path: Path) -> None:
    load = figures.machine()
    with temporary_data_folder() as folder:
        server = embedded.start(folder, durable=True)
        dsns = {login: server.dsn(f"concordat_{login}") for login in LOGINS}
        superuser = server.superuser_dsn(database="concordat")
        await migrate(dsns["owner"])
        await install_key(dsns["owner"], kid=1, key=CONTEXT_KEY)
        found = reimport.ratios(tmp_path, rounds=ROUNDS, worker=dsns["worker"], superuser=superuser)
    sys.stderr.write(f"\nregister again: {found}\n")
    rows = [[form, f"{figures.spread(ratios)}", TARGETS.get(form, "")] for form, ratios in found.items()]
    head = ("25,000 rows again", "times a bare COPY in the same round", "target")
    figures.write("register again", load=load, body=figures.table(head, rows))
    assert statistics.median(found[reimport.UNCHANGED]) <= MOST
