"""The columns of the table of all areas: which there are, how each sorts, and where a heading leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from litestar import Request

COLUMNS: tuple[tuple[str, str], ...] = (
    ("name", "Area"),
    ("membership", "Membership"),
    ("budget", "Budget"),
    ("cooperation", "Cooperation"),
    ("flags", "Flags"),
)
FACTS = ("membership", "budget", "cooperation", "flags")
WORST_FIRST = frozenset({"membership", "flags"})
ATTENTION = [{"value": "", "text": "Any"}] + [{"value": key, "text": text} for key, text in COLUMNS if key in FACTS]
STAGES = [
    {"value": "", "text": "Any"},
    {"value": "setting_up", "text": "Being set up"},
    {"value": "live", "text": "Live"},
    {"value": "merged", "text": "Merged into another area"},
]


def asked(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """Returns what the address asks for, as the stored query takes it; anything unknown counts as not asked."""
    given = request.query_params
    return {
        "search": given.get("search", "")[:200] or None,
        "attention": _one_of(given.get("attention"), FACTS),
        "lifecycle": _one_of(given.get("lifecycle"), [stage["value"] for stage in STAGES]),
        "sort": _one_of(given.get("sort"), [key for key, _ in COLUMNS]) or "name",
        "descending": given.get("order") == "descending",
    }


def _one_of(value: str | None, known: Any) -> str | None:
    return value if value and value in known else None


def headings(wanted: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Returns the columns with the link by which each sorts; the column sorted by turns round."""
    return [_heading(key, text, wanted) for key, text in COLUMNS]


def _heading(key: str, text: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    current = wanted["sort"] == key
    descending = not wanted["descending"] if current else key in WORST_FIRST
    sort = ("descending" if wanted["descending"] else "ascending") if current else "none"
    return {"text": text, "sort": sort, "href": address("/national", {**wanted, "sort": key, "descending": descending})}


def address(path: str, wanted: Mapping[str, Any]) -> str:
    """Returns the path with what is asked for, leaving out what goes without saying."""
    kept = {key: wanted[key] for key in ("search", "attention", "lifecycle") if wanted[key]}
    if wanted["sort"] != "name":
        kept["sort"] = wanted["sort"]
    if wanted["descending"]:
        kept["order"] = "descending"
    return f"{path}?{urlencode(kept)}" if kept else path
