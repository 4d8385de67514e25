"""A file of figures: read and checked, then accepted or discarded by a person. Its bytes are never kept."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from infra.clock import now, today
from infra.ids import uuid7
from tenants.audit.service import record
from tenants.indicators.errors import decided, nothing_to_take
from tenants.indicators.permissions import check_can_send
from tenants.indicators.queries.known import editions, known
from tenants.indicators.rules import personal
from tenants.indicators.rules.staging import from_staged, to_staged
from tenants.indicators.rules.template import MOST_BYTES, MOST_PROBLEMS, Reading, read
from tenants.indicators.service.definitions import adopt
from tenants.indicators.service.writing import Source, write
from tenants.indicators.tables import IndicatorImport
from tenants.tenancy import checks, rows
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid
from tenants.tenancy.inputs import Gather
from tenants.tenancy.queries import cover
from tenants.tenancy.rows import Row

WHAT = "file of figures"


async def upload(
    *,
    by: Actor,
    area_id: int,
    file_name: str,
    content: bytes,
    supplied_name: str,
    supplied_post: str,
    supplied_body: str,
) -> UUID:
    """Read a file and keep what it came to, to be accepted or discarded; return the import's id.

    A file that looks as if it were about a child is refused: of it are kept its fingerprint, its size and the line.
    """
    check_can_send(by, area_id=area_id)
    values = _provenance(file_name, content, supplied_name, supplied_post, supplied_body)
    found = await _read(area_id=area_id, content=content)
    values |= {
        "area_id": area_id,
        "id": uuid7(),
        "uploaded_by": by.id,
        "uploaded_name": by.name,
        "uploaded_at": now(),
        "state": "refused" if found.refused else "checked",
        "good": len(found.rows),
        "withheld": found.withheld,
        "problems": json.dumps(_listed(found)),
        "staged": None if found.refused else json.dumps([to_staged(row) for row in found.rows]),
    }
    await IndicatorImport.insert(IndicatorImport(**values)).run()
    # neither the fingerprint nor how many were small: with the table, counts that were taken out could be tried by them
    kept = ("state", "good", "supplied_name", "supplied_post", "supplied_body")
    await record(by=by, area_id=area_id, action="indicator_import.upload", subject=("indicator_import", values["id"]),
                 after={name: values[name] for name in kept})  # fmt: skip
    return UUID(str(values["id"]))


async def accept(*, by: Actor, area_id: int, import_id: UUID, version: int) -> UUID:
    """Take the figures of a checked file; lines with problems are left out. Raises `WrongState` or `Conflict`."""
    row = await _checked(by=by, area_id=area_id, import_id=import_id, version=version)
    staged = _parsed(row["staged"])
    if not staged:
        raise nothing_to_take()
    incoming = [from_staged(each) for each in staged]
    await adopt(by=by, area_id=area_id, codes={each.code for each in incoming})
    source = Source(import_id=import_id, connection_id=None, published_at=row["uploaded_at"])
    done = await write(area_id=area_id, rows=incoming, source=source)
    values = {**_decision(by, "accepted"), "written": json.dumps(done.counts)}
    await _change(by=by, row=row, version=version, values=values, verb="accept", told=done.told)
    return import_id


async def discard(*, by: Actor, area_id: int, import_id: UUID, version: int) -> UUID:
    """Leave a checked file aside: nothing of it is kept but that it came. Raises `WrongState` or `Conflict`."""
    row = await _checked(by=by, area_id=area_id, import_id=import_id, version=version)
    await _change(by=by, row=row, version=version, values=_decision(by, "discarded"), verb="discard", told={})
    return import_id


def _decision(by: Actor, state: str) -> Row:
    return {"state": state, "staged": None, "decided_at": now(), "decided_name": by.name}


async def _checked(*, by: Actor, area_id: int, import_id: UUID, version: int) -> Row:
    check_can_send(by, area_id=area_id)
    row = await rows.find(IndicatorImport, area_id=area_id, id=import_id, what=WHAT, field="importId", lock=True)
    if row["state"] != "checked":
        raise decided(row["state"])
    checks.version(expected=version, found=row["version"], what=WHAT)
    return row


async def _change(*, by: Actor, row: Row, version: int, values: Row, verb: str, told: Row) -> None:
    same = (IndicatorImport.area_id == row["area_id"]) & (IndicatorImport.id == row["id"])
    columns: dict[Any, Any] = {**values, "version": version + 1}
    await IndicatorImport.update(columns).where(same)
    after = {"state": values["state"], **told}  # counts of lines, never a figure
    await record(by=by, area_id=row["area_id"], action=f"indicator_import.{verb}",
                 subject=("indicator_import", row["id"]), before={"state": row["state"]}, after=after)  # fmt: skip


async def _read(*, area_id: int, content: bytes) -> Reading:
    places = [each.la_code for each in await cover(area_ids=[area_id])]
    return read(content, known=known(await editions(area_id=area_id)), places=places, on=today())


def _provenance(file_name: str, content: bytes, name: str, post: str, body: str) -> Row:
    check = Gather()
    values: Row = {
        "file_name": check(checks.text, file_name, name="the file’s name", field="fileName", most=255),
        "supplied_name": check(checks.text, name, name="who supplied the figures", field="suppliedName", least=2),
        "supplied_post": check(checks.text, post, name="their post", field="suppliedPost", least=2),
        "supplied_body": check(checks.text, body, name="their organisation", field="suppliedBody", least=2),
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }
    if not content:
        check.wrong("The file is empty.", field="content")
    if len(content) > MOST_BYTES:
        check.wrong(f"The file must be {MOST_BYTES // 1024} KB or smaller. Send it in parts.", field="content")
    check.done()
    if personal.in_row([file_name]) is not None:
        raise Invalid("The file’s name looks as if it were about a person. Rename the file.", field="fileName")
    return values


def _listed(found: Reading) -> list[dict[str, object]]:
    return [{"line": each.line, "message": each.message} for each in found.problems[:MOST_PROBLEMS]]


def _parsed(value: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(value) if isinstance(value, str) else value
    return found
