"""Turning a mail's template and values into a subject and a body."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tenants.tenancy.people.tokens import invitation_token

TEMPLATES = Path(__file__).parent / "templates"

# Plain text: escaping for HTML would put &amp; into people's letters.
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701
    keep_trailing_newline=True,
    trim_blocks=True,
)


def render(*, template: str, values: Mapping[str, str | int], base_url: str) -> tuple[str, str]:
    """Return (subject, body). The first line of a template is the subject.

    Raises `jinja2.TemplateNotFound` or `jinja2.UndefinedError`.
    """
    links = {"invitation_link": lambda: invitation_link(base_url, UUID(str(values["invitation_id"])))}
    text = _environment.get_template(f"{template}.txt").render(base_url=base_url, **links, **values)
    first, _, body = text.partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip("\n") + "\n"


def invitation_link(base_url: str, invitation_id: UUID) -> str:
    """Return the address that accepts an invitation; it works once."""
    return f"{base_url}/invitation/{invitation_token(invitation_id)}"
