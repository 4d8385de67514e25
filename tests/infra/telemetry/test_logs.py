"""Log lines: one JSON object each, and never what could hold a secret or a person."""

import json
from collections.abc import Iterator

import pytest
import structlog

from infra.telemetry.logs import FORBIDDEN, configure_logging, logger, pseudonym


@pytest.fixture(autouse=True)
def as_json() -> Iterator[None]:
    """Lines as in production; afterwards nobody else writes into what this test captured."""
    configure_logging(as_json=True)
    yield
    structlog.reset_defaults()


def lines(captured: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in captured.readouterr().err.splitlines() if line.startswith("{")]


def test_an_event_is_one_line_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(as_json=True)
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        logger("web").info("request", status=200)
    (line,) = lines(capsys)
    assert {key: line[key] for key in ("event", "component", "request_id", "status", "level")} == {
        "event": "request",
        "component": "web",
        "request_id": "r1",
        "status": 200,
        "level": "info",
    }
    assert str(line["timestamp"]).endswith("Z")


@pytest.mark.parametrize("name", sorted(FORBIDDEN))
def test_a_field_that_could_hold_a_secret_is_dropped(capsys: pytest.CaptureFixture[str], name: str) -> None:
    configure_logging(as_json=True)
    logger("web").info("signed in", **{name: "hunter2", name.title(): "hunter2"})
    assert "hunter2" not in json.dumps(lines(capsys))


def test_an_error_tells_where_and_what_kind_but_not_its_words_or_variables(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(as_json=True)

    def read_row() -> None:
        password = "hunter2"
        raise ValueError(f"row (name, {password}) violates a constraint")

    try:
        try:
            read_row()
        except ValueError as error:
            raise RuntimeError("could not save hunter2") from error
    except RuntimeError as error:
        logger("web").error("failed", exc_info=error)
    (line,) = lines(capsys)
    outer, inner = line["error"]  # type: ignore[misc]
    assert outer.startswith("builtins.RuntimeError at tests/infra/telemetry/test_logs.py:")
    assert inner.startswith("builtins.ValueError at ")
    assert "read_row" in inner
    assert "hunter2" not in json.dumps(line)


def test_quiet_levels_are_not_written(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(as_json=True, level="WARNING")
    logger("web").info("request")
    assert lines(capsys) == []


def test_an_account_has_a_steady_name_in_logs_that_only_the_key_can_make() -> None:
    first = pseudonym(key=b"k", account_id="priya@example.org")
    assert first == pseudonym(key=b"k", account_id="priya@example.org")
    assert first != pseudonym(key=b"other", account_id="priya@example.org")
    assert len(first) == 16
