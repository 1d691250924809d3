"""Every chart of every report leaves as SVG and PNG from its page: whole, in known colours, with the page's figures."""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from opstap.accounts.models import User
from opstap.foundation.charts import colours
from opstap.foundation.charts.files import PNG_WIDTH
from opstap.municipality.models import Municipality
from opstap.reporting.tables.duration.shape import LONGEST
from opstap.reporting.tables.reports import REPORTS
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"
ON = "2026-03-31"
WITHOUT_CHART = {"caseload"}
LEVELS = colours.level_colours(6)
MEANING = {*LEVELS, *colours.GROUPS, colours.RISEN, colours.SAME, colours.FALLEN, colours.UNKNOWN, "#B9C2CC"}
KNOWN = (
    MEANING
    | {colours.lighter(one, share) for one in MEANING for share in (0.55, 0.75)}
    | {colours.lighter(LONGEST, share / 5) for share in range(5)}
    | {"#16202C", "#4D5A6B", "#8894A3", "#FFFFFF", "#000000", "#DFE3E8", "#6B7788", "#EDEFF2"}
)
"""Those of meaning, and those of ink, paper, lines and who left."""
LINK = re.compile(r'href="(/rapporten/[\w-]+/grafiek/(\d+)/(svg|png)/[^"]*)"')


@pytest.fixture
def browser(town: Municipality) -> Client:
    return signed_in(User.objects.get(sign_in_name__startswith="coordinator@"))


def page_of(browser: Client, key: str) -> str:
    return unescape(browser.get(f"/rapporten/{REPORTS[key].definition.slug}/?on={ON}").content.decode())


