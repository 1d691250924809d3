"""A staircase: one person on the levels of one ladder through time, as steps; what is expected as a dotted step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.safestring import SafeString

from opstap.foundation.charts.headings import FONT, INK, SOFT_INK
from opstap.foundation.charts.svg import EMPTY, element
from opstap.foundation.charts.texts import fitted, width_of

WIDTH = 800
_ROW, _TOP, _FOOT = 34, 14, 30
_TEXT, _SMALL = 13, 12
_GRID, _LINE, _MARK = "#DFE3E8", "#00568B", "#A84600"
_WIDEST_LABELS = 230
_MOST_YEARS = 9
_GAP = 7  # between a label and the line beside it
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Tread:
    """From a day on, at a height: 0 is the lowest line of the chart, 1 the next. `label` is the code of the level."""

    on: date
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Staircase:
    """`levels` name the lines from low to high; `treads` are in order of day; `marks` stand beside the line."""

    title: str
    in_words: str
    levels: Sequence[str]
    treads: Sequence[Tread]
    marks: Sequence[Tread]
    until: date
    id_prefix: str
    expected: Tread | None = None


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    first: date
    last: date
    bottom: float

    def x(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return self.left + (WIDTH - 16 - self.left) * (day - self.first).days / span

    def y(self, height: float) -> float:
        return self.bottom - _ROW / 2 - height * _ROW


def render(chart: Staircase) -> SafeString:
    """The chart as SVG, without script and style of its own; the same in words for who can't see it."""
    frame = _frame_of(chart)
    height = frame.bottom + _FOOT
    prefix = chart.id_prefix
    return element(
        "svg",
        element("title", chart.title, id=f"{prefix}-title"),
        element("desc", chart.in_words, id=f"{prefix}-desc"),
        *_lines(chart, frame),
        *_years(frame),
        _expected(chart, frame),
        _stairs(chart, frame),
        *_points(chart, frame),
        xmlns="http://www.w3.org/2000/svg",
        class_="bar-chart",
        role="img",
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        viewBox=f"0 0 {WIDTH} {height:.0f}",
        width=WIDTH,
        height=f"{height:.0f}",
        font_family=FONT,
    )


def _frame_of(chart: Staircase) -> _Frame:
    days = [tread.on for tread in [*chart.treads, *chart.marks]]
    last = max([*days, chart.until, *([chart.expected.on] if chart.expected else [])])
    first = min([*days, chart.until])
    if (last - first).days < 365:
        first = _year_before(last)
    widest = max(width_of(level, _TEXT) for level in chart.levels)
    return _Frame(min(widest, _WIDEST_LABELS) + 20, first, last, _TOP + _ROW * len(chart.levels))


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def _lines(chart: Staircase, frame: _Frame) -> list[SafeString]:
    drawn = []
    for height, level in enumerate(chart.levels):
        at = frame.y(height)
        words = " ".join(fitted(level, _TEXT, _WIDEST_LABELS, 1).lines)
        drawn.append(element("path", d=f"M{frame.left:.1f} {at:.1f}H{WIDTH}", stroke=_GRID, stroke_width=1))
        drawn.append(element("text", words, x=0, y=at + 4.5, font_size=_TEXT, fill=INK))
    return drawn


def _years(frame: _Frame) -> list[SafeString]:
    """The first of January of each year; of every second year, or fifth, where there are many."""
    years = range(frame.first.year + 1, frame.last.year + 1)
    every = 1 if len(years) <= _MOST_YEARS else 2 if len(years) <= 2 * _MOST_YEARS else 5
    drawn = []
    for year in years:
        if year % every:
            continue
        at = frame.x(date(year, 1, 1))
        drawn.append(element("path", d=f"M{at:.1f} {_TOP}V{frame.bottom}", stroke=_GRID, stroke_width=1))
        drawn.append(
            element(
                "text", str(year), x=min(at, WIDTH - 20), y=frame.bottom + 18, font_size=_SMALL, text_anchor="middle",
                fill=SOFT_INK,
            )
        )  # fmt: skip
    return drawn


def _stairs(chart: Staircase, frame: _Frame) -> SafeString:
    if not chart.treads:
        return EMPTY
    first = chart.treads[0]
    path = f"M{frame.x(first.on):.1f} {frame.y(first.height):.1f}"
    for tread in chart.treads[1:]:
        path += f"H{frame.x(tread.on):.1f}V{frame.y(tread.height):.1f}"
    path += f"H{frame.x(max(chart.until, chart.treads[-1].on)):.1f}"
    return element("path", d=path, fill="none", stroke=_LINE, stroke_width=3, stroke_linejoin="round")


