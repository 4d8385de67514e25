"""A server that was killed leaves children behind, who take their leave one by one while the next is started."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from infra.postgres import control
from infra.postgres.binaries import ProgramError
from infra.postgres.cluster import Cluster
from infra.postgres.errors import EmbeddedError

LEFT_OVER = "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use\n"
LEAVES = "FATAL:  terminating connection due to unexpected postmaster exit\n"
MISTAKEN = 'FATAL:  configuration file "postgresql.conf" contains errors\n'


@dataclass
class Refusing:
    """Programs that write into the server's log, each time the next text, and fail."""

    log: Path
    says: list[str]
    ran: list[str] = field(default_factory=list)

    def run(self, name: str, *_: str, cwd: Path) -> str:
        self.ran.append(name)
        with self.log.open("a") as log:
            log.write(self.says[len(self.ran) - 1])
        raise ProgramError(name=name, said="")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    monkeypatch.setattr(control, "time", SimpleNamespace(sleep=lambda _: None))
    return Cluster(home=tmp_path)


def test_it_waits_for_them_however_many_have_the_last_word(cluster: Cluster) -> None:
    refusing = Refusing(cluster.log, [LEFT_OVER + 40 * LEAVES, LEFT_OVER, MISTAKEN])
    with pytest.raises(EmbeddedError, match=r"did not start: configuration file"):
        control.start(cluster, programs=refusing)  # type: ignore[arg-type]
    assert refusing.ran == ["pg_ctl"] * 3


def test_what_an_earlier_attempt_said_is_not_waited_for(cluster: Cluster) -> None:
    cluster.log.write_text(LEFT_OVER)
    refusing = Refusing(cluster.log, [MISTAKEN, MISTAKEN])
    with pytest.raises(EmbeddedError, match=r"did not start: configuration file"):
        control.start(cluster, programs=refusing)  # type: ignore[arg-type]
    assert refusing.ran == ["pg_ctl"]


def test_it_does_not_wait_for_ever(cluster: Cluster) -> None:
    refusing = Refusing(cluster.log, [LEFT_OVER] * control.ATTEMPTS)
    with pytest.raises(EmbeddedError, match=r"did not start: pre-existing shared memory block"):
        control.start(cluster, programs=refusing)  # type: ignore[arg-type]
    assert len(refusing.ran) == control.ATTEMPTS
