"""Where people go after signing in: only ever to a page of ours."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.auth.oidc.paths import safe_next

OURS = "https://concordat.example"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/areas/north-wend",
        "/areas?sort=name&page=2",
        "/search?q=https%3A%2F%2Fx.example",
        "/a#top",
        "/caf%C3%A9",
        "/a%20b",
    ],
)
def test_a_page_of_ours_is_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "areas",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/%09/evil.example",
        "/%2f/evil.example",
        "/%5cevil.example",
        " //evil.example",
        "/areas\r\nSet-Cookie: a=b",
        "https://evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "/sign-out",
        "/sign-in/schools",
        "/" + "a" * 2_000,
        "/\x00",
        "/%00",
        "/café",
    ],
)
def test_anything_else_becomes_the_home_page(path: str | None) -> None:
    assert safe_next(path) == "/"


@given(st.text(alphabet="/\\:@?#%.\t\n ae25fFcC09x", max_size=30))
def test_no_text_leads_to_another_site(path: str) -> None:
    kept = safe_next(path)
    # Browsers treat a backslash as a slash and drop tabs and line ends, before they look at anything else.
    as_browsers_do = kept.replace("\\", "/").replace("\t", "").replace("\n", "").strip()
    assert urlsplit(urljoin(OURS, as_browsers_do)).netloc == "concordat.example"
