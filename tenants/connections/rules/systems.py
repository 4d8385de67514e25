"""Which systems can be linked, how each wants to know who we are, and what has to be said about it: plain data.

The integrations side has a test that its connectors and this table agree; a test there names what is missing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tenants.connections.rules.settling import Post
from tenants.tenancy.roles import AGENCY_ROLES

OptionKind = Literal["text", "url", "whole", "yes_no", "mapping", "lines"]

AUTH_MODES: dict[str, str] = {
    "client_secret": "OAuth 2.0 client id and secret",
    "signed_jwt": "OAuth 2.0 with an assertion signed by our private key",
    "certificate": "OAuth 2.0 with an assertion signed by our certificate’s key",
    "bearer_token": "A fixed access token",
    "api_key": "An API key",
    "service_token": "A short-lived token signed with a shared secret",
    "none": "None: the data is public",
}
#: which credentials a way of signing in uses
CREDENTIALS: dict[str, tuple[str, ...]] = {
    "client_secret": ("client_secret",),
    "signed_jwt": (),  # by a key of our own: see `signing_keys`
    "certificate": ("private_key", "certificate"),
    "bearer_token": ("bearer_token",),
    "api_key": ("api_key",),
    "service_token": ("client_secret",),
    "none": (),
}
KINDS: dict[str, str] = {
    "client_secret": "Client secret",
    "private_key": "Private key (PEM)",
    "certificate": "Certificate (PEM)",
    "bearer_token": "Access token",
    "api_key": "API key",
}
MAY_CHANGE: dict[str, str] = {
    "names": "Names and addresses of organisations",
    "status": "Whether an organisation is open, closed or has a successor",
    "people": "Proposals about people, for someone to decide",
    "figures": "Shared figures",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something a system has to be told. A `mapping` is lines of `theirs = ours`, `lines` is one value a line."""

    key: str
    label: str
    hint: str = ""
    kind: OptionKind = "text"
    required: bool = False
    default: str = ""
    ours: tuple[str, ...] = ()  #: in a mapping, what may stand on our side; empty: anything
    line: str = ""  #: in a mapping, what each line has to match when that is more than `ours` can say


@dataclass(frozen=True, kw_only=True, slots=True)
class System:
    """A system that can be linked: by areas, or once for the country."""

    system: str
    label: str
    help: str
    national: bool
    auth_modes: tuple[str, ...]
    may_change: tuple[str, ...]
    options: tuple[Option, ...] = ()
    base_url: str = ""  #: where everybody finds it; empty when each area has an address of its own
    every_minutes: int | None = 24 * 60
    hooks: bool = False  #: it may tell us by itself that something changed there (Standard Webhooks)


_TOKEN_URL = Option(key="token_url", label="Token address", kind="url", hint="Where an access token is asked for.")
_CLIENT_ID = Option(key="client_id", label="Client id", hint="The name under which the system knows us.")
ROLE_TOKENS = Option(
    key="role_tokens",
    label="Which of their roles is which post",
    kind="mapping",
    ours=tuple(Post),
    hint="One on each line: their word for the role, an equals sign, and one of designated_safeguarding_lead, "
    "deputy_designated_safeguarding_lead, headteacher or other.",
    default="ext:designatedSafeguardingLead = designated_safeguarding_lead\n"
    "ext:deputyDesignatedSafeguardingLead = deputy_designated_safeguarding_lead\n"
    "principal = headteacher",
)
WONDE_ROLES = replace(
    ROLE_TOKENS,
    default="Designated Safeguarding Lead = designated_safeguarding_lead\n"
    "Deputy Designated Safeguarding Lead = deputy_designated_safeguarding_lead\n"
    "Headteacher = headteacher",
)
_SECRET_IN_FORM = Option(
    key="secret_in_form",
    label="Whether the token service wants the secret in the form",
    hint="Most take it as HTTP Basic: leave it at no unless the supplier says otherwise.",
    kind="yes_no",
)
_URN_FIELD = Option(
    key="urn_field",
    label="Where the system keeps a school’s URN",
    hint="The name of a field, or metadata.name; empty to look in the identifier and the metadata.",
)
_STAFF_ONLY = Option(
    key="staff_only",
    label="Whether the supplier limits our credential to staff",
    hint="Only then may the list of users be read without asking for a role. At no, pupils can never be among them.",
    kind="yes_no",
)

