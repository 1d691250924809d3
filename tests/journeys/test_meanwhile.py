"""Two people with one form open, each in a browser of their own: the second sees both, and chooses by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import WIDTHS
from tests.journeys.walking import Walker


@pytest.fixture
def colleague(walker: Walker) -> Walker:
    """A coordinator in another browser."""
    browser = walker.page.context.browser
    assert browser is not None
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    other = Walker(context.new_page(), walker.address, walker.sign_ins)
    other.sign_in("coordinator")
    return other


def somebody(walker: Walker, number: int) -> str:
    """Somebody at the end of the own caseload; each width takes others, so that walks don't meet. How many there are to
    speak to this week depends on the day.
    """
    page = walker.page
    page.goto(f"{walker.address}/clienten/")
    width = list(WIDTHS).index(page.viewport_size["width"] if page.viewport_size else 1440)
    links = page.locator("main table a[href^='/clienten/']")
    seen = [re.search(r"^/clienten/(\w+)/(?:\?|$)", str(link.get_attribute("href"))) for link in links.all()]
    found = [one for one in seen if one][-1 - number * len(WIDTHS) - width]
    assert found is not None
    return found[1]


def both_open(walker: Walker, colleague: Walker, page: str) -> None:
    """The correction of what stands on top of a list of a page, in both browsers."""
    walker.open(page)
    address = walker.page.locator('a[href*="/verbeteren/"]').first.get_attribute("href")
    assert address is not None
    for one in (walker, colleague):
        one.open(address)


def chooses_own(walker: Walker, by: str) -> None:
    """The conflict page: no barrier, the conflict has the focus, and the own choice is made by keyboard."""
    expect(walker.page.locator("#conflict")).to_have_text(f"{by} heeft dit intussen gewijzigd")
    assert walker.page.evaluate("document.activeElement.className") == "conflict"
    walker.check()
    expect(walker.page.get_by_role("link", name=f"Laat het zoals {by} het bewaarde")).to_be_visible()
    walker.tab_to("Bewaar wat hier is ingevuld")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")


def test_a_contact_that_a_colleague_corrected_meanwhile(walker: Walker, colleague: Walker) -> None:
    walker.sign_in("case_manager")
    contact = f"/contact/{somebody(walker, 0)}/"
    walker.open(contact)
    walker.page.locator('[name="note"]').fill("Belde over de stage.")
    walker.page.locator(".contact-form__held button:visible").last.click()
    both_open(walker, colleague, contact)
    name = walker.sign_ins["coordinator"]["name"]
    colleague.page.locator('[name="note"]').fill("Belde over de stage bij de bakker.")
    colleague.page.locator('[name="why"]').fill("bedrijf erbij")
    colleague.page.get_by_role("button", name="Bewaar de verbetering").click()
    walker.page.locator('[name="note"]').fill("Belde over de stage, begint maandag.")
    walker.page.locator('[name="why"]').fill("begindag erbij")
    walker.page.get_by_role("button", name="Bewaar de verbetering").click()
    expect(walker.page.locator(".conflict")).to_contain_text("Belde over de stage bij de bakker.")
    expect(walker.page.locator('[name="note"]')).to_have_value("Belde over de stage, begint maandag.")
    chooses_own(walker, name)
    walker.open(contact)
    expect(walker.page.locator("tbody tr").first).to_contain_text("begint maandag")


def test_a_placement_that_a_colleague_corrected_meanwhile(walker: Walker, colleague: Walker) -> None:
    walker.sign_in("case_manager")
    placing = f"/plaatsen/{somebody(walker, 1)}/"
    both_open(walker, colleague, placing)
    name = walker.sign_ins["coordinator"]["name"]
    for one, level in ((colleague, "2"), (walker, "4")):
        one.page.locator(f'input[name="level"][value="{level}"]').check(force=True)
        one.page.locator('[name="why"]').fill(f"trede {level} hoort het te zijn")
        one.page.get_by_role("button", name="Bewaar de verbetering").last.click()
    expect(walker.page.locator(".conflict")).to_contain_text("trede 2 hoort het te zijn")
    expect(walker.page.locator('input[name="level"][value="4"]')).to_be_checked()
    chooses_own(walker, name)
    walker.open(placing)
    expect(walker.page.locator("tbody tr .level").first).to_have_text("4")
