"""Named contacts of an area's organisations: found, entered by hand, changed, ended, and as a file."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.types import ControllerRouterHandler

from backend.web.conflicts import is_conflict, with_saved
from backend.web.connections.place import Asked, Page, Place, place_of
from backend.web.exporting import record_export
from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from infra.export import CSV_TYPE, to_csv
from tenants.connections.rules.settling import POSTS

OFFERED = [{"value": post.value, "text": text} for post, text in POSTS.items()]
HEADER = ("Organisation", "URN", "Post", "Name", "Email", "Telephone", "Source", "Since")


@get("/area/{slug:str}/contacts", opt={"access": "area"})
async def contacts(request: Asked) -> Response[Any]:
    """Whom to call, by organisation."""
    place = place_of(request)
    search, after = request.query_params.get("search") or None, request.query_params.get("after")
    page = (await query(request, "NamedContacts", areaId=place.area_key, search=search, after=after, first=50)
            ).namedContacts  # fmt: skip
    here, kept = f"{place.base}/contacts", {"search": search} if search else {}
    more = f"{here}?{urlencode({**kept, 'after': page.pageInfo.endCursor})}" if page.pageInfo.hasNextPage else None
    return render(request, "connections/contacts.html", form=Form.filled({"search": search or ""}), title="Contacts",
                  caption=place.caption, place=place, contacts=page.nodes, next=more, narrowed=search is not None,
                  wide=True)


@get("/area/{slug:str}/contacts.csv", opt={"access": "area"})
async def export(request: Asked) -> Response[bytes]:
    """Every contact of today, by organisation."""
    place, area = place_of(request), area_of(request, request.path_params["slug"])
    await record_export(request, area_id=area.id, what=("named_contacts", place.slug))
    rows: list[Any] = []
    after: str | None = None
    while True:
        page = (await query(request, "NamedContacts", areaId=place.area_key, after=after, first=200)).namedContacts
        rows += page.nodes
        after = page.pageInfo.endCursor
        if not page.pageInfo.hasNextPage:
            break
    headers = {"content-disposition": f'attachment; filename="{place.slug}-contacts.csv"'}
    return Response(to_csv(header=HEADER, rows=map(_row, rows)), media_type=CSV_TYPE, headers=headers)


def _row(one: Any) -> list[str]:
    return [one.organisationName, str(one.urn or ""), one.postLabel, one.name, one.email or "", one.phone or "",
            f"{one.enteredByName} ({one.enteredLabel})", one.validFrom]  # fmt: skip


async def of_organisation(request: Asked) -> Response[Any]:
    """An organisation's contacts there have been, and the form to enter one."""
    return await _of_organisation(request, Form())


async def _of_organisation(request: Asked, form: Form) -> Response[Any]:
    place, key = where(request), request.path_params["organisation"]
    name = await _name(request, place, key)
    listed = await query(request, "OrganisationContacts", areaId=place.area_key, organisationId=key)
    return render(request, "connections/organisation.html", form=form, title=f"Contacts of {name}",
                  caption=place.caption, place=place, contacts=listed.contactsOfOrganisation, posts=OFFERED,
                  action=f"{place.base}/contacts/of/{key}", back=_list(place), wide=True)


def where(request: Asked) -> Place:
    """Return where contacts are kept: in an area by its members, or by an agency's people for their own."""
    if "area" not in request.path_params:
        return place_of(request)
    key = request.path_params["area"]
    return Place(base=f"/mine/{key}", caption="My contacts", area_key=key, slug=None, keeps=True)


def _list(place: Place) -> str:
    return "/my-contacts" if place.slug is None else f"{place.base}/contacts"


async def _name(request: Asked, place: Place, key: str) -> str:
    """Return the organisation's name; answers 404 for one that is not of the area, or not the reader's own."""
    if place.slug is not None:
        known = await query(request, "AreaOrganisation", areaId=place.area_key, id=key)
        return str(found(known.organisation).name)
    own = (await query(request, "OwnContacts", areaId=place.area_key, organisationId=key)).ownContacts
    return f"{found(own[0] if own else None).organisationName} for {own[0].areaName}"


