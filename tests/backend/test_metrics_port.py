"""Metrics on a port of their own, for the scraper's network alone."""

from __future__ import annotations

import httpx
import pytest

from backend.app import build_app
from backend.lifespan import metrics_listener
from tests.journeys.server import served
from tests.support.plain_http import TRUSTED
from tests.support.ports import unused_port
from tests.web.settings import page_settings


async def test_the_port_answers_while_the_process_serves_and_not_after() -> None:
    settings = page_settings(metrics_port=unused_port())
    address = f"http://127.0.0.1:{settings.metrics_port}/metrics"
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as http:
        async with served(lambda _: build_app(settings, lifespan=[metrics_listener(settings)])) as web:
            await http.get(f"{web}/health/live")
            text = (await http.get(address)).text
        assert 'concordat_requests_total{method="GET",route="/health/live",status="200"} 1.0' in text
        with pytest.raises(httpx.ConnectError):
            await http.get(address)


async def test_a_port_that_is_taken_stops_the_start_with_a_sentence() -> None:
    settings = page_settings(metrics_port=unused_port())
    listening = metrics_listener(settings)
    app = build_app(settings)
    async with listening(app):
        with pytest.raises(RuntimeError, match=f"CONCORDAT_METRICS_PORT {settings.metrics_port} cannot be listened on"):
            async with listening(app):
                pass


async def test_without_a_port_there_is_none() -> None:
    settings = page_settings()
    async with metrics_listener(settings)(build_app(settings)):
        assert settings.metrics_port == 0
