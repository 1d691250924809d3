"""A contact with its placement by keyboard, counted in key presses; a draft that survives; the list of today."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import WIDTHS, free_port, served, sign_ins_of
from tests.journeys.walking import CountedKeys, Walker


def somebody(walker: Walker, number: int) -> str:
    """The contacts of somebody with a placement, from the end of the own caseload; each width takes others, so that
    walks don't meet. How many there are to speak to this week depends on the day.
    """
    walker.page.goto(f"{walker.address}/clienten/")
    placed = walker.page.locator("main table tbody tr").filter(has=walker.page.locator(".level"))
    link = placed.locator("a[href^='/clienten/']").and_(walker.page.locator("th a"))
    href = link.nth(-1 - number * len(WIDTHS) - width_of(walker)).get_attribute("href")
    assert href is not None
    return href.split("?")[0].replace("/clienten/", "/contact/")


def agreed(walker: Walker) -> str:
    """The contacts of somebody whose next contact was agreed for this week, or before it."""
    walker.page.goto(f"{walker.address}/contact/deze-week/")
    href = walker.page.get_by_role("link", name="Noteer contact").nth(width_of(walker)).get_attribute("href")
    assert href is not None
    return href.split("?")[0]


def width_of(walker: Walker) -> int:
    """Which of the widths this is."""
    return list(WIDTHS).index(walker.page.viewport_size["width"] if walker.page.viewport_size else 1440)


@pytest.mark.covers("A-08", page="/contact/")
@pytest.mark.covers("C-34", page="/contact/")
def test_a_phone_call_that_changed_nothing_takes_two_keys(walker: Walker) -> None:
    walker.sign_in("case_manager")
    contact = somebody(walker, 0)
    walker.open(contact)
    level = walker.page.locator(".panel .level").inner_text()
    walker.check()
    keys = CountedKeys(walker)
    keys.press("2")
    expect(walker.page.locator('input[name=kind][value="phone"]')).to_be_checked()
    keys.go("Control+Enter")
    assert keys.pressed <= 2
    expect(walker.page.get_by_text(re.compile("Het contact is bewaard. De plaatsing is bevestigd per"))).to_be_visible()
    walker.open(contact)
    expect(walker.page.locator("tbody tr").first).to_contain_text("telefoon")
    expect(walker.page.locator("tbody tr").first).to_contain_text("trede bevestigd")
    expect(walker.page.locator(".draft-found")).to_have_count(0)
    expect(walker.page.locator(".panel").first).to_contain_text("vandaag")
    assert walker.page.locator(".panel .level").inner_text() == level


def test_a_contact_with_its_note_and_a_new_placement_by_keyboard_alone(walker: Walker) -> None:
    walker.sign_in("case_manager")
    contact = somebody(walker, 1)
    walker.open(contact)
    keys = CountedKeys(walker)
    keys.press("1", "Tab")
    expect(walker.page.locator("input[name=outcome]:focus")).to_have_value("held")
    while walker.page.evaluate("document.activeElement.name") != "note":
        keys.press("Tab")
    walker.page.keyboard.type("Zij wil weer werken.")
    while walker.page.evaluate("document.activeElement.value") != "anew":
        keys.press("Tab")
    keys.go("Enter")
    expect(walker.page).to_have_url(re.compile("/plaatsen/"))
    keys.press("5")
    keys.go("Enter")
    assert keys.pressed <= 40
    walker.open(contact)
    expect(walker.page.locator(".panel .level").first).to_have_text("5")
    expect(walker.page.locator("tbody tr").first).to_contain_text("Zij wil weer werken.")


def test_a_draft_survives_a_lost_session_and_a_killed_server(browser: Browser, demo_folder: Path) -> None:
    port = free_port()
    server = served(demo_folder, port)
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
        walker = Walker(context.new_page(), f"http://127.0.0.1:{port}", sign_ins_of(demo_folder))
        walker.sign_in("case_manager")
        contact = somebody(walker, 2)
        walker.open(contact)
        walker.page.locator("#id_note").fill("Halverwege een zin, en toen")
        walker.page.locator("#id_next_place").fill("De Spil")
        expect(walker.page.locator("#draft-kept")).to_contain_text("Concept bewaard")
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
        context.clear_cookies()
        server = served(demo_folder, port)
        walker.page.goto(walker.address + contact)
        assert "/aanmelden/" in walker.page.url
        walker.sign_in("case_manager")
        walker.open(contact)
        expect(walker.page.locator("#id_note")).to_have_value("Halverwege een zin, en toen")
        expect(walker.page.locator("#id_next_place")).to_have_value("De Spil")
        expect(walker.page.get_by_text(re.compile("Het concept van"))).to_be_visible()
        walker.page.get_by_role("button", name="Gooi het concept weg").click()
        expect(walker.page.locator("#id_note")).to_have_value("")
        context.close()
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


def test_who_did_not_appear_is_asked_no_placement_and_gets_another_day(walker: Walker) -> None:
    walker.sign_in("case_manager")
    contact = agreed(walker)
    walker.open(contact)
    page = walker.page
    expect(page.get_by_role("button", name="Bewaar, trede niet besproken")).to_be_visible()
    page.locator('input[name=outcome][value="not_appeared"]').check(force=True)
    page.locator('input[name=settled][value="settles"]').check()
    expect(page.get_by_role("button", name="Bewaar, trede niet besproken")).to_be_hidden()
    walker.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar", exact=True).last.click()
    walker.open(f"{contact}afspraak/")
    walker.check()
    expect(page.locator("tbody tr").first).to_contain_text("niet verschenen")
    page.locator("#id_next_on").fill("2027-05-20")
    with page.expect_navigation():
        page.get_by_role("button", name="Spreek het contact af").click()
    walker.open(contact)
    expect(page.get_by_text("do 20 mei 2027")).to_be_visible()


def test_today_prints_as_a_sheet_without_buttons(walker: Walker) -> None:
    walker.sign_in("case_manager")
    walker.open("/contact/vandaag/")
    walker.check()
    expect(walker.page.get_by_role("link", name="Noteer contact").first).to_be_visible()
    walker.page.emulate_media(media="print")
    expect(walker.page.get_by_role("link", name="Noteer contact").first).to_be_hidden()
    walker.page.emulate_media(media="screen")
    walker.open("/contact/deze-week/")
    walker.check()


def test_noting_works_without_a_script(browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]) -> None:
    address, sign_ins = demo
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL", java_script_enabled=False)
    walker = Walker(context.new_page(), address, sign_ins)
    walker.sign_in("case_manager")
    walker.page.goto(address + somebody(walker, 3))
    url = walker.page.url
    walker.page.locator("#id_note").fill("zonder script")
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="Bewaar, trede niet besproken").click()
    walker.page.goto(url)
    expect(walker.page.locator("tbody tr").first).to_contain_text("zonder script")
    context.close()
