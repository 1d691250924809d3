"""The desk in Chromium: the list by keyboard, the search box, marks, and assigning with its way back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.walking import Walker


def test_a_case_manager_filters_opens_a_client_and_comes_back(walker: Walker) -> None:
    walker.sign_in("case_manager")
    assert walker.page.url.endswith("/clienten/")
    walker.check()
    walker.tab_to("Filter")
    walker.page.keyboard.press("Enter")
    walker.page.select_option("#filter-growth", "with")
    walker.tab_to("Toon")
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url("**growth=with**")
    walker.check()
    kept = walker.page.url
    walker.page.locator("a.row-link__target").first.press("Enter")
    walker.page.wait_for_url(re.compile("/clienten/[a-z0-9]{12}/"))
    walker.page.go_back()
    assert walker.page.url == kept
    expect(walker.page.locator("#filter-growth")).to_have_value("with")


def test_the_slash_leads_to_the_box_and_a_number_to_the_dossier(walker: Walker) -> None:
    walker.sign_in("coordinator")
    walker.open("/zoeken/")
    walker.check()
    walker.page.locator("h1").click()
    walker.page.keyboard.press("/")
    expect(walker.page.locator("#search-box")).to_be_focused()
    walker.page.keyboard.type("de")
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url(re.compile("/zoeken/[a-z0-9]{12}/"))
    walker.check()
    number = walker.page.locator("td[data-label='Cliëntnummer']").first.inner_text()
    walker.page.keyboard.press("/")
    walker.page.keyboard.type(number)
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url(re.compile("/clienten/[a-z0-9]{12}/"))
    assert number not in walker.page.url


def test_a_star_is_put_and_taken_away_again(walker: Walker) -> None:
    walker.sign_in("case_manager")
    star = walker.page.locator("button.star").last
    before = star.get_attribute("aria-pressed")
    star.press("Enter")
    walker.page.wait_for_load_state("networkidle")
    expect(walker.page.locator("button.star").last).to_have_attribute(
        "aria-pressed", "false" if before == "true" else "true"
    )
    walker.check()
    walker.page.locator("button.star").last.press("Enter")
    walker.page.wait_for_load_state("networkidle")
    expect(walker.page.locator("button.star").last).to_have_attribute("aria-pressed", str(before))


HIDDEN_CONTROLS = """() => [...document.querySelectorAll('main tbody tr')].slice(0, 4).flatMap(row =>
    [...row.querySelectorAll('button, input[type=checkbox], a:not(.row-link__target)')].filter(control => {
        control.scrollIntoView({block: 'center'});
        const box = control.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !control.contains(hit);
    }).map(control => control.outerHTML))"""


def test_what_can_be_done_in_a_row_can_be_clicked_and_does_not_open_the_row(walker: Walker) -> None:
    walker.sign_in("team_leader")
    for path in ("/clienten/", "/team/", "/contact/deze-week/"):
        walker.open(path)
        assert walker.page.locator("main tbody tr :is(button, input, a:not(.row-link__target))").count(), path
        assert walker.page.evaluate(HIDDEN_CONTROLS) == [], path


def test_on_a_phone_the_tabs_are_one_list_to_choose_from(walker: Walker) -> None:
    walker.sign_in("team_leader")
    choice, tabs = walker.page.locator("#narrow-attention"), walker.page.locator("nav.tabs")
    narrow = (walker.page.viewport_size or {"width": 0})["width"] < 700
    assert (choice.is_visible(), tabs.is_visible()) == (narrow, not narrow)
    if narrow:
        choice.select_option("any")
        walker.page.locator(".narrow-choice button").click()
        walker.page.wait_for_url("**attention=any**")
        expect(walker.page.locator("#narrow-attention")).to_have_value("any")
        walker.check()


def test_a_team_leader_hands_a_client_over_and_takes_it_back(walker: Walker) -> None:
    walker.sign_in("team_leader")
    walker.open("/team/")
    walker.check()
    walker.open("/clienten/")
    walker.page.locator("td.tick input").first.press("Space")
    walker.page.get_by_role("button", name="Wijs toe").press("Enter")
    walker.page.wait_for_url("**/team/toewijzen/**")
    walker.check()
    walker.page.get_by_role("group", name="Collega's").get_by_role("checkbox").last.press("Space")
    walker.page.get_by_role("button", name="Wijs toe").press("Enter")
    walker.page.wait_for_load_state("networkidle")
    walker.check()
    if "/gedaan/" in walker.page.url:  # the last colleague may have had the client already
        assert "Overdrachtslijst" in walker.page.content()
        walker.page.get_by_role("button", name="Maak ongedaan").press("Enter")
        walker.page.wait_for_url("**/clienten/**")
        assert "Ongedaan gemaakt voor 1 cliënt." in walker.page.content()


def test_without_script_the_list_works_the_same(walker: Walker) -> None:
    browser = walker.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, viewport=walker.page.viewport_size, locale="nl-NL")
    page = context.new_page()
    entry = walker.sign_ins["case_manager"]
    page.goto(f"{walker.address}/aanmelden/")
    page.fill("#id_username", entry["sign_in_name"])
    page.fill("#id_password", entry["password"])
    page.press("#id_password", "Enter")
    page.wait_for_url("**/clienten/")
    page.locator("td.tick input").first.check()
    page.get_by_role("button", name="Bevestig plaatsing").click()
    page.wait_for_load_state()
    if "/gedaan/" in page.url:
        page.get_by_role("button", name="Maak ongedaan").click()
        page.wait_for_url("**/clienten/**")
    page.fill("#search-box", "1 jan 1901")
    page.press("#search-box", "Enter")
    page.wait_for_url("**/zoeken/**")
    assert "Niemand gevonden" in page.content()
    context.close()
