"""The bar chart as a document: its lengths, its words, its escaping, and what makes it accessible."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from opstap.foundation.charts.bar_shapes import shown_number as number_words
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render, sheets
from opstap.foundation.charts.colours import DARK_TEXT, LIGHT_TEXT, UNKNOWN, level_colours, lighter
from opstap.foundation.charts.texts import width_of

_SVG = "{http://www.w3.org/2000/svg}"
_DARK = level_colours(6)[0]


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def chart(*bars: Bar, title: str = "Plaatsing", subtitle: str = "1.166 mensen") -> BarChart:
    return BarChart(title, subtitle, bars, "aantal mensen", "p")


def drawn(given: BarChart, *, with_heading: bool = True) -> ET.Element:
    return ET.fromstring(render(given, with_heading=with_heading))  # noqa: S314 (our own document)


def texts(svg: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{_SVG}text")]


def boxes(svg: ET.Element) -> list[ET.Element]:
    return [box for box in svg.iter(f"{_SVG}rect") if box.get("height") == "30"]


TWO_PARTS = Bar(
    "2 Sociale contacten",
    "afstand groot",
    [Segment(186, "zonder groei", lighter(_DARK)), Segment(250, "met groei", _DARK)],
    "37,4 %",
)
ONE_PART = Bar("6 Betaald werk", "", [Segment(1166, "", _DARK)])


def test_lengths_are_in_proportion() -> None:
    widths = [float(box.get("width", "0")) + 1 for box in boxes(drawn(chart(TWO_PARTS, ONE_PART)))]
    assert widths[0] / widths[1] == pytest.approx(186 / 250, abs=0.01)
    assert widths[2] / widths[1] == pytest.approx(1166 / 250, abs=0.01)


def test_labels_values_and_parts_are_words() -> None:
    found = texts(drawn(chart(TWO_PARTS)))
    for text in ("Plaatsing", "1.166 mensen", "2 Sociale contacten", "afstand groot", "436", "37,4 %", "aantal mensen"):
        assert text in found
    assert {"186 zonder groei", "250 met groei"} <= set(found)


def test_numbers_are_written_in_the_language_of_the_page() -> None:
    bar = Bar("a", "", [Segment(1166, "x", _DARK), Segment(0.5, "y", _DARK)])
    assert "1.166,5" in texts(drawn(chart(bar)))
    with translation.override("en"):
        assert "1,166.5" in texts(drawn(chart(bar)))


@pytest.mark.parametrize(("value", "words"), [(0.96, "1,0"), (2.95, "3,0"), (37.44, "37,4"), (1166.0, "1.166")])
def test_a_number_is_rounded_and_not_cut_off(value: float, words: str) -> None:
    assert words in texts(drawn(chart(Bar("a", "", [Segment(value, "x", _DARK)]))))


def test_a_bar_of_one_part_says_its_number_once() -> None:
    assert texts(drawn(chart(ONE_PART))).count("1.166") == 1


def test_a_part_too_narrow_for_its_name_is_named_above_the_bars() -> None:
    narrow = Bar("a", "", [Segment(400, "ja", _DARK), Segment(2, "onbekend", UNKNOWN, hatched=True)])
    svg = drawn(chart(narrow))
    assert "onbekend" in texts(svg)
    assert "2" not in texts(svg)
    assert any("a: 2 onbekend" in (title.text or "") for title in svg.iter(f"{_SVG}title"))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("names_in_key", [False, True])
@pytest.mark.parametrize("hidden", ["", "verborgen"])
def test_no_number_is_lost_where_a_part_is_too_narrow_for_it(narrow: bool, names_in_key: bool, hidden: str) -> None:
    parts = [Segment(1 + 3 * number, f"deel {number}", _DARK) for number in range(9)] + [Segment(4000, "rest", UNKNOWN)]
    given = replace(chart(Bar("a", "", parts, hidden=hidden)), narrow=narrow, names_in_key=names_in_key)
    svg = drawn(given)
    found = {words for text in texts(svg) for words in (text, text.split(" ")[0], text.split(": ")[-1])}
    assert {number_words(part.value) for part in parts} <= found
    below = [text for text in svg.iter(f"{_SVG}text") if (text.text or "").startswith("deel 8: ")]
    assert len(below) == 1
    assert all(
        float(text.get("x", "0")) + width_of(text.text or "", 13) <= given.width
        for text in svg.iter(f"{_SVG}text")
        if ": " in (text.text or "")
    )


def test_what_stands_under_a_bar_has_its_sign_its_colour_and_no_other_text_in_its_place() -> None:
    bar = Bar(
        "a",
        "",
        [
            Segment(2, "▲ Gestegen", _DARK),
            Segment(3, "onbekend", UNKNOWN, hatched=True),
            Segment(900, "= gelijk", _DARK),
        ],
    )
    svg = drawn(replace(chart(bar, bar), names_in_key=True))
    assert texts(svg).count("▲ Gestegen: 2") == texts(svg).count("onbekend: 3") == 2
    small = [box.get("fill") for box in svg.iter(f"{_SVG}rect") if box.get("height") == "10"]
    assert small == [_DARK, "url(#p-hatch-1)"] * 2
    heights = [float(text.get("y", "0")) for text in svg.iter(f"{_SVG}text") if text.text == "▲ Gestegen: 2"]
    tops = [float(box.get("y", "0")) for box in boxes(svg) if float(box.get("width", "0")) > 100]
    assert tops[0] + 30 < heights[0] < tops[1]


def test_for_paper_many_bars_are_drawn_in_parts_by_one_measure() -> None:
    bars = [
        Bar(f"regel {place}", "", [Segment(place, "ja", _DARK), Segment(30 - place, "nee", UNKNOWN)])
        for place in range(1, 20)
    ]
    bars.append(Bar("de langste", "", [Segment(100, "ja", _DARK)]))
    whole = replace(chart(*bars), names_in_key=True)
    parts = [ET.fromstring(part) for part in sheets(whole)]  # noqa: S314 (our own document)
    assert [next(part.iter(f"{_SVG}title")).text for part in parts] == [
        f"Plaatsing ({n} / 2). 1.166 mensen" for n in (1, 2)
    ]
    said = [text for part in parts for text in texts(part)]
    assert all(said.count(bar.label) == 1 for bar in bars)
    assert [part.get("aria-labelledby") for part in parts] == ["p-sheet-1-title", "p-sheet-2-title"]
    ticks = [[text for text in texts(part) if text in {"0", "20", "40", "60", "80", "100"}] for part in parts]
    assert set(ticks[0]) == {"0", "20", "40", "60", "80", "100"}
    assert sheets(chart(*bars[:12])) == ()


def test_unknown_is_hatched_and_its_pattern_exists() -> None:
    svg = drawn(chart(Bar("a", "", [Segment(4, "onbekend", UNKNOWN, hatched=True)])))
    (pattern,) = svg.iter(f"{_SVG}pattern")
    assert pattern.get("id") == "p-hatch-1"
    assert [box.get("fill") for box in boxes(svg)] == ["url(#p-hatch-1)"]


def test_who_is_on_either_of_two_levels_has_both_colours_one_above_the_other() -> None:
    low, high = level_colours(6)[:2]
    levels = [Segment(40, "trede 1 en 2", low, above=high), Segment(30, "trede 1", low)]
    svg = drawn(chart(Bar("a", "", levels)))
    (halves,) = svg.iter(f"{_SVG}linearGradient")
    stops = [(stop.get("offset"), stop.get("stop-color")) for stop in halves]
    assert (stops[0], stops[-1]) == (("0", high), ("1", low)), "the higher level above"
    assert (halves.get("x1"), halves.get("x2"), halves.get("y1"), halves.get("y2")) == ("0", "0", "0", "1")
    assert [box.get("fill") for box in boxes(svg)] == [f"url(#{halves.get('id')})", low]
    (text,) = [found for found in svg.iter(f"{_SVG}text") if found.text == "40 trede 1 en 2"]
    assert text.get("fill") == DARK_TEXT
    assert text.get("stroke"), "it is read on both"


def test_text_on_a_dark_colour_is_light() -> None:
    svg = drawn(chart(TWO_PARTS))
    (text,) = [found for found in svg.iter(f"{_SVG}text") if found.text == "250 met groei"]
    assert text.get("fill") == LIGHT_TEXT


def test_it_is_a_picture_with_title_and_description() -> None:
    svg = drawn(chart(TWO_PARTS))
    assert (svg.get("role"), svg.get("aria-labelledby"), svg.get("aria-describedby")) == ("img", "p-title", "p-desc")
    by_id = {found.get("id"): found.text for found in svg.iter()}
    assert by_id["p-title"] == "Plaatsing. 1.166 mensen"
    assert by_id["p-desc"] == "2 Sociale contacten: 436, 37,4 %, 186 zonder groei; 250 met groei."


def test_links_can_be_reached() -> None:
    svg = drawn(chart(Bar("a", "", [Segment(1, "x", _DARK)], href='/lijst?a=1&b="2"')))
    (link,) = svg.iter(f"{_SVG}a")
    assert (svg.get("role"), link.get("href")) == ("group", '/lijst?a=1&b="2"')


def test_without_heading_the_title_stays_for_readers_only() -> None:
    svg = drawn(chart(TWO_PARTS), with_heading=False)
    assert "Plaatsing" not in texts(svg)
    assert next(svg.iter(f"{_SVG}title")).text == "Plaatsing. 1.166 mensen"


def test_every_text_is_escaped() -> None:
    nasty = '"><script>alert(1)</script>&'
    bar = Bar(
        nasty, nasty, [Segment(5, nasty, _DARK, text=nasty), Segment(4, nasty, nasty, hatched=True)], nasty, nasty
    )
    out = render(BarChart(nasty, nasty, [bar], nasty, "p"))
    assert "<script" not in out
    assert ET.fromstring(out).tag == f"{_SVG}svg"  # noqa: S314 (our own document)


def test_no_script_no_style_and_no_text_below_twelve_pixels() -> None:
    out = render(chart(TWO_PARTS, ONE_PART))
    assert "style=" not in out
    assert "<script" not in out
    sizes = [float(text.get("font-size", "0")) for text in drawn(chart(TWO_PARTS, ONE_PART)).iter(f"{_SVG}text")]
    assert min(sizes) >= 12


def test_long_words_are_shortened_with_the_whole_on_pointing() -> None:
    label, note = "Een naam die nooit in twee regels past " * 4, "een opmerking die te lang is " * 4
    svg = drawn(chart(Bar(label.strip(), "kort", [Segment(1, "", _DARK)], note.strip())))
    titles = [title.text for title in svg.iter(f"{_SVG}title")]
    assert f"{label.strip()} kort" in titles
    assert note.strip() in titles
    assert any(text.endswith("…") for text in texts(svg))


def test_nothing_to_show_is_still_a_chart() -> None:
    svg = drawn(chart(Bar("1", "", [], "geen waarneming"), Bar("2", "", [Segment(0, "x", _DARK)])))
    assert boxes(svg) == []
    assert texts(svg).count("0") == 3
    assert "geen waarneming" in texts(svg)
    assert boxes(drawn(chart())) == []


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_what_has_no_length_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="can't be drawn"):
        Segment(value, "x", _DARK)


def test_two_charts_on_a_page_share_no_names() -> None:
    def names(prefix: str) -> set[str]:
        bar = Bar("a", "", [Segment(4, "onbekend", UNKNOWN, hatched=True)])
        svg = drawn(BarChart("T", "", [bar], "", prefix))
        return {found.get("id", "") for found in svg.iter()} - {""}

    assert not names("een") & names("twee")


def test_on_a_phone_the_names_stand_above_bars_that_take_the_width() -> None:
    narrow = BarChart("Plaatsing", "", [TWO_PARTS, ONE_PART], "aantal mensen", "p", narrow=True)
    svg = drawn(narrow)
    assert svg.get("viewBox", "").startswith("0 0 340 ")
    label = next(text for text in svg.iter(f"{_SVG}text") if text.text == "2 Sociale contacten afstand groot")
    first, *_, last = boxes(svg)
    assert float(label.get("y", "0")) < float(first.get("y", "0"))
    assert float(first.get("x", "0")) < 10
    assert 340 * 2 / 3 < float(last.get("width", "0")) < 340


def test_the_key_stands_in_the_order_that_is_given_not_in_that_of_the_bars() -> None:
    bars = [
        Bar("Zorg", "", [Segment(3, "5 Betaald werk", "#111111"), Segment(2, "behoud", "#222222")]),
        Bar("Werk", "", [Segment(4, "2 Contacten", "#333333"), Segment(1, "5 Betaald werk", "#111111")]),
    ]
    order = ("2 Contacten", "5 Betaald werk", "behoud")
    given = BarChart("Trajecten", "", bars, "trajecten", "p", names_in_key=True, key_order=order)
    assert [text for text in texts(drawn(given)) if text in order] == list(order)


def test_the_sign_of_a_part_stands_before_its_number_where_there_is_room() -> None:
    """Printed in black and white, the colours of risen, level and fallen are much alike."""
    parts = [
        Segment(60, "▲ Gestegen", "#0072B2"),
        Segment(3, "▼ Gedaald", "#D55E00"),
        Segment(37, "niet bekend", UNKNOWN),
    ]
    said = texts(drawn(BarChart("t", "s", [Bar("Iedereen", segments=parts)], "x", "p", names_in_key=True)))
    assert "▲ 60" in said
    assert "37" in said
    assert "▼ 3" not in said


def test_what_is_hidden_is_a_hatched_stub_as_long_everywhere_and_no_sum() -> None:
    little = Bar("ja", "", [Segment(745, "1", _DARK)], hidden="verborgen")
    much = Bar("nee", "", [Segment(25, "1", _DARK)], hidden="verborgen")
    nothing = Bar("onbekend", "", [], hidden="verborgen")
    svg = drawn(chart(little, much, nothing))
    stubs = [box for box in boxes(svg) if box.get("fill", "").startswith("url(#")]
    assert len({box.get("width") for box in stubs}) == 1
    assert len(stubs) == 3
    found = texts(svg)
    assert found.count("×") == 4  # one of the key
    assert "verborgen" in found
    assert "745" in found
    assert "25" not in found  # too short for its number; a sum that is not one stands nowhere
    words = next(svg.iter(f"{_SVG}desc")).text or ""
    assert words == "ja: 745 1, verborgen. nee: 25 1, verborgen. onbekend: verborgen."


def test_a_bar_without_anything_hidden_keeps_its_sum_beside_one_with() -> None:
    svg = drawn(chart(TWO_PARTS, Bar("x", "", [Segment(40, "met groei", _DARK)], hidden="verborgen")))
    assert "436" in texts(svg)
    assert "×" in texts(svg)
    assert "×" not in texts(drawn(chart(TWO_PARTS)))
