"""`concordat connection`: the next signing key of a national connection."""

from pathlib import Path

import pytest

from infra.ids import uuid7
from tests.backend.cli.runner import Say, on_cluster
from tests.support.cluster import Cluster
from tests.support.connections import make_connection


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


async def test_a_key_is_made_and_where_it_is_published_is_told(say: Say) -> None:
    linked = await make_connection(None, system="nhs_ods", name="Directory of keys", options={"environment": "prod"})
    said = say("connection", "rotate-signing-key", str(linked)).stdout
    assert "Key prod-1 signs from" in said
    assert f"/.well-known/jwks/{linked}" in said
    assert "Key prod-2 signs from" in say("connection", "rotate-signing-key", str(linked)).stdout
    refused = say("connection", "rotate-signing-key", str(linked), code=1).stderr
    assert "prod-2 is published already" in refused
    assert "prod-2, prod-1" in say("connection", "list").stdout


def test_an_id_that_is_none_and_one_that_nobody_has_are_sentences(say: Say) -> None:
    assert "Give the connection's id" in say("connection", "rotate-signing-key", "nhs", code=1).stderr
    assert say("connection", "rotate-signing-key", str(uuid7()), code=1).stderr.count("\n") == 1
