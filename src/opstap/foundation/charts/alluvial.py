"""An alluvial: the same people on two sides, and streams that show who went where."""

from django.utils.safestring import SafeString

from opstap.foundation.charts.alluvial_plot import (
    BAND_WIDTH,
    LABEL_SIZE,
    VALUE_SIZE,
    WIDTH,
    Placed,
    Plot,
    Ribbon,
    leading,
    plot_of,
)
from opstap.foundation.charts.alluvial_shapes import Alluvial, Band, Stream
from opstap.foundation.charts.bar_shapes import shown_number
from opstap.foundation.charts.headings import INK, SOFT_INK, drawing, hatch_names, heading, patterns
from opstap.foundation.charts.svg import EMPTY, element, joined

__all__ = ["Alluvial", "Band", "Stream", "render"]

_SIDE_TITLE_SIZE, _SIDE_TITLE_HEIGHT = 14, 34
_BESIDE = 8
_LEAST_FOR_NUMBER = 18
_NUMBER_IN = 10
_STREAM_OPACITY = 0.38
_TO_BASELINE = 0.36


def render(chart: Alluvial) -> SafeString:
    """The chart as SVG; everything it says is in its title and description too."""
    above, top = heading(chart.title, chart.subtitle, WIDTH)
    plot = plot_of(chart, top + _SIDE_TITLE_HEIGHT)
    hatches = hatch_names((band.colour for band in (*chart.left, *chart.right) if band.hatched), chart.id_prefix)
    streams = [_stream(chart, plot, ribbon, hatches) for ribbon in plot.ribbons]
    return drawing(
        chart.title,
        chart.subtitle,
        chart.in_words(),
        patterns(hatches),
        above,
        _side_titles(chart, plot, top),
        *streams,
        *(_band(placed, plot.left_edge, hatches, on_left=True) for placed in plot.left.values()),
        *(_band(placed, plot.right_edge, hatches, on_left=False) for placed in plot.right.values()),
        *(_number(chart, plot, ribbon) for ribbon in plot.ribbons),
        id_prefix=chart.id_prefix,
        size=(WIDTH, plot.bottom + _BESIDE),
    )


def _side_titles(chart: Alluvial, plot: Plot, top: float) -> SafeString:
    style: dict[str, str | float] = {"y": top + 22, "font_size": _SIDE_TITLE_SIZE, "font_weight": 600, "fill": INK}
    left = element("text", chart.left_title, x=plot.left_edge + BAND_WIDTH, text_anchor="end", **style)
    return joined([left, element("text", chart.right_title, x=plot.right_edge - BAND_WIDTH, **style)])


def _fill(band: Band, hatches: dict[str, str]) -> str:
    return f"url(#{hatches[band.colour]})" if band.hatched else band.colour


def _band(placed: Placed, edge: float, hatches: dict[str, str], *, on_left: bool) -> SafeString:
    """The left edge of a band on the left, the right edge of one on the right, and its words outside it."""
    left = edge if on_left else edge - BAND_WIDTH
    box = element(
        "rect", x=left, y=placed.top, width=BAND_WIDTH, height=max(placed.height, 1), fill=_fill(placed.band, hatches)
    )
    at = left - _BESIDE if on_left else left + BAND_WIDTH + _BESIDE
    anchor = "end" if on_left else "start"
    lines = [(text, INK, 400) for text in placed.label.lines] + [(shown_number(placed.value), SOFT_INK, 600)]
    first = placed.middle - (len(lines) - 1) * leading() / 2
    words = [
        element(
            "text",
            text,
            x=at,
            y=first + number * leading() + LABEL_SIZE * _TO_BASELINE,
            font_size=LABEL_SIZE,
            font_weight=weight,
            text_anchor=anchor,
            fill=ink,
        )
        for number, (text, ink, weight) in enumerate(lines)
    ]
    whole = element("title", f"{placed.band.name}: {shown_number(placed.value)}")
    return element("g", whole, box, *words)


def _stream(chart: Alluvial, plot: Plot, ribbon: Ribbon, hatches: dict[str, str]) -> SafeString:
    """Coloured as where it comes from; hatched where either end is unknown."""
    stream = ribbon.stream
    start, end = chart.left[stream.left], chart.right[stream.right]
    unknown = start if start.hatched else end if end.hatched else None
    left, right = plot.left_edge + BAND_WIDTH, plot.right_edge - BAND_WIDTH
    middle = (left + right) / 2
    height = max(ribbon.height, 0.75)
    top, far = ribbon.left_top, ribbon.right_top
    path = (
        f"M{left:.1f} {top:.1f}C{middle:.1f} {top:.1f} {middle:.1f} {far:.1f} {right:.1f} {far:.1f}"
        f"V{far + height:.1f}"
        f"C{middle:.1f} {far + height:.1f} {middle:.1f} {top + height:.1f} {left:.1f} {top + height:.1f}Z"
    )
    name = f"{start.name} → {end.name}: {shown_number(stream.value)}"
    fill = _fill(unknown, hatches) if unknown else start.colour
    return element("path", element("title", name), d=path, fill=fill, fill_opacity=_STREAM_OPACITY)


def _number(chart: Alluvial, plot: Plot, ribbon: Ribbon) -> SafeString:
    """How many, at the beginning of a stream that is thick enough; alone it would only repeat its band."""
    alone = chart.of_left(ribbon.stream.left) == ribbon.stream.value
    if ribbon.height < _LEAST_FOR_NUMBER or alone:
        return EMPTY
    return element(
        "text",
        shown_number(ribbon.stream.value),
        x=plot.left_edge + BAND_WIDTH + _NUMBER_IN,
        y=ribbon.left_top + ribbon.height / 2 + VALUE_SIZE * _TO_BASELINE,
        font_size=VALUE_SIZE,
        fill=INK,
        paint_order="stroke",
        stroke="#FFFFFF",
        stroke_width=3,
        stroke_linejoin="round",
    )
