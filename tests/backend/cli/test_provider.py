"""`concordat provider`: the first way to sign in, and the way back when the last one was switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.backend.cli.runner import Say, on_cluster
from tests.support.cluster import Cluster


@pytest.fixture
def say(database: Cluster, tmp_path: Path) -> Say:
    return on_cluster(database, data_dir=tmp_path)


def state(say: Say, slug: str) -> list[str]:
    lines = [line.split("│") for line in say("provider", "list").stdout.splitlines() if f" {slug} " in line]
    return [cells[-2].strip() for cells in lines]


def test_a_provider_is_described_and_switched(say: Say) -> None:
    told = ("--name", "A door", "--issuer", "https://door.example", "--client-id", "us", "--secret-file", "-")
    assert "/sign-in/door-at-hand/callback" in say("provider", "add", "door-at-hand", *told, input="s3cret\n").stdout
    assert state(say, "door-at-hand") == ["on"]
    assert say("provider", "switch", "door-at-hand", "--off").stdout == "door-at-hand is switched off.\n"
    assert state(say, "door-at-hand") == ["off"]
    say("provider", "switch", "door-at-hand", "--on")
    assert state(say, "door-at-hand") == ["on"]
    say("provider", "switch", "door-at-hand", "--off")


def test_a_provider_that_is_not_there_is_a_sentence(say: Say) -> None:
    refused = say("provider", "switch", "no-such-door", "--on", code=1)
    assert refused.stderr.count("\n") == 1
    assert "sign-in provider" in refused.stderr
