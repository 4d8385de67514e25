"""Turning a mail's template and values into a subject and a body."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"

# Plain text: escaping for HTML would put &amp; into people's letters.
_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701
    keep_trailing_newline=True,
    trim_blocks=True,
)


def render(*, template: str, values: Mapping[str, str | int], link: str) -> tuple[str, str]:
    """Return (subject, body). The first line of a template is the subject; `link` is what only the worker knows.

    Raises `jinja2.TemplateNotFound` or `jinja2.UndefinedError`.
    """
    text = _environment.get_template(f"{template}.txt").render(link=link, **values)
    first, _, body = text.partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip("\n") + "\n"
