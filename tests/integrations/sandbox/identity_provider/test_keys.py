"""The provider's keys: published without their secret, kept between starts, replaced at once."""

import stat
from pathlib import Path

import httpx
import pytest
from joserfc.errors import InvalidKeyIdError

from integrations.sandbox.identity_provider.keys import Keys
from tests.support.identity_provider import CLIENTS, PEOPLE, RunningProvider, running_provider
from tests.support.plain_http import TRUSTED


def test_only_the_public_half_is_published() -> None:
    published = Keys(path=None).public()["keys"]
    assert [key["kty"] for key in published] == ["RSA", "EC"]
    assert all(key["use"] == "sig" and key["kid"] for key in published)
    assert not any({"d", "p", "q", "dp", "dq", "qi"} & key.keys() for key in published)


def test_a_folder_keeps_them_for_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "a.json"
    first = Keys(path=path).public()
    assert Keys(path=path).public() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
def test_what_it_signs_it_can_verify_until_it_rotates(algorithm: str) -> None:
    keys = Keys(path=None)
    token = keys.sign({"sub": "ada"}, algorithm=algorithm)
    assert keys.verify(token) == {"sub": "ada"}
    keys.rotate()
    with pytest.raises(InvalidKeyIdError):
        keys.verify(token)


async def test_each_issuer_has_keys_of_its_own(identity_provider: RunningProvider) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
        sets = [(await client.get(f"{identity_provider.issuer(path)}/jwks")).json() for path in ("a", "b")]
    assert not {key["kid"] for key in sets[0]["keys"]} & {key["kid"] for key in sets[1]["keys"]}


async def test_nobody_turns_the_controls_of_an_ordinary_provider(tmp_path: Path) -> None:
    with running_provider(tmp_path, people=PEOPLE, clients=CLIENTS, controls=False) as running:
        async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as client:
            answer = await client.post(f"{running.issuer()}/controls/rotate-keys", data={})
    assert answer.status_code == 404
