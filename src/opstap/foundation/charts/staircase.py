"""A staircase: one person on the levels of one ladder through time, as steps; what is expected as a dotted step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
        *[
            _point(tread, frame, _LINE, hollow=False, falls=before is not None and tread.height < before.height)
            for before, tread in zip([None, *chart.treads], chart.treads, strict=False)
        ],
        *[_point(tread, frame, _MARK, hollow=True) for tread in chart.marks],
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


def _point(tread: Tread, frame: _Frame, colour: str, *, hollow: bool, falls: bool = False) -> SafeString:
    """A dot with its label; after a fall the riser stands above it, and the label beside that."""
    x, y = frame.x(tread.on), frame.y(tread.height)
    dot = element("circle", cx=x, cy=y, r=5, fill="#FFFFFF" if hollow else colour, stroke=colour, stroke_width=2)
    at, anchor = (x, y - 9), "middle"
    if hollow:
        at, anchor = (x - 9, y + 4.5), "end"
    elif falls or x < frame.left + 20:
        at, anchor = (x + 7 if falls else x, y - 9), "start"
    text = element(
        "text", tread.label, x=at[0], y=at[1], font_size=_TEXT, font_weight=600, text_anchor=anchor, fill=INK,
    )  # fmt: skip
    return element("g", dot, text)
