"""The invented agencies as one process on a free port, and their switches."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support.plain_http import TRUSTED


@dataclass(frozen=True)
class RunningAgencies:
    """`base_url` has no slash at its end; an agency is `base_url/NAME`."""

    base_url: str
    process: subprocess.Popen[str] = field(repr=False)

    def url(self, agency: str) -> str:
        """Where an agency answers."""
        return f"{self.base_url}/{agency}"

    def fault(self, agency: str, kind: str, *, times: int | None = 1, path: str = "", **values: Any) -> None:
        """Let an agency misbehave for its next answers (`times` None: until cleared)."""
        document = {"kind": kind, "times": times, "path": path, **values}
        assert self._ask("POST", f"/controls/{agency}/faults", document).status_code == 201

    def do(self, agency: str, action: str, **values: Any) -> dict[str, Any]:
        """Let something happen at an agency, e.g. a person leaves."""
        answer = self._ask("POST", f"/controls/{agency}/do/{action}", values)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def show(self, agency: str) -> dict[str, Any]:
        """The agency's waiting `faults`, what it was `asked` and what it has `seen`."""
        return dict(self._ask("GET", f"/controls/{agency}").json())

    def asked(self, agency: str, *, containing: str = "") -> list[dict[str, Any]]:
        """The last requests whose path contains a text: method, path, query, headers, status."""
        return [each for each in self.show(agency)["asked"]["last"] if containing in each["path"]]

    def clear(self) -> None:
        """No faults any more."""
        assert self._ask("DELETE", "/controls/faults").status_code == 204

    def reset(self) -> None:
        """As it was at the start: no faults, nothing recorded, no changes."""
        assert self._ask("POST", "/controls/reset").status_code == 204

    def _ask(self, method: str, path: str, document: Mapping[str, Any] | None = None) -> httpx.Response:
        with httpx.Client(trust_env=False, verify=TRUSTED, timeout=60) as client:
            return client.request(method, self.base_url + path, json=document)


@contextmanager
def running_agencies(*options: str, seed: int = 1, nation: Path | None = None) -> Iterator[RunningAgencies]:
    """The sandbox as a process, with `AGENCY.OPTION=VALUE` options and a file of what it holds; stopped at the end."""
    command = [sys.executable, "-m", "integrations.sandbox.agencies", "--port", "0", "--seed", str(seed)]
    command += [part for option in options for part in ("--set", option)]
    command += [] if nation is None else ["--nation", str(nation)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on "), line
        yield RunningAgencies(line.removeprefix("listening on ").strip(), process)
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout:
            process.stdout.close()
