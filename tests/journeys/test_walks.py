"""A walk for each role through every page there is, by keyboard where it matters, at both widths."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from opstap.reporting.tables.reports import REPORTS as ALL_REPORTS
from tests.journeys.walking import Walker

REPORTS = (
    "/rapporten/",
    "/rapporten/plaatsing/",
    "/rapporten/doelen/",
    "/rapporten/plaatsing/?by=team&where=sex%3Dfemale",
)
SCALES = ("/ladders/", "/ladders/vng/", "/ladders/groningen/", "/ladders/rijswijk/", "/ladders/steenwijkerland/")
GROUPED = "/rapporten/plaatsing/?scale=steenwijkerland&by=benefit"


def walk(walker: Walker, paths: tuple[str, ...]) -> None:
    for path in paths:
        assert walker.open(path) == 200, path
        walker.check()


def menu(walker: Walker) -> list[str]:
    return [link.inner_text().strip() for link in walker.page.locator("nav.sidenav a").all()] or [
        text.strip() for text in walker.page.locator("nav.sidenav a").all_text_contents()
    ]


def test_signing_in_goes_wrong_and_then_right(walker: Walker) -> None:
    walker.open("/aanmelden/")
    walker.check()
    walker.page.fill("#id_username", "casemanager@voorbeeldstad.example")
    walker.page.fill("#id_password", "vast-niet-goed")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.check()
    assert "horen niet bij elkaar" in walker.page.content()
    walker.sign_in("case_manager")
    assert walker.page.url.endswith("/clienten/")


@pytest.mark.parametrize("role", ["case_manager", "team_leader"])
def test_workers_read_reports_and_scales(walker: Walker, role: str) -> None:
    walker.sign_in(role)
    walk(walker, (*REPORTS[:3], GROUPED, *SCALES[:2]))
    assert walker.open("/import/") == 403
    walker.check()


def test_a_team_leader_reads_every_report(walker: Walker) -> None:
    walker.sign_in("team_leader")
    walker.open("/rapporten/")
    addresses = [str(link.get_attribute("href")) for link in walker.page.locator(".link-list a").all()]
    assert addresses == [f"/rapporten/{report.definition.slug}/" for report in ALL_REPORTS.values()]
    walk(walker, tuple(addresses))


@pytest.mark.covers("A-04", "B-02", "C-50", page="/ladders/groningen/")
def test_the_administrator_reads_scales_and_no_person(walker: Walker) -> None:
    walker.sign_in("functional_administrator")
    walk(walker, SCALES)
    walker.open("/ladders/groningen/")
    levels = walker.page.locator("table.table").first.locator("tbody tr")
    assert levels.count() == 8  # seven levels and code 0, each with its definition
    assert levels.locator("td:nth-child(2)").all_inner_texts().count("") == 0
    for path in ("/rapporten/", "/rapporten/plaatsing/mensen/", "/import/"):
        assert walker.open(path) == 403


def test_the_coordinator_follows_a_figure_to_its_people_and_back(walker: Walker) -> None:
    walker.sign_in("coordinator")
    walk(walker, REPORTS)
    walker.open("/rapporten/plaatsing/")
    link = walker.page.locator("table.table a").first
    count = int(link.inner_text().replace(".", ""))
    link.click()
    walker.page.wait_for_load_state("networkidle")
    walker.check()
    shown = re.search(r"([\d.]+) (?:mens|persoon)", walker.page.locator(".page-head__lead").inner_text())
    assert shown is not None
    assert int(shown[1].replace(".", "")) == count
    walker.page.go_back()
    assert "/rapporten/plaatsing/" in walker.page.url


def test_filters_stand_in_the_address_and_the_back_button_restores_them(walker: Walker) -> None:
    walker.sign_in("coordinator")
    walker.open("/rapporten/plaatsing/")
    walker.page.select_option("#by", "sex")
    walker.page.locator("form.filters button").click()
    walker.page.wait_for_url("**by=sex**")
    walker.check()
    walker.page.select_option("#scale", "groningen")
    walker.page.locator("form.filters button").click()
    walker.page.wait_for_url("**scale=groningen**")
    walker.page.go_back()
    expect(walker.page.locator("#scale")).to_have_value("vng")
    assert walker.page.locator("#by").input_value() == "sex"
    assert "scale=groningen" not in walker.page.url
    walker.check()


def test_pages_that_do_not_exist_or_are_not_yours_say_so_in_dutch(walker: Walker) -> None:
    walker.sign_in("coordinator")
    for path in ("/bestaat-niet/", "/rapporten/onzin/", "/import/aaaaaaaaaaaa/"):
        assert walker.open(path) == 404
        walker.check()
        assert walker.page.locator("h1").inner_text()
    assert walker.open("/rapporten/plaatsing/?on=31-02-2020") == 400
    walker.check()


def test_in_english_every_page_is_english(walker: Walker) -> None:
    walker.sign_in("coordinator")
    if walker.page.viewport_size and walker.page.viewport_size["width"] < 600:
        walker.page.locator(".topbar__menu").click()
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="English").click()
    for path, words in (
        ("/rapporten/plaatsing/", "Placement on the ladder"),
        ("/import/", "Earlier imports"),
        ("/ladders/", "Scales"),
    ):
        walker.open(path)
        walker.check()
        assert words in walker.page.content()
        assert walker.page.locator("html").get_attribute("lang") == "en"


def test_signing_out_ends_it(walker: Walker) -> None:
    walker.sign_in("case_manager")
    if walker.page.viewport_size and walker.page.viewport_size["width"] < 600:
        walker.page.locator(".topbar__menu").click()
    with walker.page.expect_navigation():
        walker.page.get_by_role("button", name="Afmelden").click()
    walker.open("/rapporten/")
    assert "/aanmelden/" in walker.page.url


def test_the_bars_of_a_chart_have_room_beside_their_names(walker: Walker) -> None:
    walker.sign_in("coordinator")
    for path in REPORTS[1:]:
        walker.open(path)
        room = walker.page.locator(".chart__frame:visible").evaluate(
            "frame => { const whole = frame.getBoundingClientRect();"
            " const bars = [...frame.querySelectorAll('rect[height=\"30\"]')].map(bar => bar.getBoundingClientRect());"
            " return 1 - (Math.min(...bars.map(bar => bar.left)) - whole.left) / whole.width; }"
        )
        assert room > 0.6, f"{path}: {room}"


def test_on_paper_names_keep_their_room_and_groups_stay_together(walker: Walker) -> None:
    walker.sign_in("coordinator")
    walker.open("/rapporten/plaatsing/?by=team")
    walker.page.set_viewport_size({"width": 688, "height": 1000})
    walker.page.emulate_media(media="print")
    lines = walker.page.locator('.table tbody th[scope="row"]').evaluate_all(
        "cells => cells.map(cell => { const text = document.createRange(); text.selectNodeContents(cell);"
        " return text.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight); })"
    )
    assert max(lines) < 2.5, lines
    together = walker.page.locator(".table tbody").evaluate_all(
        "all => all.map(one => getComputedStyle(one).breakInside)"
    )
    assert together == ["avoid"] * walker.page.locator(".table .group-head").count()
