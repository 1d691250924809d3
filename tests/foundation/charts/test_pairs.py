"""Two bars a line: lengths on one measure, both numbers with their shares, hatched where unknown."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from opstap.foundation.charts.colours import UNKNOWN, level_colours
from opstap.foundation.charts.pairs import Pair, PairChart, render

_SVG = "{http://www.w3.org/2000/svg}"
_DARK = level_colours(6)[0]


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def drawn(*pairs: Pair) -> ET.Element:
    chart = PairChart("Nu en verwacht", "n = 2.000", "nu", "verwacht", pairs, "p")
    return ET.fromstring(render(chart))  # noqa: S314 (our own document)


ONE = Pair("1", "Geïsoleerd", 1200, 600, "60,0 %", "30,0 %", _DARK)
NONE = Pair("–", "onbekend", 0, 5, "0,0 %", "0,3 %", UNKNOWN, hatched=True)


def test_lengths_are_on_one_measure_and_numbers_stand_at_their_ends() -> None:
    svg = drawn(ONE, NONE)
    bars = [element for element in svg.iter(f"{_SVG}rect") if element.get("fill") == _DARK]
    upper, lower = (float(element.get("width", "0")) for element in bars)
    assert upper == pytest.approx(2 * (lower + 2), abs=0.1)  # the outline takes a pixel on each side
    words = [element.text for element in svg.iter(f"{_SVG}text")]
    assert {"1.200", "60,0 %", "600", "30,0 %", "0", "5", "nu", "verwacht", "Geïsoleerd"} <= set(words)


def test_unknown_is_hatched_and_a_nought_has_no_bar() -> None:
    svg = drawn(NONE)
    hatched = [element for element in svg.iter(f"{_SVG}rect") if element.get("fill", "").startswith("url(#p-hatch")]
    assert len(hatched) == 1


def test_who_does_not_see_it_reads_every_line_and_text_is_large_enough() -> None:
    svg = drawn(ONE)
    words = svg.find(f"{_SVG}desc")
    assert words is not None
    assert words.text == "1 Geïsoleerd: nu 1.200 (60,0 %), verwacht 600 (30,0 %)."
    assert all(float(element.get("font-size", "0")) >= 12 for element in svg.iter(f"{_SVG}text"))
    assert not any("style" in element.attrib for element in svg.iter())
