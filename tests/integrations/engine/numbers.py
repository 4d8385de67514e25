"""An agency that has numbers, page by page, and the connector that remembers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from integrations.agency import Agency
from integrations.connector import Connector, Counts, Cursor, Link, Page, Rejected, Secrets
from integrations.engine.carry import Work, link_of
from integrations.engine.scopes import scopes_of
from integrations.errors import AgencyRefused
from integrations.hosts import only_hosts
from integrations.http import Door
from integrations.oauth.requests import TokenRequest, by_secret
from integrations.reading import broken, object_of
from tenants.connections import records
from tenants.connections.records import Seen
from tenants.connections.runs import Begun
from tenants.tenancy.actor import Actor

DOOR = Door(permits=only_hosts("127.0.0.1"), total_seconds=10, max_bytes=10_000)


def authorise(link: Link, secrets: Secrets) -> TokenRequest | Mapping[str, str]:
    if link.auth_mode == "api_key":
        return {"apikey": secrets["api_key"]}
    return by_secret(url=f"{link.base_url.rstrip('/')}/token", client_id="us", secret=secrets["client_secret"])


def start(link: Link) -> Cursor:
    return {"page": 1, "since": link.watermark}


async def fetch(link: Link, agency: Agency, cursor: Cursor) -> Page[str]:
    answer = await agency.get(f"/page-{cursor['page']}")
    if answer.status == 403:
        raise AgencyRefused("The agency does not give us the numbers.", status=403)
    body = object_of(answer)
    if "numbers" not in body:
        raise broken(answer, "The answer has no numbers.")
    good = [str(number) for number in body["numbers"] if number >= 0]
    bad = [Rejected(reference=str(number), reason="It is below nothing.") for number in body["numbers"] if number < 0]
    following = {**cursor, "page": cursor["page"] + 1} if body["more"] else None
    return Page(items=good, next=following, watermark="w1", rejected=bad, total=body.get("total"))


async def apply(*, by: Actor, link: Link, page: Page[str]) -> Counts:
    seen = [Seen(external_id=item, digest=b"1") for item in page.items]
    written = await records.remember(connection_id=link.connection_id, kind="number", rows=seen)
    if "13" in page.items:
        raise ValueError("a fault of the connector")
    return Counts(read=len(page.items), applied=written, unchanged=len(page.items) - written)


async def probe(link: Link, agency: Agency) -> str:
    return f"The agency answered {(await agency.get('/page-1')).status}."


NUMBERS: Connector[str] = Connector(
    system="numbers",
    label="Numbers",
    national=False,
    auth_modes=("client_secret", "api_key"),
    authorise=authorise,
    start=start,
    fetch=fetch,
    apply=apply,
    probe=probe,
)


def work_of(begun: Begun, **changed: Any) -> Work:
    scopes = scopes_of(area_id=begun.area_id)
    parts: dict[str, Any] = {
        "begun": begun,
        "link": link_of(begun),
        "connector": NUMBERS,
        "scopes": scopes,
        "door": DOOR,
    }
    return Work(**(parts | changed))