async def enter(request: Asked) -> Response[Any]:
    """Enters a contact by hand."""
    place, form = where(request), await read_form(request)
    values = {"areaId": place.area_key, "organisationId": request.path_params["organisation"], **said(form)}
    if not form.problems:
        outcome = await mutate(request, "EnterContact", values)
        if outcome.ok:
            here = f"{place.base}/contacts/of/{outcome.done.organisationId}"
            return redirect(request, here, flash=f"{outcome.done.name} is entered.")
        form.add_problems(outcome.problems)
    return await _of_organisation(request, form)


async def contact(request: Asked) -> Response[Any]:
    """One contact, for changing or ending."""
    return await _contact(request, None)


async def _contact(request: Asked, form: Form | None) -> Response[Any]:
    place = where(request)
    one = found((await query(request, "OneContact", areaId=place.area_key, id=request.path_params["contact"]))
                .namedContact)  # fmt: skip
    filled = Form.filled({"version": one.version, "post": one.post, "name": one.name, "email": one.email or "",
                          "phone": one.phone or ""})  # fmt: skip
    if form is not None:
        if is_conflict(form):
            with_saved(form, filled)
        form.raw = {**filled.raw, **form.raw}
    here, back = f"{place.base}/contacts/{one.id}", f"{place.base}/contacts/of/{one.organisationId}"
    return render(request, "connections/contact.html", form=form or filled, title=one.name, one=one, place=place,
                  caption=one.organisationName, posts=OFFERED, here=here, back=back)


async def change(request: Asked) -> Response[Any]:
    """Changes a contact: the entry ends and a new one begins."""
    form = await read_form(request)
    return await _changed(request, form, "ChangeContact", said(form), "is saved")


async def end(request: Asked) -> Response[Any]:
    """Ends a contact, with a reason."""
    form = await read_form(request)
    why: dict[str, object] = {"reason": form.text("reason", label="a reason", max_length=1000, lines=True)}
    return await _changed(request, form, "EndContact", why, "is no longer a contact")


async def _changed(
    request: Asked, form: Form, operation: str, values: dict[str, object], told: str
) -> Response[Any]:
    place, version = where(request), form.whole("version", label="the version")
    if not form.problems:
        key = {"areaId": place.area_key, "contactId": request.path_params["contact"], "version": version}
        outcome = await mutate(request, operation, {**key, **values})
        if outcome.ok:
            here = f"{place.base}/contacts/of/{outcome.done.organisationId}"
            return redirect(request, here, flash=f"{outcome.done.name} {told}.")
        form.add_problems(outcome.problems)
    return await _contact(request, form)


def said(form: Form) -> dict[str, object]:
    """Return what was typed about a person."""
    return {
        "post": form.choice("post", label="what they are at the organisation", options=list(POSTS)),
        "name": form.text("name", label="the person’s name"),
        "email": form.text("email", label="an email address", required=False, max_length=254),
        "phone": form.text("phone", label="a telephone number", required=False, max_length=40),
    }


@get("/my-contacts", opt={"access": "agency"})
async def mine(request: Asked) -> Response[Any]:
    """Whom the areas call at the reader's own organisations, with a way to keep them right."""
    own = (await query(request, "OwnContacts")).ownContacts
    if len(own) == 1:
        return redirect(request, f"/mine/{own[0].areaId}/contacts/of/{own[0].organisationId}")
    return render(request, "connections/mine.html", title="My contacts", own=own, wide=True)


def _of_both(path: str, *, shows: Page | None = None, does: Page | None = None) -> list[ControllerRouterHandler]:
    """Return the handlers of an address below an area, and below an agency's own place there."""
    made: list[ControllerRouterHandler] = []
    for base, access in (("/area/{slug:str}", "area"), ("/mine/{area:str}", "agency")):
        whole, opt = f"{base}/contacts{path}", {"access": access}
        made += [get(whole, opt=opt)(shows)] if shows is not None else []
        made += [post(whole, opt=opt)(does)] if does is not None else []
    return made


ROUTES = [
    contacts,
    export,
    mine,
    *_of_both("/of/{organisation:str}", shows=of_organisation, does=enter),
    *_of_both("/{contact:str}", shows=contact, does=change),
    *_of_both("/{contact:str}/end", does=end),
]
