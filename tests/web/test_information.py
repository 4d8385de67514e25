"""The pages that every footer links to."""

import pytest

from tests.web.page_client import PageClient


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/help", "call 999"),
        ("/accessibility", "Web Content Accessibility Guidelines 2.2"),
        ("/privacy", "never holds anything about a child"),
    ],
)
async def test_anyone_can_read_it(gallery: PageClient, path: str, words: str) -> None:
    assert words in (await gallery.get(path)).text


async def test_every_cookie_that_we_set_is_explained(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    await gallery.submit(page, "Save contribution", {})
    explained = {row[0] for row in (await gallery.get("/privacy")).table("Cookies of this service")}
    assert {cookie.name for cookie in gallery.http.cookies.jar} <= explained
