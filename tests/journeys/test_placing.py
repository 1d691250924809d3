"""Placing by keyboard in the browser, counted in key presses; a draft that survives; put right afterwards."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import WIDTHS, free_port, served, sign_ins_of
from tests.journeys.walking import CountedKeys, Walker

CORRECTED_IN, MOVED_IN = 10, 12
NOW = ".dossier-answers .level >> nth=0"


def somebody(walker: Walker, number: int) -> str:
    """The page of placing somebody of the own caseload; each width takes others, so that walks don't meet."""
    page = walker.page
    page.goto(f"{walker.address}/rapporten/plaatsing/mensen/")
    links = page.locator("tbody th a")
    width = list(WIDTHS).index(page.viewport_size["width"] if page.viewport_size else 1440)
    href = links.nth(number * len(WIDTHS) + width).get_attribute("href")
    assert href is not None
    return href.split("?")[0].replace("/clienten/", "/plaatsen/")


@pytest.mark.covers("B-06", page="/plaatsen/")
@pytest.mark.covers("B-05", page="/plaatsen/")
def test_who_knows_the_ladder_places_in_twelve_keys_and_confirms_in_three(walker: Walker) -> None:
    walker.sign_in("case_manager")
    place = somebody(walker, 0)
    walker.open(place)
    keys = CountedKeys(walker)
    keys.press("2", "+", "j", "Tab", "4")
    expect(walker.page.locator("[data-placing-line]")).to_have_text("Wordt bewaard: 2+, kan naar 4, groei ja.")
    keys.go("Enter")
    assert keys.pressed <= 12
    expect(walker.page.get_by_text("De plaatsing is bewaard.")).to_be_visible()
    expect(walker.page.locator(NOW)).to_have_text("2+")
    walker.check()


@pytest.mark.covers("A-08", page="/plaatsen/")
def test_an_unchanged_placement_is_confirmed_in_three_keys(walker: Walker) -> None:
    walker.sign_in("case_manager")
    walker.open(somebody(walker, 1))
    before = walker.page.locator(".placed-before .level").inner_text()
    keys = CountedKeys(walker)
    keys.press("Shift+Tab")
    expect(walker.page.locator(".placed-before button")).to_be_focused()
    keys.go("Enter")
    assert keys.pressed <= 3
    expect(walker.page.get_by_text("De plaatsing is bevestigd per vandaag.")).to_be_visible()
    expect(walker.page.locator(NOW)).to_have_text(before)


def test_the_questions_are_answered_with_j_and_n(walker: Walker) -> None:
    walker.sign_in("case_manager")
    walker.open(somebody(walker, 2) + "?wijze=vragen")
    keys = CountedKeys(walker)
    for key in ("n", "n", "j", "n", "j"):
        keys.go(key)
    expect(walker.page.get_by_text(re.compile("De vragen leiden naar trede 3, met trede 4"))).to_be_visible()
    walker.check()
    with walker.page.expect_navigation():
        walker.page.locator(".placing__foot button").click()
    expect(walker.page.locator(NOW)).to_have_text("3")


def test_a_draft_survives_a_lost_session(walker: Walker) -> None:
    walker.sign_in("case_manager")
    place = somebody(walker, 3)
    walker.open(place)
    keys = CountedKeys(walker)
    keys.press("3", "-")
    expect(walker.page.locator("#draft-kept")).to_contain_text("Concept bewaard")
    walker.page.context.clear_cookies()
    walker.page.goto(walker.address + place)
    assert "/aanmelden/" in walker.page.url
    walker.sign_in("case_manager")
    walker.open(place)
    expect(walker.page.locator('input[name=level][value="3-"]')).to_be_checked()
    expect(walker.page.get_by_text(re.compile("Het concept van"))).to_be_visible()
    walker.check()


