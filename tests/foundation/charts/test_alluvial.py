"""The alluvial as a document: the same people on both sides, its words, its hatches, its room."""

from collections.abc import Iterator
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from opstap.foundation.charts.alluvial import Alluvial, Band, Stream, render
from opstap.foundation.charts.alluvial_plot import plot_of
from opstap.foundation.charts.colours import UNKNOWN, level_colours

_SVG = "{http://www.w3.org/2000/svg}"
_SIX = level_colours(6)


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def chart(*streams: Stream, left: int = 3) -> Alluvial:
    bands = [Band(f"Trede & naam {number}", _SIX[number], mark=str(number)) for number in range(left)]
    right = [*bands, Band("Niet opnieuw geplaatst", UNKNOWN, hatched=True), Band("Uit begeleiding", "#B9C2CC")]
    return Alluvial("Beweging", "n = 10", "1 jan 2025", "1 jan 2026", bands, right, streams, "a")


def drawn(given: Alluvial) -> ET.Element:
    return ET.fromstring(render(given))  # noqa: S314 (our own document)


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{_SVG}text")]


MOVED = chart(Stream(0, 0, 400), Stream(0, 1, 300), Stream(1, 3, 200), Stream(1, 4, 100), Stream(2, 2, 3))


def test_both_sides_hold_the_same_people_and_streams_fill_their_bands() -> None:
    plot = plot_of(MOVED, 0)
    assert sum(band.value for band in plot.left.values()) == sum(band.value for band in plot.right.values()) == 1003
    for side, place in (("left", "left_top"), ("right", "right_top")):
        for key, band in getattr(plot, side).items():
            own = sorted((r for r in plot.ribbons if getattr(r.stream, side) == key), key=lambda r: getattr(r, place))
            assert getattr(own[0], place) == pytest.approx(band.top)
            assert sum(ribbon.height for ribbon in own) == pytest.approx(band.height)
            for above, below in pairwise(own):
                assert getattr(below, place) == pytest.approx(getattr(above, place) + above.height)


def test_words_of_bands_never_meet_however_small_the_band() -> None:
    tiny = chart(Stream(0, 0, 10_000), Stream(1, 1, 1), Stream(2, 2, 1))
    bands = sorted(plot_of(tiny, 0).right.values(), key=lambda band: band.middle)
    for above, below in pairwise(bands):
        room = (len(above.label.lines) + 1 + len(below.label.lines) + 1) * 16 / 2
        assert below.middle - above.middle >= room


def test_every_band_is_named_with_its_number_and_text_is_large_enough() -> None:
    svg = drawn(MOVED)
    assert {"1 jan 2025", "1 jan 2026", "700", "Niet opnieuw geplaatst", "0 Trede & naam 0"} <= set(texts(svg))
    assert all(float(element.get("font-size", "0")) >= 12 for element in svg.iter(f"{_SVG}text"))


def test_a_band_without_people_is_left_out() -> None:
    svg = drawn(chart(Stream(0, 0, 5), Stream(1, 1, 0)))
    assert "1 Trede & naam 1" not in texts(svg)


def test_who_does_not_see_it_reads_where_everyone_went() -> None:
    svg = drawn(MOVED)
    words = svg.find(f"{_SVG}desc")
    assert words is not None
    assert "0 Trede & naam 0, 700: 400 → 0 Trede & naam 0; 300 → 1 Trede & naam 1." in (words.text or "")
    assert svg.get("role") == "img"
    assert svg.get("aria-describedby") == words.get("id")


def test_what_is_unknown_is_hatched_and_streams_to_it_too() -> None:
    svg = drawn(MOVED)
    hatched = [element for element in svg.iter() if element.get("fill", "").startswith("url(#a-hatch-1)")]
    assert [element.tag for element in hatched] == [f"{_SVG}path", f"{_SVG}rect"]
    assert "style" not in {name for element in svg.iter() for name in element.attrib}


def test_nobody_draws_an_empty_chart_and_a_negative_stream_is_refused() -> None:
    assert drawn(chart()).get("viewBox")
    with pytest.raises(ValueError, match="can't flow"):
        Stream(0, 0, -1)
