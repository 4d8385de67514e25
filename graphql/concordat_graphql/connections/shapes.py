"""How an area's connections stand, read with the rest of its front page."""

from __future__ import annotations

from collections.abc import Mapping

from concordat_graphql import ids
from concordat_graphql.connections.people_types import ConnectionsAtAGlance
from concordat_graphql.shapes.logins import OWN, as_person
from concordat_graphql.shapes.shape import Bound, Relation, Root, Shape
from tenants.connections.permissions import check_can_read
from tenants.connections.queries.proposals import STALE, WAITING
from tenants.tenancy.actor import Actor


def _area(actor: Actor, area_id: str) -> Bound:
    area = ids.decode_area(area_id)
    check_can_read(as_person(actor), area_id=area)
    return {"area_id": area}


_GLANCE = f"(select {WAITING} as waiting, {STALE} as stale)".replace("$1", "{area_id}::integer")

TYPES: Mapping[type, Shape] = {ConnectionsAtAGlance: Shape(columns={"waiting": "{t}.waiting", "stale": "{t}.stale"})}

ROOTS: Mapping[str, Root] = {
    "connectionsAtAGlance": Root(reader=OWN, relation=Relation(source=f"{_GLANCE} {{t}}", one=True, bind=_area)),
}
