"""For every stored query: who asks, with which variables, of an area that has grown.

A new operation needs one line here; `test_every_query_is_counted` names it until it has one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from concordat_graphql import ids
from tenants.membership.rules import Kind
from tenants.tenancy.actor import ANONYMOUS, Actor
from tenants.tenancy.roles import Role
from tests.graphql.statement_counts.grown import Grown
from tests.support.cooperation import contact, trust_lead
from tests.support.indicators import CODE
from tests.support.resourcing import YEAR
from tests.support.world import actor, official

Asked = tuple[Actor, dict[str, Any]]
DAY = date(2026, 6, 1).isoformat()
ADMINISTRATOR = actor(Role.PLATFORM_ADMINISTRATOR)


def area_id(made: Grown) -> str:
    return ids.encode("Area", made.area.id)


def key(made: Grown, kind: str, identifier: object) -> str:
    """The id of a thing of an area, as cooperation and intervention write it."""
    return ids.encode(kind, f"{made.area.id}.{identifier}")


def managed(**more: Any) -> Callable[[Grown], Asked]:
    """The area's manager asks about the area."""
    return lambda made: (made.manager, {"areaId": area_id(made), **more})


def administered(**variables: Any) -> Callable[[Grown], Asked]:
    """An administrator asks for a list."""
    return lambda _: (ADMINISTRATOR, variables)


def lead(made: Grown) -> Actor:
    return trust_lead(made.trust, *made.schools, areas=(made.area,))


