"""The web application: wiring only. `create_app()` is what the server runs; `build_app()` is its edge alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from litestar import Litestar
from litestar.datastructures import State
from litestar.types import ControllerRouterHandler, Middleware

from backend.auth.issuers import Issuers
from backend.auth.kept_actors import KeptActors
from backend.lifespan import database, database_ready, metrics_listener
from backend.web.assets import load_assets
from backend.web.cookies import cookie_name
from backend.web.csrf import Csrf, CsrfMiddleware
from backend.web.edge import Edge
from backend.web.errors import answer_error
from backend.web.graphql_straight import Straight
from backend.web.head import Head
from backend.web.health import ReadyCheck
from backend.web.limits import ClientLimit
from backend.web.observe import Observe
from backend.web.ratelimit import RateLimiter, allowance
from backend.web.routes import EDGE, PRODUCT
from backend.web.security import SecurityHeaders
from backend.web.signing import derive_key
from backend.web.signing_in.middleware import SignInMiddleware
from backend.web.templating import make_environment
from concordat_graphql.operations import stored
from infra.settings import Settings, load_settings
from infra.telemetry.logs import configure_logging
from infra.telemetry.metrics import Metrics
from integrations.hosts import public_hosts, public_or_this_machine
from integrations.http import Door
from tenants.audit.checking import Looks

BODY_BYTES = 256 * 1024  # an upload route raises its own limit with request_max_body_size

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(settings: Settings | None = None) -> Litestar:
    """Returns the whole product: pages, sign-in, GraphQL, on PostgreSQL.

    Without settings they are read from the environment; raises SettingsError.
    """
    settings = settings or load_settings()
    kept = KeptActors()
    stored()  # an operation that the schema does not accept stops the start, not a request
    app = build_app(
        settings,
        routes=PRODUCT,
        middleware=[SignInMiddleware(settings, kept=kept)],
        lifespan=[database(settings), metrics_listener(settings)],
        ready_checks=[database_ready],
        kept=kept,
    )
    app.state.settings = settings
    app.state.kept_actors = kept
    app.state.trail_looks = Looks()
    app.state.issuers = Issuers(door=Door(permits=public_hosts if settings.is_production else public_or_this_machine))
    return app


def build_app(
    settings: Settings,
    *,
    routes: Sequence[ControllerRouterHandler] = (),
    middleware: Sequence[Middleware] = (),
    lifespan: Sequence[Lifespan] = (),
    ready_checks: Sequence[ReadyCheck] = (),
    templates: dict[str, Path] | None = None,
    kept: KeptActors | None = None,
) -> Litestar:
    """Returns the application. `middleware` (sign-in) runs before the forgery check reads the form.

    Whoever is `kept` is answered at /graphql without either, by the same checks.
    """
    edge = make_edge(settings, templates=templates)
    configure_logging(as_json=settings.log_format == "json", level=settings.log_level.upper())
    metrics = Metrics()
    app = Litestar(
        route_handlers=[*EDGE, *routes],
        middleware=[*middleware, CsrfMiddleware(edge.csrf)],
        exception_handlers={Exception: answer_error},
        lifespan=list(lifespan),
        request_max_body_size=BODY_BYTES,
        openapi_config=None,
        logging_config=None,
        state=State(
            {
                "edge": edge,
                "assets": edge.assets,
                "metrics": metrics,
                "metrics_token": settings.metrics_token.get_secret_value(),
                "ready_checks": [edge.assets.ready, *ready_checks],
            }
        ),
    )
    if kept is not None:
        _answer_straight(app, edge, settings, kept)
    _wrap(app, edge, metrics, settings)
    return app


def make_edge(settings: Settings, *, templates: dict[str, Path] | None = None) -> Edge:
    """Returns templates, assets, form tokens and limits for one process."""
    secure, secret = settings.cookie_secure, settings.secret_key.get_secret_value()
    csrf = Csrf(
        secret=secret,
        base_url=settings.base_url,
        nonce_cookie=cookie_name("csrf", secure=secure),
        session_cookie=cookie_name("session", secure=secure),
    )
    return Edge(
        templates=make_environment(extra=templates),
        assets=load_assets(),
        csrf=csrf,
        limiter=RateLimiter(),
        secret=secret,
        base_url=settings.base_url,
    )


def _answer_straight(app: Litestar, edge: Edge, settings: Settings, kept: KeptActors) -> None:
    app.asgi_handler = Straight(
        app=app.asgi_handler,
        settings=settings,
        kept=kept,
        csrf=edge.csrf,
        limiter=edge.limiter,
        rule=allowance("account", settings.rate_limit_account_per_minute),
    )


def _wrap(app: Litestar, edge: Edge, metrics: Metrics, settings: Settings) -> None:
    """Puts the wrappers around routing itself, so that they also see what no route matches."""
    limited = ClientLimit(
        app.asgi_handler,
        limiter=edge.limiter,
        rule=allowance("client", settings.rate_limit_client_per_minute),
        trusted_proxies=settings.trusted_proxies,
    )
    headed = SecurityHeaders(limited, https=edge.secure)
    app.asgi_handler = Observe(
        Head(headed),
        metrics=metrics,
        key=derive_key(secret=edge.secret, purpose="log"),
        trust_request_id=settings.trusted_proxies > 0,
    )
