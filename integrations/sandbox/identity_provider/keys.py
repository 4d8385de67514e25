"""The provider's signing keys: one RSA, one P-256, kept in a folder when there is one."""

import json
import os
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

SigningKey = RSAKey | ECKey


class Keys:
    """The keys of one issuer. `rotate` puts new ones in their place at once, as after a leak."""

    def __init__(self, *, path: Path | None) -> None:
        self._path = path
        self._current: list[SigningKey] = self._load() or self._store(_new_keys())

    def rotate(self) -> None:
        self._current = self._store(_new_keys())

    def public(self) -> dict[str, Any]:
        """The JWK set to publish."""
        return {"keys": [key.as_dict(private=False, use="sig") for key in self._current]}

    def sign(self, claims: dict[str, Any], *, algorithm: str = "RS256", typ: str = "JWT") -> str:
        """A compact JWT with these claims."""
        wanted = ECKey if algorithm == "ES256" else RSAKey
        key = next(key for key in self._current if isinstance(key, wanted))
        return jwt.encode({"alg": algorithm, "kid": key.kid, "typ": typ}, claims, key, algorithms=[algorithm])

    def verify(self, token: str) -> dict[str, Any]:
        """The claims of a token that we signed. Raises joserfc's errors."""
        return jwt.decode(token, KeySet(list(self._current)), algorithms=["RS256", "ES256", "PS256"]).claims

    def _load(self) -> list[SigningKey]:
        if self._path is None or not self._path.exists():
            return []
        rsa, ec = json.loads(self._path.read_text("utf-8"))["keys"]
        return [RSAKey.import_key(rsa), ECKey.import_key(ec)]

    def _store(self, keys: list[SigningKey]) -> list[SigningKey]:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps({"keys": [key.as_dict(private=True) for key in keys]})
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
        return keys


def _new_keys() -> list[SigningKey]:
    return [RSAKey.generate_key(2048, auto_kid=True), ECKey.generate_key("P-256", auto_kid=True)]
