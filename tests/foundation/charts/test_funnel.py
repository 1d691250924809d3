"""The funnel: dots by people and share with their own limits, labelled without meeting, told in words and in shapes."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from opstap.foundation.charts.colours import FALLEN, RISEN, SAME
from opstap.foundation.charts.funnel import Dot, FunnelChart, FunnelWords, render
from opstap.foundation.charts.funnel_plot import LABEL_HEIGHT, RADIUS, Box, plot_of

_SVG = "{http://www.w3.org/2000/svg}"
WORDS = FunnelWords("binnen toeval", "meer of minder", "duidelijk", "19 van de 20", "998 van de 1.000", "samen")


@pytest.fixture(autouse=True)
def dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def dot(label: str, people: int, share: float) -> Dot:
    return Dot(label, people, share, (0.3, 0.5), (0.2, 0.6), f"{label}: {people} mensen")


def chart(*dots: Dot, narrow: bool = False) -> FunnelChart:
    return FunnelChart("Groei", "n = 90", "mensen", "aandeel", 0.4, dots, WORDS, "f", narrow)


def drawn(given: FunnelChart) -> ET.Element:
    return ET.fromstring(render(given))  # noqa: S314 (our own document)


FOUR = chart(dot("Anna", 40, 0.4), dot("Bram", 80, 0.55), dot("Cees", 60, 0.1), dot("Dora", 20, 0.3))


def test_a_dot_lies_where_its_people_and_share_are() -> None:
    plot = plot_of(FOUR, 0)
    at = {place.dot.label: place for place in plot.places}
    assert at["Bram"].x - plot.x_of(0) == pytest.approx(2 * (at["Anna"].x - plot.x_of(0)))
    assert at["Bram"].x > at["Cees"].x > at["Anna"].x > at["Dora"].x
    assert plot.frame.bottom - at["Anna"].y == pytest.approx(4 * (plot.frame.bottom - at["Cees"].y))
    assert plot.x_ticks[0] == plot.y_ticks[0] == 0
    assert at["Anna"].y == pytest.approx(plot.y_of(0.4))


def test_an_axis_begins_near_the_least_where_that_is_far_from_nought() -> None:
    high = [Dot(name, people, 0.8, (0.75, 0.85), (0.7, 0.9), name) for name, people in (("Anna", 90), ("Bram", 110))]
    plot = plot_of(replace(chart(*high), centre=0.8), 0)
    assert (plot.x_ticks[0], round(plot.y_ticks[0], 2)) == (90, 0.7)
    assert plot.frame.bottom > max(place.y for place in plot.places)
    assert not plot.holds(0.6)
    assert plot.y_of(0.6) == plot.frame.bottom


@pytest.mark.parametrize("narrow", [False, True])
def test_the_axis_reaches_to_the_limits_of_everyone_with_ten_people(narrow: bool) -> None:
    dots = [Dot(f"Met {n}", n, 0.8, (0.8 - 4 / n, 0.8 + 1 / n), (0.8 - 6 / n, 0.8 + 2 / n), "") for n in (10, 60, 90)]
    plot = plot_of(replace(chart(*dots, narrow=narrow), centre=0.8), 0)
    assert all(plot.holds(end) for one in dots for end in one.far)
    assert plot.y_of(dots[0].far[0]) < plot.frame.bottom or plot.least == pytest.approx(dots[0].far[0])


def test_limits_of_one_who_expects_hardly_anything_press_nobody_flat() -> None:
    wide = Dot("Dora", 20, 0.1, (0.0, 2.0), (0.0, 4.0), "Dora")
    plot = plot_of(chart(dot("Anna", 40, 0.4), dot("Bram", 80, 0.5), wide), 0)
    assert plot.y_of(4.0) == plot.frame.top
    assert 1 / plot.y_unit < 0.01


def test_who_lies_outside_is_told_by_shape_colour_and_words() -> None:
    svg = drawn(FOUR)
    marks = {
        group.find(f"{_SVG}title"): group for group in svg.iter(f"{_SVG}g") if group.find(f"{_SVG}title") is not None
    }
    said = {title.text: group for title, group in marks.items() if title is not None}
    anna, bram, cees = (said[f"{name} mensen"] for name in ("Anna: 40", "Bram: 80", "Cees: 60"))
    assert anna.find(f"{_SVG}circle") is not None
    more, less = bram.find(f"{_SVG}path"), cees.find(f"{_SVG}path")
    assert more is not None
    assert less is not None
    assert (more.get("stroke"), more.get("fill")) == (RISEN, "#FFFFFF")  # outside the near limits: open
    assert (less.get("stroke"), less.get("fill")) == (FALLEN, FALLEN)  # outside the far ones: filled
    texts = [element.text for element in svg.iter(f"{_SVG}text")]
    assert {"Bram", "Cees", "binnen toeval", "19 van de 20", "samen", "40\xa0%"} <= set(texts)
    assert not {"Anna", "Dora"} & set(texts)  # within: pointing at the dot says the name
    assert any(element.get("fill") == SAME for element in svg.iter(f"{_SVG}circle"))


def test_the_ends_of_the_limits_are_within_them() -> None:
    assert not dot("Dora", 20, 0.3).is_outside
    assert not dot("Dora", 20, 0.5).is_outside
    assert dot("Dora", 20, 0.55).is_outside
    assert not dot("Dora", 20, 0.6).is_far
    assert dot("Dora", 20, 0.61).is_far


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("workers", [1, 8, 20, 60])
def test_labels_never_meet_each_other_nor_a_dot_and_stay_within(workers: int, narrow: bool) -> None:
    rng = Random(workers)  # noqa: S311 - no secret: a draw that is the same every time
    dots = [dot(f"Medewerker {number}", rng.randint(60, 110), rng.uniform(0.1, 0.7)) for number in range(workers)]
    plot = plot_of(chart(*dots, narrow=narrow), 0)
    labels = [place.label for place in plot.places if place.label]
    boxes = [
        Box(one.left, one.middle - LABEL_HEIGHT / 2, one.left + one.width, one.middle + LABEL_HEIGHT / 2)
        for one in labels
    ]
    rounds = [Box(one.x - RADIUS, one.y - RADIUS, one.x + RADIUS, one.y + RADIUS) for one in plot.places]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert not any(box.meets(one) for box in boxes for one in rounds)
    assert all(plot.frame.left <= box.left and box.right <= plot.frame.right for box in boxes)
    assert len(labels) <= sum(one.is_outside for one in dots)
    if workers <= 8 and not narrow:
        assert len(labels) == sum(one.is_outside for one in dots)


def test_a_name_stands_beside_those_outside_alone() -> None:
    dots = [dot(f"Binnen {number}", 100, 0.4 + number / 10000) for number in range(40)]
    outside = replace(dots[0], share=0.65, label="Buiten")
    for narrow in (False, True):
        plot = plot_of(chart(*dots, outside, narrow=narrow), 0)
        assert [place.dot.label for place in plot.places if place.label] == ["Buiten"]
        assert ">Binnen 7: 100 mensen</title>" in render(chart(*dots, outside, narrow=narrow))


def test_who_does_not_see_it_reads_every_dot_and_text_is_large_enough() -> None:
    for narrow in (False, True):
        svg = drawn(replace(FOUR, narrow=narrow))
        words = svg.find(f"{_SVG}desc")
        assert words is not None
        assert words.text == "Dora: 20 mensen. Anna: 40 mensen. Cees: 60 mensen. Bram: 80 mensen."
        assert all(float(element.get("font-size", "0")) >= 12 for element in svg.iter(f"{_SVG}text"))
        assert not any("style" in element.attrib for element in svg.iter())
        assert svg.get("role") == "img"


def test_names_are_escaped_and_what_is_no_share_is_refused() -> None:
    assert "&lt;b&gt;" in render(chart(dot("<b>", 3, 0.2)))
    with pytest.raises(ValueError, match="can't be drawn"):
        dot("Anna", 3, float("nan"))
    assert drawn(chart()).get("viewBox")


def test_no_label_lies_on_the_line_of_all_together_where_there_is_another_place() -> None:
    given = chart(
        Dot("Anna Maria", 24, 0.4, (0.5, 0.6), (0.4, 0.7), ""),
        Dot("Jan Visser", 44, 0.401, (0.5, 0.6), (0.4, 0.7), ""),
        dot("Ver weg", 30, 0.55),
    )
    plot = plot_of(given, 60)
    line = plot.y_of(given.centre)
    labels = [place.label for place in plot.places if place.label]
    assert len(labels) == 3
    assert all(abs(label.middle - line) >= LABEL_HEIGHT / 2 for label in labels)
