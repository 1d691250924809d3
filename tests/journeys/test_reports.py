"""Each report of two days and of people in Chromium: from the list by keyboard, through filters, people and files."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect
from python_calamine import CalamineWorkbook

from opstap.reporting.tables.reports import REPORTS
from tests.journeys.paper import LYING, UPRIGHT, only_at_a_desk, printed_whole
from tests.journeys.walking import Walker

TODAY = date.today()  # noqa: DTZ011 # the demo ends on the day of this machine
ON, EARLIER, KNOWN = TODAY - timedelta(days=45), TODAY - timedelta(days=400), TODAY - timedelta(days=1)


@dataclass(frozen=True)
class Walk:
    """A report: its title, the end of its address, and whether its figures lead to people."""

    title: str
    slug: str
    of_two_days: bool = False
    counts: bool = True


WALKS = (
    Walk("Huidige en verwachte trede", "nu-en-verwacht"),
    Walk("Beweging op de ladder", "beweging", of_two_days=True),
    Walk("Wat werd er van de groei?", "groei-gerealiseerd", of_two_days=True),
    Walk("Dekking", "dekking"),
    Walk("Trajecten", "trajecten"),
    Walk("Cliëntenlijst", "caseload", counts=False),
)
all_reports = pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.slug)


def opened_from_the_list(walker: Walker, walk: Walk) -> None:
    walker.sign_in("coordinator")
    walker.open("/rapporten/")
    walker.tab_to(walk.title)
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url(f"**/rapporten/{walk.slug}/")
    walker.check()


def shown(walker: Walker, field: str, waited: str) -> None:
    """From the field that was filled in to the button of the filters, and wait for the answer."""
    walker.page.locator(field).focus()
    walker.tab_to("Toon", limit=12)
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url(f"**{waited}**")
    walker.page.wait_for_load_state("networkidle")
    walker.check()


def dated(walker: Walker, walk: Walk) -> None:
    walker.page.fill("#on", ON.isoformat())
    if walk.of_two_days:
        walker.page.fill("#compared_with", EARLIER.isoformat())
    walker.page.fill("#known_at", KNOWN.isoformat())
    shown(walker, "#known_at", f"known_at={KNOWN}")


def first_figure(walker: Walker) -> tuple[str, int]:
    """The first row that leads to people: what it is called, and how many they are."""
    row = walker.page.locator("table.table tbody tr:has(td.num a)").first
    head = row.locator("th").evaluate("cell => [...cell.childNodes].map(one => one.data || '').join('')")
    return str(head).strip(), number(row.locator("td.num a").first.inner_text())


def number(text: str) -> int:
    return int(text.replace(".", ""))


def rows_of(download: Download, kind: str) -> list[list[str]]:
    """The rows of the first table, figures as a person reads them."""
    content = Path(download.path()).read_bytes()
    assert download.suggested_filename.endswith(f"{ON}.{kind}")
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[_as_read(cell) for cell in row] for row in sheet.to_python()]


def _as_read(cell: object) -> str:
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


def downloaded(walker: Walker, kind: str) -> list[list[str]]:
    with walker.page.expect_download() as waiting:
        walker.page.get_by_role("link", name=kind.upper(), exact=True).press("Enter")
    return rows_of(waiting.value, kind)


@all_reports
def test_from_the_list_by_keyboard_to_the_people_and_back(walker: Walker, walk: Walk) -> None:
    opened_from_the_list(walker, walk)
    dated(walker, walk)
    walker.page.select_option("#scale", "groningen")
    shown(walker, "#scale", "scale=groningen")
    walker.page.select_option("#scale", "vng")
    walker.page.select_option("#by", "team")
    shown(walker, "#by", "by=team")
    kept = walker.page.url
    link = walker.page.locator("table.table td.num a" if walk.counts else "table.table th a").first
    text = link.inner_text()
    link.press("Enter")
    walker.page.wait_for_url(re.compile("/mensen/" if walk.counts else "/clienten/[a-z0-9]{12}/"))
    walker.check()
    if walk.counts:
        said = re.search(r"([\d.]+) (?:mens|persoon)", walker.page.locator(".page-head__lead").inner_text())
        assert said is not None
        assert said[1] == text
    else:
        assert text in walker.page.locator("main").inner_text()
    walker.page.go_back()
    assert walker.page.url == kept
    expect(walker.page.locator("#by")).to_have_value("team")
    expect(walker.page.locator("#on")).to_have_value(ON.isoformat())
    if walk.of_two_days:
        expect(walker.page.locator("#compared_with")).to_have_value(EARLIER.isoformat())
    walker.page.go_back()
    expect(walker.page.locator("#scale")).to_have_value("groningen")


@all_reports
def test_each_file_holds_what_the_page_shows(walker: Walker, walk: Walk) -> None:
    opened_from_the_list(walker, walk)
    dated(walker, walk)
    if walk.counts:
        name, count = first_figure(walker)
        wanted = {name, str(count)}
    else:
        wanted = {walker.page.locator("table.table th a").first.inner_text()}
    for kind in ("csv", "xlsx", "ods"):
        rows = downloaded(walker, kind)
        assert any(wanted <= set(row) for row in rows), (kind, wanted, rows[:4])


@all_reports
def test_on_paper_the_figures_stand_without_menu_and_filters(walker: Walker, walk: Walk) -> None:
    walker.sign_in("coordinator")
    walker.open(f"/rapporten/{walk.slug}/?on={ON}")
    walker.page.emulate_media(media="print")
    lying = walker.page.evaluate("getComputedStyle(document.body).page") == "lying"
    walker.page.set_viewport_size({"width": LYING if lying else UPRIGHT, "height": 1000})
    for gone in ("nav.sidenav", "form.filters", "p.button-row"):
        expect(walker.page.locator(gone).first).to_be_hidden()
    expect(walker.page.locator(".answer")).to_be_visible()
    expect(walker.page.locator("table.table").first).to_be_visible()
    assert "Peildatum" in walker.page.locator("body").inner_text()
    wider = walker.page.locator("table.table, svg:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right - document.documentElement.clientWidth)"
    )
    assert max(wider) <= 1, wider


@pytest.mark.parametrize("walk", [WALKS[1], WALKS[3]], ids=lambda walk: walk.slug)
def test_a_chart_is_saved_by_keyboard_also_on_a_telephone(walker: Walker, walk: Walk) -> None:
    walker.sign_in("coordinator")
    walker.open(f"/rapporten/{walk.slug}/?on={ON}")
    for kind in ("SVG", "PNG"):
        link = walker.page.locator("figure.chart a", has_text=kind).first
        box = link.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= walker.page.viewport_size["width"]  # type: ignore[index]  # a window has one
        with walker.page.expect_download() as waiting:
            link.press("Enter")
        assert re.fullmatch(rf"{walk.slug}-grafiek(-1)?-{ON}\.{kind.lower()}", waiting.value.suggested_filename)


def test_on_a_telephone_a_table_is_opened_and_a_matrix_moves_aside_by_keyboard(walker: Walker) -> None:
    walker.page.set_viewport_size({"width": 390, "height": 844})
    walker.sign_in("coordinator")
    walker.open(f"/rapporten/plaatsing/?on={ON}")
    rest = walker.page.locator("td.more:not(:empty)").first
    expect(rest).to_be_hidden()
    walker.check()
    walker.page.get_by_label("Alle kolommen").first.focus()
    walker.page.keyboard.press("Space")
    expect(rest).to_be_visible()
    walker.check()
    walker.open(f"/rapporten/beweging/?on={ON}")
    frame = walker.page.locator(".table-frame--scrolls").first
    name = frame.locator("tbody th").first
    frame.focus()
    before = name.bounding_box()
    for _ in range(8):
        walker.page.keyboard.press("ArrowRight")
    for _ in range(100):  # it glides, and the policy of the page forbids to wait for an expression
        if frame.evaluate("frame => frame.scrollLeft"):
            break
        walker.page.wait_for_timeout(50)
    assert frame.evaluate("frame => frame.scrollLeft") > 0
    after = name.bounding_box()
    assert before
    assert after
    assert after["x"] == before["x"]  # the names stay in sight
    walker.check()


def test_on_a_telephone_each_check_of_the_quality_is_one_line_until_it_is_asked_how_it_counts(walker: Walker) -> None:
    walker.page.set_viewport_size({"width": 390, "height": 844})
    walker.sign_in("coordinator")
    for by in ("", "&by=team"):
        walker.open(f"/rapporten/kwaliteit-van-gegevens/?on={ON}{by}")
        assert walker.page.evaluate("document.documentElement.scrollHeight") < 5000
        assert walker.page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(walker.page.get_by_text("Van wie is geplaatst, ook op code 0").first).to_be_hidden()
    walker.page.locator("summary", has_text="Zo telt elke controle").press("Enter")
    expect(walker.page.get_by_text("Van wie is geplaatst, ook op code 0").first).to_be_visible()
    walker.check()
    walker.open(f"/rapporten/kwaliteit-van-gegevens/?on={ON}")
    lines = walker.page.locator(".table--lined tbody tr")
    assert lines.count() > 25
    assert max(lines.evaluate_all("all => all.map(one => one.offsetHeight)")) <= 80
    expect(walker.page.locator(".table--lined thead th.key").first).to_be_visible()
    link = lines.locator("td.key a").first
    assert link.evaluate("one => one.offsetHeight") >= 36
    expect(walker.page.get_by_text("Van wie is geplaatst, ook op code 0").first).to_be_hidden()
    walker.page.get_by_label("Alle kolommen").first.focus()
    walker.page.keyboard.press("Space")
    expect(walker.page.get_by_text("Van wie is geplaatst, ook op code 0").first).to_be_visible()
    walker.check()


def test_a_saved_chart_opens_by_itself_with_its_own_letters(walker: Walker, tmp_path: Path) -> None:
    walker.sign_in("coordinator")
    walker.open(f"/rapporten/beweging/?on={ON}")
    with walker.page.expect_download() as waiting:
        walker.page.locator("figure.chart a", has_text="SVG").first.press("Enter")
    saved = tmp_path / "grafiek.svg"
    waiting.value.save_as(saved)
    asked: list[str] = []
    walker.page.on("request", lambda request: asked.append(request.url))
    walker.page.goto(saved.as_uri())
    loaded = "document.fonts.ready.then(all => [...all].map(one => one.family.replaceAll('\"', '') + ' ' + one.status))"
    assert set(walker.page.evaluate(loaded)) == {"Source Sans 3 loaded"}
    assert [url for url in asked if not url.startswith("data:")] == [saved.as_uri()]
    beyond = (
        "[...document.querySelectorAll('text')].filter(one => one.getBoundingClientRect().right > innerWidth).length"
    )
    walker.page.set_viewport_size({"width": 1200, "height": 900})
    assert walker.page.evaluate(beyond) == 0


@pytest.mark.parametrize("slug", [one.definition.slug for one in REPORTS.values()])
@pytest.mark.parametrize("role", ["coordinator", "team_leader"])
def test_every_report_is_printed_whole(walker: Walker, role: str, slug: str, tmp_path: Path) -> None:
    """By who sees everybody, and by who leads a team and reads what is published beside it."""
    only_at_a_desk(walker)
    walker.sign_in(role)
    assert walker.open(f"/rapporten/{slug}/?on={ON}") == 200
    printed_whole(walker, tmp_path)


@pytest.mark.parametrize("width", [1251, 1280, 1366, 1440])
def test_on_a_small_screen_at_a_desk_no_report_moves_aside(walker: Walker, width: int) -> None:
    """A table that is wider than the page moves within its own frame."""
    only_at_a_desk(walker)
    walker.sign_in("coordinator")
    for slug in ("groei-gerealiseerd", "verschillen-in-het-team", "indicatoren", "plaatsing"):
        walker.page.set_viewport_size({"width": width, "height": 800})
        assert walker.open(f"/rapporten/{slug}/?on={ON}") == 200, slug
        expect(walker.page.locator("table.table").first).to_be_visible()
        aside = walker.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert aside <= 0, (slug, width, aside)
        wider = walker.page.locator(".table-frame:not(.table-frame--scrolls)").evaluate_all(
            "all => all.map(one => one.scrollWidth - one.clientWidth)"
        )
        assert width < 1280 or max(wider) <= 0, (slug, width, wider)  # nothing that only a mouse reaches
