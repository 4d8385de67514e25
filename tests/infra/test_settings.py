"""What a person who sets up Concordat meets: every mistake at once, in words, and no secret repeated."""

import os
import re
from pathlib import Path

import pytest

from infra.settings import Settings, load_settings
from infra.settings_problems import OTHERS, SettingsError

KEY = "ab" * 32
PRODUCTION = {
    "ENVIRONMENT": "production",
    "BASE_URL": "https://concordat.example.org",
    "SECRET_KEY": KEY,
    "CONTEXT_KEY": KEY,
    "DATABASE_URL": "postgresql://concordat_app:pw@db/concordat",
    "DATABASE_WORKER_URL": "postgresql://concordat_worker:pw@db/concordat",
    "DATABASE_NATIONAL_URL": "postgresql://concordat_national:pw@db/concordat",
    "DATABASE_PUBLIC_URL": "postgresql://concordat_public:pw@db/concordat",
    "DATABASE_OWNER_URL": "postgresql://concordat_owner:pw@db/concordat",
    "MAIL_TRANSPORT": "smtp",
    "SMTP_HOST": "smtp.example.org",
}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("CONCORDAT_"):
            monkeypatch.delenv(name)


def _set(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"CONCORDAT_{name}", value)


def _problems() -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value.problems


def test_an_empty_environment_is_a_demo_on_this_machine() -> None:
    settings = load_settings()
    assert settings.is_embedded
    assert not settings.cookie_secure
    assert settings.mail_folder == Path(".concordat/mail")


def test_a_whole_production_environment_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, PRODUCTION)
    settings = load_settings()
    assert settings.cookie_secure
    assert settings.dsn("national").startswith("postgresql://concordat_national:")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"PORT": "", "DATABASE_URL": ""})
    assert load_settings().port == 8000


def test_all_problems_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"PORT": "abc", "GRAPHQL_ARBITRARY_DOCUMENTS": "perhaps", "BASE_URL": "here", "INVITATION_DAYS": "0"}
    _set(monkeypatch, wrong)
    assert _problems() == (
        "CONCORDAT_BASE_URL does not have the right form (it is 'here'). Example: https://concordat.example.org",
        "CONCORDAT_PORT must be a whole number (it is 'abc'). Example: 8000",
        "CONCORDAT_INVITATION_DAYS must be at least 1 (it is '0'). Example: 7",
        "CONCORDAT_GRAPHQL_ARBITRARY_DOCUMENTS must be true or false (it is 'perhaps'). Example: true",
    )


def test_wrong_values_do_not_hide_broken_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"PORT": "0", "MAIL_TRANSPORT": "smtp"})
    assert [problem.split()[0] for problem in _problems()] == ["CONCORDAT_PORT", "CONCORDAT_SMTP_HOST"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"BASE_URL": "http://concordat.example.org"}, "CONCORDAT_BASE_URL must begin with https://"),
        ({"SECRET_KEY": "short"}, "CONCORDAT_SECRET_KEY must have at least 32 characters (it has 5"),
        ({"SECRET_KEY": ""}, "CONCORDAT_SECRET_KEY must have at least 32 characters (it is not set)"),
        ({"CONTEXT_KEY": "zz" * 32}, "CONCORDAT_CONTEXT_KEY must be 64 hexadecimal digits"),
        ({"ANCHOR_KEY": "ab"}, "CONCORDAT_ANCHOR_KEY must be 64 hexadecimal digits, or empty"),
        ({"DATABASE_PUBLIC_URL": ""}, "CONCORDAT_DATABASE_PUBLIC_URL is not set though other database"),
        ({"DATABASE_URL": "mysql://db/x"}, "CONCORDAT_DATABASE_URL must begin with postgresql://"),
        ({"MAIL_TRANSPORT": "file"}, "CONCORDAT_MAIL_TRANSPORT must be smtp or notify in production"),
        ({"SMTP_HOST": ""}, "CONCORDAT_SMTP_HOST is not set though"),
        ({"ENVIRONMENT": "live"}, "CONCORDAT_ENVIRONMENT must be one of 'development' or 'production'"),
    ],
)
def test_one_fault_in_production_gives_one_sentence(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], said: str
) -> None:
    _set(monkeypatch, PRODUCTION | change)
    problems = _problems()
    assert len(problems) == 1
    assert problems[0].startswith(said)


def test_production_without_databases_says_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {name: value for name, value in PRODUCTION.items() if "DATABASE" not in name})
    problems = _problems()
    assert len(problems) == 1
    assert "five CONCORDAT_DATABASE_*URL variables must be set in production" in problems[0]


def test_a_callback_token_that_could_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"NOTIFY_CALLBACK_TOKEN": "short"})
    with pytest.raises(SettingsError, match="CONCORDAT_NOTIFY_CALLBACK_TOKEN must have at least 32 characters"):
        load_settings()


def test_notify_needs_its_key_and_template(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"MAIL_TRANSPORT": "notify"})
    names = [problem.split()[0] for problem in _problems()]
    assert names == ["CONCORDAT_NOTIFY_API_KEY", "CONCORDAT_NOTIFY_TEMPLATE_ID"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DATABSE_URL", "did you mean CONCORDAT_DATABASE_URL?"),
        ("SESSION_IDLE", "did you mean CONCORDAT_SESSION_IDLE_MINUTES?"),
        ("KEY_CONTEXT", "did you mean CONCORDAT_CONTEXT_KEY?"),
        ("MAIL_TRANSPRT", "did you mean CONCORDAT_MAIL_TRANSPORT?"),
        ("ZZZ", "take it away."),
    ],
)
def test_a_misspelt_variable_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, said: str) -> None:
    _set(monkeypatch, {name: "hunter2"})
    assert _problems() == (f"CONCORDAT_{name} is not a setting; {said}",)


def test_it_is_told_with_the_other_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"SESSION_IDLE": "5", "PORT": "abc"})
    assert [problem.split()[0] for problem in _problems()] == ["CONCORDAT_SESSION_IDLE", "CONCORDAT_PORT"]


def test_what_the_tests_and_a_cluster_set_is_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    links = {"WEB_SERVICE_HOST": "10.0.0.4", "WEB_SERVICE_PORT": "8000", "WEB_PORT": "tcp://10.0.0.4:8000",
             "WEB_SERVICE_PORT_HTTP": "8000", "WEB_PORT_8000_TCP_ADDR": "10.0.0.4"}  # fmt: skip
    _set(monkeypatch, dict.fromkeys(OTHERS, "1") | links)
    load_settings()


def test_whatever_the_makefile_and_the_tests_read_is_known_here() -> None:
    """Else `make test` with that variable could not start the service."""
    root = Path(__file__).parents[2]
    read = (root / "Makefile").read_text() + "".join(path.read_text() for path in (root / "tests").rglob("*.py"))
    named = re.findall(r"(?:environ(?:\.get\(|\[)\"|\$\(|@)CONCORDAT_([A-Z_]+)", read)
    known = OTHERS | {name.upper() for name in Settings.model_fields}
    assert set(named) >= OTHERS - {"SKIP_RABBITMQ"}, "the pattern finds them no more"
    assert set(named) <= known


def test_no_secret_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {"SECRET_KEY": "hunter2", "DATABASE_URL": "mysql://app:hunter2@db/x"})
    assert "hunter2" not in " ".join(_problems())
    assert "hunter2" not in repr(Settings())


def test_settings_do_not_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1  # type: ignore[misc]
