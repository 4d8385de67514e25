"""A day's use of the small nation: the rows that only signing in, sending and working leave behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from backend.auth.oidc.pending import PendingSignIn
from backend.auth.stores import DatabasePendingStore
from backend.demo.world import World
from backend.worker import opening
from infra.clock import now
from infra.database import sql
from infra.ids import uuid7
from infra.queue import jobs, leases
from infra.queue.inbox import once
from infra.queue.processes import Process, beat
from infra.queue.runner import BOOKKEEPING
from infra.queue.sweeper import sweep_due
from infra.standard_webhooks import make_secret
from tenants.connections import changes, proposals, records, runs, tokens
from tenants.connections.changes import Applied
from tenants.connections.endpoints import events, sending
from tenants.connections.endpoints import secrets as webhook_secrets
from tenants.connections.endpoints.rules import TEST
from tenants.connections.hooks import arrivals
from tenants.connections.hooks import secrets as hook_secrets
from tenants.connections.hooks.rules import NOT_SIGNED, message_of
from tenants.connections.proposals import Proposed
from tenants.connections.records import Seen
from tenants.connections.rules.counting import Counts
from tenants.connections.runs import Rejection
from tenants.connections.sealing import Place
from tenants.organisations.directory.affiliating import record_affiliations
from tenants.organisations.directory.rules import Listed, Lying
from tenants.organisations.directory.service import apply_listed
from tenants.organisations.rules import Kind, Status
from tenants.tenancy import idempotency
from tenants.tenancy.scope import system_actor, system_scope, tenant_scope, worker_actor
from tenants.tenancy.sessions import service as sessions

TIDY = jobs.__name__  #: declares the sweep that the worker runs here


async def use(world: World) -> None:
    """Sign people in, send commands, let the worker turn once."""
    for subject in ("brackenshire-manager", "wrenshire-manager", "eastmarch-manager"):
        actor = await world.actor(subject)
        assert actor.id is not None
        async with system_scope("signing in", powers=["signin"]):
            await sessions.start(
                by=actor, person_id=actor.id, issuer=world.issuer("schools"), subject=subject, hat=actor.hat,
                absolute_hours=12,
            )  # fmt: skip
        async with tenant_scope(actor):
            await idempotency.claim(by=actor, key="a day in use", command="test", request_hash=b"1")
    await DatabasePendingStore().put(
        PendingSignIn(
            state="state", provider_slug="schools", issuer=world.issuer("schools"), redirect_uri="/", next_path="/",
            begun_at=datetime.now(UTC), nonce="n", verifier="v", browser_key="b",
        )
    )  # fmt: skip
    async with system_scope("signing in", powers=["signin"]):
        await sql.execute("insert into seen_logout_token values ('https://one.example', '\\x01', now())")
    async with tenant_scope(worker_actor("census")):
        await once(uuid7())
    async with tenant_scope(worker_actor("census", areas=world.areas.values())):
        await sql.execute(
            "insert into flag_review_reminder (area_id, flag_id, review_on) "
            "select area_id, id, raised_on from intervention_flag"
        )
    for area_id in world.areas.values():
        await _serve(area_id)
        await _tell(area_id)
    process = Process()
    async with opening("queue", None, BOOKKEEPING).scope:
        await beat(process)
        assert await leases.take({"host:one.example": 1}, message_id=uuid7(), process=process)
    directory = worker_actor("census", powers=["register"])
    async with tenant_scope(directory):
        listed = Listed(code="QCEN", kind=Kind.INTEGRATED_CARE_BOARD, name="A board in a directory", status=Status.OPEN)
        lying = (Lying(reference="1", board="QCEN"),)
        place = replace(listed, code="9CEN", kind=Kind.OTHER_BODY, name="A place in a directory", lies_in=lying)
        await apply_listed(by=directory, source="census", rows=[listed, place])
        await record_affiliations(by=directory, source="census")
    assert await sweep_due(opening=opening)


async def _serve(area_id: int) -> None:
    """Link a system of the area and let the engine run it once, with one of everything that a run leaves behind."""
    async with system_scope("linking", areas=[area_id]):
        connection = await sql.fetch_value(
            "insert into agency_connection (area_id, system, name, base_url, auth_mode) values "
            "($1, 'schools_oneroster', 'Schools', 'https://schools.example', 'bearer_token') returning id", area_id
        )  # fmt: skip
        run = await runs.ask(by=system_actor("linking"), connection_id=connection, cause="by_hand")
        place = Place(area_id=area_id, system="schools_oneroster", connection_id=connection)
        await hook_secrets.hold(area_id=area_id, connection_id=connection, at=now())
        await hook_secrets.add(
            place=place, secret=make_secret(), made_here=True, name="Somebody", at=now(), others_end=now()
        )
        await sql.execute(
            "insert into connection_credential (area_id, connection_id, kind, sealed, key_id, set_by_name) "
            "values ($1, $2, 'bearer_token', sha256('') , 0, 'Somebody')", area_id, connection
        )  # fmt: skip
        await sql.execute(
            "insert into connection_signing_key (area_id, connection_id, kid, public_key, sealed, key_id, "
            "made_by_name, signs_from, withdrawn_at) values "
            "($1, $2, 'int-1', '{}', sha256(''), 0, 'Somebody', now() - interval '9 days', now() - interval '1 day'), "
            "($1, $2, 'int-2', '{}', sha256(''), 0, 'Somebody', now() - interval '2 days', null)",
            area_id, connection
        )  # fmt: skip
    async with system_scope("hooks", powers=["hooks"], areas=[area_id]):
        message = message_of({"content-type": "application/json"}, body=b"{}", taken=False)
        await arrivals.refuse(area_id=area_id, connection_id=connection, message=message, reason=NOT_SIGNED)
    by = worker_actor("connection.run", areas=[area_id], powers=["agencies"])
    async with tenant_scope(by):
        begun = await runs.begin(run_id=run)
        assert begun is not None
        rejected = [Rejection(reference="7", reason="It names no school.")]
        await runs.checkpoint(run_id=run, fence=begun.fence, cursor={}, counts=Counts(read=1), rejected=rejected)
        await runs.quarantine(run_id=run, sha256="0" * 64, size=1, reason="It is not JSON.")
        await tokens.claim(connection_id=connection, version=0)
        await records.remember(connection_id=connection, kind="org", rows=[Seen(external_id="1", digest=b"1")])
        await changes.note(by=by, link_id=connection, run_id=run, rows=[
            Applied(what="name", subject_kind="organisation", subject="A School", before="A", after="B")
        ])  # fmt: skip
        school = await sql.fetch_value(
            "select p.organisation_id from area_organisation p join organisation o on o.id = p.organisation_id "
            "where p.area_id = $1 and o.kind = 'establishment' and o.trust_id is null limit 1", area_id
        )  # fmt: skip
        said = {"post": "headteacher", "name": "Ida Field"}
        proposed = Proposed(
            organisation_id=school, external_id="1", action="add", subject_kind="contact", proposed=said
        )
        await proposals.propose(by=by, connection_id=connection, run_id=run, area_id=area_id, rows=[proposed])
    async with system_scope("contacts", areas=[area_id]):
        await sql.execute(
            "insert into named_contact (area_id, organisation_id, post, name, entered_by, entered_by_name, valid_from) "
            "values ($1, $2, 'other', 'Ivo Reed', 'person', 'Somebody', (now() at time zone 'Europe/London')::date)",
            area_id, school,
        )  # fmt: skip


async def _tell(area_id: int) -> None:
    """Add an endpoint of the area, and let the worker begin to send it one message."""
    async with system_scope("endpoints", areas=[area_id]):
        endpoint = await sql.fetch_value(
            "insert into webhook_endpoint (area_id, url, description, event_types, state) values "
            "($1, 'https://office.example', 'Office', array['connection.stale'], 'active') returning id", area_id
        )  # fmt: skip
        await webhook_secrets.add(
            area_id=area_id, endpoint_id=endpoint, secret=make_secret(), name="Somebody", at=now(), others_end=now()
        )
        message = await events.add(area_id=area_id, endpoint_id=endpoint, url="https://office.example", event_type=TEST)
    async with tenant_scope(worker_actor("webhook.send", areas=[area_id], powers=["agencies"])):
        assert await sending.claim(delivery_id=message) is not None
