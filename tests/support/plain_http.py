"""What the tests' own clients trust, read once: for each client anew it cost 20 ms, also where nothing is encrypted."""

import httpx

TRUSTED = httpx.create_ssl_context(trust_env=False)
