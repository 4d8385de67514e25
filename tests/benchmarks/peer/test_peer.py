"""Concordat and PostGraphile 5 on one database: first the same answers and the same rows, then the figures.

The real web process answers real POSTs to /graphql: session, origin, limits (raised by their settings), logging and
metrics are all in the path. The peer is told who asks by a header, looks up no session and audits no read.
PEER_SHORT=1 takes short rounds. Skipped where npm, a Node that is new enough, or wrk cannot be had.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from infra.database.migrate import migrate
from infra.postgres import embedded
from infra.postgres.databases import clone_database
from tenants.tenancy.context import install_key
from tests.benchmarks import figures, reimport
from tests.benchmarks.peer import data, equal, graphile, told, wrk
from tests.benchmarks.peer.operations import all_operations
from tests.benchmarks.peer.rounds import Bench, Plan
from tests.benchmarks.process import environment, free_port, started
from tests.support.cluster import CONTEXT_KEY, LOGINS, Cluster
from tests.support.data_folder import temporary_data_folder

EMPTY = "concordat_register"  #: a copy of the database from before the nation, for the register
PATH = {"CONCORDAT_LOG_LEVEL": "info", "CONCORDAT_LOG_FORMAT": "json", "CONCORDAT_METRICS_TOKEN": "t" * 40}


@pytest_asyncio.fixture
async def measured_nation() -> AsyncIterator[tuple[Cluster, psutil.Process]]:
    """A server of its own that writes durably, as one in service does, with the measured nation."""
    with temporary_data_folder() as folder:
        server = embedded.start(folder, durable=True)
        dsns = {login: server.dsn(f"concordat_{login}") for login in LOGINS}
        superuser = server.superuser_dsn(database="concordat")
        await migrate(dsns["owner"])
        await install_key(dsns["owner"], kid=1, key=CONTEXT_KEY)
        clone_database(superuser_dsn=server.superuser_dsn(), template="concordat", name=EMPTY)
        await data.write(superuser, worker=dsns["worker"])
        await graphile.prepare(superuser)
        yield Cluster(superuser=superuser, dsns=dsns, folder=folder), psutil.Process(server.pid)


@pytest.fixture(scope="module")
def node() -> str:
    """The Node that runs PostGraphile."""
    try:
        wrk.check_there()
        return graphile.install()
    except graphile.NotHere as why:
        pytest.skip(str(why))


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
async def test_beside_postgraphile(node: str, measured_nation: tuple[Cluster, psutil.Process], tmp_path: Path) -> None:
    (nation, postgres), load, plan = measured_nation, figures.machine(), Plan.chosen()
    again = reimport.ratios(
        tmp_path,
        rounds=plan.rounds,
        worker=nation.dsns["worker"].replace("@/concordat?", f"@/{EMPTY}?"),
        superuser=nation.superuser.replace("@/concordat?", f"@/{EMPTY}?"),
    )[reimport.UNCHANGED]
    people = await data.people(nation.superuser)
    port, log = free_port(), tmp_path / "web.log"
    given = environment(nation.dsns, folder=nation.folder, port=port) | PATH
    with (
        graphile.running(node, dsns=nation.dsns) as peers,
        started("backend.cli", "serve", port=port, given=given, path="/health/ready", log=log) as ours,
    ):
        operations = all_operations(people, address=ours.address)
        for operation in operations:
            await equal.check(
                operation,
                people.waiting,
                addresses={True: ours.address, False: peers.address},
                superuser=nation.superuser,
            )
        bench = Bench(ours=ours, peers=peers, postgres=postgres, folder=tmp_path,
                      reset=lambda: data.reset(nation.superuser))  # fmt: skip
        measured = []
        for operation in operations:
            measured.append(await bench.run(operation, plan=plan))
            sys.stderr.write(f"\n{told.detail(measured[-1:])}")
        megabytes, peers_megabytes = ours.megabytes(), peers.megabytes()
    assert '"failed"' not in log.read_text(), "an answer failed, or a client that hung up was taken for a failure"
    table = told.promised(measured, megabytes=megabytes, again=again)
    cells = told.detail(measured)
    memory = f"The peer's process holds {peers_megabytes:.0f} MB after the same load.\n"
    sys.stderr.write(f"\n{table}\n{memory}")
    figures.write("beside the peer", load=load, body=f"{table}\n{cells}\n{memory}")
