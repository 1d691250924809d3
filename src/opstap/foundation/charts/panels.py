"""Panels: a small chart for each subject, with the share of each group on a line and between which ones it lies."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from django.utils.safestring import SafeString

from opstap.foundation.charts.axes import ticks
from opstap.foundation.charts.headings import FAINT, INK, SOFT_INK, drawing, heading
from opstap.foundation.charts.panel_shapes import Panel, PanelChart, PanelWords, Point
from opstap.foundation.charts.svg import element
from opstap.foundation.charts.texts import fitted, width_of
from opstap.foundation.ui.templatetags.ui_format import share as share_words

__all__ = ["Panel", "PanelChart", "PanelWords", "Point", "render", "sheets"]

ROW, RADIUS = 25, 6
_LABEL_SIZE, _VALUE_SIZE, _NAME_SIZE, _AXIS_SIZE = 14, 15, 15, 12
_NAME_LEADING, _AXIS, _GAP, _BETWEEN = 20, 20, 22, 28
_LABEL_ROOM, _VALUE_ROOM = 130, 74
_TICK_ROOM, _ROWS_ON_A_SHEET = 44, 3
_KEY_LEADING, _KEY_ROOM = 22, 28
_TO_BASELINE = 0.36
_INK, _TOGETHER, _GRID, _AIM = "#0072B2", "#16202C", "#DFE3E8", "#D55E00"


def render(chart: PanelChart) -> SafeString:
    """The chart as SVG; everything it says is in its title and description too."""
    above, top = heading(chart.title, chart.subtitle, chart.width)
    key, top = _key(chart, top + 10)
    drawn = []
    for panels in _in_parts(chart.panels, chart.columns):
        width = (chart.width - _BETWEEN * (chart.columns - 1)) / chart.columns
        names = [fitted(panel.label, _NAME_SIZE, width, 2, bold=True).lines for panel in panels]
        below = top + max(map(len, names)) * _NAME_LEADING + 4
        for place, (panel, name) in enumerate(zip(panels, names, strict=True)):
            left = place * (width + _BETWEEN)
            drawn.append(_panel(panel, name, (left, top), (width, below)))
        top = below + max(len(panel.points) for panel in panels) * ROW + _AXIS + _GAP
    words = " ".join(f"{panel.label}: {'; '.join(point.words for point in panel.points)}." for panel in chart.panels)
    size = (chart.width, top - _GAP + 4)
    return drawing(chart.title, chart.subtitle, words, above, key, *drawn, id_prefix=chart.id_prefix, size=size)


def sheets(chart: PanelChart) -> tuple[SafeString, ...]:
    """For paper in parts, so that its letters stay large; nothing for what fits on one sheet."""
    parts = _in_parts(chart.panels, chart.columns * _ROWS_ON_A_SHEET)
    if len(parts) < 2:
        return ()
    return tuple(
        render(
            replace(
                chart,
                title=f"{chart.title} ({number} / {len(parts)})",
                panels=part,
                id_prefix=f"{chart.id_prefix}-sheet-{number}",
            )
        )
        for number, part in enumerate(parts, 1)
    )


def _in_parts(panels: Sequence[Panel], size: int) -> list[Sequence[Panel]]:
    return [panels[first : first + size] for first in range(0, len(panels), size)]


def _key(chart: PanelChart, top: float) -> tuple[SafeString, float]:
    marks = [
        (_dot(RADIUS, 0, is_total=False), chart.words.share),
        (_interval(-4, 16, 0, _INK), chart.words.between),
    ]
    points = [point for panel in chart.panels for point in panel.points]
    if any(point.is_total for point in points):
        marks.append((_dot(RADIUS, 0, is_total=True), chart.words.together))
    if any(point.aim is not None for point in points):
        marks.append((_aim_line(RADIUS, -9, 9), chart.words.aim))
    drawn, left, at = [], 0.0, top + 8
    for mark, said in marks:
        width = _KEY_ROOM + width_of(said, 13)
        if left and left + width > chart.width:
            left, at = 0.0, at + _KEY_LEADING
        text = element("text", said, x=22, y=5, font_size=13, fill=INK)
        drawn.append(element("g", mark, text, transform=f"translate({left + 2:.0f} {at:.0f})"))
        left += width + 12
    return element("g", *drawn, aria_hidden="true"), at + _KEY_LEADING


def _panel(panel: Panel, name: tuple[str, ...], corner: tuple[float, float], room: tuple[float, float]) -> SafeString:
    (left, top), (width, below) = corner, room
    plot, reach = left + _LABEL_ROOM, width - _LABEL_ROOM - _VALUE_ROOM
    steps = _steps(panel.largest, int(reach // _TICK_ROOM))
    unit = reach / steps[-1]
    bottom = below + len(panel.points) * ROW
    drawn = [
        element(
            "text", text, x=left, y=top + 15 + line * _NAME_LEADING, font_size=_NAME_SIZE, font_weight=600, fill=INK
        )
        for line, text in enumerate(name)
    ]
    for step in steps:
        at = plot + step * unit
        ink = FAINT if step == 0 else _GRID
        drawn.append(element("path", d=f"M{at:.1f} {below:.1f}V{bottom:.1f}", stroke=ink, stroke_width=1))
        said = share_words(round(100 * step, 4), 0 if float(round(100 * step, 4)).is_integer() else 1)
        anchor = "start" if step == 0 else "middle"
        y = bottom + 15
        drawn.append(element("text", said, x=at, y=y, font_size=_AXIS_SIZE, text_anchor=anchor, fill=SOFT_INK))
    for row, point in enumerate(panel.points):
        middle = below + (row + 0.5) * ROW
        drawn.append(_line(point, (left, plot, plot + reach), middle, unit))
    return element("g", *drawn)


def _steps(largest: float, most: int) -> list[float]:
    """Round numbers from nought to the first that is not below the largest; few, so that their words stand apart."""
    found = ticks(largest, whole=False)
    step = found[1] if len(found) > 1 else largest
    count = ceil(round(largest / step, 6))
    while count > most:
        step, count = step * 2, ceil(count / 2)
    if step * count > 1:  # a share goes no further than everybody
        return [number / 2 for number in range(3)]
    return [step * number for number in range(count + 1)]


def _line(point: Point, places: tuple[float, float, float], middle: float, unit: float) -> SafeString:
    left, plot, end = places
    weight = 600 if point.is_total else 400
    label = fitted(point.label, _LABEL_SIZE, _LABEL_ROOM - 10, 1, bold=point.is_total)
    baseline = middle + _LABEL_SIZE * _TO_BASELINE
    drawn = [
        element("title", point.words),
        element("text", *label.lines, x=left, y=baseline, font_size=_LABEL_SIZE, font_weight=weight, fill=INK),
    ]
    if point.is_there:
        ink = _TOGETHER if point.is_total else _INK
        drawn.append(element("path", d=f"M{plot:.1f} {middle:.1f}H{end:.1f}", stroke=_GRID, stroke_width=1))
        if not point.is_exact:
            drawn.append(_interval(plot + point.low * unit, plot + point.high * unit, middle, ink))
        if point.aim is not None:
            drawn.append(_aim_line(plot + point.aim * unit, middle - 11, middle + 11))
        if point.share is not None:
            drawn.append(_dot(plot + point.share * unit, middle, is_total=point.is_total))
    drawn.append(element("text", point.shown, x=end + 10, y=baseline, font_size=_VALUE_SIZE, font_weight=600, fill=INK))
    return element("g", *drawn)


def _dot(x: float, y: float, *, is_total: bool) -> SafeString:
    """A diamond for everyone together: told from the others without its colour."""
    style: dict[str, str | float] = {"stroke": "#FFFFFF", "stroke_width": 1.5}
    if is_total:
        size = RADIUS + 1.5
        path = f"M{x:.1f} {y - size:.1f}l{size} {size}l-{size} {size}l-{size} -{size}Z"
        return element("path", d=path, fill=_TOGETHER, **style)
    return element("circle", cx=x, cy=y, r=RADIUS, fill=_INK, **style)


def _interval(low: float, high: float, y: float, ink: str) -> SafeString:
    path = f"M{low:.1f} {y - 5:.1f}v10M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 5:.1f}v10"
    return element("path", d=path, stroke=ink, stroke_width=2.5, fill="none")


def _aim_line(x: float, top: float, bottom: float) -> SafeString:
    path = f"M{x:.1f} {top:.1f}V{bottom:.1f}"
    return element("path", d=path, stroke=_AIM, stroke_width=3, stroke_dasharray="5 3")
