"""Policy reads what was set down, by keyboard, and saves it; a coordinator has figures set down."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.journeys.conftest import WIDTHS, free_port, served, sign_ins_of
from tests.journeys.paper import only_at_a_desk, printed_whole
from tests.journeys.walking import Walker

FEW_OR_MANY = re.compile(
    "De grootste groep|Van geen enkele trede is te zien|Van één trede is te zien"
)  # of 150 people levels are shown in some months
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.mark.covers("B-73", "B-10", page="/publicaties/")
def test_policy_reads_another_table_and_saves_file_and_chart(walker: Walker, tmp_path: Path) -> None:
    walker.sign_in("policy")
    walker.open("/begin/")
    walker.tab_to("Naar de publicaties")
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url("**/publicaties/")
    walker.check()
    walker.tab_to("De participatieladder")
    walker.page.keyboard.press("Enter")
    expect(walker.page.locator("main .answer")).to_contain_text(FEW_OR_MANY)
    expect(walker.page.get_by_text("Hiermee afgedaan: motie 2024-17")).to_be_visible()
    walker.check()
    assert walker.page.locator("main a[href*='/clienten/'], main a[href*='/mensen/']").count() == 0
    walker.tab_to("Leeftijd naar deel van de ladder")
    walker.page.keyboard.press("Enter")
    expect(walker.page.get_by_role("rowheader", name="jonger dan 27")).to_be_visible()
    walker.check()
    walker.tab_to("Beweging sinds een jaar eerder")
    walker.page.keyboard.press("Enter")
    expect(walker.page.get_by_role("rowheader", name="stond al op deze trede, opnieuw geplaatst")).to_be_visible()
    walker.check()
    walker.page.set_viewport_size(PHONE)
    walker.check()
    with walker.page.expect_download() as saved:
        walker.tab_to("XLSX")
        walker.page.keyboard.press("Enter")
    assert saved.value.suggested_filename.startswith("publicatie-")
    with walker.page.expect_download() as drawn:
        walker.page.get_by_role("link", name="PNG").first.click()
    drawn.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes()[1:4] == b"PNG"
    walker.page.go_back()
    walker.page.get_by_role("link", name="Tabel maken").click()
    walker.check()


@pytest.mark.parametrize("whose", ["publication", "table", "series"])
def test_what_is_set_down_is_printed_whole(walker: Walker, whose: str, tmp_path: Path) -> None:
    """The figures, each of their tables, and the years beside each other: what goes on the wall of a council hall."""
    only_at_a_desk(walker)
    walker.sign_in("policy")
    walker.open("/publicaties/reeks/" if whose == "series" else "/publicaties/")
    if whose != "series":
        walker.page.get_by_role("link", name="De participatieladder").first.click()
        walker.page.wait_for_url(re.compile(r"/publicaties/[a-z0-9]{12}/$"))
    pages = [walker.page.url]
    if whose == "table":
        links = walker.page.locator("nav[aria-labelledby=others] a").evaluate_all("all => all.map(one => one.href)")
        pages = [url for url in dict.fromkeys(links) if "/publicaties/" in url and "?" in url]
        assert len(pages) > 3
    for url in pages:
        walker.page.emulate_media(media="null")
        walker.page.set_viewport_size({"width": 1440, "height": 900})
        walker.page.goto(url)
        printed_whole(walker, tmp_path, "Voorbeeldstad." if whose == "series" else "Voorbeeldstad. Peildatum")


@pytest.fixture(params=WIDTHS, ids=lambda width: f"{width}px")
def alone(request: pytest.FixtureRequest, browser: Browser, built_demo: Path, tmp_path: Path) -> Iterator[Walker]:
    """Somebody at a screen of this width, where nobody else has anything made."""
    folder, port = shutil.copytree(built_demo, tmp_path / "data"), free_port()
    server = served(folder, port)
    size: ViewportSize = {"width": request.param, "height": WIDTHS[request.param]}
    context = browser.new_context(viewport=size, locale="nl-NL")
    try:
        yield Walker(context.new_page(), f"http://127.0.0.1:{port}", sign_ins_of(folder))
    finally:
        context.close()
        server.terminate()
        server.wait(timeout=20)


def test_a_coordinator_has_figures_set_down_and_waits_on_their_page(alone: Walker) -> None:
    walker = alone
    walker.sign_in("coordinator")
    walker.open("/publicaties/vaststellen/")
    walker.check()
    walker.tab_to("Vaststellen")
    walker.page.keyboard.press("Enter")
    expect(walker.page.get_by_text("Vul een titel in.").first).to_be_visible()
    walker.check()
    walker.page.get_by_label("Titel").fill("De ladder aan het einde van de maand")
    walker.page.get_by_role("button", name="Vaststellen").click()
    expect(walker.page.get_by_text("wordt gemaakt")).to_be_visible()
    walker.check()
    walker.page.wait_for_timeout(4_500)  # it asks by itself whether the figures are there
    expect(walker.page.get_by_text("wordt gemaakt")).to_be_visible()
    walker.check()
    walker.open("/publicaties/vaststellen/")  # one at a time: no worker makes the first one here
    expect(walker.page.get_by_text("Er wordt op dit moment iets gemaakt.")).to_be_visible()
    walker.page.get_by_label("Titel").fill("Nog een keer")
    walker.page.get_by_role("button", name="Vaststellen").click()
    expect(walker.page.get_by_text("Er wordt al iets gemaakt.")).to_be_visible()
    expect(walker.page.get_by_label("Titel")).to_have_value("Nog een keer")
    walker.check()
