"""What only tests may ask, and only of a provider started with `--controls`."""

from typing import Annotated, Any

from litestar import post
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body

from integrations.sandbox.identity_provider.discovery import check_issuer
from integrations.sandbox.identity_provider.logout import logout_token
from integrations.sandbox.identity_provider.state import State

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]


@post("/{issuer:str}/controls/rotate-keys", status_code=200, sync_to_thread=False)
def rotate_keys(issuer: str, provider: State) -> dict[str, Any]:
    """Replaces the issuer's keys; answers with the new set."""
    _check_allowed(provider, issuer)
    provider.keys(issuer).rotate()
    return provider.keys(issuer).public()


@post("/{issuer:str}/controls/logout-token", status_code=200, sync_to_thread=False)
def make_logout_token(issuer: str, data: Form, provider: State) -> dict[str, str]:
    """A logout token as the provider would send it."""
    _check_allowed(provider, issuer)
    token = logout_token(provider, issuer, client_id=data["client_id"], sub=data["sub"], session_id=data["sid"])
    return {"logout_token": token}


def _check_allowed(provider: State, issuer: str) -> None:
    check_issuer(provider, issuer)
    if not provider.config.controls:
        raise NotFoundException
