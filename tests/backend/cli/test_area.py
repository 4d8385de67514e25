"""`concordat area` on a real database: each command as a process of its own."""

from pathlib import Path
from uuid import uuid4

import pytest

from tenants.audit import queries as audit
from tenants.tenancy.scope import system_scope
from tests.backend.cli.runner import Say, on_cluster
from tests.support.cluster import Cluster
from tests.support.world import make_area


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


async def test_an_area_is_made_covered_and_opened_under_the_name_of_the_account(say: Say) -> None:
    slug = f"cli-{uuid4().hex[:8]}"
    assert "Next: concordat area cover" in say("area", "create", "Commandshire", "--slug", slug).stdout
    say("area", "cover", slug, "997", "Commandshire Council", "--from", "2026-04-01")
    assert say("area", "open", slug, "--yes").stdout == f"{slug} is live.\n"

    listed = next(line for line in say("area", "list").stdout.splitlines() if slug in line)
    assert [cell.strip() for cell in listed.split("│")][2:5] == ["Commandshire", "live", "Commandshire Council (997)"]
    async with system_scope("test", powers=["platform"]):
        done = await audit.entries(area_id=0, where=audit.Filter(action="area.create"), limit=1)
    assert done[0].actor_name.endswith("(command line)")


def test_what_the_service_refuses_is_a_sentence(say: Say) -> None:
    refused = say("area", "create", "X", "--slug", "Not A Slug", code=1)
    assert refused.stderr == "Enter the name of the area.\n"
    assert "There is no area 'nowhere'" in say("area", "open", "nowhere", "--yes", code=1).stderr


async def test_opening_asks_first(say: Say) -> None:
    area = await make_area(lifecycle="setting_up")
    refused = say("area", "open", area.slug, code=1)
    assert "Open it?" in refused.stdout
    assert next(line for line in say("area", "list").stdout.splitlines() if area.slug in line).count("setting up") == 1
