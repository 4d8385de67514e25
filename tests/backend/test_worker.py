"""The worker process as it is run: it sends the mail of an invitation, and it says why it may not start."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from tenants.tenancy.people.service import invite
from tenants.tenancy.roles import Role
from tenants.tenancy.scope import tenant_scope
from tests.support.cluster import Cluster
from tests.support.worker_process import until, worker_process
from tests.support.world import make_actor, make_area

WORKER = "backend.worker"


async def test_an_invitation_becomes_an_email(database: Cluster, tmp_path: Path) -> None:
    area = await make_area()
    manager = await make_actor(Role.BUSINESS_MANAGER, area=area)
    async with tenant_scope(manager):
        await invite(by=manager, email="nia.new@example.org", name="Nia New", role="viewer", area_id=area.id)
    with worker_process(database, tmp_path, module=WORKER, CONCORDAT_BASE_URL="http://127.0.0.1:7999") as worker:

        async def arrived() -> bool:
            return any("nia.new@example.org" in mail.read_text() for mail in (tmp_path / "mail").glob("*.eml"))

        await until(arrived, why=worker.log)
        assert worker.terminate() == 0
        assert "job_done" in worker.log()
        assert "nia" not in worker.log().lower()
    (mail,) = [m for m in (tmp_path / "mail").glob("*.eml") if "nia.new@" in m.read_text()]
    body = BytesParser(policy=policy.default).parsebytes(mail.read_bytes()).get_body().get_content()
    assert "http://127.0.0.1:7999/invitation/" in body


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"CONCORDAT_DATABASE_WORKER_URL": "postgresql://nobody@127.0.0.1:9/none"}, "WORKER_URL cannot be used"),
        ({"CONCORDAT_BROKER_URL": "redis://x"}, "must begin with amqp://"),
        ({"CONCORDAT_WORKER_THREADS": "0"}, "must be at least 1"),
        (
            {
                "CONCORDAT_MAIL_TRANSPORT": "notify",
                "CONCORDAT_NOTIFY_API_KEY": "nonsense",
                "CONCORDAT_NOTIFY_TEMPLATE_ID": "x",
            },
            "not an API key",
        ),
    ],
    ids=["no database", "broker", "threads", "notify key"],
)
async def test_it_says_why_it_may_not_start(
    database: Cluster, tmp_path: Path, variables: dict[str, str], says: str
) -> None:
    with worker_process(database, tmp_path, module=WORKER, **variables) as worker:
        assert worker.process.wait(timeout=60) == 1
        assert says in worker.log()
        assert "Traceback" not in worker.log()


async def test_it_refuses_a_login_that_owns_the_tables(database: Cluster, tmp_path: Path) -> None:
    owner = {"CONCORDAT_DATABASE_WORKER_URL": database.dsns["owner"]}
    with worker_process(database, tmp_path, module=WORKER, **owner) as worker:
        assert worker.process.wait(timeout=60) == 1
        assert "'concordat_owner' owns tables" in worker.log()
