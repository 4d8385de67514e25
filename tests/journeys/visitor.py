"""A person with a browser: desktop or phone, with script or without. Every page visited is checked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=320, height=640)
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations", "incomplete"],
}
#: what is told of a result; the rest, each node that passed among it, costs more to send than to find
TOLD = """
async (rules) => {
  const told = rule => ({id: rule.id, help: rule.help, nodes: rule.nodes.map(node => ({html: node.html}))})
  const {violations, incomplete} = await axe.run(rules)
  return {violations: violations.map(told), incomplete: incomplete.map(told)}
}
"""
#: a colour is read anew for each element and each thing beneath it, at a third of what judging its contrast costs
COLOURS_READ_ONCE = """() => {
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map()
  colour.parseString = function (text) {
    if (!known.has(text)) {
      read.call(this, text)
      known.set(text, {r: this.r, g: this.g, b: this.b, alpha: this.alpha})
    }
    return Object.assign(this, known.get(text))
  }
}"""
WIDTH = """() => {
    const folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach(one => { one.open = true; });
    const width = document.documentElement.scrollWidth;
    folded.forEach(one => { one.open = false; });
    return width;
}"""
CUT_TABLES = """[...document.querySelectorAll('.app-scroller')]
    .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.innerText)"""
CUT_CAPTIONS = """[...document.querySelectorAll('.app-scroller caption:not(.govuk-visually-hidden)')]
    .filter(one => one.offsetWidth > one.closest('.app-scroller').clientWidth).map(one => one.innerText)"""


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
    _tools: CDPSession | None = None

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

    async def sees_ticks(self) -> None:
        """Fails unless each tick and what it is of are in sight without scrolling sideways, in whole words."""
        boxes = await self.page.get_by_role("checkbox").all()
        assert boxes, "there is nothing to tick"
        for box in boxes:
            for part in (box, box.locator("xpath=following-sibling::label")):
                where = await part.bounding_box()
                assert where is not None
                assert where["x"] >= 0
                assert where["x"] + where["width"] <= self.view.viewport["width"]
            assert where["width"] > 120, "the words are broken letter by letter"

    async def check(self) -> None:
        """Fails unless the page is accessible, fits its window and gave the browser nothing to complain about."""
        await self.page.wait_for_load_state()
        async with self._checker_allowed():
            faults = [*await self._inaccessible(), *await self._too_wide(), *await self._cut_off()]
            faults += [*self._complaints(), *await self._ran()]
        assert not faults, f"{self.page.url} ({self.view.name}):\n  " + "\n  ".join(faults)

    @asynccontextmanager
    async def _checker_allowed(self) -> AsyncIterator[None]:
        """Lets the checker run its script on the page as it stands, where the page may not run its own."""
        if self.view.script:
            yield
            return
        if self._tools is None:
            self._tools = await self.page.context.new_cdp_session(self.page)
            await self._tools.send("Emulation.setScriptExecutionDisabled", {"value": True})  # so that False is a change
        await self._tools.send("Emulation.setScriptExecutionDisabled", {"value": False})
        try:
            yield
        finally:
            await self._tools.send("Emulation.setScriptExecutionDisabled", {"value": True})

    async def _ran(self) -> list[str]:
        """A window without script shows what the page is before any script of its own has marked it."""
        marked = await self.page.evaluate("document.body.classList.contains('js-enabled')")
        return [f"script of the page ran: {marked}"] if marked and not self.view.script else []

    async def _inaccessible(self) -> list[str]:
        await self.page.evaluate(AXE_SCRIPT)
        await self.page.evaluate(COLOURS_READ_ONCE)
        result = await self.page.evaluate(TOLD, RULES)
        found = [_told(rule, node) for rule in result["violations"] for node in rule["nodes"]]
        unsure = [
            "undecided: " + _told(rule, node)
            for rule in result["incomplete"]
            for node in rule["nodes"]
            if not _looked_at(rule, node, self.view)
        ]
        return found + unsure

    async def _too_wide(self) -> list[str]:
        width = await self.page.evaluate(WIDTH)
        allowed = self.view.viewport["width"]
        return [f"the page is {width} px wide in a window of {allowed} px"] if width > allowed else []

    async def _cut_off(self) -> list[str]:
        """At a desk no column of a table is out of sight; on a phone tables scroll, and their captions do not."""
        if self.view.viewport == DESKTOP:
            cut: list[str] = await self.page.evaluate(CUT_TABLES)
            return [f"a table is wider than its place: {text[:100]!r}" for text in cut]
        hidden: list[str] = await self.page.evaluate(CUT_CAPTIONS)
        return [f"a caption runs out of sight: {text!r}" for text in hidden]

    def _complaints(self) -> list[str]:
        return [f"console: {text}" for text in self.said if not any(known in text for known in self.expect)]


def _looked_at(rule: dict[str, Any], node: dict[str, Any], view: View) -> bool:
    """What a narrow window scrolls out of sight has its contrast decided in the wide one."""
    return rule["id"] == "color-contrast" and (view.viewport == PHONE or "app-chart" in node["html"])


def _told(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {rule['help']}: {node['html'][:200]}"
