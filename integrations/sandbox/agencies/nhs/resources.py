"""The directory's rows as FHIR R4 resources."""

from __future__ import annotations

from datetime import date
from typing import Any

from integrations.sandbox.agencies.nhs.directory import RELATIONSHIPS, ROLE_NAMES, Affiliation, Body, Role

ENGLAND = "https://fhir.nhs.uk/England"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
SYSTEMS = "https://digital.nhs.uk/services/organisation-data-service/CodeSystem"
_PERIOD = f"{ENGLAND}/StructureDefinition/Extension-England-TypedPeriod"


def organization(body: Body) -> dict[str, Any]:
    """An `Organization`."""
    return {
        "resourceType": "Organization",
        "id": body.code,
        "meta": {"versionId": str(body.version), "lastUpdated": f"{body.last_change}T02:13:37.116+00:00"},
        "extension": [
            *map(_role, body.roles, range(700_001, 700_100)),
            _periods(body.opened, body.closed),
            _changed(body),
        ],
        "identifier": [{"use": "official", "system": ODS_CODE, "value": body.code}],
        "active": body.active,
        "type": [_type("England-ODSRecordUseType", "Full", "Full")],
        "name": body.name,
        "address": [{"line": ["1 TEST STREET"], "city": body.town, "postalCode": body.postcode, "country": "ENGLAND"}],
    }


def affiliation(row: Affiliation) -> dict[str, Any]:
    """An `OrganizationAffiliation`."""
    coding = {"system": f"{SYSTEMS}/ODSRelationship", "code": row.code, "display": RELATIONSHIPS[row.code]}
    return {
        "resourceType": "OrganizationAffiliation",
        "id": row.id,
        "identifier": [{"system": f"{SYSTEMS}/organization-relationship-instance", "value": row.id}],
        "active": row.end is None,
        "period": _dates(row.start, row.end),
        "organization": _reference(row.source),
        "participatingOrganization": _reference(row.target),
        "code": [{"coding": [coding]}],
    }


def deletions(deleted: dict[str, date]) -> dict[str, Any]:
    """The `List` of what was taken out."""
    entries = [{"date": on.isoformat(), "item": _reference(code)} for code, on in sorted(deleted.items())]
    return {
        "resourceType": "List",
        "id": "Organization-deletion",
        "status": "current",
        "mode": "changes",
        "entry": entries,
    }


def lookup(body: Body, successors: list[str], predecessors: list[str]) -> dict[str, Any]:
    """What the code system says of a code: its name, whether it is active, whom it followed and who follows it."""
    relatives = [("successor", code) for code in successors] + [("predecessor", code) for code in predecessors]
    closed = [] if body.closed is None else [_property("legEndDate", {"valueDateTime": body.closed.isoformat()})]
    return {
        "resourceType": "Parameters",
        "parameter": [
            {"name": "name", "valueString": "ods-organization-code"},
            {"name": "display", "valueString": body.name},
            _property("status", {"valueCode": "Active" if body.active else "Inactive"}),
            *closed,
            *(_property(kind, {"valueCode": code}) for kind, code in relatives),
        ],
    }


def _property(name: str, value: dict[str, str]) -> dict[str, Any]:
    return {"name": "property", "part": [{"name": "code", "valueCode": name}, {"name": "value", **value}]}


def _role(role: Role, instance: int) -> dict[str, Any]:
    coding = {"system": f"{SYSTEMS}/ODSOrganisationRole", "code": role.code, "display": ROLE_NAMES[role.code]}
    return {
        "url": f"{ENGLAND}/StructureDefinition/Extension-England-OrganisationRole",
        "extension": [
            {"url": "instanceID", "valueInteger": instance},
            {"url": "roleCode", "valueCodeableConcept": {"coding": [coding]}},
            _periods(role.start, role.end),
            {"url": "active", "valueBoolean": role.active},
        ],
    }


def _periods(start: date, end: date | None) -> dict[str, Any]:
    operational = {
        "system": f"{ENGLAND}/CodeSystem/England-PeriodType",
        "code": "Operational",
        "display": "Operational",
    }
    parts = [{"url": "dateType", "valueCoding": operational}, {"url": "period", "valuePeriod": _dates(start, end)}]
    return {"url": _PERIOD, "extension": parts}


def _changed(body: Body) -> dict[str, Any]:
    kind = {
        "system": f"{ENGLAND}/CodeSystem/England-ODSDateTime",
        "code": "LastChangeDate",
        "display": "Last Change Date",
    }
    parts = [{"url": "type", "valueCoding": kind}, {"url": "dateTime", "valueDateTime": body.last_change.isoformat()}]
    return {"url": f"{ENGLAND}/StructureDefinition/Extension-England-TypedDateTime", "extension": parts}


def _dates(start: date, end: date | None) -> dict[str, str]:
    return {"start": start.isoformat(), **({} if end is None else {"end": end.isoformat()})}


def _reference(code: str) -> dict[str, Any]:
    return {"reference": f"Organization/{code}", "identifier": {"system": ODS_CODE, "value": code}}


def _type(system: str, code: str, display: str) -> dict[str, Any]:
    return {"coding": [{"system": f"{ENGLAND}/CodeSystem/{system}", "code": code, "display": display}]}
