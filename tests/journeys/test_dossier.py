"""The dossier by keyboard: a correction, and two dossiers merged and parted again; without barriers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import WIDTHS
from tests.journeys.walking import CountedKeys, Walker


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
    keys = CountedKeys(walker)
    keys.skip()
    keys.tab_to("a[href$='/onderdeel/adres/']")
    keys.go()
    walker.check()
    keys.skip()
    keys.tab_to("main a[href$='/verbeteren/']")
    keys.go()
    on_the_way = keys.pressed
    keys.skip()
    keys.write("#id_street", "Verbeterstraat")
    keys.write("#id_why", "stond verkeerd in de brief")
    keys.go()
    assert keys.pressed <= 45
    assert keys.pressed - on_the_way <= 28
    expect(page.get_by_text("Verbeterd. Wat er eerst stond, blijft bewaard.")).to_be_visible()
    expect(page.get_by_text("stond verkeerd in de brief")).to_be_visible()
    walker.check()


def test_two_dossiers_are_merged_and_parted_by_keyboard(walker: Walker) -> None:
    walker.sign_in("coordinator")
    page = walker.page
    kept, other = _dossiers(walker)
    page.goto(f"{walker.address}{other}")
    lead = page.locator(".page-head__lead").inner_text()
    number = lead.split("Cliëntnummer ")[1].split(" ")[0]
    walker.open(kept)
    keys = CountedKeys(walker)
    keys.skip()
    keys.tab_to(".more > summary")
    keys.press("Enter")
    keys.tab_to("a[href$='/samenvoegen/']")
    keys.go()
    on_the_way = keys.pressed
    keys.skip()
    keys.write("#id_number", number)
    keys.write("#id_why", "zelfde persoon, twee keer ingevoerd")
    keys.go()
    walker.check()
    keys.tab_to(".button--danger")
    keys.go()
    assert on_the_way <= 14
    assert keys.pressed - on_the_way <= 20
    expect(page.get_by_text(f"Cliëntnummer {number} is op")).to_be_visible()
    walker.check()
    page.goto(f"{walker.address}{other}")
    assert page.url.endswith(kept)
    keys = CountedKeys(walker)
    keys.skip()
    keys.tab_to("a[href$='/ongedaan/']")
    keys.go()
    on_the_way = keys.pressed
    keys.skip()
    keys.write("#id_why", "toch twee mensen")
    keys.go()
    assert keys.pressed <= 17
    assert keys.pressed - on_the_way <= 9
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
