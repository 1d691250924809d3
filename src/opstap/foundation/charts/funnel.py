"""A funnel chart: a dot for each group by its people and its share, with the limits that chance stays within.

Here the whole is put together: heading, key, axes, limits, dots and their labels.
"""

from django.utils.safestring import SafeString

from opstap.foundation.charts.bar_shapes import shown_number
from opstap.foundation.charts.colours import FALLEN, RISEN, SAME
from opstap.foundation.charts.funnel_plot import AXIS_SIZE, LABEL_SIZE, RADIUS, FunnelPlot, Place, plot_of, shown_share
from opstap.foundation.charts.funnel_shapes import Dot, FunnelChart, FunnelWords
from opstap.foundation.charts.headings import FAINT, INK, SOFT_INK, drawing, heading
from opstap.foundation.charts.svg import EMPTY, element, joined
from opstap.foundation.charts.texts import fitted, width_of

__all__ = ["Dot", "FunnelChart", "FunnelWords", "render"]

_GRID, _PAPER = "#DFE3E8", "#FFFFFF"
_NEAR, _FAR = "#B9C2CC", "#6B7788"
_NEAR_WIDTH, _FAR_WIDTH, _CAP = 6, 1.5, 5
_KEY_LEADING, _KEY_GAP, _KEY_BOX = 22, 18, 16
_GAP, _TO_BASELINE = 10, 0.36
_AXIS_HEIGHT = 46
_Y_LABEL = 22


def render(chart: FunnelChart) -> SafeString:
    """The chart as SVG."""
    above, top = heading(chart.title, chart.subtitle, chart.width)
    key, top = _key(chart, top + _GAP)
    plot = plot_of(chart, top + _Y_LABEL)
    return drawing(
        chart.title,
        chart.subtitle,
        " ".join(f"{dot.words}." for dot in chart.in_order),
        above,
        key,
        _axes(chart, plot, top),
        _limits(plot),
        _centre(chart, plot),
        joined(_lead(place) for place in plot.places),
        joined(_dot(place) for place in plot.places),
        id_prefix=chart.id_prefix,
        size=(chart.width, plot.frame.bottom + _AXIS_HEIGHT),
    )


def _key(chart: FunnelChart, top: float) -> tuple[SafeString, float]:
    """What each mark means, named once."""
    words, half = chart.words, _KEY_BOX / 2
    marks = (
        (joined([_mark(half, 0, 0, is_far=False)]), words.within),
        (joined([_mark(half - 7, 0, 1, is_far=False), _mark(half + 7, 0, -1, is_far=False)]), words.outside),
        (joined([_mark(half - 7, 0, 1, is_far=True), _mark(half + 7, 0, -1, is_far=True)]), words.far),
        (element("path", d=_stroke(half, 8, -8), stroke=_NEAR, stroke_width=_NEAR_WIDTH), words.near_limits),
        (element("path", d=_stroke(half, 8, -8) + _ends(half, -8, 8), stroke=_FAR), words.far_limits),
    )
    drawn = []
    left, at = 0.0, top
    for mark, name in marks:
        width = 8 + _KEY_BOX + 10 + width_of(name, AXIS_SIZE)
        if left and left + width > chart.width:
            left, at = 0.0, at + _KEY_LEADING
        text = element("text", name, x=_KEY_BOX + 10, y=AXIS_SIZE * _TO_BASELINE, font_size=AXIS_SIZE, fill=INK)
        drawn.append(element("g", mark, text, transform=f"translate({left + 8:.1f} {at + 10:.1f})"))
        left += width + _KEY_GAP
    return element("g", *drawn, aria_hidden="true"), at + _KEY_LEADING + _GAP


def _axes(chart: FunnelChart, plot: FunnelPlot, top: float) -> SafeString:
    frame = plot.frame
    across = "".join(f"M{frame.left:.1f} {plot.y_of(tick):.1f}H{frame.right:.1f}" for tick in plot.y_ticks)
    below = "".join(f"M{plot.x_of(tick):.1f} {frame.bottom:.1f}v5" for tick in plot.x_ticks)
    drawn = [
        element("path", d=across, stroke=_GRID),
        element("path", d=f"{below}M{frame.left:.1f} {frame.bottom:.1f}H{frame.right:.1f}", stroke=FAINT),
        _words(chart.share_label, 0, top + 12, room=chart.width),
        _words(chart.people_label, frame.left, frame.bottom + 38, room=frame.right - frame.left),
    ]
    for tick in plot.y_ticks:
        at = plot.y_of(tick) + AXIS_SIZE * _TO_BASELINE
        drawn.append(_words(shown_share(tick), frame.left - 6, at, anchor="end", room=frame.left))
    drawn.extend(
        _words(shown_number(tick), plot.x_of(tick), frame.bottom + 19, anchor="middle", room=80)
        for tick in plot.x_ticks
    )
    return element("g", *drawn, aria_hidden="true")


