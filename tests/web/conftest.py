"""The gallery application and a client for it: the web edge without a database."""

from collections.abc import AsyncIterator

import pytest
from litestar import Litestar

from backend.app import build_app
from tests.web.gallery.pages import ROUTES, TEMPLATES
from tests.web.page_client import PageClient
from tests.web.settings import page_settings


@pytest.fixture(scope="session")
def gallery_app() -> Litestar:
    return build_app(page_settings(), routes=ROUTES, templates=TEMPLATES)


@pytest.fixture
async def gallery(gallery_app: Litestar) -> AsyncIterator[PageClient]:
    async with PageClient(gallery_app) as client:
        yield client
