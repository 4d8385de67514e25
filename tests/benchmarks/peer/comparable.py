"""Both answers in one form: our opaque ids opened, instants as instants, names as the peer has them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Facts = dict[str, Any]


def opened(opaque: str) -> str:
    """Return the bare id inside one of our opaque ids."""
    text = base64.urlsafe_b64decode(opaque + "=" * (-len(opaque) % 4)).decode()
    return text.rpartition(":")[2].rpartition(".")[2]


def instant(text: str | None) -> datetime | None:
    """Return an instant in UTC."""
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def rows(found: Sequence[Mapping[str, Any]], *names: str) -> list[Facts]:
    """Return the named columns of each row; `id` is ours or the peer's, `at` and `submittedAt` are instants."""
    return [{name: _value(row, name) for name in names} for row in found]


def _value(row: Mapping[str, Any], name: str) -> Any:
    if name == "id":
        return row["rowId"] if "rowId" in row else opened(row["id"])
    if name in ("at", "submittedAt"):
        return instant(row[name])
    return row[name]


CYCLE = ("id", "dutyTitle", "label", "opensOn", "dueOn", "asked", "returned", "declined")
FLAG = ("id", "title", "stateLabel", "waitsFor", "replyDueOn", "reviewOn")
TRAIL = ("action", "actorName", "at", "reason")


def our_board(data: Mapping[str, Any]) -> Facts:
    """Return the facts of AreaHome. A manager leads no partner, so nothing can wait for their agreement."""
    assert data["myAgreements"]["nodes"] == []
    return _board(data["area"], data["membershipCompleteness"], data["budgets"], data["dutyCycles"],
                  data["interventionFlags"]["nodes"], data["auditTrail"]["nodes"])  # fmt: skip


def peers_board(data: Mapping[str, Any]) -> Facts:
    """Return the same facts of the peer's answer."""
    area = data["area"]
    return _board(area, area["standing"], area["budgets"], area["cycles"], area["flags"], area["trail"])


def standing(found: Mapping[str, Any]) -> Facts:
    """Return whether membership is complete and what it lacks."""
    return {"complete": found["complete"], "missing": rows(found["missing"], "sentence", "source", "statutory")}


def _board(area: Mapping[str, Any], membership: Any, budgets: Any, cycles: Any, flags: Any, trail: Any) -> Facts:
    return {
        "area": {name: area[name] for name in ("name", "slug", "lifecycle")},
        "localAuthorities": rows(area["localAuthorities"], "name"),
        "membership": standing(membership),
        "budgets": rows(budgets, "label", "state", "year"),
        "cycles": rows(cycles, *CYCLE),
        "flags": rows(flags, *FLAG),
        "trail": rows(trail, *TRAIL),
    }


AGENCY = ("id", "name", "category", "categoryLabel", "state", "stateLabel", "notifiedOn", "acknowledgedOn")
RETURN = ("title", "dueOn", "state", "stateLabel", "submittedAt")


def our_agencies(data: Mapping[str, Any]) -> Facts:
    """Return every agency of AgencyConfirmations with its latest return; all of them are on the one page."""
    assert not data["agencies"]["pageInfo"]["hasNextPage"]
    nodes = data["agencies"]["nodes"]
    latest = [[node["latestReturn"]] if node["latestReturn"] else [] for node in nodes]
    return _agencies(nodes, latest)


def peers_agencies(data: Mapping[str, Any]) -> Facts:
    """Return the same facts of the peer's answer, in which the latest return is a list of one."""
    nodes = data["agencies"]
    return _agencies(nodes, [node["latest"] for node in nodes])


def peers_flat_agencies(data: Mapping[str, Any]) -> Facts:
    """Return the same facts of the peer's flat lines."""
    nodes = data["agencies"]
    latest = [{name: node[f"latest{name[0].upper()}{name[1:]}"] for name in RETURN} for node in nodes]
    return _agencies(nodes, [[one] if one["title"] else [] for one in latest])


def _agencies(nodes: Sequence[Mapping[str, Any]], latest: Sequence[Sequence[Mapping[str, Any]]]) -> Facts:
    return {"agencies": rows(nodes, *AGENCY), "latest": [rows(found, *RETURN) for found in latest]}


SUBJECTS = ("membership", "budget", "cooperation", "flags")
FACT = ("standing", "words")


def our_nation(data: Mapping[str, Any]) -> Facts:
    """Return each area's line of NationalAreas."""
    return _nation(
        {**line["area"], "localAuthorityNames": line["localAuthorityNames"], **{name: line[name] for name in SUBJECTS}}
        for line in data["nationalAreas"]
    )


def peers_nation(data: Mapping[str, Any]) -> Facts:
    """Return the same lines of the peer's answer."""
    return _nation({**line, **{fact["subject"]: fact for fact in line["facts"]}} for line in data["areas"])


def peers_flat_nation(data: Mapping[str, Any]) -> Facts:
    """Return the same of the peer's flat lines."""
    return _nation(
        {**line, **{name: {part: line[f"{name}{part.capitalize()}"] for part in FACT} for name in SUBJECTS}}
        for line in data["areas"]
    )


def _nation(lines: Iterable[Mapping[str, Any]]) -> Facts:
    return {
        "areas": [
            {**{name: line[name] for name in ("slug", "name", "lifecycle", "localAuthorityNames")},
             **{subject: tuple(line[subject][part] for part in FACT) for subject in SUBJECTS}}
            for line in lines
        ]
    }  # fmt: skip


SENT = ("sentBy", "withdrawnAt", "outcome", "comment")
RETURNED = ("id", "state", "stateLabel", "version", "step", "questionOpen", "late")


def our_return(data: Mapping[str, Any]) -> Facts:
    """Return what SubmitReturn says it did; the receipt is random, so only its form can be compared."""
    done = data["result"]
    assert done["__typename"] == "RequestRecord", done
    request = done["request"]
    return _return({**request, "id": opened(request["id"])}, done["submissions"])


def peers_return(data: Mapping[str, Any]) -> Facts:
    """Return the same of the peer's answer, whose list of what was sent is JSON in it."""
    done = data["submitReturn"]["result"]
    sent = done["submissions"]
    return _return(done, json.loads(sent) if isinstance(sent, str) else sent)


def peers_bare_return(data: Mapping[str, Any]) -> Facts:
    """Return the little that the peer says where it answers in short."""
    done = data["submitReturn"]["result"]
    return {"state": done["state"], "version": done["version"], "receipt": len(done["receipt"])}


def _return(request: Mapping[str, Any], sent: Sequence[Mapping[str, Any]]) -> Facts:
    assert all(instant(each["sentAt"]) for each in sent), sent
    facts = {name: request[name] for name in RETURNED}
    return {**facts, "receipt": len(sent[0]["receipt"]), "submissions": rows(sent, *SENT)}
