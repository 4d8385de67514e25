"""Every route says who may reach it."""

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from backend.app import create_app
from backend.web.routes import ACCESS
from tests.web.settings import page_settings

OURS = ("backend.", "tenants.", "integrations.", "concordat_graphql.", "strawberry.")


def handlers(app: Litestar) -> list[tuple[str, HTTPRouteHandler]]:
    """Every handler with its path, without the OPTIONS answers that Litestar adds by itself."""
    return [
        (f"{'/'.join(sorted(handler.http_methods))} {route.path}", handler)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if handler.fn.__module__.startswith(OURS)
    ]


CENSUS = handlers(create_app(page_settings()))


def test_the_census_sees_the_routes() -> None:
    assert "GET /health/live" in [name for name, _ in CENSUS]


@pytest.mark.parametrize(("name", "handler"), CENSUS, ids=[name for name, _ in CENSUS])
def test_a_route_declares_its_access_rule(name: str, handler: HTTPRouteHandler) -> None:
    assert handler.opt.get("access") in ACCESS, f'{name} ({handler.handler_name}) needs opt={{"access": …}}'