def test_a_draft_survives_a_killed_server(browser: Browser, demo_folder: Path) -> None:
    """Killed as a whole and started again, with the session lost: what was chosen and typed so far stands there."""
    port = free_port()
    server = served(demo_folder, port)
    try:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
        walker = Walker(context.new_page(), f"http://127.0.0.1:{port}", sign_ins_of(demo_folder))
        walker.sign_in("case_manager")
        place = somebody(walker, 8)
        walker.open(place)
        CountedKeys(walker).press("3", "+", "j", "Tab", "5")
        walker.page.get_by_text("De cliënt ziet het anders").click()
        with walker.page.expect_response(lambda got: "/concept/" in got.url and "anders" in str(got.request.post_data)):
            walker.page.locator("[name=client_view]").fill("Zij ziet het zelf anders, en toen")
        expect(walker.page.locator("#draft-kept")).to_contain_text("Concept bewaard")
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)
        context.clear_cookies()
        server = served(demo_folder, port)
        walker.page.goto(walker.address + place)
        assert "/aanmelden/" in walker.page.url
        walker.sign_in("case_manager")
        walker.open(place)
        expect(walker.page.locator('input[name=level][value="3+"]')).to_be_checked()
        expect(walker.page.locator('input[name=growth][value="yes"]')).to_be_checked()
        expect(walker.page.locator('input[name=expected][value="5"]')).to_be_checked()
        expect(walker.page.locator("[name=client_view]")).to_have_value("Zij ziet het zelf anders, en toen")
        expect(walker.page.get_by_text(re.compile("Het concept van"))).to_be_visible()
        with walker.page.expect_navigation():
            walker.page.locator(".placing__foot button").click()
        expect(walker.page.locator(NOW)).to_have_text("3+")
        context.close()
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=20)


@pytest.mark.covers("B-14", page="/plaatsen/")
def test_a_placement_is_corrected_and_moved_to_the_right_person_by_keyboard(walker: Walker) -> None:
    walker.sign_in("case_manager")
    right, place = somebody(walker, 5), somebody(walker, 4)
    page = walker.page
    walker.open(right)
    number = page.locator(".page-head__lead").inner_text().rsplit(" ", 1)[1]
    walker.open(place)
    CountedKeys(walker).press("6")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walker.open(place)
    correcting = CountedKeys(walker)
    correcting.back_to("text=Verbeter")
    correcting.go("Enter")
    correcting.press("5")
    walker.check()
    correcting.fill_in("[name=why]", "verkeerde trede")
    correcting.go("Enter")
    expect(page.locator(".placed-before .level")).to_have_text("5")
    assert correcting.pressed <= CORRECTED_IN
    moving = CountedKeys(walker)
    moving.back_to("text=Verplaats")
    moving.go("Enter")
    walker.check()
    moving.fill_in("[name=number]", number)
    moving.fill_in("[name=why]", "naamgenoot")
    moving.go("Enter")
    walker.check()
    moving.tab_to("text=Ja, verplaats de plaatsing")
    moving.go("Enter")
    expect(page.locator(".placed-before .level")).to_have_text("5")
    assert page.url.startswith(walker.address + right)
    assert moving.pressed <= MOVED_IN


def test_the_history_of_a_placement_is_reached_by_keyboard(walker: Walker) -> None:
    walker.sign_in("case_manager")
    walker.open(somebody(walker, 7))
    keys = CountedKeys(walker)
    keys.tab_to("text=Geschiedenis")
    keys.go("Enter")
    expect(walker.page.get_by_role("heading", name="Geschiedenis van een plaatsing")).to_be_visible()
    walker.check()


def test_placing_works_without_a_script(browser: Browser, demo: tuple[str, dict[str, dict[str, str]]]) -> None:
    address, sign_ins = demo
    context = browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    page = context.new_page()
    walker = Walker(page, address, sign_ins)
    walker.sign_in("case_manager")
    page.goto(address + somebody(walker, 6) + "?wijze=vragen")
    for answer in ("Ja", "Ja", "Nee"):
        waiting = page.get_by_role("button", name=answer, exact=True)
        if waiting.count():
            with page.expect_navigation():
                waiting.click()
    page.locator('input[name=level][value="5"]').check()
    with page.expect_navigation():
        page.locator(".placing__foot button").click()
    expect(page.locator(NOW)).to_have_text("5")
    context.close()
