"""`concordat overview verify`: a row that was wrong is named and put right."""

from pathlib import Path

import pytest

from tests.backend.cli.runner import Say, on_cluster
from tests.support.apart import cloned
from tests.support.cluster import Cluster
from tests.support.queue import as_superuser
from tests.support.world import make_area
from tests.tenants.overview.keeping import recorded, refresh, shown


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


@pytest.fixture(scope="module")
def alone(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Say:
    """Commands on a database of which the other tests write nothing: the whole nation is looked at."""
    return on_cluster(cloned(cluster, name="concordat_compared"), data_dir=tmp_path_factory.mktemp("compared"))


def test_rows_that_are_right(alone: Say) -> None:
    for slug in ("northshire", "southshire"):
        alone("area", "create", slug.title(), "--slug", slug)
    assert "says what the records say" in alone("overview", "verify", "southshire").stdout
    assert "says what the records say" in alone("overview", "verify").stdout


async def test_a_wrong_row_is_named_with_exit_code_one_and_put_right(database: Cluster, say: Say) -> None:
    area = await make_area()
    await refresh(area)
    wrong = "update area_fact set words = 'All is well' where area_id = $1 and subject = 'flags'"
    await as_superuser(database, wrong, area.id)
    told = say("overview", "verify", area.slug, code=1).stderr
    assert f"{area.slug}: flags said “met: All is well (0 reasons)”" in told
    assert await shown(area) == await recorded(area)
    assert "says what the records say" in say("overview", "verify", area.slug).stdout


async def test_an_area_that_does_not_exist_is_a_sentence(say: Say) -> None:
    assert "There is no area 'nowhere'" in say("overview", "verify", "nowhere", code=1).stderr
