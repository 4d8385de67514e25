"""What must hold for every HTML page, whatever it is about. `check_page` lists every failure at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import html5lib
import httpx
from bs4 import BeautifulSoup, Tag

HEADERS = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
UNLABELLED_TYPES = ("hidden", "submit", "button")
LEAKED_TAG = re.compile(r"&lt;/?[a-z]|&amp;(?:lt|amp|#)", re.IGNORECASE)
CSRF_FIELD = "_csrf"
#: what the census of bad input types into fields: shown as text it is escaped once, and rightly
TYPED = "&lt;script&gt;alert(1)&lt;/script&gt;"


def check_page(response: httpx.Response, soup: BeautifulSoup) -> list[str]:
    """Returns what is wrong with the page, in words."""
    return [
        *invalid_html(response.text),
        *wrong_headings(soup),
        *leaks(response.text),
        *inline_code(soup),
        *wrong_policy(response, soup),
        *repeated_ids(soup),
        *wrong_references(soup),
        *wrong_forms(soup),
        *disordered_problems(soup),
        *unlabelled_inputs(soup),
        *empty_links(soup),
        *wrong_headers(response),
    ]


def invalid_html(text: str) -> Iterator[str]:
    """The document must parse without a single error of the HTML standard."""
    parser = html5lib.HTMLParser()
    parser.parse(text)
    lines = text.splitlines()
    for (line, _), code, _details in parser.errors:
        yield f"invalid HTML: {code} at line {line}: {lines[line - 1].strip()[:160] if line <= len(lines) else ''}"


def wrong_headings(soup: BeautifulSoup) -> Iterator[str]:
    """One h1; the title begins with its words (without the caption); the language is English."""
    headings = soup.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 headings"
    for heading in headings[:1]:
        words = " ".join(part for part in heading.find_all(string=True, recursive=False) if part.strip()).strip()
        title = soup.title.get_text(strip=True) if soup.title else ""
        if not words or not title.startswith(words):
            yield f"the title {title!r} does not begin with the h1 {words!r}"
    if not soup.html or soup.html.get("lang") != "en":
        yield "html has no lang=en"


def leaks(text: str) -> Iterator[str]:
    """Markup that was escaped twice is shown to people as angle brackets."""
    text = text.replace(TYPED, "")
    for match in LEAKED_TAG.finditer(text):
        yield f"escaped markup: …{text[max(match.start() - 40, 0) : match.end() + 60]!r}…"


def inline_code(soup: BeautifulSoup) -> Iterator[str]:
    """The policy forbids style attributes and event handlers: they would silently do nothing."""
    for tag in soup.find_all(True):
        for name in tag.attrs:
            if name == "style" or name.startswith("on"):
                yield f"<{tag.name}> has {name}="
    for tag in soup.find_all("style"):
        yield f"a <style> element: {tag.get_text()[:60]!r}"


def wrong_policy(response: httpx.Response, soup: BeautifulSoup) -> Iterator[str]:
    """Every inline script carries the nonce of this response's policy, and there is no other permission."""
    policy = response.headers.get("content-security-policy", "")
    nonce = re.search(r"'nonce-([\w-]{20,})'", policy)
    if nonce is None or "unsafe" in policy or "default-src 'none'" not in policy:
        yield f"weak content security policy: {policy!r}"
    for script in soup.find_all("script"):
        if not script.get("src") and (nonce is None or script.get("nonce") != nonce[1]):
            yield "an inline script without this response's nonce"


def repeated_ids(soup: BeautifulSoup) -> Iterator[str]:
    """An id names one element."""
    for name, count in Counter(tag["id"] for tag in soup.find_all(id=True)).items():
        if count > 1:
            yield f"id {name!r} is used {count} times"


def wrong_references(soup: BeautifulSoup) -> Iterator[str]:
    """What an aria attribute, a label or a link within the page points at is there."""
    ids = {tag["id"] for tag in soup.find_all(id=True)}
    for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for tag in soup.find_all(attrs={name: True}):
            for target in str(tag[name]).split():
                if target not in ids:
                    yield f"<{tag.name} {name}={target!r}> points nowhere"
    for link in soup.find_all("a", href=re.compile("^#.")):
        if link["href"][1:] not in ids:
            yield f"the link {link.get_text(strip=True)!r} to {link['href']} points nowhere"


def wrong_forms(soup: BeautifulSoup) -> Iterator[str]:
    """A form says how and where it goes; one that changes something carries the token."""
    for form in soup.find_all("form"):
        method, action = str(form.get("method", "")).lower(), str(form.get("action", ""))
        if method not in ("get", "post") or not action.startswith("/"):
            yield f"a form with method={method!r} action={action!r}"
        token = form.find("input", attrs={"name": CSRF_FIELD})
        if method == "post" and not (isinstance(token, Tag) and token.get("value")):
            yield f"the form to {action} has no token"
        if method == "get" and token is not None:
            yield f"the form to {action} would show its token in the address"


def disordered_problems(soup: BeautifulSoup) -> Iterator[str]:
    """Yields a fault unless the summary of what is wrong follows the order of the fields, as the design system asks."""
    summary = soup.find(class_="govuk-error-summary")
    if summary is None:
        return
    named = [link["href"][1:] for link in summary.find_all("a", href=re.compile("^#"))]
    places = {tag["id"]: place for place, tag in enumerate(soup.find_all(id=True))}
    order = [places[name] for name in named if name in places]
    if order != sorted(order):
        yield f"problems in another order than their fields: {named}"


def unlabelled_inputs(soup: BeautifulSoup) -> Iterator[str]:
    """Everything that can be filled in has a label with words."""
    labelled = {str(label.get("for")) for label in soup.find_all("label") if label.get_text(strip=True)}
    for field in soup.find_all(["input", "select", "textarea"]):
        named = str(field.get("id")) in labelled or field.get("aria-label") or field.get("aria-labelledby")
        if field.get("type") not in UNLABELLED_TYPES and not named:
            yield f"no label for <{field.name} name={field.get('name')!r}>"
    for button in soup.find_all("button"):
        if not (button.get_text(strip=True) or button.get("aria-label")):
            yield "a button without words"


def empty_links(soup: BeautifulSoup) -> Iterator[str]:
    """A link has words and goes somewhere; nothing on the page comes from elsewhere."""
    for link in soup.find_all("a"):
        if not link.get_text(strip=True) or not str(link.get("href", "")):
            yield f"an empty link: {str(link)[:120]}"
        if re.match(r"/[^?#]*//", str(link.get("href", ""))):
            yield f"a part of the address is missing: {link['href']}"
    for tag in soup.find_all(["script", "link", "img"]):
        address = str(tag.get("src") or tag.get("href") or "/")
        if not address.startswith("/") or address.startswith("//"):
            yield f"<{tag.name}> loads {address}"


def wrong_headers(response: httpx.Response) -> Iterator[str]:
    """The security headers are there, also on errors."""
    for name, expected in HEADERS.items():
        if response.headers.get(name) != expected:
            yield f"header {name} is {response.headers.get(name)!r}, not {expected!r}"
    if not response.headers.get("x-request-id"):
        yield "no request id"
