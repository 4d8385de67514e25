"""`concordat audit people` and `concordat audit erase`: who is named, and that they are named no more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.secrets import use_secret
from tests.backend.cli.runner import Say, on_cluster, settings_of
from tests.support.cluster import SECRET_KEY, Cluster
from tests.support.world import make_area
from tests.tenants.audit.test_personal import ADDRESS, read, write


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Iterator[Say]:
    """Commands on the test cluster; what the test itself writes is sealed with the same secret key."""
    use_secret(settings_of(database)["SECRET_KEY"].encode())
    yield on_cluster(database, data_dir=tmp_path)
    use_secret(SECRET_KEY.encode())


async def test_a_person_is_found_erased_and_found_no_more(say: Say) -> None:
    area = await make_area()
    await write(area, 1, 2)
    assert say("audit", "people", area.slug, "zoe.quill").stdout.splitlines()[0] == (
        "appointment.1  zoe.quill@example.org, Zoë Quill  (entries: 1)"
    )
    done = say("audit", "erase", area.slug, "appointment.1", "--reason", "They asked for it.", "--yes")
    assert done.stdout == "It is erased from the audit trail. The chain stays whole.\n"
    left, gone = say("audit", "people", area.slug).stdout.splitlines()
    assert left.startswith("appointment.2  zoe.quill")
    assert gone.startswith("appointment.1  erased on ")
    newest, two, one = await read(area)
    assert (newest.action, newest.reason) == ("trail.erase", "They asked for it.")
    assert [(entry.after or {})["email"] == ADDRESS for entry in (two, one)] == [True, False]
    again = say("audit", "erase", area.slug, "appointment.1", "--reason", "Again.", "--yes", code=1)
    assert again.stderr == "What the trail says of this person is erased already.\n"


async def test_nobody_is_erased_without_a_yes_or_a_reason(say: Say) -> None:
    area = await make_area()
    await write(area, 1)
    say("audit", "erase", area.slug, "appointment.1", "--reason", "They asked for it.", code=1)
    say("audit", "erase", area.slug, "appointment.1", "--yes", code=2)
    assert len(await read(area)) == 1
