"""The manners of a server: what its errors look like, what it leaves out, what it does not understand."""

from __future__ import annotations

from dataclasses import dataclass

from integrations.sandbox.agencies.messages import Reply, json_reply

CODES = {
    400: "invaliddata",
    401: "unauthorisedrequest",
    403: "forbidden",
    404: "unknownobject",
    405: "invaliddata",
    422: "invaliddata",
    429: "server_busy",
    503: "server_busy",
}


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """`errors` is flat, wrapped or text; `role_fields` are the names by which users can be filtered by role."""

    errors: str = "flat"
    total: bool = True
    link: bool = True
    role_fields: tuple[str, ...] = ("roles.role", "role")
    largest_page: int = 10_000
    urn_in: str = "identifier"


ALL = (
    Dialect(),
    Dialect(errors="wrapped", urn_in="metadata"),
    Dialect(errors="text", total=False, link=False, role_fields=("roles",)),
    Dialect(role_fields=()),
    Dialect(errors="wrapped", link=False, role_fields=("roles.role",)),
    Dialect(errors="text", total=False, role_fields=("role",), largest_page=50),
)


@dataclass(frozen=True)
class Refused(Exception):
    """An answer that is an error: status, codeMinor and a description."""

    status: int
    code: str
    description: str


def error(dialect: Dialect, refused: Refused) -> Reply:
    """The error as this server says it."""
    status = {
        "imsx_codeMajor": "failure",
        "imsx_severity": "error",
        "imsx_description": refused.description,
    }
    if dialect.errors == "text":
        return json_reply({**status, "imsx_codeMinor": refused.code}, status=refused.status)
    field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": refused.code}
    whole = {**status, "imsx_CodeMinor": {"imsx_codeMinorField": [field]}}
    return json_reply({"imsx_StatusInfo": whole} if dialect.errors == "wrapped" else whole, status=refused.status)