CASES: dict[str, Callable[[Grown], Asked]] = {
    # tenancy
    "AreaHome": lambda made: (made.manager, {"slug": made.area.slug, "areaId": area_id(made), "trail": True}),
    "AreaPeople": lambda made: (made.manager, {"slug": made.area.slug, "areaId": area_id(made), "invitations": True}),
    "AreaSettings": lambda made: (made.manager, {"slug": made.area.slug}),
    "AuditTrail": managed(),
    "TrailSubjects": managed(),
    "OneTrailSubject": lambda made: (
        made.manager,
        {
            "areaId": area_id(made),
            "id": ids.encode("TrailSubject", f"{made.area.id}.appointment.{made.partnership.delegates[Kind.POLICE]}"),
        },
    ),
    "BoardOverview": lambda made: (
        made.manager,
        {"slug": made.area.slug, "areaId": area_id(made), "year": YEAR},
    ),
    "MyAccount": lambda made: (made.manager, {}),
    # membership
    "AreaMembership": managed(),
    "MembershipHistory": managed(),
    "MembershipMissing": managed(),
    "PartnerSuccessions": managed(),
    "MembershipAhead": managed(),
    "OneAppointment": lambda made: (
        made.manager,
        {
            "areaId": area_id(made),
            "id": ids.encode("Appointment", made.partnership.leads[Kind.POLICE]),
        },
    ),
    "OnePartner": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("PartnerBody", made.partnership.bodies[Kind.POLICE])},
    ),
    "AccountsToLink": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("Appointment", made.partnership.leads[Kind.POLICE])},
    ),
    "BodiesToLink": lambda made: (made.manager, {"kind": "police_force"}),
    "OneGroup": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("BoardGroup", made.contribution)},
    ),
    "OneSeat": lambda made: (made.manager, {"areaId": area_id(made), "id": ids.encode("BoardSeat", made.contribution)}),
    "PublishedMembership": lambda made: (ANONYMOUS, {"areaId": area_id(made)}),
    # resourcing
    "BudgetYear": managed(year=YEAR),
    "MyAgreements": lambda made: (made.partnership.lead_actors[Kind.POLICE], {}),
    "OneContribution": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("Contribution", made.contribution)},
    ),
    # indicators
    "IndicatorFiles": managed(),
    "OneIndicator": managed(code=CODE),
    "OneIndicatorFile": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("IndicatorFile", made.contribution)},
    ),
    "Scorecard": managed(place=None),
    # cooperation
    "AgencyConfirmations": managed(),
    "AgencyList": managed(),
    "AgencyChoosing": managed(search="meadow"),
    "AgencyPage": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": key(made, "RelevantAgency", made.request.agency_id)},
    ),
    "CyclePage": lambda made: (
        made.manager,
        {
            "areaId": area_id(made),
            "id": key(made, "DutyCycle", made.request.cycle_id),
            "where": {"cycleId": key(made, "DutyCycle", made.request.cycle_id)},
        },
    ),
    "CycleHead": lambda made: (made.manager, {"id": key(made, "DutyCycle", made.request.cycle_id)}),
    "AgenciesToAsk": lambda made: (made.manager, {"dutyId": key(made, "Duty", made.request.duty_id)}),
    "DutyForm": managed(),
    "DutyList": managed(),
    "DutyPage": lambda made: (made.manager, {"id": key(made, "Duty", made.request.duty_id)}),
    "MyDuties": lambda made: (contact(made.area, made.schools[0]), {"openOnly": True}),
    "RequestPage": lambda made: (
        contact(made.area, made.schools[0]),
        {"id": key(made, "DutyRequest", made.request.id)},
    ),
    "TrustDuties": lambda made: (lead(made), {}),
    # organisations
    "AreaOrganisation": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("Organisation", made.trust)},
    ),
    "AreaOrganisations": managed(),
    # intervention
    "AreaFlags": managed(openOnly=False),
    "DecisionForm": lambda _: (official(), {}),
    "FlagForm": managed(),
    "FlagRecord": lambda made: (made.manager, {"id": key(made, "InterventionFlag", made.flag)}),
    # national
    "NationalArea": lambda made: (official(), {"slug": made.area.slug}),
    "NationalAreas": lambda made: (
        official(),
        {"sort": "name", "descending": False, "search": f"{made.area.name} Council"},
    ),
    "NationalFlags": lambda _: (official(), {"openOnly": False}),
    # anyone
    "PublicArea": lambda made: (ANONYMOUS, {"slug": made.area.slug}),
    "PublicAreas": lambda _: (ANONYMOUS, {}),
    # platform
    "AccountRecord": lambda made: (ADMINISTRATOR, {"id": ids.encode("Person", made.manager.id)}),
    "Accounts": administered(),
    "AreaChoices": administered(),
    "JobRecord": lambda made: (ADMINISTRATOR, {"id": ids.encode("Job", made.job)}),
    "Jobs": administered(),
    "MachineClients": administered(),
    "OrganisationsToGrant": administered(search="meadow"),
    "WaitingInvitations": administered(),
    "PlatformArea": lambda made: (ADMINISTRATOR, {"slug": made.area.slug}),
    "PlatformAreas": administered(),
    "PlatformTrail": administered(),
    "RegisterImport": lambda made: (ADMINISTRATOR, {"id": ids.encode("RegisterImport", made.register_import.id)}),
    "RegisterImports": administered(),
    "RejectedLines": lambda made: (ADMINISTRATOR, {"id": ids.encode("RegisterImport", made.register_import.id)}),
    "SignInProviders": administered(),
    # connections
    "AgencyConnections": administered(),
    "ConnectionChanges": managed(),
    "ConnectionForm": lambda made: (made.manager, {"national": False}),
    "ConnectionPage": lambda made: (
        made.manager,
        {"id": ids.encode("AgencyConnection", made.connected.connection)},
    ),
    "ConnectionProposals": managed(waiting=True),
    "ConnectionHookPage": lambda made: (
        made.manager,
        {"id": ids.encode("AgencyConnection", made.connected.connection)},
    ),
    "ConnectionRunPage": lambda made: (made.manager, {"id": ids.encode("ConnectionRun", made.connected.run)}),
    "ConnectionsHome": managed(),
    "WebhookEndpoints": managed(),
    "WebhookForm": lambda made: (made.manager, {}),
    "WebhookEndpointPage": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("WebhookEndpoint", made.connected.endpoint)},
    ),
    "NamedContacts": managed(first=50),
    "SigningKeys": lambda made: (made.manager, {"id": ids.encode("AgencyConnection", made.connected.connection)}),
    "OwnContacts": lambda made: (contact(made.area, made.connected.school), {}),
    "OneContact": lambda made: (
        made.manager,
        {"areaId": area_id(made), "id": ids.encode("NamedContact", made.connected.contact)},
    ),
    "OrganisationContacts": lambda made: (
        contact(made.area, made.connected.school),
        {"areaId": area_id(made), "organisationId": ids.encode("Organisation", made.connected.school)},
    ),
}
