"""Makes the five logins and the database from the addresses in the environment: `python -m infra.deploy.logins`.

For a container stack, where nobody types passwords at psql. `SUPERUSER_URL` is the superuser's address; what the
serving processes are given never includes it.
"""

import os
import sys
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from infra.postgres.logins import LOGINS
from infra.postgres.provision import provision


def passwords(environment: Mapping[str, str]) -> dict[str, str]:
    """Return each login's password as its address states it; raises `ValueError` naming one that does not fit."""
    return {login.name: _password(environment, f"CONCORDAT_{login.variable}", login.name) for login in LOGINS}


def _password(environment: Mapping[str, str], variable: str, name: str) -> str:
    address = urlsplit(environment.get(variable, ""))
    if address.username != name or not address.password:
        raise ValueError(f"{variable} must be the address of {name}, with its password")
    return unquote(address.password)


def main() -> None:
    """Provision; ends with a sentence and code 1 when an address is missing."""
    superuser = os.environ.get("SUPERUSER_URL", "")
    if not superuser:
        sys.exit("SUPERUSER_URL is not set")
    try:
        known = passwords(os.environ)
    except ValueError as error:
        sys.exit(str(error))
    provision(superuser_dsn=superuser, passwords=known)


if __name__ == "__main__":
    main()
