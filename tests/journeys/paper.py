"""What is asked of a page on A4: no sheet empty or lying another way, nothing cut off, no heading alone, legible."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.journeys.walking import Walker

UPRIGHT, LYING = 688, 1016  # what A4 leaves between its margins
UPRIGHT_HEIGHT, LYING_HEIGHT = 960, 630  # and above its foot
LEAST_LETTER = 8  # 6 points
SIZES = """all => all.flatMap(one => [...one.querySelectorAll('text')].map(
    text => text.getAttribute('font-size') * one.getBoundingClientRect().height / one.viewBox.baseVal.height))"""
LEAST_FOR_WORDS = 98  # two or three words on a line


def only_at_a_desk(walker: Walker) -> None:
    """Paper has one width."""
    if walker.page.viewport_size != {"width": 1440, "height": 900}:
        pytest.skip("paper has one width")


def printed_whole(walker: Walker, folder: Path, foot: str = "Voorbeeldstad. Peildatum") -> None:
    """The page that is open: each sheet says the day and the town, and whatever is drawn or in a table is all there."""
    file = folder / "page.pdf"
    walker.page.pdf(path=file, prefer_css_page_size=True)
    sheets = PdfReader(file).pages
    assert len({(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets}) == 1
    title = walker.page.locator("h1").inner_text()
    assert title in sheets[0].extract_text()
    captions = walker.page.locator("table.table caption").all_text_contents()
    for sheet in sheets:
        # The foot comes first in the text of a sheet where it is drawn first.
        words = sheet.extract_text()
        assert foot in words
        lines = [line.strip() for line in words.splitlines() if line.strip()]
        own = [line for line in lines if not re.match(rf"{re.escape(foot)}|\d+ / \d+$|http", line)]
        assert len(own) > 1, (walker.page.url, lines)
        assert own[-1] not in captions, (walker.page.url, own[-3:])
    walker.page.emulate_media(media="print")
    lying = walker.page.evaluate("getComputedStyle(document.body).page") == "lying"
    walker.page.set_viewport_size({"width": LYING if lying else UPRIGHT, "height": 1000})
    split = "all => all.filter(one => getComputedStyle(one).breakInside !== 'avoid').length"
    assert walker.page.locator("figure.chart, .table-frame:has(.table--short)").evaluate_all(split) == 0
    heights = walker.page.locator("figure.chart").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert max(heights, default=0) < (LYING_HEIGHT if lying else UPRIGHT_HEIGHT), heights
    wider = walker.page.locator("table.table, svg:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right - document.documentElement.clientWidth)"
    )
    assert max(wider) <= 1, wider
    sizes = walker.page.locator("figure.chart svg:visible").evaluate_all(SIZES)
    assert min(sizes, default=LEAST_LETTER) >= LEAST_LETTER, sizes
    of_words = walker.page.locator("table.table tbody td.words").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert min(of_words, default=LEAST_FOR_WORDS) >= LEAST_FOR_WORDS, of_words
