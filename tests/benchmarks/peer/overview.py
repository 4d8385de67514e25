"""The whole board overview of either side as the same facts; the peer's is flat where one thing has one of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benchmarks.peer.comparable import CYCLE, FLAG, Facts, rows, standing

AREA = ("name", "slug", "lifecycle")
COVER = ("code", "name", "validFrom")
LINKED = ("name", "kindLabel", "url")
PARTNER = ("name", "kind", "kindLabel", "validFrom")
HOLDER = ("personName", "post", "validFrom")
SCRUTINEER = ("personName", "validFrom", "validTo")
BUDGET = ("label", "state", "agreedOn")
LINE = ("kind", "kindLabel", "description")
GIFT = ("id", "contributor", "form", "formLabel", "state", "stateLabel")
COUNT = ("category", "categoryLabel", "state", "stateLabel", "agencies")


def our_overview(data: Mapping[str, Any]) -> Facts:
    """Return the facts of BoardOverview."""
    board, sheet = data["membership"], data["budgetSheet"]
    return {
        **_alike(data["area"], budgets=data["budgets"], counts=data["agencyCounts"], cycles=data["dutyCycles"],
                 flags=data["interventionFlags"]["nodes"], people=board),
        "partners": [(*_of(line["partner"], PARTNER), _office(line["lead"]), _office(line["delegated"]))
                     for line in board["partners"]],
        "seats": [(*_of(seat, ("title", "educationLevel")), _office(seat["filled"], of=("personName", "validFrom")))
                  for seat in board["seats"]],
        "membership": standing(board["completeness"]),
        "budget": _of(sheet["budget"], BUDGET),
        "balance": [_ours(sheet["balance"][name]) for name in ("planned", "promised", "received")],
        "lines": [(*_of(line, LINE), _ours(line["planned"])) for line in sheet["lines"]],
        "contributions": [(*rows([gift], *GIFT)[0].values(), _ours(gift["amount"]), _ours(gift["received"]))
                          for gift in sheet["contributions"]],
    }  # fmt: skip


def peers_overview(data: Mapping[str, Any]) -> Facts:
    """Return the same facts of the peer's answer."""
    area = data["area"]
    (sheet,) = area["sheet"]
    return {
        **_alike(area, budgets=area["budgets"], counts=area["counts"], cycles=area["cycles"], flags=area["flags"],
                 people=area),
        "partners": [(*_of(line, PARTNER), _flat(line, "lead"), _flat(line, "delegated"))
                     for line in area["partners"]],
        "seats": [(*_of(seat, ("title", "educationLevel")),
                   (seat["vacantSince"], _held(seat, ("holderName", "holderFrom"))))
                  for seat in area["seats"]],
        "membership": standing(area["standing"]),
        "budget": _of(sheet, BUDGET),
        "balance": [_theirs(sheet["balance"], name, name) for name in ("planned", "promised", "received")],
        "lines": [(*_of(line, LINE), _theirs(line, "plannedPence", "planned")) for line in sheet["lines"]],
        "contributions": [(*rows([gift], *GIFT)[0].values(), _theirs(gift, "amountPence", "amount"),
                           _theirs(gift, "receivedPence", "received"))
                          for gift in sheet["contributions"]],
    }  # fmt: skip


def _alike(area: Mapping[str, Any], *, budgets: Any, counts: Any, cycles: Any, flags: Any, people: Any) -> Facts:
    return {
        "area": _of(area, AREA),
        "localAuthorities": rows(area["localAuthorities"], *COVER),
        "linkedBoards": rows(area["linkedBoards"], *LINKED),
        "chair": people["chair"] and _of(people["chair"], ("personName", "validFrom")),
        "scrutineers": rows(people["scrutineers"], *SCRUTINEER),
        "budgets": rows(budgets, "label", "state", "year"),
        "counts": rows(counts, *COUNT),
        "cycles": rows(cycles, *CYCLE),
        "flags": rows(flags, *FLAG),
    }


def _of(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def _office(office: Mapping[str, Any], *, of: Sequence[str] = HOLDER) -> tuple[Any, ...]:
    return office["vacantSince"], office["holder"] and _of(office["holder"], of)


def _flat(line: Mapping[str, Any], office: str) -> tuple[Any, ...]:
    return line[f"{office}VacantSince"], _held(line, tuple(f"{office}{part}" for part in ("Name", "Post", "From")))


def _held(row: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...] | None:
    return None if row[names[0]] is None else _of(row, names)


def _ours(amount: Mapping[str, Any]) -> tuple[int, str]:
    return int(amount["pence"]), amount["text"]


def _theirs(row: Mapping[str, Any], pence: str, text: str) -> tuple[int, str]:
    return int(row[pence]), row[f"{text}Text"]