def _expected(chart: Staircase, frame: _Frame) -> SafeString:
    if chart.expected is None or not chart.treads:
        return EMPTY
    start = max(chart.until, chart.treads[-1].on)
    end = max(chart.expected.on, start)
    standing, goal = frame.y(chart.treads[-1].height), frame.y(chart.expected.height)
    path = f"M{frame.x(start):.1f} {standing:.1f}H{frame.x(end):.1f}V{goal:.1f}"
    label = element(
        "text", chart.expected.label, x=frame.x(end) - 8, y=goal - 7, font_size=_TEXT, font_weight=600,
        text_anchor="end", fill=INK,
    )  # fmt: skip
    line = element("path", d=path, fill="none", stroke=_LINE, stroke_width=2, stroke_dasharray="2 5")
    dot = element("circle", cx=frame.x(end), cy=goal, r=5, fill="#FFFFFF", stroke=_LINE, stroke_width=2)
    return element("g", line, dot, label)


@dataclass(frozen=True, slots=True)
class _Label:
    """Where the words beside a dot stand, with the room they take."""

    x: float
    y: float
    anchor: str
    width: float

    @property
    def box(self) -> _Box:
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        return left, self.y - 10, left + self.width, self.y


def _points(chart: Staircase, frame: _Frame) -> list[SafeString]:
    """A dot for each placement and second assessment, with its label where that lies on nothing.

    The latest come first: where there is no room left an earlier one goes without.
    """
    taken = _line_boxes(chart, frame)
    drawn = []
    for tread, hollow in [*((one, False) for one in reversed(chart.treads)), *((one, True) for one in chart.marks)]:
        label = _free(tread, frame, taken, hollow=hollow)
        if label is not None:
            taken.append(label.box)
        drawn.append(_point(tread, frame, label, hollow=hollow))
    return drawn[::-1]


def _line_boxes(chart: Staircase, frame: _Frame) -> list[_Box]:
    """The room that the line of the stairs takes, piece by piece."""
    if not chart.treads:
        return []
    boxes = []
    ends = [*(tread.on for tread in chart.treads[1:]), max(chart.until, chart.treads[-1].on)]
    for tread, end in zip(chart.treads, ends, strict=True):
        y = frame.y(tread.height)
        boxes.append((frame.x(tread.on), y - 2, frame.x(end), y + 2))
    for before, tread in pairwise(chart.treads):
        x, heights = frame.x(tread.on), sorted((frame.y(before.height), frame.y(tread.height)))
        boxes.append((x - 2, heights[0], x + 2, heights[1]))
    return boxes


def _free(tread: Tread, frame: _Frame, taken: Sequence[_Box], *, hollow: bool) -> _Label | None:
    x, y, width = frame.x(tread.on), frame.y(tread.height), width_of(tread.label, _TEXT)
    above = [(x, y - 9, "middle"), (x + _GAP, y - 9, "start"), (x - _GAP, y - 9, "end")]
    below = [(x, y + 18, "middle"), (x + _GAP, y + 18, "start"), (x - _GAP, y + 18, "end")]
    beside = [(x + 9, y + 4.5, "start"), (x - 9, y + 4.5, "end")]
    for at in [*beside, *below, *above] if hollow else [*above, *below]:
        label = _Label(*at, width)
        inside = label.box[0] >= frame.left - _GAP and label.box[2] <= WIDTH
        if inside and not any(_touch(label.box, box) for box in taken):
            return label
    return None


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _point(tread: Tread, frame: _Frame, label: _Label | None, *, hollow: bool) -> SafeString:
    x, y, colour = frame.x(tread.on), frame.y(tread.height), _MARK if hollow else _LINE
    dot = element("circle", cx=x, cy=y, r=5, fill="#FFFFFF" if hollow else colour, stroke=colour, stroke_width=2)
    if label is None:
        return element("g", dot)
    text = element(
        "text", tread.label, x=label.x, y=label.y, font_size=_TEXT, font_weight=600, text_anchor=label.anchor, fill=INK,
    )  # fmt: skip
    return element("g", dot, text)
