"""Every form that the pages of a world show, and what does not fit into it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup, Tag

from concordat_graphql.ids import encode
from infra.ids import uuid7
from tests.web.census.routes import Route
from tests.web.settings import BASE_URL

Fields = dict[str, list[str]]

_PARAMETER = re.compile(r"\{\w+:\w+\}")
_OPAQUE = re.compile(r"[A-Za-z][A-Za-z]+:[\w.-]+")
_ENOUGH_PAGES = 400


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A form as a page shows it: where it goes, what it would send, and which of its inputs take text or a choice."""

    page: str
    action: str
    fields: Fields
    text: frozenset[str]
    chosen: frozenset[str]

    @property
    def given(self) -> Fields:
        """What the page itself put in, beside its token."""
        return {name: values for name, values in self.fields.items() if name != "_csrf"}


def route_of(address: str, among: list[Route]) -> Route | None:
    """Return the route that answers an address: the one with the fewest parameters."""
    path = urlsplit(address).path
    fitting = [route for route in among if re.fullmatch(_PARAMETER.sub("[^/]+", route.path), path)]
    return min(fitting, key=lambda route: len(route.parameters), default=None)


async def forms_seen(
    client: httpx.AsyncClient, starts: list[str], gets: list[Route], *, below: Sequence[str] = ("/",)
) -> list[Shown]:
    """Return the forms of every page that can be reached from the starts: one page of each route and kind of query.

    Only pages whose address begins with one of `below` are opened.
    """
    waiting, kinds, found = list(starts), set[tuple[str, ...]](), list[Shown]()
    while waiting and len(kinds) < _ENOUGH_PAGES:
        address = waiting.pop(0)
        route = route_of(address, gets)
        asked = dict(parse_qsl(urlsplit(address).query))
        kind = ("" if route is None else route.path, *sorted(asked))
        if route is None or kind in kinds or route.path.endswith((".csv", ".xlsx")):
            continue
        answer = await client.get(address)
        if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
            continue
        kinds.add(kind)
        soup = BeautifulSoup(answer.text, "html.parser")
        linked = [_local(address, str(link["href"])) for link in soup.find_all("a", href=True)]
        waiting += [one for one in linked if one.startswith(tuple(below))]
        found += [_shown(address, form) for form in soup.find_all("form", method="post")]
    return found


def _local(page: str, href: str) -> str:
    parts = urlsplit(urljoin(BASE_URL + page, href))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _shown(page: str, form: Tag) -> Shown:
    fields, text, chosen = Fields(), set[str](), set[str]()
    for one in form.find_all(["input", "textarea", "select"], attrs={"name": True}):
        name, kind = str(one["name"]), str(one.get("type", "text")) if one.name == "input" else one.name
        if kind == "select":
            chosen.add(name)
            fields.setdefault(name, []).extend(str(each["value"]) for each in one.select("option[selected]"))
        elif kind in ("radio", "checkbox"):
            chosen.add(name)
            fields.setdefault(name, []).extend([str(one["value"])] if one.has_attr("checked") else [])
        elif kind != "file":
            fields.setdefault(name, []).append(str(one.get("value", "")) if one.name == "input" else one.get_text())
            text |= set() if kind == "hidden" else {name}
    return Shown(page=page, action=_local(page, str(form.get("action") or page)), fields=fields,
                 text=frozenset(text), chosen=frozenset(chosen))  # fmt: skip


def misfits(form: Shown) -> Iterator[tuple[str, Fields]]:
    """Yield (what was done, what is sent) for everything that the form is to refuse."""
    words = form.text - {name for name in form.text if name.endswith(("-day", "-month", "-year"))}
    if words:
        yield "oversized", form.fields | {name: ["x" * 10_001] for name in words}
    if dates := form.text - words:
        yield "no date", form.fields | {name: ["31.5"] for name in dates}
    if form.chosen:
        yield "not offered", form.fields | {name: ["nonsense"] for name in form.chosen}
    if len(form.text) + len(form.chosen) > 1:
        wrong = {name: ["x" * 10_001] for name in words} | {name: ["31.5"] for name in dates}
        yield "all of it", form.fields | wrong | {name: ["nonsense"] for name in form.chosen}
    if "version" in form.fields:
        yield "no version", {name: values for name, values in form.fields.items() if name != "version"}
        yield "no number", form.fields | {"version": ["two"]}
        yield "stale version", form.fields | {"version": ["999999"]}
    if opaque := [name for name, values in form.given.items() if any(_is_opaque(value) for value in values)]:
        yield "foreign id", form.fields | {name: [_another(value) for value in form.fields[name]] for name in opaque}


def _is_opaque(value: str) -> bool:
    return _OPAQUE.fullmatch(_decoded(value)) is not None


def _decoded(value: str) -> str:
    try:
        return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode("ascii")
    except ValueError:
        return ""


def _another(value: str) -> str:
    """An id of the same kind that names nothing here."""
    kind, _, key = _decoded(value).partition(":")
    area, dot, _ = key.rpartition(".")
    return encode(kind, f"{area}{dot}{uuid7()}") if kind else value


def encoded(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what a browser sends: a name without a value is not sent."""
    return {name: values for name, values in fields.items() if values}
