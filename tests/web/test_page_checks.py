"""The checker itself: each sin that it looks for is found, and a sound page has none."""

import httpx
import pytest
from bs4 import BeautifulSoup

from tests.web.page_checks import check_page

NONCE = "n" * 22
HEADERS = {
    "content-type": "text/html",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
    "x-request-id": "r",
    "content-security-policy": f"default-src 'none'; script-src 'self' 'nonce-{NONCE}'",
}
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Home – Concordat</title></head>'
    '<body><h1><span>Caption</span> Home</h1><a href="/x">Words</a><!-- here --></body></html>'
)


def faults(html: str, **headers: str) -> list[str]:
    response = httpx.Response(200, html=html, headers={**HEADERS, **headers})
    return check_page(response, BeautifulSoup(html, "html.parser"))


def test_a_sound_page_has_no_fault() -> None:
    assert faults(PAGE) == []


@pytest.mark.parametrize(
    ("added", "fault"),
    [
        ("<p><div></div></p>", "invalid HTML"),
        ("<h1>Second</h1>", "2 h1 headings"),
        ("&lt;b>shown", "escaped markup"),
        ("<p>&amp;lt;b</p>", "escaped markup"),
        ('<p style="color:red">x</p>', "<p> has style="),
        ('<p onclick="x()">x</p>', "<p> has onclick="),
        ("<style>a{}</style>", "a <style> element"),
        ("<script>x()</script>", "without this response's nonce"),
        ('<p id="a">x</p><p id="a">y</p>', "id 'a' is used 2 times"),
        ('<p aria-describedby="gone">x</p>', "points nowhere"),
        ('<a href="#gone">x</a>', "points nowhere"),
        ('<form action="/x"></form>', "method=''"),
        ('<form method="post" action="/x"></form>', "has no token"),
        ('<form method="get" action="/x"><input type="hidden" name="_csrf" value="a"></form>', "in the address"),
        ('<input id="a" name="a">', "no label for <input name='a'>"),
        ('<label for="a"></label><select id="a" name="a"></select>', "no label for <select"),
        ("<button></button>", "a button without words"),
        ('<a href="/x"></a>', "an empty link"),
        ('<a href="/area//organisations/x">x</a>', "a part of the address is missing"),
        ('<img alt="" src="https://elsewhere.example/x.png">', "<img> loads https://elsewhere.example"),
    ],
)
def test_each_sin_is_found(added: str, fault: str) -> None:
    found = faults(PAGE.replace("<!-- here -->", added))
    assert [line for line in found if fault in line], found


def test_the_title_begins_with_the_heading_and_the_language_is_given() -> None:
    assert faults(PAGE.replace("<title>Home", "<title>Other")) == [
        "the title 'Other – Concordat' does not begin with the h1 'Home'"
    ]
    assert faults(PAGE.replace(' lang="en"', "")) == ["html has no lang=en"]


@pytest.mark.parametrize("name", ["x-request-id", "cache-control", "referrer-policy", "content-security-policy"])
def test_headers_are_required(name: str) -> None:
    assert faults(PAGE, **{name: ""})


def test_a_policy_that_allows_inline_code_is_weak() -> None:
    weak = HEADERS["content-security-policy"] + " 'unsafe-inline'"
    assert any("weak" in line for line in faults(PAGE, **{"content-security-policy": weak}))
