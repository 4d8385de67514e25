"""The id in a message is the one under which GraphQL knows the thing: whoever is told can ask for it."""

from __future__ import annotations

from uuid import UUID

import pytest

from concordat_graphql import ids
from concordat_graphql.cooperation.keys import decode_in
from concordat_graphql.intervention.keys import decode_flag
from infra.ids import uuid7
from tenants.connections.endpoints.rules import opaque_id

AREA = 42


@pytest.mark.parametrize(("kind", "node"), [("duty_request", "DutyRequest"), ("duty_cycle", "DutyCycle")])
def test_things_of_cooperation_hold_their_area(kind: str, node: str) -> None:
    about = uuid7()
    told = opaque_id(kind=kind, area_id=AREA, subject_id=str(about))
    assert decode_in(node, told, field="id") == (AREA, about)


def test_a_flag_holds_its_area() -> None:
    about = uuid7()
    assert decode_flag(opaque_id(kind="intervention_flag", area_id=AREA, subject_id=str(about))) == (AREA, about)


@pytest.mark.parametrize(
    ("kind", "node"),
    [
        ("appointment", "Appointment"),
        ("partner_body", "PartnerBody"),
        ("partnership_chair", "PartnershipChair"),
        ("seat", "BoardSeat"),
        ("board_group", "BoardGroup"),
        ("contribution", "Contribution"),
        ("agency_connection", "AgencyConnection"),
        ("webhook_endpoint", "WebhookEndpoint"),
    ],
)
def test_everything_else_is_known_by_itself(kind: str, node: str) -> None:
    about = uuid7()
    told = opaque_id(kind=kind, area_id=AREA, subject_id=str(about))
    assert ids.decode_uuid(node, told) == about
    assert str(about) not in told


def test_what_graphql_has_no_node_for_is_opaque_too() -> None:
    about = UUID(int=7)
    assert ids.decode_uuid("something_else", opaque_id(kind="something_else", area_id=AREA, subject_id=str(about)))
