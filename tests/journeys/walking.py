"""What somebody at the screen does, and what every page must be: free of barriers, errors and sideways scrolling."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, ViewportSize, expect

AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = "async () => (await axe.run({preload: false})).violations.map(v => v.id + ': ' + v.nodes[0].html)"
ZOOMED: ViewportSize = {"width": 720, "height": 450}  # a screen of 1440 by 900 at 200 %
FOCUSED = """() => {
  const box = document.activeElement;  // past the last thing it is the page itself, which has every text
  return box === document.body ? '' : box.innerText || box.value || '';
}"""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()


def chromium() -> str:
    """The browser of the system."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "the walks need Chromium: ask for the Debian package chromium"
        raise RuntimeError(message)
    return found


@dataclass
class Walker:
    """Somebody in front of the browser."""

    page: Page
    address: str
    sign_ins: dict[str, dict[str, str]]
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, role: str) -> None:
        """With the keyboard alone."""
        entry = self.sign_ins[role]
        self.page.goto(f"{self.address}/aanmelden/")
        expect(self.page.locator("#id_username")).to_be_focused()
        self.page.keyboard.type(entry["sign_in_name"])
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(entry["password"])
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert "/aanmelden/" not in self.page.url, self.page.content()

    def open(self, path: str) -> int:
        """Go to a page; returns its status."""
        response = self.page.goto(f"{self.address}{path}")
        return response.status if response else 0

    def check(self) -> None:
        """The page as it stands: no barrier that axe knows, no complaint of the browser, nothing sideways."""
        heard = list(self.complaints)
        self.page.evaluate(AXE)
        found = self.page.evaluate(RUN_AXE)
        self.complaints[:] = heard  # axe tries styles of its own, which the policy of the page rightly blocks
        assert found == [], f"{self.page.url}: {found}"
        assert heard == [], f"{self.page.url}: {heard}"
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{self.page.url} scrolls sideways by {width} px"
        on_screen = [one for one in self.page.locator(".only-print").all() if one.is_visible()]
        assert on_screen == [], f"{self.page.url} shows what is for paper alone"

    def tab_to(self, text: str, *, limit: int = 80) -> None:
        """Press Tab until the thing with this text has the focus."""
        for _ in range(limit):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if text in str(focused):
                return
        message = f"'{text}' can't be reached with Tab on {self.page.url}"
        raise AssertionError(message)


class CountedKeys:
    """A keyboard whose presses are counted. What is typed into a text is not: the words differ for everybody."""

    def __init__(self, walker: Walker) -> None:
        self.page, self.pressed = walker.page, 0

    def press(self, *keys: str) -> None:
        """Keys, one after another."""
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def go(self, key: str = "Enter") -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)

    def skip(self) -> None:
        """Past the menu, by the link that comes first."""
        self.tab_to(".skip-link", limit=1)
        self.press("Enter")

    def tab_to(self, what: str, *, key: str = "Tab", limit: int = 120) -> None:
        """Tab, until the thing of this selector has the focus, or the link or button with the words after `text=`."""
        for _ in range(limit):
            if self._stands_at(what):
                return
            self.press(key)
        if not self._stands_at(what):
            message = f"{what} can't be reached with {key} on {self.page.url}"
            raise AssertionError(message)

    def back_to(self, what: str) -> None:
        """With Shift and Tab, as far as a few things before the one that has the focus."""
        self.tab_to(what, key="Shift+Tab", limit=4)

    def _stands_at(self, what: str) -> bool:
        if what.startswith("text="):
            return bool(self.page.evaluate("document.activeElement.innerText.trim()") == what.removeprefix("text="))
        return bool(self.page.evaluate("what => document.activeElement.matches(what)", what))

    def fill_in(self, what: str, text: str) -> None:
        """Tab to an empty field and type."""
        self.tab_to(what)
        self.page.keyboard.type(text)

    def write(self, what: str, text: str) -> None:
        """Tab to a field and replace what stands there."""
        self.tab_to(what)
        self.press("Control+a")
        self.page.keyboard.type(text)
