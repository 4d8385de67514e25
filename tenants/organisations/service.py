"""Keeping the bodies that no register publishes for us, and saying which of them work with an area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from infra.clock import today
from infra.database import sql
from infra.ids import uuid7
from tenants.audit.service import PLATFORM, record
from tenants.organisations import errors, queries
from tenants.organisations.permissions import check_can_keep_register, check_can_place
from tenants.organisations.queries import Organisation
from tenants.organisations.rules import REGISTERED_BY_HAND, Kind, Lineage
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Invalid, NotFound

BASES = ("partner", "chosen_agency")


async def register_body(
    *,
    by: Actor,
    kind: Kind,
    name: str,
    la_code: str | None = None,
    ods_code: str | None = None,
    legal_name: str | None = None,
    website: str | None = None,
    opened_on: date | None = None,
) -> UUID:
    """Enter a local authority, integrated care board, police force or other body; return its id.

    A local authority needs the Department's three-digit code, an integrated care board its ODS code.
    Raises `NotAllowed`, or `Invalid` naming the field.
    """
    check_can_keep_register(by)
    name = " ".join(name.split())
    await _check_body(kind=kind, name=name, la_code=la_code, ods_code=ods_code)
    organisation_id = uuid7()
    await sql.execute(
        "insert into organisation (id, kind, name, legal_name, la_code, ods_code, website, opened_on) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8)",
        organisation_id,
        kind,
        name,
        legal_name,
        la_code,
        ods_code,
        website,
        opened_on,
    )
    await record(
        by=by,
        area_id=PLATFORM,
        action="organisation.register",
        subject=("organisation", organisation_id),
        after={"kind": kind, "name": name, "la_code": la_code, "ods_code": ods_code},
    )
    return organisation_id


async def _check_body(*, kind: Kind, name: str, la_code: str | None, ods_code: str | None) -> None:
    if kind not in REGISTERED_BY_HAND:
        raise errors.not_by_hand(kind)
    if not 2 <= len(name) <= 200:
        raise errors.name_missing()
    if kind is Kind.LOCAL_AUTHORITY and not (la_code and len(la_code) == 3 and la_code.isdecimal()):
        raise errors.code_needed("laCode", "the local authority's three-digit code, such as 309")
    if kind is Kind.INTEGRATED_CARE_BOARD and not (ods_code and ods_code.isalnum() and ods_code.isupper()):
        raise errors.code_needed("odsCode", "the board's ODS code in capitals, such as QHM")
    await _check_codes_free(la_code=la_code if kind is Kind.LOCAL_AUTHORITY else None, ods_code=ods_code)


async def _check_codes_free(*, la_code: str | None, ods_code: str | None) -> None:
    holder = await sql.fetch_value(
        "select name from organisation where la_code = $1 and kind = 'local_authority'", la_code
    )
    if holder is not None:
        raise errors.code_taken("laCode", holder)
    holder = await sql.fetch_value("select name from organisation where ods_code = $1", ods_code)
    if holder is not None:
        raise errors.code_taken("odsCode", holder)


async def rename_body(*, by: Actor, organisation_id: UUID, name: str, on: date | None = None) -> None:
    """Give a body a new name from a day; the old one stays in its history."""
    check_can_keep_register(by)
    body = await _body(organisation_id)
    name = " ".join(name.split())
    if not 2 <= len(name) <= 200:
        raise errors.name_missing()
    await sql.execute("update organisation set name = $2, version = version + 1 where id = $1", organisation_id, name)
    await _remember(body, field="name", before=body.name, after=name, on=on or today())
    await _audit(by, "organisation.rename", body, before={"name": body.name}, after={"name": name})


async def merge_bodies(*, by: Actor, predecessors: Sequence[UUID], successor_id: UUID, on: date, reason: str) -> None:
    """Close bodies of one kind on a day and record which open body follows them.

    Nothing moves by itself: rows keep the body they were written with, and readers follow the line of succession.
    Raises `NotAllowed`, `NotFound`, `Invalid` (different kinds, itself) or `WrongState` (already closed).
    """
    check_can_keep_register(by)
    successor = await _body(successor_id)
    bodies = [await _body(predecessor_id) for predecessor_id in dict.fromkeys(predecessors)]
    for body in bodies:
        _check_can_follow(body, successor)
    kind = Lineage.MERGER if len(bodies) > 1 else Lineage.SUCCESSOR
    for body in bodies:
        await _close(body, on=on)
        await sql.execute(
            "insert into organisation_lineage (predecessor_id, successor_id, kind, on_date) values ($1, $2, $3, $4)",
            body.id,
            successor.id,
            kind,
            on,
        )
        after = {"status": "closed", "closed_on": on, "successor_id": successor.id}
        await _audit(by, "organisation.merge", body, before={"status": body.status}, after=after, reason=reason)


def _check_can_follow(body: Organisation, successor: Organisation) -> None:
    if body.id == successor.id:
        raise errors.follows_itself()
    if body.kind != successor.kind:
        raise errors.unlike_bodies()
    for one in (body, successor):
        if one.status == "closed":
            raise errors.already_closed(one.name)


async def _close(body: Organisation, *, on: date) -> None:
    await sql.execute(
        "update organisation set status = 'closed', closed_on = $2, version = version + 1 where id = $1", body.id, on
    )
    await _remember(body, field="status", before=body.status, after="closed", on=on)


async def _remember(body: Organisation, *, field: str, before: str, after: str, on: date) -> None:
    await sql.execute(
        "insert into organisation_history (organisation_id, field, before, after, effective_on) "
        "values ($1, $2, $3, $4, $5)",
        body.id,
        field,
        before,
        after,
        on,
    )


async def _audit(
    by: Actor,
    action: str,
    body: Organisation,
    *,
    before: dict[str, object],
    after: dict[str, object],
    reason: str | None = None,
) -> None:
    subject = ("organisation", body.id)
    await record(by=by, area_id=PLATFORM, action=action, subject=subject, reason=reason, before=before, after=after)


async def _body(organisation_id: UUID) -> Organisation:
    found = await queries.organisation(organisation_id=organisation_id)
    if found is None:
        raise NotFound("organisation")
    if found.kind not in REGISTERED_BY_HAND:
        raise errors.not_by_hand(found.kind)
    return found


async def add_presence(
    *, by: Actor, area_id: int, organisation_id: UUID, basis: str, since: date | None = None
) -> None:
    """Say that an organisation works with the area, as a partner or a chosen agency; saying it again is harmless.

    The calling capability writes the audit entry: it knows why.
    """
    check_can_place(by, area_id=area_id)
    if basis not in BASES:
        raise Invalid("An organisation works with an area as a partner or as a chosen agency.", field="basis")
    if await queries.organisation(organisation_id=organisation_id) is None:
        raise NotFound("organisation", field="organisationId")
    await sql.execute(
        "insert into area_organisation (area_id, organisation_id, basis, valid_from) select $1, $2, $3, $4 "
        "where not exists (select from area_organisation where area_id = $1 and organisation_id = $2 and basis = $3 "
        "and valid_to is null) "
        "on conflict (area_id, organisation_id, basis, valid_from) do update set valid_to = null",
        area_id,
        organisation_id,
        basis,
        since or today(),
    )


async def end_presence(*, by: Actor, area_id: int, organisation_id: UUID, basis: str, on: date | None = None) -> None:
    """End it on a day; its dates stay."""
    check_can_place(by, area_id=area_id)
    await sql.execute(
        "update area_organisation set valid_to = greatest(valid_from, $4::date) "
        "where area_id = $1 and organisation_id = $2 and basis = $3 and valid_to is null",
        area_id,
        organisation_id,
        basis,
        on or today(),
    )
