"""Rules between settings: each function answers with the sentences that say what does not go together."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from infra.settings import LoginName, Settings

_VARIABLES: "dict[LoginName, str]" = {
    "app": "CONCORDAT_DATABASE_URL",
    "worker": "CONCORDAT_DATABASE_WORKER_URL",
    "national": "CONCORDAT_DATABASE_NATIONAL_URL",
    "public": "CONCORDAT_DATABASE_PUBLIC_URL",
    "owner": "CONCORDAT_DATABASE_OWNER_URL",
}
_GENERATE = "Example: the output of: openssl rand -hex 32"
_SHORTEST_SECRET = 32


def rule_problems(settings: "Settings") -> list[str]:
    """Every rule between settings that is broken, in the order of the table of settings."""
    return [
        *_production(settings),
        *_keys(settings),
        *_databases(settings),
        *_broker(settings),
        *_mail(settings),
    ]


def _production(settings: "Settings") -> list[str]:
    if not settings.is_production:
        return []
    problems = []
    if not settings.cookie_secure:
        problems.append(
            f"CONCORDAT_BASE_URL must begin with https:// in production (it is {settings.base_url!r}). "
            "Example: https://concordat.example.org"
        )
    if settings.is_embedded:
        problems.append(
            "The five CONCORDAT_DATABASE_*URL variables must be set in production: the embedded server is "
            f"for demo and tests. Example: {_address('app')}"
        )
    if settings.mail_transport in {"file", "console"}:
        problems.append(
            "CONCORDAT_MAIL_TRANSPORT must be smtp or notify in production "
            f"(it is {settings.mail_transport!r}): invitations would reach nobody. Example: smtp"
        )
    return problems


def _keys(settings: "Settings") -> list[str]:
    problems = []
    needed = settings.is_production or not settings.is_embedded
    secret, context = settings.secret_key.get_secret_value(), settings.context_key.get_secret_value()
    if (needed or secret) and len(secret) < _SHORTEST_SECRET:
        state = f"has {len(secret)} characters" if secret else "is not set"
        problems.append(
            f"CONCORDAT_SECRET_KEY must have at least {_SHORTEST_SECRET} characters (it {state}). {_GENERATE}"
        )
    if (needed or context) and not re.fullmatch(r"[0-9a-fA-F]{64,}", context):
        state = "is something else" if context else "is not set"
        problems.append(f"CONCORDAT_CONTEXT_KEY must be 64 hexadecimal digits (it {state}). {_GENERATE}")
    if not re.fullmatch(r"([0-9a-fA-F]{64})?", settings.anchor_key.get_secret_value()):
        problems.append(f"CONCORDAT_ANCHOR_KEY must be 64 hexadecimal digits, or empty. {_GENERATE}")
    return problems


def _databases(settings: "Settings") -> list[str]:
    """All five or none: a missing one would be noticed only when its pages are opened."""
    if settings.is_embedded:
        return []
    problems = []
    for login, variable in _VARIABLES.items():
        dsn = settings.dsn(login)
        if not dsn:
            problems.append(
                f"{variable} is not set though other database addresses are: set all five, or none to use "
                f"the embedded server. Example: {_address(login)}"
            )
        elif urlsplit(dsn).scheme not in {"postgresql", "postgres"}:
            problems.append(f"{variable} must begin with postgresql://. Example: {_address(login)}")
    return problems


def _broker(settings: "Settings") -> list[str]:
    url = settings.broker_url.get_secret_value()
    if not url or urlsplit(url).scheme in {"amqp", "amqps"}:
        return []
    return [
        "CONCORDAT_BROKER_URL must begin with amqp:// or amqps:// (leave it empty to use PostgreSQL). "
        "Example: amqps://concordat:password@rabbit.example.org/concordat"
    ]


def _mail(settings: "Settings") -> list[str]:
    problems = []
    if settings.mail_transport == "smtp" and not settings.smtp_host:
        problems.append(
            "CONCORDAT_SMTP_HOST is not set though CONCORDAT_MAIL_TRANSPORT is smtp. "
            "Example: smtp.example.org"
        )
    if settings.mail_transport == "notify":
        present = {
            "CONCORDAT_NOTIFY_API_KEY": bool(settings.notify_api_key.get_secret_value()),
            "CONCORDAT_NOTIFY_TEMPLATE_ID": bool(settings.notify_template_id),
        }
        problems += [
            f"{name} is not set though CONCORDAT_MAIL_TRANSPORT is notify. "
            "Example: as shown by GOV.UK Notify under API integration and Templates"
            for name, is_there in present.items()
            if not is_there
        ]
    token = settings.notify_callback_token.get_secret_value()
    if token and len(token) < _SHORTEST_SECRET:
        problems.append(
            f"CONCORDAT_NOTIFY_CALLBACK_TOKEN must have at least {_SHORTEST_SECRET} characters (it has {len(token)}), "
            f"or be empty. {_GENERATE}"
        )
    return problems


def _address(login: "LoginName") -> str:
    return f"postgresql://concordat_{login}:password@db.example.org/concordat"
