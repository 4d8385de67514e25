"""An invented NHS of any size: the same seed gives the same boards, trusts and places."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from integrations.sandbox.agencies.nhs.directory import Body, Directory, Role

BOARDS_BEGAN = date(2022, 7, 1)
STP_BEGAN = date(2016, 4, 1)
_FIRST = ("ASHEN", "BRACKEN", "COPPER", "DUNMERE", "ELDER", "FALLOW", "GORSE", "HOLLIN", "IVER", "JUNIPER", "KESTREL")
_LAST = ("VALE", "MARSH", "RIDGE", "COMBE", "FELL", "HAVEN", "WOLD", "MERE", "STRAND", "HEATH", "BROOK", "TARN")


def invented_directory(
    *, boards: int = 12, trusts_per_board: int = 3, places_per_board: int = 2, seed: int = 7, prefix: str = "Z"
) -> Directory:
    """Return a directory of integrated care boards, NHS trusts and sub-ICB locations with their affiliations."""
    chance, directory = random.Random(seed), Directory()  # noqa: S311
    for number in range(boards):
        place = _place(number)
        changed = date(2026, 1, 5) + timedelta(days=chance.randrange(200))
        board = f"Q{prefix}{number:03d}"
        directory.put(_board(board, place, changed))
        for trust in range(trusts_per_board):
            directory.put(_trust(f"R{prefix}{number:03d}{trust}", place, trust, changed))
        for location in range(places_per_board):
            _put_location(directory, board, f"{number:03d}{prefix}{location}", place, changed)
    return directory


def listed_directory(boards: Sequence[Mapping[str, Any]]) -> Directory:
    """Return a directory of these integrated care boards; one with a day on which it `closed` has `successors`.

    `locations` are its sub-ICB locations: `code`, `name`, `opened`, and `moved` (to which `board`, `on` which day).
    """
    directory = Directory()
    for board in boards:
        opened = date.fromisoformat(board["opened"])
        role = Role(code="RO318", start=opened)
        directory.put(Body(code=board["code"], name=board["name"], roles=(role,), last_change=opened, opened=opened))
        for told in board.get("locations", ()):
            _put_listed_location(directory, board["code"], told)
    for board in boards:
        if board.get("closed"):
            successors = tuple(board["successors"])
            directory.close(board["code"], on=date.fromisoformat(board["closed"]), successors=successors)
    return directory


def _place(number: int) -> str:
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[(number // len(_FIRST) + number) % len(_LAST)]}" + (
        f" {number // 132 + 1}" if number >= 132 else ""
    )


def _board(code: str, place: str, changed: date) -> Body:
    roles = (
        Role(code="RO261", start=STP_BEGAN),
        Role(code="RO262", start=STP_BEGAN, end=BOARDS_BEGAN - timedelta(days=1)),
        Role(code="RO318", start=BOARDS_BEGAN),
    )
    name = f"NHS {place} INTEGRATED CARE BOARD"
    return Body(code=code, name=name, roles=roles, last_change=changed, opened=STP_BEGAN)


def _trust(code: str, place: str, number: int, changed: date) -> Body:
    kind = ("UNIVERSITY HOSPITALS", "COMMUNITY HEALTH", "MENTAL HEALTH PARTNERSHIP")[number % 3]
    name = f"{place} {kind} NHS FOUNDATION TRUST"
    began = date(2009, 4, 1)
    return Body(code=code, name=name, roles=(Role(code="RO197", start=began),), last_change=changed, opened=began)


def _put_location(directory: Directory, board: str, code: str, place: str, changed: date) -> None:
    roles = (Role(code="RO98", start=date(2013, 4, 1)), Role(code="RO319", start=BOARDS_BEGAN))
    name = f"NHS {place} ICB - {code}"
    directory.put(Body(code=code, name=name, roles=roles, last_change=changed, opened=date(2013, 4, 1)))
    directory.affiliate(code, board=board, start=BOARDS_BEGAN, changed=changed)


def _put_listed_location(directory: Directory, board: str, told: Mapping[str, Any]) -> None:
    opened = date.fromisoformat(told["opened"])
    role = Role(code="RO319", start=opened)
    directory.put(Body(code=told["code"], name=told["name"], roles=(role,), last_change=opened, opened=opened))
    directory.affiliate(told["code"], board=board, start=opened, changed=opened)
    if "moved" in told:
        directory.lie(told["code"], board=told["moved"]["board"], on=date.fromisoformat(told["moved"]["on"]))
