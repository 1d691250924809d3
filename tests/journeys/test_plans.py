"""Help by keyboard alone, from the dossier: a trajectory with its instrument begun, corrected, ended and read back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import WIDTHS
from tests.journeys.walking import Walker

ACTIVE = "document.activeElement.name || ''"


def somebody(walker: Walker) -> str:
    """The dossier of somebody of the own caseload; each width takes another, so that walks don't meet."""
    walker.page.goto(f"{walker.address}/rapporten/plaatsing/mensen/")
    width = list(WIDTHS).index(walker.page.viewport_size["width"] if walker.page.viewport_size else 1440)
    href = walker.page.locator("tbody th a").nth(9 + width).get_attribute("href")
    assert href is not None
    return href.split("?")[0]


def to(walker: Walker, name: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(30):
        if walker.page.evaluate(ACTIVE) == name:
            return
        walker.page.keyboard.press("Tab")
    message = f"{name} can't be reached with Tab on {walker.page.url}"
    raise AssertionError(message)


def choose(walker: Walker, name: str, words: str) -> None:
    """Type the first letters of a choice in a list, as one does."""
    to(walker, name)
    walker.page.keyboard.type(words)
    expect(walker.page.locator(f"#id_{name} option:checked")).to_contain_text(words)


def go(walker: Walker, key: str = "Enter") -> None:
    with walker.page.expect_navigation():
        walker.page.keyboard.press(key)


def followed(walker: Walker, words: str) -> None:
    """Follow a link or press a button that is reached with Tab."""
    walker.tab_to(words, limit=160)
    go(walker)


def _begin(walker: Walker) -> None:
    choose(walker, "kind", "naar werk")
    choose(walker, "goal", "5 Betaald")
    to(walker, "name")
    walker.page.keyboard.type("Route keuken")
    choose(walker, "instrument", "proefplaatsing")
    to(walker, "supplier")
    walker.page.keyboard.type("De Kookplaats")
    to(walker, "activity")
    walker.page.keyboard.type("meelopen in de keuken")
    go(walker)


@pytest.mark.covers("B-63", page="/hulp/")
@pytest.mark.covers("B-64", page="/hulp/")
def test_a_trajectory_with_its_instrument_from_begin_to_end_by_keyboard(walker: Walker) -> None:
    walker.sign_in("case_manager")
    page = walker.page
    dossier = somebody(walker)
    walker.open(dossier)
    followed(walker, "Begin een traject")
    walker.check()
    _begin(walker)
    expect(page).to_have_url(re.compile(dossier))
    expect(page.get_by_text("Het traject is bewaard.")).to_be_visible()
    expect(page.get_by_text("Route keuken").first).to_be_visible()
    walker.check()

    followed(walker, "Alle hulp")
    walker.check()
    route = page.locator("section", has=page.get_by_role("heading", name=re.compile("Route keuken")))
    expect(route).to_contain_text("naar trede 5")
    expect(route).to_contain_text("Meelopen in de keuken")
    used = route.locator("tbody tr", has_text="De Kookplaats")
    expect(used).to_contain_text("loopt")
    used.get_by_role("link", name=re.compile("^Verbeter")).focus()
    go(walker)
    choose(walker, "kind", "jobcoach")
    to(walker, "why")
    page.keyboard.type("het werd een jobcoach")
    walker.check()
    go(walker)
    expect(used).to_contain_text("Jobcoach")

    used.get_by_role("link", name=re.compile("^Beëindig")).focus()
    go(walker)
    choose(walker, "result", "eerder gestopt")
    walker.check()
    followed(walker, "Bewaar")
    expect(page).to_have_url(re.compile("/plaatsen/.*reason=after_instrument"))
    walker.open(dossier.replace("/clienten/", "/hulp/"))
    expect(used).to_contain_text("laatste dag: eerder gestopt")

    used.get_by_role("link", name=re.compile("^Geschiedenis")).focus()
    go(walker)
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("eerder gestopt")
    expect(rows.nth(1)).to_contain_text("het werd een jobcoach")
    expect(rows.nth(2)).to_contain_text(re.compile("proefplaatsing", re.IGNORECASE))
    walker.check()


def test_help_of_years_ago_is_begun_without_a_script(
    browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]
) -> None:
    """What could be chosen then only stands below what holds now, and is refused on a day of today."""
    address, sign_ins = demo
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL", java_script_enabled=False)
    walker = Walker(context.new_page(), address, sign_ins)
    walker.sign_in("case_manager")
    page = walker.page
    page.goto(address + somebody(walker).replace("/clienten/", "/hulp/") + "traject/")
    page.locator("#id_name").fill("Toen")
    page.locator("#id_instrument").select_option(label="WIW- of ID-baan (tot 1 jan 2015)")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    expect(page.locator("#id_instrument_error")).to_contain_text("nog niet of niet meer")
    page.locator("#id_starts_on").fill("2012-02-01")
    page.locator("#id_last_day").fill("2013-01-31")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar").click()
    page.goto(page.url.split("?")[0].replace("/clienten/", "/hulp/"))
    expect(page.locator("main")).to_contain_text("WIW- of ID-baan")
    context.close()