def parsed(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314 (our own document)


def charts_on(page: str) -> int:
    return len(re.findall(r'<figure class="chart(?: no-print)?">', page))


def words_beside_the_charts(page: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def figures_in(text: str) -> set[int]:
    """Whole numbers as they are, others as they may be rounded."""
    found = {float(one.replace(".", "").replace(",", ".")) for one in numbers_in(text)}
    return {whole for one in found for whole in (int(one), int(one) + (one % 1 > 0))}


def bars_of(root: ET.Element) -> dict[str, list[int]]:
    """The parts of each bar, and the bar as a whole, as its description tells it."""
    found = defaultdict(list)
    for group in root.iter(f"{SVG}g"):
        title, box = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
        part = re.match(r"(.+?): ([\d.]+) .", title.text or "") if title is not None and box is not None else None
        if part:
            found[part[1]].append(int(part[2].replace(".", "")))
    for label, parts in found.items():
        whole = re.search(rf"(?:^|\. ){re.escape(label)}: ([\d.]*\d)", root[1].text or "")
        assert whole, label
        parts.append(int(whole[1].replace(".", "")))
    return found


@pytest.mark.parametrize("key", REPORTS)
def test_each_chart_of_each_report_is_offered_and_leaves_whole(browser: Client, key: str) -> None:
    page = page_of(browser, key)
    offered = [(int(number), kind, link) for link, number, kind in LINK.findall(page)]
    assert bool(offered) == (key not in WITHOUT_CHART)
    assert [one[:2] for one in offered] == [
        (number, kind) for number in range(1, charts_on(page) + 1) for kind in ("svg", "png")
    ]
    for number, kind, link in offered:
        answer = browser.get(link)
        assert answer.status_code == 200
        which = f"-{number}" if charts_on(page) > 1 else ""
        name = f"{REPORTS[key].definition.slug}-grafiek{which}-{ON}.{kind}"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        if kind == "png":
            assert answer["Content-Type"] == "image/png"
            assert struct.unpack(">I", answer.content[16:20]) == (PNG_WIDTH,)
        else:
            assert answer["Content-Type"] == "image/svg+xml"
            check(parsed(answer.content), page)


def check(root: ET.Element, page: str) -> None:
    """Its name and words are there, its colours known, its figures those of the page, and its source is told."""
    title, told = root[0].text or "", root[1].text or ""
    assert title
    assert told
    used = {
        value
        for one in root.iter()
        for value in (one.get("fill"), one.get("stroke"))
        if value and not value.startswith("url(") and value != "none"
    }
    assert used <= KNOWN, used - KNOWN
    beside = words_beside_the_charts(page)
    bars = bars_of(root)
    if not bars:
        shares_alone = re.sub(r"\([\d.]+ van [\d.]+\)", "", told)
        assert figures_in(shares_alone) <= figures_in(beside), figures_in(shares_alone) - figures_in(beside)
    for label, (*parts, whole) in bars.items():
        # What is not on the page by itself is what the others leave: of all, or of those of whom it is known.
        assert sum(parts) == whole, label
        known = sum(parts[:-1])
        least = 1 + (known != whole and known in figures_in(beside))
        assert len({*parts, whole} - figures_in(beside)) <= least, (label, parts, whole)
    said = " ".join(text for one in root.iter(f"{SVG}text") for text in one.itertext())
    for part in ("Peildatum: 31 mrt 2026", "Opstap, gemeente Voorbeeldstad, peildatum 31 mrt 2026, gemaakt ", "n = "):
        assert part in said


def test_a_level_has_the_same_colour_in_every_chart(browser: Client) -> None:
    """By the words of its part: the number and the name of the level."""
    found = defaultdict(set)
    for key in REPORTS:
        for link, _number, kind in LINK.findall(page_of(browser, key)):
            root = parsed(browser.get(link).content) if kind == "svg" else ET.Element("svg")
            for group in root.iter(f"{SVG}g"):
                title, box = group.find(f"{SVG}title"), group.find(f"{SVG}rect")
                part = (
                    re.search(r"(?:: [\d.]+ |^)([1-6]) [A-Z][^:]*(?:: [\d.]+)?$", title.text or "")
                    if title is not None
                    else None
                )
                if part and box is not None:
                    found[part[1]].add(str(box.get("fill")))
    assert found == {str(place): {colour} for place, colour in enumerate(LEVELS, start=1)}


def test_the_file_asks_the_question_of_the_page(browser: Client) -> None:
    page = browser.get(f"/rapporten/plaatsing/?on={ON}&by=team&where=benefit%3Dparticipatiewet").content.decode()
    (link, *_others) = [unescape(one[0]) for one in LINK.findall(page)]
    content = browser.get(link).content.decode()
    assert "per team" in content
    assert "team" in unescape(link)
    assert numbers_in(parsed(content.encode())[0].text or "") <= numbers_in(words_beside_the_charts(page))


@pytest.mark.parametrize("ending", ["0/svg", "2/svg", "1/pdf", "1/exe", "99/png"])
def test_what_is_not_there_is_not_found(browser: Client, ending: str) -> None:
    assert browser.get(f"/rapporten/plaatsing/grafiek/{ending}/?on={ON}").status_code == 404


def test_a_wrong_question_is_explained_and_nobody_gives_no_chart(browser: Client) -> None:
    refused = browser.get("/rapporten/plaatsing/grafiek/1/svg/?on=gisteren")
    assert refused.status_code == 400
    assert "gisteren" in refused.content.decode()
    assert browser.get("/rapporten/plaatsing/grafiek/1/svg/?on=1950-01-01").status_code == 404


def test_who_may_see_no_reports_gets_no_chart(town: Municipality) -> None:
    address = f"/rapporten/plaatsing/grafiek/1/svg/?on={ON}"
    assert Client().get(address).status_code == 302
    reception = signed_in(User.objects.get(sign_in_name__startswith="receptie@"))
    assert reception.get(address).status_code == 403


def test_who_sees_a_part_gets_a_chart_of_that_part(browser: Client, town: Municipality) -> None:
    leader = signed_in(User.objects.get(sign_in_name__startswith="teamleider@"))
    address = f"/rapporten/plaatsing/grafiek/1/svg/?on={ON}"
    mine, all_of_them = (one.get(address).content.decode() for one in (leader, browser))
    counted = [int(re.findall(r"n = ([\d.]+)", one)[0].replace(".", "")) for one in (mine, all_of_them)]
    assert 0 < counted[0] < counted[1]
    assert "die u vandaag mag zien" in mine


@pytest.mark.parametrize("key", ["profile", "indicators"])
def test_the_key_has_one_order_whoever_is_counted(browser: Client, key: str) -> None:
    """Also where the first feature is known of everybody."""
    found = set()
    for filtered in ("", "&team=", "&where=sex%3Dfemale", "&where=benefit%3Dparticipatiewet"):
        page = browser.get(f"/rapporten/{REPORTS[key].definition.slug}/?on={ON}{filtered}").content.decode()
        names = re.findall(r">(ja|nee|geldt|geldt niet|niet bekend)</text>", page)
        found.add(tuple(dict.fromkeys(names)))
    assert len(found) == 1, found


LEAST_APART = 1.25


@pytest.mark.parametrize("by", ["", "team"])
def test_parts_beside_each_other_differ_in_black_and_white(browser: Client, by: str) -> None:
    """Half levels have the colour of their level, and are hatched or not; a hatch is told apart by itself."""
    alike = set()
    for report in REPORTS.values():
        page = browser.get(f"/rapporten/{report.definition.slug}/?on={ON}{'&by=team' if by else ''}").content.decode()
        for drawing in re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL):
            for line in parsed(drawing.encode()).iter(f"{SVG}g") if "bar-chart" in drawing else ():
                fills = [
                    str(box.get("fill"))
                    for part in line.findall(f"{SVG}g")
                    if (box := part.find(f"{SVG}rect")) is not None
                ]
                alike |= {
                    (report.definition.key, first, second)
                    for first, second in pairwise(fills)
                    if first[0] == second[0] == "#"
                    and first != second
                    and colours.contrast(first, second) < LEAST_APART
                }
    assert not alike
