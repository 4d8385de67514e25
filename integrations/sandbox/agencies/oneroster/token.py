"""The token endpoint of a server: client credentials by HTTP Basic or in the form. RFC 6749 §2.3.1, §4.4, §5.2."""

from __future__ import annotations

from secrets import compare_digest
from urllib.parse import unquote_plus

from integrations.sandbox.agencies.messages import Reply, Request, json_reply
from integrations.sandbox.agencies.oneroster.people import Server
from integrations.sandbox.agencies.oneroster.state import CLIENT_ID, SCOPES, SECRET, State


def token(state: State, server: Server, request: Request) -> Reply:
    """An access token, or one of the errors of RFC 6749 §5.2."""
    form = request.form
    if not form:
        return _refused("invalid_request", "The request has to be a web form.")
    if request.basic is not None and "client_secret" in form:
        return _refused("invalid_request", "More than one way of authenticating was used.")
    if not _is_client(state, server, request):
        refused = _refused("invalid_client", "Client authentication failed.", status=401)
        return refused.with_headers(WWW_Authenticate='Basic realm="oneroster"') if request.basic else refused
    if form.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", "Only client_credentials is supported.")
    scopes = frozenset(form.get("scope", "").split())
    state.scopes_asked |= scopes
    if not scopes or not scopes <= SCOPES:
        return _refused("invalid_scope", "The requested scope is invalid, unknown or malformed.")
    answer = {"access_token": state.issue(server, scopes), "token_type": "Bearer", "expires_in": state.token_seconds}
    return json_reply({**answer, "scope": " ".join(sorted(scopes))}, Cache_Control="no-store")


def _is_client(state: State, server: Server, request: Request) -> bool:
    if request.basic is not None:
        name, secret = (unquote_plus(part) for part in request.basic)
    else:
        name, secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
    wanted = state.secrets.get(server.name, SECRET)
    return name == CLIENT_ID and compare_digest(secret.encode(), wanted.encode())


def _refused(error: str, description: str, *, status: int = 400) -> Reply:
    return json_reply({"error": error, "error_description": description}, status=status, Cache_Control="no-store")
