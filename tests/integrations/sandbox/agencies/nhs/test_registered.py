"""Applications that registered after the platform was started: they stand in a file, read when one is asked for."""

from __future__ import annotations

import json
from pathlib import Path

from integrations.sandbox.agencies.faults import Faults
from integrations.sandbox.agencies.nhs.directory import Directory
from integrations.sandbox.agencies.nhs.state import Application, Nhs


def test_one_that_registered_later_is_known_by_the_address_of_its_keys(tmp_path: Path) -> None:
    file = tmp_path / "applications.json"
    nhs = Nhs(base_url="http://127.0.0.1", faults=Faults(), invent=Directory, registered=file)
    nhs.register(Application(api_key="first"))
    assert nhs.application("later") is None
    file.write_text(json.dumps({"later": "http://127.0.0.1:8000/keys", "first": "http://elsewhere.example"}))
    later, first = nhs.application("later"), nhs.application("first")
    assert later == Application(api_key="later", jwks_url="http://127.0.0.1:8000/keys")
    assert first == Application(api_key="first"), "what was registered stays as it was"


def test_without_such_a_file_nobody_else_is_known(tmp_path: Path) -> None:
    nhs = Nhs(base_url="http://127.0.0.1", faults=Faults(), invent=Directory)
    assert nhs.application("anyone") is None
