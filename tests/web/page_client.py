"""The client of every page test: each page fetched through it is also checked (see `page_checks`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from bs4 import BeautifulSoup, Tag
from litestar import Litestar

from tests.web.page_checks import check_page
from tests.web.settings import BASE_URL

Values = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Page:
    """An answer: a checked HTML page, a redirect, or a file."""

    response: httpx.Response
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def location(self) -> str:
        """Where a redirect goes."""
        return self.response.headers.get("location", "")

    @property
    def h1(self) -> str:
        """The words of the heading, with its caption."""
        return self.soup.h1.get_text(" ", strip=True) if self.soup.h1 else ""

    @property
    def text(self) -> str:
        """All words a person can read, with single spaces."""
        return " ".join(self.soup.body.get_text(" ").split()) if self.soup.body else self.response.text

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [item.get_text(strip=True) for item in self.soup.select(".govuk-error-summary__list li")]

    @property
    def banner(self) -> str:
        """The words of the success banner, or nothing."""
        found = self.soup.select_one(".govuk-notification-banner__content")
        return found.get_text(" ", strip=True) if found else ""

    def table(self, caption: str) -> list[list[str]]:
        """The body rows of the table with this caption."""
        for table in self.soup.find_all("table"):
            if table.caption and table.caption.get_text(strip=True) == caption:
                rows = table.tbody.find_all("tr") if table.tbody else []
                return [[cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])] for row in rows]
        raise AssertionError(f"no table {caption!r} on {self.h1!r}: {[c.get_text() for c in self.soup('caption')]}")

    def links(self) -> dict[str, str]:
        """Words to address, of every link in the main part."""
        main = self.soup.main or self.soup
        return {link.get_text(" ", strip=True): str(link["href"]) for link in main.find_all("a")}

    def form(self, button: str) -> Tag:
        """The form with the button of these words."""
        for form in self.soup.find_all("form"):
            if button in [found.get_text(strip=True) for found in form.find_all("button")]:
                return form
        raise AssertionError(f"no button {button!r}: {[b.get_text(strip=True) for b in self.soup('button')]}")


def token_of(page: Page) -> dict[str, str]:
    """The token that a form of the page would send."""
    token = page.soup.select_one("input[name=_csrf]")
    assert token is not None, "no form with a token"
    return {"_csrf": str(token["value"])}


class PageClient:
    """One browser without script: keeps cookies, never follows a redirect by itself, checks every page."""

    def __init__(self, app: Litestar, *, base_url: str = BASE_URL) -> None:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        self.http = httpx.AsyncClient(transport=transport, base_url=base_url, headers={"accept": "text/html"})

    async def __aenter__(self) -> PageClient:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def get(self, path: str, *, status: int = 200) -> Page:
        """Fetches a page; fails unless it answers with this status and is a sound page."""
        return self._checked(await self.http.get(path), status)

    async def look(self, path: str) -> Page:
        """Fetches a page that may send its reader on; fails unless it does, or is a sound page."""
        answer = await self.http.get(path)
        return self._checked(answer, answer.status_code if answer.headers.get("location") else 200)

    async def post(self, path: str, data: Values, *, status: int = 303, **more: Any) -> Page:
        """Posts values as they are, without a token unless one is among them."""
        headers = {"origin": str(self.http.base_url).rstrip("/"), **more.pop("headers", {})}
        return self._checked(await self.http.post(path, data=data, headers=headers, **more), status)

    async def submit(self, page: Page, button: str, values: Values, *, status: int = 303, **more: Any) -> Page:
        """Fills in the form with this button, as it stands on the page, and sends it."""
        form = page.form(button)
        unknown = set(values) - {str(field.get("name")) for field in form.find_all(["input", "select", "textarea"])}
        assert not unknown, f"the form has no field {sorted(unknown)}"
        data = {**_shown_values(form), **_pressed(form, button), **values}
        if str(form["method"]).lower() == "get":
            return self._checked(await self.http.get(str(form["action"]), params=data), status)
        return await self.post(str(form["action"]), data, status=status, **more)

    async def follow(self, page: Page, *, status: int = 200) -> Page:
        """Fetches where a redirect goes."""
        assert page.location, "this was not a redirect"
        return await self.get(page.location, status=status)

    def _checked(self, response: httpx.Response, status: int) -> Page:
        page = Page(response, BeautifulSoup(response.text, "html.parser"))
        seen = page.errors or page.h1 or response.text[:300]
        assert response.status_code == status, f"{response.url}: {response.status_code}, not {status}: {seen}"
        if response.headers.get("content-type", "").startswith("text/html") and response.text:
            wrong = check_page(response, page.soup)
            assert not wrong, f"{response.url}:\n  " + "\n  ".join(wrong)
        return page


def _pressed(form: Tag, words: str) -> dict[str, str]:
    pressed = next(found for found in form.find_all("button") if found.get_text(strip=True) == words)
    return {str(pressed["name"]): str(pressed.get("value", ""))} if pressed.get("name") else {}


def _shown_values(form: Tag) -> dict[str, list[str]]:
    shown: dict[str, list[str]] = {}
    for field in form.find_all(["input", "select", "textarea"]):
        name, value = str(field.get("name")), _value(field)
        if value is not None:
            shown.setdefault(name, []).append(value)
    return shown


def _value(field: Tag) -> str | None:
    if field.name == "textarea":
        return field.get_text()
    if field.name == "select":
        chosen = field.find("option", selected=True) or field.find("option")
        return str(chosen.get("value", "")) if isinstance(chosen, Tag) else ""
    if field.get("type") in ("checkbox", "radio"):
        return str(field.get("value", "on")) if field.has_attr("checked") else None
    return None if field.get("type") == "file" else str(field.get("value", ""))
