"""The worker process as it is run keeps the rows of the national table, and says where a row was wrong."""

from __future__ import annotations

from pathlib import Path

import httpx

from infra.queue.registry import SWEEPS, import_jobs
from tenants.overview.rules import Subject
from tests.support.cluster import Cluster
from tests.support.membership import make_bodies
from tests.support.plain_http import TRUSTED
from tests.support.ports import unused_port
from tests.support.queue import as_superuser
from tests.support.worker_process import until, worker_process
from tests.support.world import make_area
from tests.tenants.overview.keeping import forget_other_tests, recorded, refresh, rows, stale

WORKER = "backend.worker"


#: to the sweeps, the areas of other tests were asked about a moment ago
_ASKED_ALREADY = """
insert into queue.job_run (message_id, actor, args, area_id)
select gen_random_uuid(), asked.actor, '{}', area.id
from area cross join (values ('overview.refresh'), ('overview.verify')) as asked (actor) where area.id <> all ($1)
"""


_SWEPT = """
insert into queue.sweep_run (name, started_at) select unnest($1::text[]), now()
on conflict (name) do update set started_at = now()
"""


async def test_it_computes_what_is_new_or_stale_and_mends_what_is_wrong(database: Cluster, tmp_path: Path) -> None:
    import_jobs("infra", "tenants", "integrations")
    await forget_other_tests(database)
    new, changed, wrong = await make_area(), await make_area(), await make_area()
    await refresh(changed)
    await make_bodies(changed)
    await refresh(wrong)
    await as_superuser(database, "update area_fact set words = 'All is well' where area_id = $1", wrong.id)
    await as_superuser(database, "truncate queue.outbox, dramatiq.queue")  # or it would first do all that others left
    await as_superuser(database, _SWEPT, list(SWEEPS))
    await as_superuser(database, "delete from queue.sweep_run where name like 'overview.%'")
    await as_superuser(database, _ASKED_ALREADY, [new.id, changed.id, wrong.id])
    port = unused_port()
    with worker_process(database, tmp_path, module=WORKER, CONCORDAT_WORKER_METRICS_PORT=str(port)) as worker:

        async def kept() -> bool:
            whole = set(await rows(new)) == set(Subject) and not await stale(changed)
            return whole and (await rows(wrong))[Subject.FLAGS].fact.words == "None open"

        await until(kept, why=worker.log)
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as http:
            counted = (await http.get(f"http://127.0.0.1:{port}/metrics")).text
        assert 'concordat_alarms_total{event="overview_differs"} 4.0' in counted
        assert worker.terminate() == 0
        assert worker.log().count("overview_differs") == 4
    await as_superuser(database, "delete from queue.job_run where actor like 'overview.%' and starts = 0")
    for area in (new, changed, wrong):
        assert {subject: row.fact for subject, row in (await rows(area)).items()} == await recorded(area)


async def test_a_metrics_port_that_is_taken_stops_the_start_with_a_sentence(database: Cluster, tmp_path: Path) -> None:
    port = str(unused_port())
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    with worker_process(database, first, module=WORKER, CONCORDAT_WORKER_METRICS_PORT=port) as one:

        async def started() -> bool:
            return "worker_started" in one.log()

        await until(started, why=one.log)
        with worker_process(database, second, module=WORKER, CONCORDAT_WORKER_METRICS_PORT=port) as other:
            assert other.process.wait(timeout=60) == 1
            assert f"CONCORDAT_WORKER_METRICS_PORT {port} cannot be listened on" in other.log()
            assert "Traceback" not in other.log()
