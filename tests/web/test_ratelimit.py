"""Allowances: each rule counts by itself, each key by itself, and the address is not the client's to choose."""

from dataclasses import dataclass
from typing import Any

import pytest

from backend.app import build_app
from backend.web import ratelimit
from backend.web.limits import ClientLimit
from backend.web.ratelimit import RateLimiter, Rule, TooManyRequests, client_address
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import page_settings

RULE = Rule("sign-in", burst=3, per_minute=6)


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def spend(limiter: RateLimiter, rule: Rule, key: str, times: int) -> int:
    """How many of so many requests are let through."""
    passed = 0
    for _ in range(times):
        try:
            limiter.take(rule, key)
        except TooManyRequests:
            continue
        passed += 1
    return passed


def test_a_burst_then_a_steady_rate() -> None:
    clock = Clock()
    limiter = RateLimiter(clock=clock)
    assert spend(limiter, RULE, "a", 5) == 3
    clock.now = 10
    assert spend(limiter, RULE, "a", 5) == 1
    clock.now = 3600
    assert spend(limiter, RULE, "a", 5) == 3


def test_a_refusal_says_how_many_seconds_to_wait() -> None:
    limiter = RateLimiter(clock=Clock())
    spend(limiter, RULE, "a", 3)
    with pytest.raises(TooManyRequests) as refused:
        limiter.take(RULE, "a")
    assert refused.value.retry_after == 10


def test_keys_and_rules_do_not_share_a_count() -> None:
    limiter = RateLimiter(clock=Clock())
    assert spend(limiter, RULE, "a", 5) == 3
    assert spend(limiter, RULE, "b", 5) == 3
    assert spend(limiter, Rule("export", burst=2, per_minute=1), "a", 5) == 2


def test_memory_is_bounded_by_forgetting_who_was_longest_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "MAX_KEYS", 100)
    limiter = RateLimiter(clock=Clock())
    for number in range(1000):
        limiter.take(RULE, str(number))
    assert list(limiter.stores["sign-in"].buckets) == [str(number) for number in range(900, 1000)]


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("1.2.3.4", 0, "10.0.0.1"),
        ("1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4", 1, "1.2.3.4"),
        ("6.6.6.6, 1.2.3.4, 10.9.9.9", 2, "1.2.3.4"),
        ("1.2.3.4", 2, "10.0.0.1"),
    ],
)
def test_only_what_a_trusted_proxy_added_is_believed(forwarded: str, proxies: int, address: str) -> None:
    assert client_address(forwarded, "10.0.0.1", trusted_proxies=proxies) == address


async def test_a_claim_on_a_line_before_the_proxys_own_line_is_not_believed() -> None:
    seen: list[str] = []

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["state"]["client"])

    wrapped = ClientLimit(answered, limiter=RateLimiter(), rule=RULE, trusted_proxies=1)
    lines = [(b"x-forwarded-for", b"6.6.6.6"), (b"host", b"here"), (b"x-forwarded-for", b"1.2.3.4")]
    scope: Any = {"type": "http", "path": "/", "headers": lines, "state": {}, "client": ("10.0.0.1", 1)}
    await wrapped(scope, None, None)  # type: ignore[arg-type]
    assert seen == ["1.2.3.4"]


async def test_a_client_that_asks_too_often_gets_a_page_that_says_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backend.app.RateLimiter", lambda: RateLimiter(clock=lambda: 0.0))  # no allowance comes back
    app = build_app(page_settings(rate_limit_client_per_minute=8), routes=ROUTES, templates=TEMPLATES)
    async with PageClient(app) as client:
        for _ in range(4):
            await client.get("/gallery")
        page = await client.get("/nothing/here", status=429)
        assert page.h1 == "Too many requests"
        assert 1 <= int(page.response.headers["retry-after"]) <= 8
        assert (await client.http.get("/health/live")).status_code == 200
        moved = await client.http.get("/gallery", headers={"x-forwarded-for": "1.2.3.4"})
        assert moved.status_code == 429
