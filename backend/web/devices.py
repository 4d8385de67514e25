"""What a browser says of itself, in words that its owner would use."""

from __future__ import annotations

from typing import Final

#: in this order: most browsers also name those that they are like
_BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("HeadlessChrome", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS: Final = (
    ("iPhone", "an iPhone"), ("iPad", "an iPad"), ("Android", "Android"), ("CrOS", "a Chromebook"),
    ("Windows", "Windows"), ("Mac OS X", "a Mac"), ("Linux", "Linux"),
)  # fmt: skip


def device(user_agent: str | None) -> str:
    """Returns such as Chrome on Windows; what the browser said itself, when no browser is known in it."""
    said = (user_agent or "").strip()
    browser = next((name for mark, name in _BROWSERS if mark in said), None)
    system = next((name for mark, name in _SYSTEMS if mark in said), None)
    if browser is None:
        return said or "Unknown browser"
    return browser if system is None else f"{browser} on {system}"
