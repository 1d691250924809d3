"""Horizontal stacked bars: one per line, its label left, its value at the end, its parts labelled in place.

Here the whole is put together: heading, key where it is needed, gridlines and axis.
"""

from django.utils.safestring import SafeString

from opstap.foundation.charts.axes import ticks
from opstap.foundation.charts.bar_lines import INK, SOFT_INK, draw_line, fill_of
from opstap.foundation.charts.bar_plot import AXIS_SIZE, GAP, SMALL_SIZE, Line, Plot, line_of, plot_of
from opstap.foundation.charts.bar_shapes import Bar, BarChart, Segment, shown_number
from opstap.foundation.charts.svg import EMPTY, element, joined
from opstap.foundation.charts.texts import fitted, width_of

__all__ = ["Bar", "BarChart", "Segment", "render"]

_TITLE_SIZE, _TITLE_LEADING, _TITLE_LINES = 18, 24, 3
_SUBTITLE_SIZE, _SUBTITLE_LEADING, _SUBTITLE_LINES = 14, 20, 3
_KEY_BOX, _KEY_LEADING, _KEY_GAP = 14, 24, 20
_GRID, _BASE = "#DFE3E8", "#8894A3"
_AXIS_HEIGHT, _AXIS_LABEL_HEIGHT = 22, 20
_FONT = "Source Sans 3, Source Sans Pro, Segoe UI, Arial, sans-serif"


def render(chart: BarChart, *, with_heading: bool = True) -> SafeString:
    """The chart as SVG. Without heading where the page has title and base in its own caption; they stay for readers."""
    plot = plot_of(chart)
    lines = [line_of(bar, plot) for bar in chart.bars]
    heading, top = _heading(chart) if with_heading else (EMPTY, 0.0)
    key, top = _key(plot, top, _hatches(chart))
    drawn, bottom = _lines(chart, lines, plot, top)
    axis, height = _axis(chart, plot, top, bottom)
    prefix = chart.id_prefix
    return element(
        "svg",
        element("title", f"{chart.title}. {chart.subtitle}" if chart.subtitle else chart.title, id=f"{prefix}-title"),
        element("desc", _in_words(chart), id=f"{prefix}-desc"),
        _patterns(chart),
        heading,
        key,
        axis,
        drawn,
        xmlns="http://www.w3.org/2000/svg",
        class_="bar-chart",
        role=_role(chart),
        aria_labelledby=f"{prefix}-title",
        aria_describedby=f"{prefix}-desc",
        viewBox=f"0 0 {chart.width} {height:.0f}",
        width=chart.width,
        height=f"{height:.0f}",
        font_family=_FONT,
    )


def _role(chart: BarChart) -> str:
    """A picture, unless there are links in it: what is in a picture can't be reached by a screen reader."""
    return "group" if any(bar.href for bar in chart.bars) else "img"


def _in_words(chart: BarChart) -> str:
    return " ".join(f"{_bar_in_words(bar)}." for bar in chart.bars)


def _bar_in_words(bar: Bar) -> str:
    parts = "; ".join(f"{segment.shown} {segment.label}" for segment in bar.segments if segment.label and segment.value)
    said = [f"{bar.label}: {shown_number(bar.total)}", bar.note, parts]
    return ", ".join(part for part in said if part)


def _heading(chart: BarChart) -> tuple[SafeString, float]:
    drawn = []
    at = 0.0
    title = fitted(chart.title, _TITLE_SIZE, chart.width, _TITLE_LINES, bold=True)
    subtitle = fitted(chart.subtitle, _SUBTITLE_SIZE, chart.width, _SUBTITLE_LINES)
    for text in title.lines:
        drawn.append(element("text", text, x=0, y=at + 18, font_size=_TITLE_SIZE, font_weight=600, fill=INK))
        at += _TITLE_LEADING
    for text in subtitle.lines:
        drawn.append(element("text", text, x=0, y=at + 15, font_size=_SUBTITLE_SIZE, fill=SOFT_INK))
        at += _SUBTITLE_LEADING
    return element("g", *drawn, aria_hidden="true"), at + GAP


def _key(plot: Plot, top: float, hatches: dict[str, str]) -> tuple[SafeString, float]:
    """Names of parts that fit in none of their bars."""
    drawn = []
    left, at = 0.0, top
    for segment in plot.unplaced:
        name = " ".join(fitted(segment.label, SMALL_SIZE, plot.width - 2 * _KEY_GAP, 1).lines)
        width = _KEY_BOX + 6 + width_of(name, SMALL_SIZE)
        if left and left + width > plot.width:
            left, at = 0.0, at + _KEY_LEADING
        box = element("rect", x=left, y=at, width=_KEY_BOX, height=_KEY_BOX, fill=fill_of(segment, hatches))
        text = element("text", name, x=left + _KEY_BOX + 6, y=at + 12, font_size=SMALL_SIZE, fill=INK)
        drawn.append(element("g", box, text))
        left += width + _KEY_GAP
    return (element("g", *drawn), at + _KEY_LEADING) if drawn else (EMPTY, top)


def _hatches(chart: BarChart) -> dict[str, str]:
    """The name of the pattern for each colour that is hatched."""
    colours = dict.fromkeys(part.colour for bar in chart.bars for part in bar.segments if part.hatched)
    return {colour: f"{chart.id_prefix}-hatch-{number}" for number, colour in enumerate(colours, start=1)}


def _patterns(chart: BarChart) -> SafeString:
    patterns = [
        element(
            "pattern",
            element("rect", width=7, height=7, fill=colour),
            element("path", d="M0 0V7", stroke=_BASE, stroke_width=3),
            id=name,
            width=7,
            height=7,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        )
        for colour, name in _hatches(chart).items()
    ]
    return element("defs", *patterns) if patterns else EMPTY


def _lines(chart: BarChart, lines: list[Line], plot: Plot, top: float) -> tuple[SafeString, float]:
    at = top + GAP / 2
    hatches = _hatches(chart)
    drawn = []
    for bar, line in zip(chart.bars, lines, strict=True):
        drawn.append(draw_line(bar, line, plot, at, hatches))
        at += line.height + GAP
    return joined(drawn), at - GAP / 2


def _axis(chart: BarChart, plot: Plot, top: float, bottom: float) -> tuple[SafeString, float]:
    whole = all(float(part.value).is_integer() for bar in chart.bars for part in bar.segments)
    drawn = []
    for tick in ticks(chart.largest, whole=whole):
        at = plot.left + tick * plot.unit
        ink = _BASE if tick == 0 else _GRID
        drawn.append(element("path", d=f"M{at:.1f} {top:.1f}V{bottom:.1f}", stroke=ink, stroke_width=1))
        drawn.append(
            element(
                "text",
                shown_number(tick),
                x=at,
                y=bottom + 16,
                font_size=AXIS_SIZE,
                text_anchor="middle",
                fill=SOFT_INK,
            )
        )
    label = " ".join(fitted(chart.value_label, AXIS_SIZE, plot.width - plot.left, 1).lines)
    if not label:
        return element("g", *drawn), bottom + _AXIS_HEIGHT
    drawn.append(element("text", label, x=plot.left, y=bottom + 34, font_size=AXIS_SIZE, fill=SOFT_INK))
    return element("g", *drawn), bottom + _AXIS_HEIGHT + _AXIS_LABEL_HEIGHT
