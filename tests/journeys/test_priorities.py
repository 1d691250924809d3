"""Priorities in Chromium, by keyboard: given to people behind a figure and on the list, found back, and taken back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.walking import Walker

WHY = "groeipotentieel gezien, nog geen instrument"
NEW = "main tbody tr:not(:has(.tag--info)) td.tick input[type=checkbox]"


@pytest.mark.covers("B-49", page="/clienten/")
def test_a_case_manager_puts_people_behind_a_figure_first_and_takes_it_back(walker: Walker) -> None:
    page = walker.page
    walker.sign_in("case_manager")
    walker.open("/rapporten/inzet-en-groeipotentieel/mensen/?deployed=growth_without")
    walker.check()
    ticks = page.locator(NEW)
    names = [ticks.nth(place).get_attribute("aria-label") for place in range(2)]
    for place in range(2):
        ticks.nth(place).press("Space")
    with page.expect_navigation():
        page.get_by_role("button", name="Prioriteit geven", exact=True).press("Enter")
    walker.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Prioriteit geven").press("Enter")
    expect(page.locator(".field .error, .notice--error, [role=alert]").first).to_be_visible()
    walker.check()
    page.get_by_label("Waarom krijgen zij prioriteit?").fill(WHY)
    with page.expect_navigation():
        page.get_by_role("button", name="Prioriteit geven").press("Enter")
    assert "2 cliënten hebben prioriteit." in page.content()
    walker.check()
    done = page.url
    walker.open("/clienten/?priority=yes")
    walker.check()
    assert page.content().count(WHY) == 2
    for name in names:
        assert str(name).removeprefix("Vink aan ") in page.locator("main").inner_text()
    with page.expect_navigation():
        page.locator("main tbody a.tag--info").first.press("Enter")
    walker.check()
    page.goto(done)
    with page.expect_navigation():
        page.get_by_role("button", name="Maak ongedaan").press("Enter")
    assert "Ongedaan gemaakt voor 2 cliënten." in page.content()


@pytest.mark.covers("B-49", page="/clienten/*/onderdeel/prioriteit/")
def test_in_the_dossier_it_is_given_and_ended_with_what_came_of_it(walker: Walker) -> None:
    page = walker.page
    walker.sign_in("team_leader")
    walker.open("/clienten/")
    with page.expect_navigation():
        page.locator("main tbody tr:not(:has(.tag--info)) a.row-link__target").last.press("Enter")
    with page.expect_navigation():
        page.get_by_role("link", name="Prioriteit geven").press("Enter")
    walker.check()
    page.get_by_label("Waarom krijgt deze cliënt prioriteit?").fill("Belt zelf over werk")
    page.get_by_label("Vanaf").fill("2026-01-05")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar", exact=True).press("Enter")
    walker.check()
    with page.expect_navigation():
        page.get_by_role("link", name="Beëindig").first.press("Enter")
    page.get_by_label("Wat ervan kwam").select_option(label="gesproken")
    walker.check()
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar het einde").press("Enter")
    walker.check()
    assert "gesproken" in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="Trek in").first.press("Enter")
    page.get_by_label("Waarom had dit er niet moeten staan?").fill("Voor een proef")
    with page.expect_navigation():
        page.get_by_role("button", name="Trek in", exact=True).press("Enter")
    walker.check()
