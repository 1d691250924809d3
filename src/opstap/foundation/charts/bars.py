"""Horizontal stacked bars: one per line, its label left, its value at the end, its parts labelled in place.

Here the whole is put together: heading, key where it is needed, gridlines and axis.
"""

from dataclasses import replace

from django.utils.safestring import SafeString

from opstap.foundation.charts.axes import ticks
from opstap.foundation.charts.bar_lines import draw_line, draw_stub, fill_of
from opstap.foundation.charts.bar_plot import AXIS_SIZE, GAP, SMALL_SIZE, Line, Plot, line_of, plot_of
from opstap.foundation.charts.bar_shapes import Bar, BarChart, Segment, shown_number
from opstap.foundation.charts.headings import FAINT, FONT, INK, PAPER, SOFT_INK, hatch_names, heading, patterns
from opstap.foundation.charts.svg import EMPTY, element, joined
from opstap.foundation.charts.texts import fitted, width_of

__all__ = ["Bar", "BarChart", "Segment", "render", "sheets"]

_MOST_ON_A_SHEET = 12

_KEY_BOX, _KEY_LEADING, _KEY_GAP = 14, 24, 20
_GRID = "#DFE3E8"
_AXIS_HEIGHT, _AXIS_LABEL_HEIGHT = 22, 20


def render(chart: BarChart, *, with_heading: bool = True) -> SafeString:
    """The chart as SVG. Without heading where the page has title and base in its own caption; they stay for readers."""
    plot = plot_of(chart)
    lines = [line_of(bar, plot) for bar in chart.bars]
    above, top = heading(chart.title, chart.subtitle, chart.width) if with_heading else (EMPTY, -GAP)
    top += GAP
    key, top = _key(plot, top, _hatches(chart), chart.hidden)
    drawn, bottom = _lines(chart, lines, plot, top)
    axis, height = _axis(chart, plot, top, bottom)
    prefix = chart.id_prefix
    return element(
        "svg",
        element("title", f"{chart.title}. {chart.subtitle}" if chart.subtitle else chart.title, id=f"{prefix}-title"),
        element("desc", _in_words(chart), id=f"{prefix}-desc"),
        patterns(_hatches(chart)),
        above,
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
        font_family=FONT,
    )


def sheets(chart: BarChart) -> tuple[SafeString, ...]:
    """For paper a chart of many bars in parts, by one measure, so that its letters stay large; nothing for few."""
    count = -(-len(chart.bars) // _MOST_ON_A_SHEET)
    if count < 2:
        return ()
    size = -(-len(chart.bars) // count)
    order = chart.key_order or list(dict.fromkeys(part.label for bar in chart.bars for part in bar.segments))
    return tuple(
        render(
            replace(
                chart,
                title=f"{chart.title} ({number + 1} / {count})",
                bars=chart.bars[number * size : (number + 1) * size],
                id_prefix=f"{chart.id_prefix}-sheet-{number + 1}",
                key_order=order,
                reach=chart.largest,
            )
        )
        for number in range(count)
    )


def _role(chart: BarChart) -> str:
    """A picture, unless there are links in it: what is in a picture can't be reached by a screen reader."""
    return "group" if any(bar.href for bar in chart.bars) else "img"


def _in_words(chart: BarChart) -> str:
    return " ".join(f"{_bar_in_words(bar)}." for bar in chart.bars)


def _bar_in_words(bar: Bar) -> str:
    parts = "; ".join(f"{segment.shown} {segment.label}" for segment in bar.segments if segment.label and segment.value)
    if bar.hidden:
        said = [f"{bar.label}: {parts or bar.hidden}", bar.hidden if parts else "", bar.note]
    else:
        said = [f"{bar.label}: {shown_number(bar.total)}", bar.note, parts]
    return ", ".join(part for part in said if part)


def _key(plot: Plot, top: float, hatches: dict[str, str], hidden: str) -> tuple[SafeString, float]:
    """Names of parts that fit in none of their bars, and at the end what a stub means."""
    drawn = []
    left, at = 0.0, top
    named: list[tuple[str, Segment | None]] = [(segment.label, segment) for segment in plot.unplaced]
    for said, segment in [*named, *([(hidden, None)] if hidden else [])]:
        name = " ".join(fitted(said, SMALL_SIZE, plot.width - 2 * _KEY_GAP, 1).lines)
        width = _KEY_BOX + 6 + width_of(name, SMALL_SIZE)
        if left and left + width > plot.width:
            left, at = 0.0, at + _KEY_LEADING
        if segment is None:
            box = draw_stub(left, at + _KEY_BOX / 2, (_KEY_BOX, _KEY_BOX), hatches, said)
        else:
            box = element("rect", x=left, y=at, width=_KEY_BOX, height=_KEY_BOX, fill=fill_of(segment, hatches))
        text = element("text", name, x=left + _KEY_BOX + 6, y=at + 12, font_size=SMALL_SIZE, fill=INK)
        drawn.append(element("g", box, text))
        left += width + _KEY_GAP
    return (element("g", *drawn), at + _KEY_LEADING) if drawn else (EMPTY, top)


def _hatches(chart: BarChart) -> dict[str, str]:
    filled = [part.pattern for bar in chart.bars for part in bar.segments if part.pattern]
    return hatch_names([*filled, *([PAPER] if chart.hidden else [])], chart.id_prefix)


def _lines(chart: BarChart, lines: list[Line], plot: Plot, top: float) -> tuple[SafeString, float]:
    at = top + GAP / 2
    hatches = _hatches(chart)
    drawn = []
    for bar, line in zip(chart.bars, lines, strict=True):
        drawn.append(draw_line(bar, line, plot, at, hatches))
        at += line.height + line.foot + GAP
    return joined(drawn), at - GAP / 2


def _axis(chart: BarChart, plot: Plot, top: float, bottom: float) -> tuple[SafeString, float]:
    whole = all(float(part.value).is_integer() for bar in chart.bars for part in bar.segments)
    drawn = []
    for tick in ticks(chart.largest, whole=whole):
        at = plot.left + tick * plot.unit
        ink = FAINT if tick == 0 else _GRID
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
