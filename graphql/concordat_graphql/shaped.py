"""Every shape there is: each capability's `shapes.py`, gathered."""

from __future__ import annotations

from collections.abc import Mapping

from strawberry.types.base import get_object_definition

from concordat_graphql.connections import shapes as connections
from concordat_graphql.cooperation import commands as returns
from concordat_graphql.cooperation import shapes as cooperation
from concordat_graphql.cooperation import shapes_duties as duties
from concordat_graphql.cooperation import shapes_requests as requests
from concordat_graphql.intervention import shapes as intervention
from concordat_graphql.membership import coming_shapes as coming
from concordat_graphql.membership import published_shapes as published
from concordat_graphql.membership import shapes as membership
from concordat_graphql.national import shapes as national
from concordat_graphql.organisations import shapes as organisations
from concordat_graphql.platform import shapes as platform
from concordat_graphql.public import shapes as public
from concordat_graphql.resourcing import shapes as resourcing
from concordat_graphql.resourcing import sheet_shapes as sheets
from concordat_graphql.shapes.command import Command
from concordat_graphql.shapes.outline import Shapes
from concordat_graphql.shapes.shape import Root, Shape
from concordat_graphql.tenancy import shapes as tenancy

TYPES: tuple[Mapping[type, Shape], ...] = (
    tenancy.TYPES,
    cooperation.TYPES,
    duties.TYPES,
    requests.TYPES,
    returns.TYPES,
    intervention.TYPES,
    membership.TYPES,
    coming.TYPES,
    published.TYPES,
    organisations.TYPES,
    platform.TYPES,
    public.TYPES,
    national.TYPES,
    resourcing.TYPES,
    sheets.TYPES,
    connections.TYPES,
)
ROOTS: tuple[Mapping[str, Root], ...] = (
    tenancy.ROOTS,
    cooperation.ROOTS,
    duties.ROOTS,
    requests.ROOTS,
    intervention.ROOTS,
    membership.ROOTS,
    coming.ROOTS,
    published.ROOTS,
    organisations.ROOTS,
    platform.ROOTS,
    public.ROOTS,
    national.ROOTS,
    resourcing.ROOTS,
    sheets.ROOTS,
    connections.ROOTS,
)


def _name_of(kind: type) -> str:
    return get_object_definition(kind, strict=True).name


def _gathered() -> Shapes:
    types = {_name_of(kind): shape for part in TYPES for kind, shape in part.items()}
    return Shapes(types=types, roots={name: root for part in ROOTS for name, root in part.items()})


SHAPES = _gathered()
COMMANDS: Mapping[str, Command] = returns.COMMANDS
"""The mutations that are written by one statement, by the name of their field."""
PAYLOADS = Shapes(types=SHAPES.types, roots={name: command.payload for name, command in COMMANDS.items()})
"""What those mutations answer, read as a query would read it."""
WRITTEN = Shapes(
    types={**SHAPES.types, **{_name_of(kind): shape for kind, shape in returns.WRITTEN_TYPES.items()}},
    roots={name: command.written for name, command in COMMANDS.items() if command.written is not None},
)
"""The same of those that can be decided without reading anything, made of the rows that were written."""
