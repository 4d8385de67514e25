"""A browser in the list of sessions is named so that its owner knows it."""

from __future__ import annotations

import pytest

from backend.web.devices import device

LIKE = "Mozilla/5.0 (%s) AppleWebKit/537.36 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (LIKE % "Windows NT 10.0; Win64; x64" + "Chrome/131.0.0.0 Safari/537.36", "Chrome on Windows"),
        (LIKE % "Windows NT 10.0; Win64; x64" + "Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0", "Edge on Windows"),
        (LIKE % "Windows NT 10.0" + "Chrome/131.0.0.0 Safari/537.36 OPR/114.0.0.0", "Opera on Windows"),
        (LIKE % "X11; CrOS x86_64 14541.0.0" + "Chrome/131.0.0.0 Safari/537.36", "Chrome on a Chromebook"),
        (LIKE % "X11; Linux x86_64" + "HeadlessChrome/156.0.0.0 Safari/537.36", "Chrome on Linux"),
        (LIKE % "Linux; Android 10; K" + "Chrome/131.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        (LIKE % "Linux; Android 14" + "SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36",
         "Samsung Internet on Android"),
        (LIKE % "Macintosh; Intel Mac OS X 10_15_7" + "Version/17.6 Safari/605.1.15", "Safari on a Mac"),
        (LIKE % "iPhone; CPU iPhone OS 17_6 like Mac OS X" + "Version/17.6 Mobile Safari/604.1", "Safari on an iPhone"),
        (LIKE % "iPad; CPU OS 17_6 like Mac OS X" + "CriOS/131.0 Mobile Safari/604.1", "Chrome on an iPad"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Windows"),
        ("Firefox/132.0", "Firefox"),
        ("python-httpx/0.28.1", "python-httpx/0.28.1"),
        ("  ", "Unknown browser"),
        (None, "Unknown browser"),
    ],
)  # fmt: skip
def test_what_it_says_of_itself_becomes_a_name(said: str | None, words: str) -> None:
    assert device(said) == words
