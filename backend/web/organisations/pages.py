"""The organisations present in an area, one of them, and inviting someone who speaks for it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from backend.web.signed_in import actor_of, area_of
from concordat_graphql import ids
from concordat_graphql.organisations.types import KIND_LABELS
from tenants.tenancy.permissions import can_manage
from tenants.tenancy.roles import LABELS, Role

KINDS = [{"value": value, "text": text} for value, text in KIND_LABELS.items()]
CONTACT_ROLE = {"establishment": Role.ESTABLISHMENT_CONTACT, "trust": Role.TRUST_LEAD}


@get("/area/{slug:str}/organisations", opt={"access": "area"})
async def organisations(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Schools, trusts and bodies present in the area: search, filter, page on."""
    area = area_of(request, slug)
    form = Form(raw={name: [value] for name, value in request.query_params.items()})
    kind = form.value("kind")
    data = await query(
        request,
        "AreaOrganisations",
        areaId=ids.encode("Area", area.id),
        search=form.value("search").strip() or None,
        kind=kind if kind in KIND_LABELS else None,
        after=form.value("after") or None,
    )
    return render(request, "organisations/list.html", form=form, title="Register", caption=area.name, slug=slug,
                  page=data.areaOrganisations, kinds=KINDS, wide=True)


@get("/area/{slug:str}/organisations/{organisation:str}", opt={"access": "area"})
async def organisation(
    request: Request[Any, Any, Any], slug: FromPath[str], organisation: FromPath[str]
) -> Response[Any]:
    """One organisation: facts, lineage, what changed, and who speaks for it here."""
    return await _organisation(request, slug, organisation)


async def _organisation(
    request: Request[Any, Any, Any], slug: str, organisation: str, *, form: Form | None = None
) -> Response[Any]:
    area = area_of(request, slug)
    data = await query(request, "AreaOrganisation", areaId=ids.encode("Area", area.id), id=organisation)
    one = found(data.organisation)
    return render(request, "organisations/one.html", form=form, title=one.name, caption=one.kindLabel, slug=slug,
                  one=one, contacts=data.organisationContacts, back=f"/area/{slug}/organisations",
                  manages=can_manage(actor_of(request), area_id=area.id), role=LABELS[_role(one.kind)], wide=True)


@post("/area/{slug:str}/organisations/{organisation:str}/invite", opt={"access": "area"})
async def invite(request: Request[Any, Any, Any], slug: FromPath[str], organisation: FromPath[str]) -> Response[Any]:
    """Invites someone to speak for the organisation in this area."""
    area, form = area_of(request, slug), await read_form(request)
    name = form.text("name", label="the person's name")
    email = form.text("email", label="an email address", max_length=254)
    post_held = form.text("post", label="the post", required=False)
    if not form.problems:
        data = await query(request, "AreaOrganisation", areaId=ids.encode("Area", area.id), id=organisation)
        outcome = await mutate(request, "InvitePerson", {
            "areaId": ids.encode("Area", area.id), "organisationId": organisation, "name": name, "email": email,
            "role": _role(found(data.organisation).kind).value, "post": post_held,
        })
        if outcome.ok:
            return redirect(request, f"/area/{slug}/organisations/{organisation}",
                            flash=f"We have sent an invitation to {email}.")
        form.add_problems(outcome.problems)
    return await _organisation(request, slug, organisation, form=form)


def _role(kind: str) -> Role:
    return CONTACT_ROLE.get(kind, Role.AGENCY_CONTACT)


ROUTES = [organisations, organisation, invite]
