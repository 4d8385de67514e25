"""Health for operators: alive, ready or why not, and metrics for the bearer of the token."""

import asyncio

import pytest

from backend.app import build_app
from tests.web.page_client import PageClient
from tests.web.settings import page_settings

TOKEN = {"authorization": "Bearer metrics-token-for-tests"}


async def fine() -> str | None:
    return None


async def waiting() -> str | None:
    return "3 migrations are waiting: run `concordat migrate`"


async def broken() -> str | None:
    raise ConnectionRefusedError("postgresql://someone:password@host")


async def stuck() -> str | None:
    await asyncio.sleep(60)
    return None


async def ask(path: str, *checks: object, headers: dict[str, str] | None = None) -> tuple[int, str]:
    async with PageClient(build_app(page_settings(), ready_checks=checks)) as client:  # type: ignore[arg-type]
        answer = await client.http.get(path, headers=headers or {})
    return answer.status_code, answer.text


async def test_alive_whatever_is_missing() -> None:
    assert await ask("/health/live", broken) == (200, "live")


async def test_ready_when_every_check_is() -> None:
    assert await ask("/health/ready", fine) == (200, "ready")


async def test_not_ready_says_what_is_missing_and_never_a_secret() -> None:
    status, text = await ask("/health/ready", fine, waiting, broken)
    assert status == 503
    assert text.splitlines() == [
        "3 migrations are waiting: run `concordat migrate`",
        "a check failed: ConnectionRefusedError",
    ]


async def test_a_check_that_hangs_does_not_hang_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.web.health.CHECK_SECONDS", 0.01)
    status, _ = await ask("/health/ready", stuck)
    assert status == 503


async def test_metrics_count_by_route_not_by_address() -> None:
    async with PageClient(build_app(page_settings())) as client:
        await client.http.get("/health/live")
        await client.http.get("/nobody/knows/this")
        text = (await client.http.get("/metrics", headers=TOKEN)).text
    assert 'concordat_requests_total{method="GET",route="/health/live",status="200"} 1.0' in text
    assert 'route="unmatched",status="404"' in text
    assert "nobody" not in text


@pytest.mark.parametrize(
    "headers", [{}, {"authorization": "Bearer wrong"}, {"authorization": "metrics-token-for-tests"}]
)
async def test_metrics_are_not_found_without_the_token(headers: dict[str, str]) -> None:
    status, _ = await ask("/metrics", headers=headers)
    assert status == 404
