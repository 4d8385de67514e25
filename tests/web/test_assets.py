"""Built files are served under their content's hash, for ever; without a build the service says so."""

import gzip
from pathlib import Path

import pytest

from backend.web.assets import STATIC, load_assets
from tests.web.page_client import PageClient

built = pytest.mark.skipif(not (STATIC / "app.css").exists(), reason="the assets are not built: run `make assets`")


def test_the_address_changes_with_the_content(tmp_path: Path) -> None:
    (tmp_path / "app.css").write_text("a{}")
    (tmp_path / ".built").write_text("")
    first = load_assets(tmp_path)
    (tmp_path / "app.css").write_text("b{}")
    assert list(first.files) == ["app.css"]
    assert first.url("app.css") != load_assets(tmp_path).url("app.css")


async def test_without_a_build_the_process_is_not_ready(tmp_path: Path) -> None:
    assert await load_assets(tmp_path).ready() == "front-end assets are not built: run `make assets`"


@built
async def test_everything_a_page_loads_is_there_and_kept_for_ever(gallery: PageClient) -> None:
    page = await gallery.get("/gallery")
    addresses = [
        tag.get("src") or tag.get("href") for tag in page.soup.find_all(["script", "link"]) if len(tag.attrs) > 1
    ]
    assert len(addresses) == 3
    for address in addresses:
        answer = await gallery.http.get(str(address))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["x-content-type-options"] == "nosniff"


@built
async def test_a_file_is_sent_compressed_to_those_who_take_it(gallery: PageClient, gallery_app: object) -> None:
    address = load_assets().url("app.css")
    plain = await gallery.http.get(address, headers={"accept-encoding": "identity"})
    small = await gallery.http.get(address, headers={"accept-encoding": "gzip"})
    assert plain.content == small.content == (STATIC / "app.css").read_bytes()
    assert int(small.headers["content-length"]) == len(gzip.compress(plain.content, 9, mtime=0))


@pytest.mark.parametrize("address", ["/static/0000/app.css", "/static/{}/..%2fapp.py", "/static/{}/nothing.css"])
async def test_nothing_else_is_served(gallery: PageClient, address: str) -> None:
    await gallery.get(address.format(load_assets().digest), status=404)


@built
def test_nothing_of_gov_uk_branding_is_shipped() -> None:
    assert sorted(path.name for path in STATIC.glob("[!.]*")) == [
        "app.css",
        "app.js",
        "favicon.svg",
        "govuk-frontend.min.js",
    ]
    style = (STATIC / "app.css").read_text()
    for word in ("GDS Transport", "@font-face", "crest", "crown", "url("):
        assert word not in style
