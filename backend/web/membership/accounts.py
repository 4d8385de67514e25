"""Whether the person appointed can sign in: linking their account. A person confirms; nothing links by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from backend.web.form_body import read_form
from backend.web.forms import Form
from backend.web.membership.sending import send
from backend.web.operation import found, query
from backend.web.render import redirect, render
from backend.web.signed_in import area_of
from concordat_graphql import ids
from tenants.membership.rules import OFFICE_LABELS, OFFICE_ROLES, Office

NONE = "none"  #: the option that takes a link away


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the membership page says about an appointment's account; `suggested` is who it might be."""

    text: str
    tone: str
    linked: bool
    suggested: str | None = None


def seen(holder: Any, *, office: Office, accounts: Iterable[Any]) -> Seen:
    """Return whether the holder of an office can sign in, and as a lead agree."""
    role, agrees = OFFICE_ROLES[office], office is Office.LEAD
    if holder.personId is None:
        one = suggestion(holder.email, office=office, accounts=accounts)
        return Seen(text="No account linked", tone="warning", linked=False, suggested=one and one.name)
    account = next((each for each in accounts if each.personId == holder.personId), None)
    if account is None:
        return Seen(text="The linked account holds no role here today", tone="warning", linked=True)
    if role not in account.roles:
        effect = f"Cannot {'agree' if agrees else 'act'}: does not hold the role of {OFFICE_LABELS[office]}"
        return Seen(text=effect, tone="warning", linked=True)
    return Seen(text="Can sign in and agree" if agrees else "Can sign in", tone="good", linked=True)


def suggestion(email: str | None, *, office: Office, accounts: Iterable[Any]) -> Any:
    """Return the account with the appointment's address whose holder has the office's role; None when none fits."""
    role, address = OFFICE_ROLES[office], (email or "").strip().lower()
    fits = [one for one in accounts if address and one.email.lower() == address and role in one.roles]
    return fits[0] if fits else None


async def _page(request: Request[Any, Any, Any], slug: str, form: Form) -> Response[Any]:
    area, here = area_of(request, slug), f"/area/{slug}/membership"
    data = await query(request, "AccountsToLink", areaId=ids.encode("Area", area.id), id=form.value("appointment"))
    one = found(data.appointment)
    if one.office not in OFFICE_ROLES:
        raise NotFoundException
    accounts = list(data.areaAccounts)
    first = suggestion(one.email, office=Office(one.office), accounts=accounts)
    rows = sorted(accounts, key=lambda account: account is not first)
    asked = {"name": one.personName, "email": one.email, "post": one.post, "role": OFFICE_ROLES[Office(one.office)]}
    invite = urlencode({name: str(value) for name, value in asked.items() if value})
    return render(
        request, "membership/account.html", form=form, title="Link an account", caption=area.name, here=here, back=here,
        one=one, options=_options(rows, first, linked=one.personId is not None), suggested=first,
        invite=f"/area/{slug}/people?{invite}",
    )  # fmt: skip


def _options(rows: list[Any], first: Any, *, linked: bool) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = [
        {
            "value": one.personId,
            "text": f"{one.name}, {one.email}",
            "hint": {"text": _hint(one, suggested=one is first)},
        }
        for one in rows
    ]
    return [*options, {"value": NONE, "text": "Nobody: take the link away"}] if linked else options


def _hint(account: Any, *, suggested: bool) -> str:
    same = " The address is the one given for this appointment." if suggested else ""
    return f"{', '.join(account.roleLabels)}.{same}"


@get("/area/{slug:str}/membership/account", opt={"access": "area"})
async def account(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Asks which of the people with a role in the area the appointed person is."""
    asked = {name: request.query_params.get(name, "") for name in ("appointment", "version")}
    return await _page(request, slug, Form.filled(asked))


@post("/area/{slug:str}/membership/account", opt={"access": "area"})
async def account_now(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """Links the account that was chosen, or takes the link away."""
    area, form = area_of(request, slug), await read_form(request)
    chosen, version = form.value("person_id"), form.whole("version", label="the version")
    if not chosen:
        form.add_problem("person_id", "Select whose account it is")
    person = None if chosen == NONE else chosen
    values = {"appointmentId": form.value("appointment"), "version": version, "personId": person}
    if await send(request, form, "LinkAccount", area=area, values=values):
        said = "The account is linked." if person else "The link is taken away."
        return redirect(request, f"/area/{slug}/membership", flash=said)
    return await _page(request, slug, form)


ROUTES = [account, account_now]
