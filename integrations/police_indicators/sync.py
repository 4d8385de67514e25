"""The proposed feed as a connector: nothing when nothing was published, else what changed, area by area."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from infra.clock import now
from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected
from integrations.errors import AgencyBroken
from integrations.noted_figures import note_figures
from integrations.police_indicators import client
from integrations.police_indicators.client import CursorGone
from integrations.police_indicators.mapping import Unusable, definition_of, figure_of, instant_of
from integrations.police_indicators.oauth import CERTIFICATE, OLDER, authorise
from tenants.connections import runs
from tenants.connections.runs import Rejection
from tenants.indicators import service
from tenants.indicators.rules.catalogue import Definition
from tenants.indicators.rules.values import AREA
from tenants.indicators.service import Published
from tenants.tenancy.actor import Actor

SYSTEM = "police_indicators"
PLACES = "places"
MOST_RESTARTS = 3
_OPTIONS = {"token_url", "client_id", "scope", PLACES, OLDER}
_GSS = re.compile(r"E(0[6789]|10)\d{6}", re.ASCII)
_LA = re.compile(r"\d{3}", re.ASCII)
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a page holds: definitions on the first, figures of one area on the others, each with its row there."""

    definitions: Sequence[Definition] = field(default=())
    figures: Sequence[Published] = field(default=())
    rows: Sequence[str] = field(default=())
    published_at: datetime | None = None


