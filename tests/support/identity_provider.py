"""The demo's identity provider as a process on a free port, and a way through it without a browser.

Any test may ask for the fixture `identity_provider`; a test with people of its own uses `running_provider`.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from tests.support.plain_http import TRUSTED

REDIRECT_URI = "http://127.0.0.1:9/sign-in/schools/callback"
OTHER_REDIRECT_URI = "http://127.0.0.1:9/sign-in/health/callback"
SIGNED_OUT_URI = "http://127.0.0.1:9/signed-out"
API_AUDIENCE = "http://127.0.0.1:9/graphql"
SECRET = "a secret: with a colon & more %"
CLIENT_KEY = RSAKey.generate_key(2048, {"kid": "our-key"})

ADA = {"sub": "5D1E9C0A", "name": "Ada Okafor", "email": "ada@school.example", "group": "Testbridge schools"}
BEN = {"sub": "ben", "name": "Ben Hale", "email": "ben@council.example", "group": "Testshire Council"}
CARA = {**ADA, "sub": "cara", "name": "Cara Lunt", "email": "cara@school.example"}
PEOPLE = (
    {**ADA, "description": "Headteacher, Testbridge Academy", "organisation": {"urn": "900001"}},
    {**BEN, "description": "Business manager"},
    {**CARA, "organisation": '{"urn": "900002"}'},
)
WEB = {
    "redirect_uris": [REDIRECT_URI, OTHER_REDIRECT_URI],
    "post_logout_redirect_uris": [SIGNED_OUT_URI],
}
CLIENTS = (
    {"client_id": "concordat", "client_secret": SECRET, **WEB},
    {"client_id": "es256", "client_secret": SECRET, "algorithm": "ES256", **WEB},
    {"client_id": "dfe-like", "client_secret": SECRET, "claims_in_id_token": False, **WEB},
    {"client_id": "keyed", "public_key": CLIENT_KEY.as_dict(private=False), **WEB},
    {
        "client_id": "school-system",
        "client_secret": SECRET,
        "audience": API_AUDIENCE,
        "scopes": ["duties:read", "duties:answer"],
    },
)


@dataclass(frozen=True)
class RunningProvider:
    """`base_url` has no slash at its end; an issuer is `base_url/a` or `base_url/b`."""

    base_url: str
    process: "subprocess.Popen[str]" = field(repr=False)

    def issuer(self, path: str = "a") -> str:
        return f"{self.base_url}/{path}"

    async def answer(self, address: str, *, sub: str) -> str:
        """Goes to the authorization address, picks the person, returns the callback address they are sent to.

        An empty `sub` presses the button that cancels.
        """
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as browser:
            shown = await browser.get(address, follow_redirects=False)
            page = httpx.URL(address).join(shown.headers["location"])
            if not str(page).startswith(self.base_url):
                return str(page)  # refused before anybody could be picked
            assert (await browser.get(page)).status_code == 200
            picked = await browser.post(page, data={"sub": sub} if sub else {"cancel": "yes"})
            return picked.headers["location"]

    async def machine_token(self, *, issuer: str = "a", scope: str = "", client: str = "school-system") -> str:
        """An access token for a machine client."""
        form = {
            "grant_type": "client_credentials",
            "scope": scope,
            "client_id": client,
            "client_secret": SECRET,
        }
        return str((await self.post(f"/{issuer}/token", form))["access_token"])

    async def rotate_keys(self, issuer: str = "a") -> None:
        await self.post(f"/{issuer}/controls/rotate-keys", {})

    async def post(self, path: str, form: Mapping[str, str]) -> dict[str, Any]:
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
            answer = await client.post(self.base_url + path, data=dict(form))
            assert answer.status_code == 200, answer.text
            return dict(answer.json())


@contextmanager
def running_provider(
    folder: Path,
    *,
    people: Sequence[Mapping[str, Any]] = PEOPLE,
    clients: Sequence[Mapping[str, Any]] = CLIENTS,
    issuers: Sequence[str] = ("a=Schools sign-in", "b=Health sign-in"),
    controls: bool = True,
    stated: str = "",
) -> Iterator[RunningProvider]:
    """A provider process with these people and clients, stopped at the end.

    `stated` is the address that its documents give, where it is not the one at which it listens.
    """
    (folder / "people.json").write_text(json.dumps(list(people)))
    (folder / "clients.json").write_text(json.dumps(list(clients)))
    command = [sys.executable, "-m", "integrations.sandbox.identity_provider", "--port", "0"]
    command += ["--people", str(folder / "people.json"), "--clients", str(folder / "clients.json")]
    command += [part for issuer in issuers for part in ("--issuer", issuer)]
    command += ["--controls"] if controls else []
    command += ["--base-url", stated] if stated else []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening on "), line
        yield RunningProvider(line.removeprefix("listening on ").strip(), process)
    finally:
        process.terminate()
        process.wait(timeout=60)
        if process.stdout:
            process.stdout.close()


@pytest.fixture(scope="session")
def identity_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    """One provider process for the whole run; rotate the keys of issuer `b` only."""
    with running_provider(tmp_path_factory.mktemp("identity-provider")) as provider:
        yield provider
