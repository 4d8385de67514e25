"""What an actor's grants open, and under which hat."""

from __future__ import annotations

from infra.ids import uuid7
from tenants.tenancy.actor import ANONYMOUS, Actor, Grant
from tenants.tenancy.context import powers_of
from tenants.tenancy.roles import Hat, Role
from tests.support.world import actor

SCHOOL, TRUST = uuid7(), uuid7()


def person(*grants: Grant, hat: Hat = Hat.LOCAL, **more: object) -> Actor:
    return Actor(kind="person", id=uuid7(), name="Ada Okafor", hat=hat, grants=grants, **more)  # type: ignore[arg-type]


def test_several_areas_are_read_and_only_those_with_a_writing_role_are_written() -> None:
    someone = person(
        Grant(role=Role.VIEWER, area_id=1),
        Grant(role=Role.LEAD_SAFEGUARDING_PARTNER, area_id=2),
        Grant(role=Role.INDEPENDENT_SCRUTINEER, area_id=3),
    )
    assert (someone.read_areas, someone.write_areas) == ({1, 2, 3}, {2, 3})


def test_an_agencys_grant_opens_its_organisation_and_no_area() -> None:
    someone = person(
        Grant(role=Role.ESTABLISHMENT_CONTACT, area_id=1, organisation_id=SCHOOL), reach=frozenset({(1, SCHOOL)})
    )
    assert someone.read_areas == frozenset()
    assert someone.acts_for(SCHOOL, area_id=1)
    assert not someone.acts_for(SCHOOL, area_id=2), "a grant made by one area is good in that area"


def test_a_grant_made_by_the_platform_is_good_in_every_area() -> None:
    someone = person(Grant(role=Role.TRUST_LEAD, organisation_id=TRUST), reach=frozenset({(None, TRUST)}))
    assert someone.acts_for(TRUST, area_id=1)
    assert someone.acts_for(TRUST, area_id=2)


def test_a_hat_shuts_the_doors_of_the_others() -> None:
    grants = (Grant(role=Role.BUSINESS_MANAGER, area_id=1), Grant(role=Role.OFFICIAL))
    national = person(*grants, hat=Hat.NATIONAL)
    assert national.read_areas == frozenset()
    assert national.roles_in(1) == frozenset()
    assert national.is_official
    assert not person(*grants).is_official


def test_powers_follow_the_hat() -> None:
    assert powers_of(actor(Role.OFFICIAL)) == {"national"}
    assert powers_of(actor(Role.PLATFORM_ADMINISTRATOR)) == {"platform"}
    assert powers_of(actor(Role.BUSINESS_MANAGER, area_id=1)) == frozenset()
    assert powers_of(ANONYMOUS) == frozenset()


def test_the_audit_trail_names_the_strongest_role_held_in_that_area() -> None:
    someone = person(Grant(role=Role.VIEWER, area_id=1), Grant(role=Role.PARTNERSHIP_CHAIR, area_id=1),
                     Grant(role=Role.BUSINESS_MANAGER, area_id=2))
    assert someone.acting_role(area_id=1) == "partnership_chair"
    assert someone.acting_role(area_id=2) == "business_manager"
    assert ANONYMOUS.acting_role() == "anonymous"
