"""Whose each row is, said independently of the policies: a predicate for what a context may see of a table.

A new table is an area's own as soon as it has `area_id`. Whatever else anyone may see of it is said here, with why.
"""

from __future__ import annotations

from tests.isolation.contexts import Context

#: every row is for everyone
PUBLIC = {
    "area": "the list of areas is public; the public login sees live ones only",
    "area_local_authority": "which authorities an area covers is public",
    "agency_category": "the categories of the Schedule to SI 2018/789",
    "organisation": "the national register is public",
    "organisation_affiliation": "the national register is public",
    "organisation_directory_entry": "what national directories say of bodies is public",
    "organisation_history": "the national register is public",
    "organisation_lineage": "the national register is public",
    "trust_membership": "the national register is public",
}

#: rows that belong to the agency named in `organisation_id` as well as to the area
SHARED = {
    "relevant_agency", "agency_telling", "duty_request", "submission", "area_reply", "request_message",
    "area_organisation", "named_contact",
}  # fmt: skip
#: rows that belong to the agency alone, even though they carry the area
AGENCYS_OWN = {"request_draft": "a draft is the agency's until it is sent"}

#: rows of one person, by the column that names them
OWN = {
    "person": "id", "identity": "person_id", "session": "person_id", "role_assignment": "person_id",
    "mail": "person_id", "idempotency": "principal",
}  # fmt: skip

_REFERRED = "referred_at is not null"
_AGREED = "budget_id in (select id from budget where state = 'agreed')"
_TODAY = "valid @> (now() at time zone 'Europe/London')::date"
_LIVE = "area_id in (select id from area where lifecycle = 'live')"
#: what the Department reads of areas: columns are granted one by one, rows as here
NATIONAL = {
    "area_organisation": "true",
    "partner_body": "true",
    "partnership_chair": "true",
    "appointment": "office <> 'seat' or seat_id in (select id from seat where education_level is not null)",
    "seat": "education_level is not null",
    "budget": "true",
    "budget_line": f"removed_reason is null and {_AGREED}",
    "contribution": f"state <> 'withdrawn' and {_AGREED}",
    "receipt": f"contribution_id in (select id from contribution where state <> 'withdrawn' and {_AGREED})",
    "cooperation_count": "true",
    "agency_count": "true",
    "area_fact": "true",
    "intervention_flag": _REFERRED,
    "intervention_flag_move": "shared",
}
#: what anyone reads of a live area
PUBLISHED = {
    "area_organisation": "basis = 'covers_la'",
    "connection_signing_key": "withdrawn_at is null or withdrawn_at > now()",  # for agencies that check our signatures
    "partner_body": f"{_LIVE} and {_TODAY}",
    "partnership_chair": f"{_LIVE} and {_TODAY}",
    "appointment": f"{_LIVE} and {_TODAY} and office <> 'seat'",
}
#: what an official reads on the application's login, where they act
OFFICIALS = {
    "intervention_flag": _REFERRED,
    "intervention_flag_move": "shared",
    "audit.event": "area_id = 0",
}


def permitted(table: str, *, of_area: bool, context: Context) -> str:
    """Return, as SQL for a superuser, which rows of the table the context may see."""
    if table in PUBLIC:
        return "true"
    ways = [*_as_member(table, of_area, context), *_as_agency(table, context), *_as_oneself(table, context)]
    logins = {"concordat_national": NATIONAL, "concordat_public": PUBLISHED}
    listed = logins.get(context.login, OFFICIALS if context.official else {})
    if table in listed:
        ways.append(listed[table])
    if table == "connection_change" and context.login == "concordat_app":
        ways.append("area_id is null and subject_kind = 'organisation'")  # what became of a body of the public register
    if table == "area_organisation":
        ways.append("basis = 'covers_la'")  # that a school is in an area is public
    return " or ".join(f"({way})" for way in ways) or "false"


def _as_member(table: str, of_area: bool, context: Context) -> list[str]:
    areas = ",".join(str(area) for area in sorted(context.areas))
    if not areas or table in AGENCYS_OWN:
        return []
    if table == "person":
        return [f"id in (select person_id from role_assignment where area_id in ({areas}))"]
    return [f"area_id in ({areas})"] if of_area else []


def _as_agency(table: str, context: Context) -> list[str]:
    pairs = [
        f"organisation_id = '{organisation}'" + ("" if area is None else f" and area_id = {area}")
        for area, organisation in sorted(context.reach, key=str)
    ]
    if table in SHARED or table in AGENCYS_OWN:
        return pairs
    if table == "duty_version" and pairs:
        return [f"id in (select duty_version_id from duty_request where {' or '.join(f'({pair})' for pair in pairs)})"]
    return []


def _as_oneself(table: str, context: Context) -> list[str]:
    if table not in OWN or context.principal is None:
        return []
    return [f"{OWN[table]} = '{context.principal}'"]
