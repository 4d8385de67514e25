"""Metrics in the text form that Prometheus reads, and who may read them."""

import pytest

from infra.telemetry.metrics import Metrics, may_read


def test_requests_are_counted_and_timed() -> None:
    metrics = Metrics()
    metrics.observe(method="GET", route="/areas/{slug}", status=200, seconds=0.02)
    metrics.observe(method="GET", route="/areas/{slug}", status=500, seconds=3)
    text = metrics.exposition().decode()
    assert 'concordat_requests_total{method="GET",route="/areas/{slug}",status="500"} 1.0' in text
    assert 'concordat_request_seconds_bucket{le="0.025",method="GET",route="/areas/{slug}"} 1.0' in text
    assert 'concordat_request_seconds_count{method="GET",route="/areas/{slug}"} 2.0' in text


def test_two_applications_in_one_process_count_apart() -> None:
    first, second = Metrics(), Metrics()
    first.observe(method="GET", route="/", status=200, seconds=0)
    assert "concordat_requests_total{" not in second.exposition().decode()


@pytest.mark.parametrize(
    ("authorization", "token", "allowed"),
    [
        ("Bearer t", "t", True),
        ("Bearer x", "t", False),
        ("", "t", False),
        ("Bearer ", "", False),
        ("Bearer t", None, False),
    ],
)
def test_only_the_bearer_of_a_configured_token_may_read(authorization: str, token: str | None, allowed: bool) -> None:
    assert may_read(authorization=authorization, token=token) is allowed