ALL: tuple[System, ...] = (
    System(
        system="schools_oneroster",
        label="School information system (OneRoster 1.2)",
        help="Reads schools and their staff, never pupils. Names of safeguarding leads and headteachers arrive as "
        "proposals that you decide on.",
        national=False,
        auth_modes=("client_secret",),
        may_change=("people",),
        options=(
            replace(_TOKEN_URL, required=True),
            replace(_CLIENT_ID, required=True),
            ROLE_TOKENS,
            _URN_FIELD,
            _STAFF_ONLY,
            _SECRET_IN_FORM,
        ),
        hooks=True,
    ),
    System(
        system="schools_wonde",
        label="School information systems through Wonde",
        help="Reads the staff of the schools that approved the link in Wonde, never pupils.",
        national=False,
        auth_modes=("bearer_token",),
        may_change=("people",),
        options=(WONDE_ROLES,),
        hooks=True,
    ),
    System(
        system="dfe_sign_in",
        label="DfE Sign-in (who may act for a school)",
        help="Reads who approves and who acts for each organisation in DfE Sign-in. Roles arrive as proposals in the "
        "areas of the organisation. Needs the API secret of our service there, which is not its client secret.",
        national=True,
        auth_modes=("service_token",),
        may_change=("people",),
        options=(
            replace(_CLIENT_ID, required=True),
            Option(key="service_id", label="Service id", hint="Only when it is not the client id."),
            Option(
                key="role_codes",
                label="Which of their role codes is which role here",
                kind="mapping",
                ours=tuple(sorted(AGENCY_ROLES)),
                hint="One on each line: their code, an equals sign, and establishment_contact, trust_lead or "
                "agency_contact.",
            ),
            Option(
                key="approver_role",
                label="Role to propose for approvers",
                hint="establishment_contact, trust_lead or agency_contact; empty to pass them over.",
            ),
        ),
        base_url="https://api.signin.education.gov.uk",
    ),
    System(
        system="police_indicators",
        label="Police: proposed feed of aggregate figures",
        help="A proposed interface: agree it with your force first. Figures can be imported from a file without it.",
        national=False,
        auth_modes=("client_secret", "certificate"),
        may_change=("figures",),
        options=(
            _TOKEN_URL,
            _CLIENT_ID,
            Option(key="scope", label="Scope", hint="Like api://app-name/.default."),
            Option(
                key="places",
                label="Which of their areas is which local authority",
                kind="mapping",
                hint="One on each line: the area’s nine-character ONS code, an equals sign, and the three digits of "
                "the local authority, or the word area for the whole area.",
                required=True,
                line=r"E(0[6789]|10)\d{6}\s*=\s*(\d{3}|area)",
            ),
            Option(
                key="older_header",
                label="The force’s tenant still wants RS256 and a SHA-1 thumbprint",
                kind="yes_no",
            ),
        ),
        every_minutes=7 * 24 * 60,
        hooks=True,
    ),
    System(
        system="nhs_ods",
        label="NHS organisation directory",
        help="Keeps integrated care boards, NHS trusts and sub-ICB locations as the NHS directory has them: "
        "names, who followed whom, and which lies in which board’s geography.",
        national=True,
        auth_modes=("api_key", "signed_jwt"),
        may_change=("names", "status"),
        options=(
            Option(
                key="end_user_ods",
                label="ODS code for which we ask",
                hint="Of the organisation that runs this service, like X26.",
                required=True,
            ),
            Option(key="client_id", label="API key of our application", hint="Only with a signed assertion."),
            Option(key="environment", label="Environment", hint="One word, like int or prod.", default="prod"),
            Option(key="token_url", label="Token address", kind="url", hint="Only when it is not /oauth2/token there."),
        ),
        base_url="https://api.service.nhs.uk/organisation-data-terminology-api/fhir",
    ),
    System(
        system="police_forces",
        label="Police forces (data.police.uk)",
        help="Keeps the names of the 43 territorial forces of England and Wales.",
        national=True,
        auth_modes=("none",),
        may_change=("names", "status"),
        base_url="https://data.police.uk/api",
        every_minutes=7 * 24 * 60,
    ),
    System(
        system="gias",
        label="Get Information About Schools (nightly extracts)",
        help="Imports the registers of establishments and groups each night.",
        national=True,
        auth_modes=("none",),
        may_change=("names", "status"),
        base_url="https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public",
    ),
    System(
        system="education_statistics",
        label="Explore Education Statistics",
        help="Reads published figures of England and of local authorities, to compare yours with.",
        national=False,
        auth_modes=("none",),
        may_change=("figures",),
        options=(
            Option(
                key="data_set_id",
                label="Data set",
                hint="The id of the data set in Explore Education Statistics.",
                required=True,
            ),
            Option(key="data_set_version", label="Version", hint="Like 1.2: ids change with it.", required=True),
            Option(key="indicator_id", label="Indicator there", hint="Its id in that version.", required=True),
            Option(key="code", label="Code of the indicator here", hint="Like referrals_published.", required=True),
            Option(
                key="filter_ids",
                label="Filters",
                kind="lines",
                hint="Where the data set is broken down, by type or age: the id of a filter’s option on each line, so "
                "that one figure is left for each place and year.",
            ),
        ),
        base_url="https://api.education.gov.uk/statistics/v1",
        every_minutes=7 * 24 * 60,
    ),
)
SYSTEMS: Mapping[str, System] = {one.system: one for one in ALL}


def spoken(label: str) -> str:
    """Return an option's label as it stands in a sentence: the token address, which of their roles is which post."""
    said = label if label[1:2].isupper() else label[0].lower() + label[1:]
    return said if said.startswith(("which ", "where ", "whether ", "the ")) else f"the {said}"


def systems_for(*, national: bool) -> tuple[System, ...]:
    """Return the systems that an area (or, national, a platform administrator) can link."""
    return tuple(one for one in ALL if one.national is national)