def check_options(options: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with the options, in sentences."""
    wrong = [f"There is no option named {name}." for name in sorted(set(options) - _OPTIONS)]
    address = urlsplit(str(options.get("token_url", "")))
    if address.scheme not in ("https", "http") or not address.hostname:
        wrong.append("Enter the address at which the force’s tenant gives access tokens.")
    if not str(options.get("client_id", "")).strip():
        wrong.append("Enter the client id that the force gave us.")
    if not re.fullmatch(r"api://\S+/\.default", str(options.get("scope", ""))):
        wrong.append("The scope is one address, like api://app-name/.default.")
    places = options.get(PLACES)
    if not isinstance(places, Mapping) or not places:
        return [*wrong, "Say which of the force’s areas is which local authority."]
    if not all(_GSS.fullmatch(str(theirs)) and (ours == AREA or _LA.fullmatch(str(ours)))
               for theirs, ours in places.items()):  # fmt: skip
        wrong.append("Each area is an ONS code, like E10000099, and ours three digits or the word area.")
    return wrong


def start(link: Link) -> Cursor:
    """Return where a run begins: with the question whether anything was published since the last good run."""
    kept = json.loads(link.watermark) if link.watermark else {}
    return {"step": "latest", "etag": kept.get("etag"), "since": kept.get("since"), "restarts": 0}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[Sheet]:
    """Return the page at the cursor. Raises what the client raises, and `AgencyBroken` where pages never settle."""
    if cursor["step"] == "latest":
        return await _latest(agency, cursor)
    if cursor["step"] == "definitions":
        found, rejected = _usable(await client.definitions(agency), definition_of, reference="definition")
        following = {**cursor, "step": "figures", "area": 0, "cursor": None}
        return Page(items=[Sheet(definitions=list(found.values()))], next=following, rejected=rejected)
    try:
        return await _figures(link, agency, cursor)
    except CursorGone:
        if cursor["restarts"] >= MOST_RESTARTS:
            raise AgencyBroken("The force publishes faster than we can read.", sha256=None, size=0) from None
        return Page(items=[], next={**cursor, "area": 0, "cursor": None, "restarts": cursor["restarts"] + 1})


async def _latest(agency: Agency, cursor: Cursor) -> Page[Sheet]:
    found = await client.latest(agency, etag=cursor["etag"])
    if found.same:
        return Page(items=[], next=None, watermark=_watermark(cursor))
    following = {**cursor, "step": "definitions", "etag": found.etag, "until": found.published_at}
    return Page(items=[], next=following)


async def _figures(link: Link, agency: Agency, cursor: Cursor) -> Page[Sheet]:
    areas = sorted(link.options[PLACES])
    area = areas[cursor["area"]]
    page = await client.observations(agency, area=area, since=cursor["since"], cursor=cursor["cursor"])
    places = {area: str(link.options[PLACES][area])}
    found, rejected = _usable(page.rows, lambda row: figure_of(row, places=places), reference=area)
    try:
        published_at = instant_of(page.published_at)
        sheet = Sheet(figures=list(found.values()), rows=list(found), published_at=published_at)
    except Unusable as error:
        raise AgencyBroken(str(error), sha256=None, size=0) from None
    if page.cursor is not None:
        return Page(items=[sheet], next={**cursor, "cursor": page.cursor}, rejected=rejected)
    if cursor["area"] + 1 < len(areas):
        following = {**cursor, "area": cursor["area"] + 1, "cursor": None}
        return Page(items=[sheet], next=following, rejected=rejected)
    done = {**cursor, "since": cursor["until"] or cursor["since"]}
    return Page(items=[sheet], next=None, watermark=_watermark(done), rejected=rejected)


def _watermark(cursor: Cursor) -> str | None:
    """What the next run begins with: the publication we have, and since when to ask for changes."""
    return json.dumps({"etag": cursor["etag"], "since": cursor["since"]}) if cursor["since"] else None


def _usable(rows: Sequence[Any], make: Callable[[Any], T], *, reference: str) -> tuple[dict[str, T], list[Rejected]]:
    """Return what could be made of the rows, by the reference of each row, and those that are left out."""
    found: dict[str, T] = {}
    rejected: list[Rejected] = []
    for number, row in enumerate(rows, start=1):
        line = f"{reference}, row {number}"
        try:
            found[line] = make(row)
        except Unusable as error:
            rejected.append(Rejected(reference=line, reason=str(error)))
    return found, rejected


async def apply(*, by: Actor, link: Link, page: Page[Sheet]) -> Counts:
    """Write what a page says; a figure as it is known writes nothing."""
    counts = Counts()
    for sheet in page.items:
        counts += await _apply(by, link, sheet)
    return counts


async def _apply(by: Actor, link: Link, sheet: Sheet) -> Counts:
    assert link.area_id is not None
    if "figures" not in link.may_change:
        return Counts(read=len(sheet.figures))
    common: dict[str, Any] = {"by": by, "area_id": link.area_id, "connection_id": link.connection_id}
    if sheet.published_at is None:
        await service.record(**common, definitions=sheet.definitions, figures=[], published_at=now())
        return Counts()
    done = await service.record(**common, figures=sheet.figures, published_at=sheet.published_at)
    refused = [Rejection(reference=_told(sheet, number), reason=reason) for number, reason in done.refused]
    await runs.reject(run_id=link.run_id, rows=refused)
    written = done.written
    await note_figures(by=by, link=link, subject="Figures of the force", new=written.new, revised=written.revised)
    return Counts(read=len(sheet.figures), applied=written.new + written.revised, unchanged=written.unchanged)


def _told(sheet: Sheet, number: int) -> str:
    """Return which row a figure was, with its indicator and period: what the force needs to find it."""
    figure = sheet.figures[number]
    return f"{sheet.rows[number]}: {figure.code}, {figure.period} from {figure.starts_on:%Y-%m-%d}"


async def probe(link: Link, agency: Agency) -> str:  # noqa: ARG001
    """Say how many indicators the force defines and when it last published."""
    found = await client.definitions(agency)
    last = await client.latest(agency, etag=None)
    when = f", last published {last.published_at[:10]}" if last.published_at else ""
    return f"The force’s service answered: {len(found)} indicators{when}. The feed is a proposed interface."


CONNECTOR: Connector[Sheet] = Connector(
    system=SYSTEM,
    label="Police: proposed feed of aggregate figures",
    national=False,
    auth_modes=("client_secret", CERTIFICATE),
    authorise=authorise,
    check_options=check_options,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
)
