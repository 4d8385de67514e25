"""The provider as an ASGI application."""

from pathlib import Path

from litestar import Litestar, Response, get
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.di import Provide
from litestar.template import TemplateConfig

from integrations.sandbox.identity_provider import authorize, controls, discovery, logout, token, userinfo
from integrations.sandbox.identity_provider.config import Config
from integrations.sandbox.identity_provider.errors import Refused, answer_refused
from integrations.sandbox.identity_provider.state import State

HERE = Path(__file__).parent


@get("/style.css", sync_to_thread=False)
def style() -> Response[str]:
    return Response((HERE / "style.css").read_text("utf-8"), media_type="text/css")


@get("/favicon.ico", status_code=204, sync_to_thread=False)
def no_icon() -> None:
    """Browsers ask for one and complain when it is missing."""


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    return {"status": "ok"}


def create_app(config: Config) -> Litestar:
    """A provider for these issuers, people and clients, with nothing remembered yet."""
    provider = State(config=config)
    for issuer in config.issuers:
        provider.keys(issuer)
    return Litestar(
        route_handlers=[
            health,
            style,
            no_icon,
            discovery.discovery,
            discovery.jwks,
            authorize.authorize,
            authorize.picker,
            authorize.pick,
            token.token,
            userinfo.userinfo,
            logout.end_session,
            controls.rotate_keys,
            controls.make_logout_token,
        ],
        dependencies={"provider": Provide(lambda: provider, sync_to_thread=False)},
        exception_handlers={Refused: answer_refused},
        template_config=TemplateConfig(directory=HERE / "templates", engine=JinjaTemplateEngine),
        openapi_config=None,
        request_max_body_size=100_000,
    )
