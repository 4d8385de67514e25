"""A person with a browser: desktop or phone, with script or without. Every page visited is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations", "incomplete"],
}


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    name: str
    viewport: ViewportSize
    script: bool


VIEWS = (
    View("desktop", DESKTOP, True),
    View("phone", PHONE, True),
    View("desktop-without-script", DESKTOP, False),
    View("phone-without-script", PHONE, False),
)


@dataclass
class Visitor:
    """One browser window. `expect` lists console messages that may appear, such as that of a 422."""

    page: Page
    address: str
    view: View
    said: list[str] = field(default_factory=list)
    expect: tuple[str, ...] = ("422 (Unprocessable",)

    @classmethod
    async def arrive(cls, browser: Browser, *, address: str, view: View) -> Visitor:
        """Opens a window with no cookies."""
        context: BrowserContext = await browser.new_context(
            viewport=view.viewport, java_script_enabled=view.script, locale="en-GB", reduced_motion="reduce"
        )
        visitor = cls(page=await context.new_page(), address=address, view=view)
        context.set_default_timeout(10_000)
        visitor.page.on("console", lambda message: visitor.said.append(message.text))
        visitor.page.on("pageerror", lambda error: visitor.said.append(str(error)))
        return visitor

    async def leave(self) -> None:
        """Closes the window and forgets its cookies."""
        await self.page.context.close()

    async def visit(self, path: str) -> None:
        """Goes to a page and checks it."""
        await self.page.goto(self.address + path)
        await self.check()

    async def press(self, button: str) -> None:
        """Presses a button that sends a form, and checks the page that answers."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("button", name=button, exact=True).click()
        await self.check()

    async def go(self, link: str) -> None:
        """Follows a link and checks where it leads."""
        async with self.page.expect_navigation():
            await self.page.get_by_role("link", name=link, exact=True).first.click()
        await self.check()

    async def check(self) -> None:
        """Fails unless the page is accessible, fits its window and gave the browser nothing to complain about."""
        await self.page.wait_for_load_state()
        shown = self.page if self.view.script else await self._copy()
        faults = [*await self._inaccessible(shown), *await self._too_wide(shown), *self._complaints()]
        if shown is not self.page:
            await shown.context.close()
        assert not faults, f"{self.page.url} ({self.view.name}):\n  " + "\n  ".join(faults)

    async def _copy(self) -> Page:
        """The same page as it stands, where the checker may run its script and the page may not run its own."""
        assert self.page.context.browser is not None
        context = await self.page.context.browser.new_context(viewport=self.view.viewport)
        copy, html = await context.new_page(), await self.page.content()
        await copy.route("**/*.js", lambda route: route.abort())
        await copy.route(self.page.url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        await copy.goto(self.page.url)
        return copy

    async def _inaccessible(self, shown: Page) -> list[str]:
        result = (await Axe().run(shown, options=RULES)).response
        found = [_told(rule, node) for rule in result["violations"] for node in rule["nodes"]]
        unsure = [
            "undecided: " + _told(rule, node)
            for rule in result["incomplete"]
            for node in rule["nodes"]
            if not _looked_at(rule, node, self.view)
        ]
        return found + unsure

    async def _too_wide(self, shown: Page) -> list[str]:
        width = await shown.evaluate("document.documentElement.scrollWidth")
        allowed = self.view.viewport["width"]
        return [f"the page is {width} px wide in a window of {allowed} px"] if width > allowed else []

    def _complaints(self) -> list[str]:
        return [f"console: {text}" for text in self.said if not any(known in text for known in self.expect)]


def _looked_at(rule: dict[str, Any], node: dict[str, Any], view: View) -> bool:
    """What a narrow window scrolls out of sight has its contrast decided in the wide one."""
    return rule["id"] == "color-contrast" and (view.viewport == PHONE or "app-chart" in node["html"])


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
