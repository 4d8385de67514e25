"""The keys with which a connection signs: what is published, what signs when, and making the next one."""

from __future__ import annotations

from typing import Any

from litestar import Response

from backend.web.connections.place import Asked, connection_at, in_both, place_of
from backend.web.edge import edge_of
from backend.web.form_body import read_form
from backend.web.formats import instant
from backend.web.forms import Form
from backend.web.operation import found, mutate, query
from backend.web.render import redirect, render
from tenants.connections.signing_keys.service import SIGNS

WAYS = ("overlap", "at_once")


async def keys(request: Asked) -> Response[Any]:
    """Every key of the connection, and the overlap in which two are published."""
    return await _keys(request, Form.filled({"way": WAYS[0]}))


async def _keys(request: Asked, form: Form) -> Response[Any]:
    place = place_of(request)
    one = (await connection_at(request, place)).agencyConnection
    found(one if one.authMode == SIGNS else None)
    known = found((await query(request, "SigningKeys", id=one.id)).signingKeys)
    here = f"{place.connections}/{one.id}"
    return render(request, "connections/signing_keys.html", form=form, title="Signing keys", caption=one.name, one=one,
                  place=place, keys=known.keys, published=edge_of(request).base_url + known.path, back=here,
                  here=f"{here}/keys", wide=True)


async def rotate(request: Asked) -> Response[Any]:
    """Makes the next key; it signs after the overlap, or at once when the one before may be known to others."""
    form = await read_form(request)
    way = form.choice("way", label="when the new key begins to sign", options=WAYS)
    if not form.problems:
        key = request.path_params["connection"]
        outcome = await mutate(request, "RotateSigningKey", {"connectionId": key, "atOnce": way == WAYS[1]})
        if outcome.ok:
            new = outcome.done.keys[0]
            said = f"Key {new.kid} is published. It signs from {instant(new.signsFrom)}."
            return redirect(request, f"{place_of(request).connections}/{key}/keys", flash=said)
        form.add_problems(outcome.problems)
    return await _keys(request, form)


ROUTES = in_both("/{connection:str}/keys", shows=keys, does=rotate)
