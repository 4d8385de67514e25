"""The census of forms: each as the pages show it, sent with what does not fit; nothing of that is written."""

from __future__ import annotations

import httpx
import pytest
import pytest_asyncio
from bs4 import BeautifulSoup
from litestar import Litestar

from tenants.tenancy.actor import Actor
from tests.graphql.census.footprint import changed, footprint
from tests.graphql.census.test_mutations import RECIPES
from tests.support.cluster import Cluster
from tests.support.product import COOKIE, session_token
from tests.web.census.forms import Shown, encoded, forms_seen, misfits, route_of
from tests.web.census.routes import World, make_world, routes
from tests.web.page_checks import disordered_problems
from tests.web.settings import BASE_URL

ALL = routes()
GETS = [route for route in ALL if route.method == "GET"]
POSTS = [route for route in ALL if route.method == "POST"]

#: Forms of other worlds: the mutation whose recipe makes one, and the page from which its forms are looked for.
WORLDS = {
    "AgreeBudget": ("/agreements", "/area/{slug}/resourcing/2026-27"),
    "AmendFlag": ("/area/{slug}/flags",),
    "AcceptIndicatorFile": ("/area/{slug}/indicators",),
    "AcknowledgeInclusion": ("/area/{slug}/agencies",),
    "DeclineInclusion": ("/duties", "/inclusions"),
    "PublishDuty": ("/area/{slug}/duties",),
    "ResumeConnection": ("/area/{slug}/connections",),
    "WithdrawReturn": ("/duties?show=all", "/duties"),
    "ConfirmReturns": ("/trust",),
    "RevokeInvitation": ("/area/{slug}/people",),
    "ConfirmInvitation": ("/area/{slug}/people",),
    "SendInvitationAgain": ("/area/{slug}/people",),
    "EraseFromTrail": ("/area/{slug}/audit/people",),
    "SwitchMachineClient": ("/platform/clients", "/platform/people"),  # with the invitation to confirm, made above
    "SwitchSignInProvider": ("/platform/providers",),
    "RetryJob": ("/platform/jobs",),
    "AcceptProposals": ("/area/{slug}/connections/proposals",),
    "FollowSuccessor": ("/area/{slug}/membership/successors",),
    "TakeBack": ("/area/{slug}/membership",),
    "RotateSigningKey": ("/area/{slug}/connections",),
}
AS_IN_AN_AREA = "the form of an area's connection, under the platform's address"
#: No page of these worlds shows a form for it. The list only gets shorter.
APART = {
    "/graphql": "takes no form",
    "/hooks/{address:uuid}": "a system speaks",
    "/mail/receipts": "a system speaks",
    "/sign-in/{slug:str}/back-channel": "a provider speaks",
    "/account/sessions/end": "shown to someone with a second session: tests/web/signing_in",
    "/area/{slug:str}/duties/{duty_id:str}/open": "the second page of two: tests/web/cooperation",
    "/area/{slug:str}/cycles/{cycle_id:str}/latecomers": "shown when somebody joined: tests/web/cooperation",
    "/agreements/agree": "the second page of two: tests/web/resourcing",
    "/trust/confirm": "the second page of two: tests/web/agency",
    "/inclusions/acknowledge": "shown to someone with several: tests/web/agency",
    "/area/{slug:str}/agencies/choose": "shown when there is a school to choose: tests/web/cooperation",
    "/area/{slug:str}/membership/partners/link": "shown after a search: tests/web/membership",
    "/platform/areas/{slug:str}/covers/resume": "shown when a cover has ended: tests/web/platform",
    "/area/{slug:str}/webhooks/{endpoint:str}/resume": "shown when deliveries have stopped: tests/web/connections",
    **{
        f"/platform/connections/{{connection:str}}/{verb}": AS_IN_AN_AREA
        for verb in ("change", "credential/{kind:str}", "keys", "pause", "resume", "retire", "run", "test")
    },
}

Found = dict[str, tuple[httpx.AsyncClient, Shown]]


async def browser(app: Litestar, actor: Actor) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    cookies = {COOKIE: await session_token(actor)}
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL, cookies=cookies, headers={"accept": "text/html"})


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def found(app: Litestar) -> Found:
    """The forms of the world's pages, by the route that takes them: the one with the most to fill in."""
    world, seen = await make_world(), Found()
    made = {operation: await RECIPES[operation]() for operation in WORLDS}  # first: a list may show what they left
    for actor in dict.fromkeys(world.right.values()):
        client = await browser(app, actor)
        for form in await forms_seen(client, starts_for(world, actor), GETS):
            route = route_of(form.action, POSTS)
            assert route is not None, f"{form.page} has a form that goes nowhere: {form.action}"
            if route.path not in seen or len(form.fields) > len(seen[route.path][1].fields):
                seen[route.path] = (client, form)
    for operation, pages in WORLDS.items():
        ready = made[operation]
        client = await browser(app, ready.by)
        starts = [page.format(slug=ready.area.slug if ready.area else "") for page in pages]
        for form in await forms_seen(client, starts, GETS, below=starts):
            route = route_of(form.action, POSTS)
            assert route is not None, f"{form.page} has a form that goes nowhere: {form.action}"
            seen.setdefault(route.path, (client, form))
    return seen


def starts_for(world: World, actor: Actor) -> list[str]:
    return [route.filled(world.values) for route in GETS if world.right[route.access] is actor]


@pytest.mark.parametrize("path", [route.path for route in POSTS if route.path not in APART])
async def test_what_does_not_fit_is_told_and_writes_nothing(database: Cluster, found: Found, path: str) -> None:
    assert path in found, "no page shows this form: give it a world above, or say in APART where it is tried"
    client, form = found[path]
    before = await footprint(database)
    wrong = []
    for what, fields in misfits(form):
        answer = await client.post(form.action, data=encoded(fields), headers={"origin": BASE_URL})
        wrong += [f"{what}: {problem}" for problem in problems_of(answer)]
    assert wrong == []
    assert changed(before, await footprint(database)) == []


def problems_of(answer: httpx.Response) -> list[str]:
    """What is wrong with an answer to what does not fit: a page that says in words what to mend is right."""
    if answer.status_code not in (303, 400, 403, 404, 409, 413, 422):
        return [str(answer.status_code)]
    soup = BeautifulSoup(answer.text, "html.parser")
    told = [item.get_text(" ", strip=True) for item in soup.select(".govuk-error-summary__list li")]
    if answer.status_code == 422 and not told:
        return ["422 without an error summary"]
    return [*disordered_problems(soup), *(text for text in told if _says_little(text))]


def _says_little(text: str) -> bool:
    return len(text) < 8 or "None" in text or "invalid literal" in text


def test_no_form_is_apart_that_is_shown(found: Found) -> None:
    apart = {path for path, why in APART.items() if why != AS_IN_AN_AREA}  # another test's connection may be there
    assert apart & set(found) == set()
