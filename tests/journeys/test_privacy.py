"""The privacy officer looks over who looked: by keyboard, at both widths, axe clean."""

from __future__ import annotations

from tests.journeys.walking import Walker


def test_a_look_is_found_and_judged(walker: Walker) -> None:
    walker.sign_in("case_manager")
    walker.open("/clienten/")
    href = walker.page.locator("main table a[href^='/clienten/']").first.get_attribute("href") or ""
    assert walker.open(href) == 200
    walker.page.context.clear_cookies()
    walker.sign_in("privacy_officer")
    for address in ("/inzage/", "/inzage/opvallend/", "/inzage/steekproef/"):
        assert walker.open(address) == 200
        walker.check()
    walker.open("/inzage/?way=page")
    walker.page.locator("tr", has_text="casemanager").filter(has_text="cliënt").first.get_by_role("link").press("Enter")
    walker.page.wait_for_selector("text=Wat is het oordeel?")
    walker.check()
    walker.page.get_by_label("In orde", exact=True).press("Space")
    walker.page.get_by_role("button", name="Bewaar het oordeel").press("Enter")
    walker.page.wait_for_selector("text=Het oordeel is bewaard.")


def test_a_request_is_noted_and_answered(walker: Walker) -> None:
    walker.sign_in("coordinator")
    assert walker.open("/verzoeken/") == 200
    walker.page.wait_for_selector("text=wacht op antwoord")
    walker.check()
    walker.page.locator("main table a").first.press("Enter")
    walker.page.wait_for_selector("text=Het hele dossier, om aan de cliënt te geven")
    walker.check()
    walker.page.get_by_label("gedaan zoals gevraagd", exact=True).press("Space")
    walker.page.get_by_role("button", name="Bewaar het antwoord").press("Enter")
    walker.page.wait_for_selector("text=Het antwoord is bewaard.")
