"""The demo's processes: the agencies' invented systems among them, with their switches."""

from __future__ import annotations

from pathlib import Path

import httpx

from backend.cli.demo_services import services
from infra.settings import Settings
from infra.supervisor import Supervisor
from tests.support.plain_http import TRUSTED
from tests.support.ports import unused_port


def test_the_agencies_are_started_and_their_page_of_switches_answers(tmp_path: Path) -> None:
    started = services(
        Settings(data_dir=tmp_path), identity_port=1, agencies_port=unused_port(), issuers={"demo": "Demonstration"}
    )
    assert [service.name for service in started] == ["agencies", "identity provider", "web", "worker"]
    agencies = started[0]
    supervisor = Supervisor(logs=tmp_path, record=tmp_path / "processes.json")
    try:
        supervisor.start(agencies)
        with httpx.Client(trust_env=False, verify=TRUSTED) as client:
            page = client.get(f"http://{agencies.host}:{agencies.port}/controls").text
    finally:
        supervisor.stop()
    assert "Invented agencies" in page
