"""At 200 % zoom on a screen of 1440 by 900: every page as it is, in half the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.journeys.walking import Walker

ZOOMED: ViewportSize = {"width": 720, "height": 450}
STUCK = """() => {
  let taken = 0;
  for (const box of document.querySelectorAll('body *')) {
    const style = getComputedStyle(box), place = box.getBoundingClientRect();
    if (style.position === 'fixed' || style.position === 'sticky')
      if (place.top < innerHeight && place.bottom > 0 && place.width > innerWidth / 2)
        taken = Math.max(taken, place.height);
  }
  return taken / innerHeight;
}"""
DESK = (
    "/begin/", "/clienten/", "/contact/vandaag/", "/contact/deze-week/", "/team/", "/rapporten/",
    "/rapporten/plaatsing/", "/rapporten/nu-en-verwacht/", "/rapporten/beweging/", "/rapporten/dekking/",
    "/rapporten/trajecten/", "/rapporten/caseload/", "/import/", "/ladders/vng/",
)  # fmt: skip
ADMINISTRATION = (
    "/beheer/", "/beheer/gebruikers/", "/beheer/teams/", "/beheer/rollen/", "/beheer/ladders/", "/beheer/ladders/vng/",
    "/beheer/omzettingen/", "/beheer/codelijsten/", "/beheer/onderdelen/", "/beheer/instellingen/", "/beheer/wijken/",
    "/beheer/programmas/", "/beheer/kenmerken/", "/beheer/gemeente/",
)  # fmt: skip
ABOUT_A_CLIENT = ("/clienten/{}/", "/plaatsen/{}/", "/contact/{}/", "/hulp/{}/", "/hulp/{}/traject/")


@pytest.fixture
def zoomed(browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]) -> Iterator[Walker]:
    context = browser.new_context(viewport=ZOOMED, device_scale_factor=2, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield Walker(page, *demo)
    context.close()


def walk(walker: Walker, paths: tuple[str, ...]) -> None:
    for path in paths:
        assert walker.open(path) == 200, path
        walker.check()
        assert walker.page.evaluate(STUCK) < 0.34, f"what stays in place covers {path}"
        assert walker.page.locator("main h1").first.is_visible(), path


def test_the_desk_and_the_reports(zoomed: Walker) -> None:
    zoomed.sign_in("coordinator")
    walk(zoomed, DESK)
    zoomed.open("/clienten/")
    href = zoomed.page.locator("main table a[href^='/clienten/']").first.get_attribute("href") or ""
    reference = href.split("?")[0].strip("/").split("/")[-1]
    walk(zoomed, tuple(path.format(reference) for path in ABOUT_A_CLIENT))


def test_the_administration(zoomed: Walker) -> None:
    zoomed.sign_in("functional_administrator")
    walk(zoomed, ADMINISTRATION)
