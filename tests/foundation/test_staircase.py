"""The staircase of one person: no label lies on a riser or on another label, whatever the road."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from opstap.foundation.charts.staircase import Staircase, Tread, render
from opstap.foundation.charts.texts import width_of

CODES = ("1-", "1", "1+", "2-", "2", "2+", "3-", "3", "3+", "4-", "4", "4+", "5", "6")
HEIGHTS = {code: int(code[0]) - 1 + {"-": -0.25, "+": 0.25}.get(code[1:], 0.0) for code in CODES}
FIRST = date(2020, 1, 1)
TEXT = re.compile(
    r'<text x="([\d.]+)" y="([\d.]+)" font-size="13"[^>]*font-weight="600"[^>]*text-anchor="(\w+)"[^>]*>([^<]+)<'
)
Box = tuple[float, float, float, float]


def svg(days: list[int], codes: list[str], *, marks: list[Tread] | None = None) -> str:
    treads = [Tread(FIRST + timedelta(days=day), HEIGHTS[code], code) for day, code in zip(days, codes, strict=False)]
    levels = [f"{number} Trede {number}" for number in range(1, 7)]
    return str(render(Staircase("Treden", "in woorden", levels, treads, marks or [], date(2026, 6, 1), "t")))


def labels(drawn: str) -> list[Box]:
    """The room each label takes: left, top, right, bottom."""
    found = []
    for x, y, anchor, text in TEXT.findall(drawn):
        width, at = width_of(text, 13), float(x)
        left = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
        found.append((left, float(y) - 9, left + width, float(y)))
    return found


def risers(drawn: str) -> list[Box]:
    """Each upright piece of the line, three pixels wide."""
    path = re.search(r'<path d="M([\d.]+) ([\d.]+)([HV\d.]*)"[^>]*stroke-width="3"', drawn)
    assert path is not None
    at, found = float(path[2]), []
    for x, y in re.findall(r"H([\d.]+)V([\d.]+)", path[3]):
        found.append((float(x) - 1.5, min(at, float(y)), float(x) + 1.5, max(at, float(y))))
        at = float(y)
    return found


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(
    st.lists(
        st.tuples(st.integers(0, 2300), st.sampled_from(CODES)), min_size=1, max_size=12, unique_by=lambda one: one[0]
    )
)
def test_no_label_lies_on_the_riser_of_its_own_step_or_on_another_label(road: list[tuple[int, str]]) -> None:
    road.sort()
    drawn = svg([day for day, _ in road], [code for _, code in road])
    boxes = labels(drawn)
    assert boxes
    assert not [pair for pair in combinations(boxes, 2) if touch(*pair)]
    assert not [(box, riser) for box in boxes for riser in risers(drawn) if touch(box, riser)]


def test_after_a_fall_the_label_stands_beside_the_riser() -> None:
    fall = max(labels(svg([0, 1000], ["4", "2"])))
    rise = max(labels(svg([0, 1000], ["2", "4"])))
    (edge,) = risers(svg([0, 1000], ["4", "2"]))
    assert fall[0] > edge[2]
    assert rise[0] < edge[0] < rise[2]


def test_of_placements_a_few_days_apart_the_last_has_its_label() -> None:
    drawn = svg([0, *range(1000, 1010)], ["1", *["2"] * 9, "3"])
    assert "3" in [text for *_, text in TEXT.findall(drawn)]
    assert len(labels(drawn)) < 11


def test_a_second_assessment_has_its_label_within_the_chart() -> None:
    late = Tread(date(2026, 6, 1), 2.0, "3")
    assert max(box[2] for box in labels(svg([0], ["2"], marks=[late]))) <= 800
    assert len(labels(svg([0], ["2"], marks=[late]))) == 2
