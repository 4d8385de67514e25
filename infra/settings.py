"""Everything that may differ between two installations: `CONCORDAT_*` variables, checked at start.

`load_settings()` answers with a frozen `Settings`, or raises `SettingsError` naming every problem at once.
The table in docs/configuration.md is printed from this file by `make snapshots`.
"""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.settings_problems import SettingsError, field_problems, unknown_problems
from infra.settings_rules import rule_problems

PREFIX = "CONCORDAT_"
LARGEST_UPLOAD = 500_000_000  #: bytes that no setting can exceed

LoginName = Literal["app", "worker", "national", "public", "owner"]

_NONE = SecretStr("")


class Settings(BaseSettings):
    """One installation's settings. A secret that is not set is an empty `SecretStr`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    environment: Literal["development", "production"] = Field(
        default="development",
        description="`production` refuses to start with a setting that is only safe on one's own machine",
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^/\s]+$",
        description="the address people type, without a path; links in emails and sign-in begin with it",
        examples=["https://concordat.example.org"],
    )
    host: str = Field(default="127.0.0.1", description="the network address the web process listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="the port the web process listens on")
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=10,
        description="reverse proxies in front, whose entries in `X-Forwarded-For` are believed",
        examples=["1"],
    )
    data_dir: Path = Field(
        default=Path(".concordat"),
        description="where files are kept: the embedded server, logs, demo emails, uploads on their way in",
    )
    secret_key: SecretStr = Field(
        default=_NONE,
        description="seals cookies and forms; at least 32 characters. Generated with the embedded server",
        examples=["the output of: openssl rand -hex 32"],
    )
    old_secret_key: SecretStr = Field(
        default=_NONE,
        description="the secret key before the one of today; read by `concordat reseal` alone, and taken away after it",
    )

    database_url: SecretStr = Field(
        default=_NONE,
        description="login `concordat_app`. None of the five addresses set: the embedded server is used",
        examples=["postgresql://concordat_app:password@db.example.org/concordat"],
    )
    database_worker_url: SecretStr = Field(
        default=_NONE,
        description="login `concordat_worker`",
        examples=["postgresql://concordat_worker:password@db.example.org/concordat"],
    )
    database_national_url: SecretStr = Field(
        default=_NONE,
        description="login `concordat_national`; may be a replica",
        examples=["postgresql://concordat_national:password@replica.example.org/concordat"],
    )
    database_public_url: SecretStr = Field(
        default=_NONE,
        description="login `concordat_public`; may be a replica",
        examples=["postgresql://concordat_public:password@replica.example.org/concordat"],
    )
    database_owner_url: SecretStr = Field(
        default=_NONE,
        description="login `concordat_owner`, for `concordat migrate`",
        examples=["postgresql://concordat_owner:password@db.example.org/concordat"],
    )
    database_pool_size: int = Field(
        default=10, ge=2, le=100, description="connections each process keeps for each login it uses"
    )
    context_key: SecretStr = Field(
        default=_NONE,
        description="signs the tenant context of a transaction; 64 hexadecimal digits. "
        "Generated with the embedded server",
        examples=["the output of: openssl rand -hex 32"],
    )
    context_key_id: int = Field(
        default=1, ge=1, le=32767, description="number of the context key; a new key gets a new number"
    )
    anchor_key: SecretStr = Field(
        default=_NONE,
        description="signs the nightly anchor of the audit chains (Ed25519); 64 hexadecimal digits. "
        "Empty: none is made. Generated with the embedded server",
        examples=["the output of: openssl rand -hex 32"],
    )

    broker_url: SecretStr = Field(
        default=_NONE,
        description="RabbitMQ's address, when one machine is not enough; empty: messages travel in PostgreSQL",
        examples=["amqps://concordat:password@rabbit.example.org/concordat"],
    )
    worker_threads: int = Field(
        default=8, ge=1, le=64, description="jobs one worker process runs at the same time"
    )
    worker_queues: str = Field(
        default="interactive,sync,bulk",
        pattern=r"^(interactive|sync|bulk)(,(interactive|sync|bulk))*$",
        description="queues whose jobs this worker runs; among all workers each must be named",
        examples=["interactive,sync"],
    )

    session_idle_minutes: int = Field(
        default=30, ge=1, le=1440, description="minutes without a request after which a session ends"
    )
    session_absolute_hours: int = Field(
        default=12, ge=1, le=168, description="hours after sign-in at which a session ends in any case"
    )
    invitation_days: int = Field(
        default=7, ge=1, le=90, description="days for which the link in an invitation works"
    )

    mail_transport: Literal["file", "console", "smtp", "notify"] = Field(
        default="file", description="how emails leave: written to files, to the log, by SMTP or GOV.UK Notify"
    )
    mail_from: str = Field(
        default="concordat@localhost",
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="the sender of emails",
        examples=["concordat@example.org"],
    )
    mail_dir: Path | None = Field(
        default=None,
        description="folder for emails with transport `file`; empty: `mail` in `CONCORDAT_DATA_DIR`",
        examples=["/var/spool/concordat"],
    )
    smtp_host: str = Field(default="", description="mail server", examples=["smtp.example.org"])
    smtp_port: int = Field(default=587, ge=1, le=65535, description="port of the mail server (STARTTLS)")
    smtp_username: str = Field(default="", description="account at the mail server", examples=["concordat"])
    smtp_password: SecretStr = Field(default=_NONE, description="password of that account")
    notify_base_url: str = Field(
        default="https://api.notifications.service.gov.uk",
        pattern=r"^https?://\S+$",
        description="address of GOV.UK Notify",
    )
    notify_api_key: SecretStr = Field(default=_NONE, description="API key of the Notify service")
    notify_callback_token: SecretStr = Field(
        default=_NONE,
        description="bearer token of delivery receipts at `/mail/receipts`, at least 32 characters; empty: "
        "GOV.UK Notify is asked instead",
        examples=["the output of: openssl rand -hex 32"],
    )
    notify_template_id: str = Field(
        default="",
        description="Notify template with the fields `subject` and `body`",
        examples=["f33517ff-2a88-4f6e-b855-c550268ce08a"],
    )

    graphql_arbitrary_documents: bool = Field(
        default=True,
        description="machine clients with a bearer token may send documents of their own",
    )
    upload_max_bytes: int = Field(
        default=150_000_000, ge=1_000_000, le=LARGEST_UPLOAD, description="largest file that may be uploaded, in bytes"
    )

    rate_limit_client_per_minute: int = Field(
        default=300, ge=1, description="requests a minute from one client address"
    )
    rate_limit_account_per_minute: int = Field(
        default=300, ge=1, description="requests a minute by one signed-in account or machine client"
    )
    rate_limit_sign_in_per_minute: int = Field(
        default=20, ge=1, description="sign-in attempts a minute from one client address"
    )

    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least important log line that is written"
    )
    log_format: Literal["console", "json"] = Field(
        default="console", description="log lines for reading or for a log collector"
    )
    metrics_token: SecretStr = Field(
        default=_NONE, description="bearer token for `/metrics`; empty: not served on the web port"
    )
    metrics_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="separate port for `/metrics`, on `CONCORDAT_HOST`; 0: none",
        examples=["9464"],
    )
    worker_metrics_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="port on which the worker answers `/metrics`, on `CONCORDAT_HOST`; 0: none",
        examples=["9465"],
    )

    @property
    def is_embedded(self) -> bool:
        """Whether no database address is set, so that the embedded server of `data_dir` is used."""
        return not any(self.dsn(login) for login in ("app", "worker", "national", "public", "owner"))

    @property
    def is_production(self) -> bool:
        return self.environment == "production"

    @property
    def cookie_secure(self) -> bool:
        """Whether cookies are only sent over https; true exactly when people use the service over https."""
        return urlsplit(self.base_url).scheme == "https"

    @property
    def mail_folder(self) -> Path:
        """Where transport `file` writes emails."""
        return self.mail_dir or self.data_dir / "mail"

    @property
    def anchor_seed(self) -> bytes | None:
        """The 32 bytes that sign anchors, or None where none are made. Never log it."""
        return bytes.fromhex(self.anchor_key.get_secret_value()) or None

    @property
    def anchor_folder(self) -> Path:
        """Where the nightly anchors of the audit chains are kept until somebody takes them away."""
        return self.data_dir / "anchors"

    def dsn(self, login: LoginName) -> str:
        """The connection string of a login, or an empty string when it is not set. Never log it."""
        addresses = {
            "app": self.database_url,
            "worker": self.database_worker_url,
            "national": self.database_national_url,
            "public": self.database_public_url,
            "owner": self.database_owner_url,
        }
        return addresses[login].get_secret_value()


def _names(fields: set[str]) -> tuple[str, ...]:
    return tuple(f"{PREFIX}{name.upper()} " for name in fields)


def load_settings() -> Settings:
    """The settings in the environment; raises `SettingsError`, which lists every problem in plain words."""
    problems = unknown_problems(Settings, prefix=PREFIX)
    try:
        settings = Settings()
    except ValidationError as error:
        problems += field_problems(error, model=Settings, prefix=PREFIX)
        wrong = {str(detail["loc"][0]) for detail in error.errors()}
        settings = Settings(**{name: Settings.model_fields[name].default for name in wrong})
        problems += [text for text in rule_problems(settings) if not text.startswith(_names(wrong))]
    else:
        problems += rule_problems(settings)
    if problems:
        raise SettingsError(problems)
    return settings
