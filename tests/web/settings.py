"""Settings for page tests: no database, generous limits, http on loopback."""

from pydantic import SecretStr

from infra.settings import Settings

BASE_URL = "http://127.0.0.1:8000"


def page_settings(**changed: object) -> Settings:
    """Returns settings for an application without a database; `changed` overrides."""
    values: dict[str, object] = {
        "base_url": BASE_URL,
        "secret_key": SecretStr("a secret for tests only, 0123456789"),
        "metrics_token": SecretStr("metrics-token-for-tests"),
        "rate_limit_client_per_minute": 100_000,
        "log_level": "warning",
        "log_format": "json",
    }
    return Settings(**{**values, **changed})  # type: ignore[arg-type]
