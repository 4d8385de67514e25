"""The public keys with which agencies check what we sign, at an address that is registered with them."""

from __future__ import annotations

import json
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from tenants.connections.signing_keys import queries
from tenants.tenancy.scope import public_scope

#: seconds; the overlap of a rotation is far longer
_FRESH = 300


@get("/.well-known/jwks/{connection_id:uuid}", opt={"access": "public"})
async def key_set(connection_id: FromPath[UUID]) -> Response[bytes]:
    """The key set of one connection: RFC 7517 §5. Not found for one that signs nothing."""
    async with public_scope():
        found = await queries.key_set(connection_id=connection_id)
    if found is None:
        raise NotFoundException
    headers = {"Cache-Control": f"public, max-age={_FRESH}"}
    return Response(json.dumps(found).encode(), media_type="application/jwk-set+json", headers=headers)
