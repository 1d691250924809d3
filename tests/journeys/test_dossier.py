"""The dossier by keyboard: a correction, and two dossiers merged and parted again; without barriers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import WIDTHS
from tests.journeys.walking import Walker


def _go(page: Page, name: str) -> None:
    """Follow a link with the keyboard."""
    page.get_by_role("link", name=name, exact=True).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _send(page: Page) -> None:
    """The button that has the focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _dossiers(walker: Walker) -> list[str]:
    """Dossiers of the own reach; each width takes others, so that walks don't meet."""
    page = walker.page
    page.goto(f"{walker.address}/rapporten/plaatsing/mensen/")
    width = list(WIDTHS).index(page.viewport_size["width"] if page.viewport_size else 1440)
    links = page.locator("tbody th a")
    found = [links.nth(number).get_attribute("href") or "" for number in range(20 + 2 * width, 22 + 2 * width)]
    return [href.split("?")[0] for href in found]


@pytest.mark.covers("A-11", page="/clienten/")
def test_a_part_is_corrected_by_keyboard_and_its_history_stays(walker: Walker) -> None:
    walker.sign_in("coordinator")
    page = walker.page
    (dossier, _other) = _dossiers(walker)
    walker.open(dossier)
    walker.check()
    _go(page, "Adres")
    walker.check()
    _go(page, "Verbeter")
    page.locator("#id_street").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("Verbeterstraat")
    page.locator("#id_why").focus()
    page.keyboard.type("stond verkeerd in de brief")
    _send(page)
    expect(page.get_by_text("Verbeterd. Wat er eerst stond, blijft bewaard.")).to_be_visible()
    expect(page.get_by_text("stond verkeerd in de brief")).to_be_visible()
    walker.check()


@pytest.mark.covers("B-60", page="/clienten/")
def test_two_dossiers_are_merged_and_parted_by_keyboard(walker: Walker) -> None:
    walker.sign_in("coordinator")
    page = walker.page
    kept, other = _dossiers(walker)
    page.goto(f"{walker.address}{other}")
    lead = page.locator(".page-head__lead").inner_text()
    number = lead.split("Cliëntnummer ")[1].split(" ")[0]
    walker.open(kept)
    _go(page, "Voeg samen met een ander dossier")
    page.locator("#id_number").focus()
    page.keyboard.type(number)
    page.locator("#id_why").focus()
    page.keyboard.type("zelfde persoon, twee keer ingevoerd")
    _send(page)
    walker.check()
    page.get_by_role("button", name="Ja, één persoon: voeg samen").focus()
    _send(page)
    expect(page.get_by_text(f"Cliëntnummer {number} is op")).to_be_visible()
    walker.check()
    page.goto(f"{walker.address}{other}")
    assert page.url.endswith(kept)
    _go(page, "Maak de samenvoeging ongedaan")
    page.locator("#id_why").focus()
    page.keyboard.type("toch twee mensen")
    _send(page)
    expect(page.get_by_text("De samenvoeging is ongedaan gemaakt")).to_be_visible()
    assert walker.open(other) == 200
    assert page.url.endswith(other)


def test_the_other_pages_of_a_dossier_are_without_barriers(walker: Walker) -> None:
    walker.sign_in("coordinator")
    dossier = _dossiers(walker)[1]
    for path in ("persoon/", "huishouden/", "sluiten/", "overleden/", "onderdeel/om-heen/nieuw/", "onderdeel/kenmerk/"):
        assert walker.open(f"{dossier}{path}") == 200
        walker.check()
    assert walker.open("/clienten/nieuw/") == 200
    walker.check()