def _words(text: str, x: float, y: float, *, room: float, anchor: str = "start") -> SafeString:
    short = " ".join(fitted(text, AXIS_SIZE, room, 1).lines)
    return element("text", short, x=x, y=y, font_size=AXIS_SIZE, text_anchor=anchor, fill=SOFT_INK)


def _limits(plot: FunnelPlot) -> SafeString:
    """The near limits as broad strokes, the far ones as thin ones with ends, unless these lie beyond the drawing."""
    thin, broad = [], []
    for place in plot.places:
        near, far = ([plot.y_of(share) for share in ends] for ends in (place.dot.near, place.dot.far))
        thin.append(_stroke(place.x, *far))
        thin.append(_ends(place.x, *(plot.y_of(share) for share in place.dot.far if plot.holds(share))))
        broad.append(_stroke(place.x, *near))
    return element(
        "g",
        element("path", d="".join(thin), stroke=_FAR, stroke_width=_FAR_WIDTH),
        element("path", d="".join(broad), stroke=_NEAR, stroke_width=_NEAR_WIDTH),
    )


def _stroke(x: float, bottom: float, top: float) -> str:
    return f"M{x:.1f} {top:.1f}V{bottom:.1f}"


def _ends(x: float, *ends: float) -> str:
    return "".join(f"M{x - _CAP:.1f} {at:.1f}h{2 * _CAP}" for at in ends)


def _centre(chart: FunnelChart, plot: FunnelPlot) -> SafeString:
    at, left = plot.y_of(chart.centre), plot.frame.right + 4
    value, name = chart.centre_texts(shown_share)
    line = element(
        "path",
        d=f"M{plot.frame.left:.1f} {at:.1f}H{plot.frame.right:.1f}",
        stroke=INK,
        stroke_width=1.5,
        stroke_dasharray="6 4",
    )
    bold = element("text", value, x=left, y=at - 2, font_size=AXIS_SIZE, font_weight=600, fill=INK)
    return element("g", line, bold, element("text", name, x=left, y=at + 13, font_size=AXIS_SIZE, fill=INK))


def _dot(place: Place) -> SafeString:
    dot = place.dot
    mark = _mark(place.x, place.y, dot.direction, is_far=dot.is_far)
    return element("g", element("title", dot.words), mark, _label(place))


def _mark(x: float, y: float, direction: int, *, is_far: bool) -> SafeString:
    """A round for who lies within, a triangle up or down for who lies outside: open, or filled where far."""
    if not direction:
        return element("circle", cx=x, cy=y, r=RADIUS, fill=SAME, stroke=_PAPER, stroke_width=1.5)
    ink, tip = (RISEN if direction > 0 else FALLEN), direction * (RADIUS + 1.5)
    path = f"M{x:.1f} {y - tip:.1f}L{x + RADIUS + 1:.1f} {y + tip * 0.75:.1f}H{x - RADIUS - 1:.1f}Z"
    return element("path", d=path, fill=ink if is_far else _PAPER, stroke=ink, stroke_width=2, stroke_linejoin="round")


def _lead(place: Place) -> SafeString:
    """A line to a label that stands far off."""
    label = place.label
    if label is None or not label.is_led:
        return EMPTY
    end = label.left - 2 if label.left > place.x else label.left + label.width + 2
    return element("path", d=f"M{place.x:.1f} {place.y:.1f}L{end:.1f} {label.middle:.1f}", stroke=_FAR)


def _label(place: Place) -> SafeString:
    """On the left of its dot it ends there, however wide its letters are."""
    label = place.label
    if label is None:
        return EMPTY
    is_right = label.left > place.x
    return element(
        "text",
        label.text,
        x=label.left if is_right else label.left + label.width,
        y=label.middle + LABEL_SIZE * _TO_BASELINE,
        text_anchor="start" if is_right else "end",
        font_size=LABEL_SIZE,
        fill=INK,
        paint_order="stroke",
        stroke=_PAPER,
        stroke_width=4,
        stroke_linejoin="round",
    )
