"""What the register's services refuse, they refuse before they write: nothing changes even where the caller goes on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from infra.ids import uuid7
from tenants.organisations import service
from tenants.organisations.imports import service as imports
from tenants.organisations.imports.service import FileKind
from tenants.organisations.imports.tally import Tally
from tenants.organisations.rules import Kind
from tenants.tenancy.actor import Actor
from tenants.tenancy.errors import Problem
from tenants.tenancy.scope import tenant_scope
from tests.graphql.census.footprint import changed, footprint
from tests.support.cluster import Cluster
from tests.support.organisations import administrator, make_body, make_school
from tests.support.world import AreaMade, make_area, manager
from tests.tenants.organisations.imports.register import IMPORTER, run_import, school

ADMIN = administrator()
NOBODY = uuid7()


@dataclass(frozen=True, kw_only=True)
class Here:
    """An area, a force and two boards of the register, a school, and an import that is done."""

    area: AreaMade
    force: UUID
    board: UUID
    second: UUID
    school: UUID
    done: UUID


async def here() -> Here:
    area = await make_area()
    run_id, _ = await run_import(FileKind.ESTABLISHMENTS, [school(area)])
    return Here(
        area=area,
        force=await make_body(Kind.POLICE_FORCE),
        board=await make_body(Kind.INTEGRATED_CARE_BOARD),
        second=await make_body(Kind.INTEGRATED_CARE_BOARD),
        school=await make_school(area),
        done=run_id,
    )


def named(one: Here, body: UUID, name: str) -> Awaitable[object]:
    return service.rename_body(by=ADMIN, organisation_id=body, name=name)


def followed(one: Here, *predecessors: UUID, by: UUID) -> Awaitable[object]:
    return service.merge_bodies(
        by=ADMIN, predecessors=predecessors, successor_id=by, on=date(2026, 4, 1), reason="They merged."
    )


def present(one: Here, organisation: UUID, basis: str) -> Awaitable[object]:
    by = manager(one.area)
    return service.add_presence(by=by, area_id=one.area.id, organisation_id=organisation, basis=basis)


def begun(one: Here, run_id: UUID) -> Awaitable[object]:
    return imports.begin(by=IMPORTER, run_id=run_id, sha256="0" * 64, size_bytes=1, rows_expected=1)


def merged(one: Here, *, by: Actor) -> Awaitable[object]:
    return imports.import_register(by=by, run_id=one.done, kind=FileKind.LINKS, rows=[], tally=Tally())


Refused = tuple[Actor | None, Callable[[Here], Awaitable[object]], str]
REFUSED: dict[str, Refused] = {
    "a name of one letter": (ADMIN, lambda one: named(one, one.force, " X "), "between 2 and 200 characters"),
    "a name as long as a report": (ADMIN, lambda one: named(one, one.force, "x" * 201), "between 2 and 200 characters"),
    "another name for a school": (
        ADMIN, lambda one: named(one, one.school, "Brook School"), "comes from the Department",
    ),
    "a name for nobody": (ADMIN, lambda one: named(one, NOBODY, "Nobody"), "could not find that organisation"),
    "a board after a force": (ADMIN, lambda one: followed(one, one.force, by=one.board), "of the same kind"),
    "a force after itself": (ADMIN, lambda one: followed(one, one.force, by=one.force), "its own successor"),
    "a force after a school": (ADMIN, lambda one: followed(one, one.school, by=one.force), "comes from the Department"),
    "nobody after a force": (
        ADMIN, lambda one: followed(one, one.force, by=NOBODY), "could not find that organisation",
    ),
    "two after a third, of which one is a force": (
        ADMIN, lambda one: followed(one, one.second, one.force, by=one.board), "of the same kind",
    ),
    "two after a third, of which one is nobody": (
        ADMIN, lambda one: followed(one, one.second, NOBODY, by=one.board), "could not find that organisation",
    ),
    "a basis that only the register gives": (
        None, lambda one: present(one, one.school, "covers_la"), "as a partner or as a chosen agency",
    ),
    "a basis of no kind": (None, lambda one: present(one, one.force, "friend"), "as a partner or as a chosen agency"),
    "the presence of nobody": (None, lambda one: present(one, NOBODY, "partner"), "could not find that organisation"),
    "an import that is done already": (IMPORTER, lambda one: begun(one, one.done), "already been carried out"),
    "an import that nobody asked for": (IMPORTER, lambda one: begun(one, NOBODY), "already been carried out"),
    "an import by an administrator's own hand": (
        ADMIN, lambda one: merged(one, by=ADMIN), "Only the service itself can carry out",
    ),
    "lines recognised by an administrator": (
        ADMIN, lambda _: imports.recognised(by=ADMIN, kind=FileKind.GROUPS, form=b"f" * 32), "Only the service itself",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_refused_changes_nothing(database: Cluster, what: str) -> None:
    by, asked, sentence = REFUSED[what]
    one = await here()
    before = await footprint(database)
    async with tenant_scope(by or manager(one.area)):  # it commits
        with pytest.raises(Problem, match=sentence):
            await asked(one)
    assert changed(before, await footprint(database)) == []
