"""Who may do what, role by role."""

from __future__ import annotations

import pytest

from tenants.tenancy import permissions
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.errors import NotAllowed
from tenants.tenancy.roles import AGENCY_ROLES, AREA_ROLES, NATIONAL_ROLES, Role
from tests.support.world import actor

HERE, THERE = 1, 2


def who(role: Role, area_id: int | None = HERE) -> Actor:
    return actor(role, area_id=area_id if role in AREA_ROLES else None)


@pytest.mark.parametrize("role", list(Role))
def test_only_a_business_manager_runs_the_areas_records(role: Role) -> None:
    may = role is Role.BUSINESS_MANAGER
    assert permissions.can_manage(who(role), area_id=HERE) is may
    assert permissions.can_manage(who(role), area_id=THERE) is False


@pytest.mark.parametrize("role", list(Role))
def test_the_trail_is_read_by_everyone_who_runs_the_partnership(role: Role) -> None:
    may = role in AREA_ROLES - {Role.VIEWER}
    assert permissions.can_read_trail(who(role), area_id=HERE) is may
    assert permissions.can_read_trail(who(role), area_id=THERE) is False


@pytest.mark.parametrize("role", list(Role))
def test_only_a_platform_administrator_administers(role: Role) -> None:
    if role is Role.PLATFORM_ADMINISTRATOR:
        permissions.check_can_administer(who(role))
        return
    with pytest.raises(NotAllowed):
        permissions.check_can_administer(who(role))


@pytest.mark.parametrize("role", sorted(AREA_ROLES | AGENCY_ROLES))
def test_a_business_manager_gives_roles_in_their_own_area(role: Role) -> None:
    manager = who(Role.BUSINESS_MANAGER)
    permissions.check_can_grant(manager, role=role, area_id=HERE)
    for elsewhere in (THERE, None):
        with pytest.raises(NotAllowed):
            permissions.check_can_grant(manager, role=role, area_id=elsewhere)


@pytest.mark.parametrize("role", sorted(NATIONAL_ROLES | {Role.PLATFORM_ADMINISTRATOR}))
def test_national_and_platform_roles_are_the_administrators_to_give(role: Role) -> None:
    permissions.check_can_grant(who(Role.PLATFORM_ADMINISTRATOR), role=role, area_id=None)
    for area_id in (HERE, None):
        with pytest.raises(NotAllowed):
            permissions.check_can_grant(who(Role.BUSINESS_MANAGER), role=role, area_id=area_id)


def test_a_refusal_says_whose_trail_it_goes_into() -> None:
    with pytest.raises(NotAllowed) as refused:
        permissions.check_can_manage(who(Role.VIEWER), area_id=HERE)
    assert refused.value.area_id == HERE


def test_nobody_may_do_nothing() -> None:
    assert not permissions.can_manage(ANONYMOUS, area_id=HERE)
    assert not permissions.can_read_trail(ANONYMOUS, area_id=HERE)
    assert not permissions.can_read_area(ANONYMOUS, area_id=HERE)
