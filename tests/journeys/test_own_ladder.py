"""A municipality makes a ladder of its own on screen, places people on it, and reads its reports and a crosswalk."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.walking import Walker

LEVELS = ("Thuis", "Buiten", "Doet mee", "Werkt mee", "Werkt")


def ladder(walker: Walker) -> str:
    """Each width makes its own."""
    return f"dorp-{walker.page.viewport_size['width'] if walker.page.viewport_size else 0}"


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def draw(page: Page, key: str) -> None:
    """Five levels and two questions, on the page of a new ladder."""
    page.locator('[name="name_nl"]').fill(f"Dorpsladder {key}")
    page.locator('[name="key"]').fill(key)
    for _ in range(2):
        press(page, "Voeg een trede toe")
    for place, name in enumerate(LEVELS):
        folded = page.locator(f"#level-{place}:not([open]) > summary")
        if folded.count():
            folded.click()
        page.locator(f'[name="level-{place}-name_nl"]').fill(name)
        page.locator(f'[name="level-{place}-definition_nl"]').fill(f"Wie hier staat: {name.lower()}.")
    for place, (text, yes, no) in enumerate(
        (("Werkt deze persoon?", "5", ""), ("Komt deze persoon buiten?", "2", "1"))
    ):
        press(page, "Voeg een vraag toe")
        page.locator(f'[name="question-{place}-text_nl"]').fill(text)
        page.locator(f'[name="question-{place}-yes"]').select_option(yes)
        if no:
            page.locator(f'[name="question-{place}-no"]').select_option(no)


def test_a_ladder_of_five_levels_from_the_drawing_table_to_its_report(walker: Walker) -> None:
    page, key = walker.page, ladder(walker)
    walker.sign_in("functional_administrator")
    walker.open("/beheer/ladders/nieuw/")
    draw(page, key)
    press(page, "Bewaar de ladder")
    expect(page.locator(".error-summary")).to_contain_text("Vraag 1: kies voor beide antwoorden")
    walker.check()
    page.locator('[name="question-0-no"]').select_option("vraag-2")
    press(page, "Bewaar de ladder")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dorpsladder {key}")
    walker.open(f"/beheer/omzettingen/nieuw/?source={key}&target=vng")
    for code, counterpart in zip("12345", ("1", "2", "3", "none", "6"), strict=True):
        page.locator(f'[name="level-{code}"]').select_option(counterpart)
    walker.check()
    press(page, "Bewaar de omzetting")
    page.context.clear_cookies()
    walker.sign_in("case_manager")
    walker.open("/clienten/")
    href = page.locator(".row-link__target").first.get_attribute("href")
    assert href is not None
    walker.open(f"/plaatsen/{href.split('/')[2]}/?ladder={key}&wijze=vragen")
    expect(page.get_by_role("heading", name="1. Werkt deze persoon?")).to_be_visible()
    for answer in ("n", "j"):
        with page.expect_navigation():
            page.keyboard.press(answer)
    walker.check()
    with page.expect_navigation():
        page.locator(".placing__foot button").first.click()
    for slug, way, level in (
        ("plaatsing", f"scale={key}", "Buiten"),
        ("nu-en-verwacht", f"scale={key}", "Buiten"),
        ("plaatsing", f"scale=vng&crosswalk={key}-vng", "Sociale contacten buitenshuis"),
    ):
        walker.open(f"/rapporten/{slug}/?{way}")
        row = page.locator("table").first.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=level))
        expect(row.locator("td").first).to_have_text("1")
        walker.check()
    walker.open(f"/rapporten/dekking/?scale={key}")
    expect(page.locator("table").first.locator("tbody tr").first.locator("td").nth(1)).to_have_text("1")
    walker.open(f"/rapporten/beweging/?scale={key}")
    expect(page.get_by_role("status")).to_contain_text("was niemand in begeleiding en op deze ladder geplaatst")
