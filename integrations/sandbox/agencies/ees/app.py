"""The data set as an agency of the sandbox: its metadata, and queries of a pinned version. Facet ids are opaque."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from integrations.sandbox.agencies.agency import Agency, Route, Setup
from integrations.sandbox.agencies.messages import Reply, Request, json_reply

DATA_SET = "5d1a7a0e-4b7c-7c11-9a40-2f6c3d0b9e01"
VERSION = "1.2"
INDICATOR = "wLcft"
YEARS = ("2023", "2024", "2025")
TOTAL, PART = "n0WqP", "x9Lk2"
LARGEST_PAGE = 10_000
ENGLAND = ("nAt01", {"label": "England", "code": "E92000001"})


def make(setup: Setup) -> Agency:
    """One data set of so many authorities (`ees.authorities`), from number `ees.first_la` on; or of those that it is
    told to hold: `[[number, name], …]`."""
    locations = _locations(setup)
    base = f"/v1/data-sets/{DATA_SET}"
    return Agency(
        name="ees",
        label="Explore Education Statistics: the public API",
        routes=[
            Route(method="GET", path=f"{base}/meta", handler=partial(_meta, setup, locations)),
            Route(method="POST", path=f"{base}/query", handler=partial(_query, setup, locations)),
            Route(method="GET", path=f"{base}/csv", handler=partial(_csv, setup, locations)),
        ],
        own_faults={
            "new_version": "says that the version is not there any more (404)",
            "broken_down": "has two rows for each place and year, told apart by a filter",
            "late_pages": "takes too long (504) over every page of a query but the first; the file can still be had",
            "no_questions": "refuses every query (403); the file can still be had",
            "plain_file": "sends the file as it is, not packed",
            "swelling_file": "sends a small packed file that grows to `bytes`",
            "odd_rows": "sends a row of an unknown place, one of an odd period and one without a value",
        },
        error=lambda status: problem(status, "Something went wrong."),
    )


def problem(status: int, title: str, errors: list[dict[str, Any]] | None = None) -> Reply:
    """A problem object; `errors` only where validation failed."""
    told: dict[str, Any] = {"title": title, "type": "Bad Request" if status == 400 else "Error", "status": status}
    return json_reply({**told, **({"errors": errors} if errors else {})}, status=status)


def _locations(setup: Setup) -> dict[str, dict[str, str]]:
    first, count = setup.number("first_la", 901), setup.number("authorities", 20)
    named = setup.holds or [(number, f"Invented {number}") for number in range(first, first + count)]
    made = {ENGLAND[0]: dict(ENGLAND[1])}
    for number, name in named:
        key = f"lA{zlib.crc32(str(number).encode()) % 10**6:06d}"
        made[key] = {"label": name, "code": f"E10{number:06d}", "oldCode": str(number)}
    return made


def _wrong_version(setup: Setup, request: Request) -> Reply | None:
    gone = setup.faults.take("ees", "new_version", path=request.path)
    if gone or request.query.get("dataSetVersion") not in (VERSION, "1.*", "*", None):
        return problem(404, "Not Found")
    return None


def _meta(setup: Setup, locations: Mapping[str, Mapping[str, str]], request: Request) -> Reply:
    if refused := _wrong_version(setup, request):
        return refused
    places = [{"id": key, **told} for key, told in locations.items()]
    return json_reply({
        "indicators": [{"id": INDICATOR, "column": "referral_count", "label": "Number of referrals", "unit": "",
                        "decimalPlaces": 0}],
        "locations": [
            {"level": {"code": "NAT", "label": "National"}, "options": places[:1]},
            {"level": {"code": "LA", "label": "Local authority"}, "options": places[1:]},
        ],
        "filters": [{"id": "ups2K", "column": "breakdown", "label": "Breakdown", "options": [
            {"id": TOTAL, "label": "Total"}, {"id": PART, "label": "A part"}]}],
        "timePeriods": [{"code": "RY", "period": year, "label": year} for year in YEARS],
    })  # fmt: skip


def _query(setup: Setup, locations: Mapping[str, Mapping[str, str]], request: Request) -> Reply:
    if refused := _wrong_version(setup, request):
        return refused
    if setup.faults.take("ees", "no_questions", path=request.path):
        return problem(403, "Forbidden")
    asked = request.document
    size, page = asked.get("pageSize", 1000), asked.get("page", 1)
    if page != 1 and setup.faults.take("ees", "late_pages", path=request.path):
        return problem(504, "Gateway Timeout")
    if asked.get("indicators") != [INDICATOR] or not isinstance(size, int) or not 1 <= size <= LARGEST_PAGE:
        wrong = {"message": "Must be valid.", "code": "IndicatorsNotFound", "path": "indicators", "detail": {}}
        return problem(400, "There are validation errors with the request.", [wrong])
    rows = [_row(setup, key, year) for key in locations for year in YEARS]
    if setup.faults.take("ees", "broken_down", path=request.path):
        rows = [_part(row, part) for row in rows for part in (TOTAL, PART) if part in _wanted(asked)]
    if setup.faults.take("ees", "odd_rows", path=request.path):
        odd = rows[0]
        rows = [{**odd, "locations": {"LA": "gone1"}}, {**odd, "timePeriod": {"code": "W9", "period": "x"}},
                {**odd, "values": {}}, *rows]  # fmt: skip
    found = rows[(page - 1) * size : page * size]
    paging = {"page": page, "pageSize": size, "totalResults": len(rows), "totalPages": -(-len(rows) // size)}
    return json_reply({"paging": paging, "results": found, "warnings": []})


def _csv(setup: Setup, locations: Mapping[str, Mapping[str, str]], request: Request) -> Reply:
    """The whole version as a file in words; packed, though nobody asks for that."""
    if refused := _wrong_version(setup, request):
        return refused
    rows = [_row(setup, key, year) for key in locations for year in YEARS]
    lines = ["time_period,time_identifier,geographic_level,country_code,old_la_code,la_name,breakdown,referral_count"]
    lines += [_line(row, locations, words) for row in rows for words in ("Total", "A part")]
    body = "\r\n".join([*lines, ""]).encode("utf-8-sig")
    if swelling := setup.faults.take("ees", "swelling_file", path=request.path):
        body += b"2025,Reporting year,Region,E92000001,,,Total,1\r\n" * (int(swelling.number("bytes", 10**8)) // 48)
    plain = setup.faults.take("ees", "plain_file", path=request.path)
    return Reply(body=body if plain else gzip.compress(body), headers={"Content-Type": "text/csv"})


def _line(row: Mapping[str, Any], locations: Mapping[str, Mapping[str, str]], words: str) -> str:
    national = row["geographicLevel"] == "NAT"
    place = locations[row["locations"][row["geographicLevel"]]]
    value = row["values"][INDICATOR] if words == "Total" else "7"
    level = "National" if national else "Local authority"
    told = ("", "") if national else (place["oldCode"], place["label"])
    return ",".join([row["timePeriod"]["period"], "Reporting year", level, "E92000001", *told, words, value])


def _wanted(asked: Mapping[str, Any]) -> set[str]:
    """The options of the filter that a query names; both when it names none."""
    told = [each["filters"]["eq"] for each in asked["criteria"].get("and", []) if "filters" in each]
    return set(told) or {TOTAL, PART}


def _part(row: Mapping[str, Any], part: str) -> dict[str, Any]:
    values = row["values"] if part == TOTAL else {INDICATOR: "7"}
    return {**row, "filters": {"ups2K": part}, "values": values}


def _row(setup: Setup, key: str, year: str) -> dict[str, Any]:
    national = key == ENGLAND[0]
    value = zlib.crc32(f"{setup.seed}{key}{year}".encode()) % 5_000 + (500_000 if national else 0)
    text = "c" if not national and value % 17 == 0 else str(value)
    level = "NAT" if national else "LA"
    return {
        "timePeriod": {"code": "RY", "period": year},
        "geographicLevel": level,
        "locations": {"NAT": ENGLAND[0], level: key},
        "filters": {},
        "values": {INDICATOR: text},
    }
