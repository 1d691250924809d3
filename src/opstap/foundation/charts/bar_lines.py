"""Draws one line of a bar chart: its label, its segments, its value."""

from django.utils.safestring import SafeString

from opstap.foundation.charts.bar_plot import (
    BAR_HEIGHT,
    BELOW_LEADING,
    BOX,
    BOX_GAP,
    CROSS,
    LABEL_LEADING,
    LABEL_SIZE,
    SMALL_LEADING,
    SMALL_SIZE,
    STUB,
    Line,
    Plot,
    value_width,
)
from opstap.foundation.charts.bar_shapes import Bar, Segment, shown_number
from opstap.foundation.charts.colours import DARK_TEXT, text_colour_on
from opstap.foundation.charts.headings import FAINT, INK, PAPER, SOFT_INK
from opstap.foundation.charts.svg import EMPTY, element, joined

LINK = "#00568B"
_HALO = 4
_VALUE_GAP = 8
_BELOW_GAP = 1
# From the middle of a line of text to the foot of its letters, as part of the size.
_TO_BASELINE = 0.36


def draw_line(bar: Bar, line: Line, plot: Plot, top: float, hatches: dict[str, str]) -> SafeString:
    middle = top + line.above + (line.height - line.above) / 2
    label = top + line.above / 2 if line.above else middle
    return element(
        "g",
        _label(bar, line, label),
        *_segments(bar, plot, middle, hatches),
        _value(bar, line, plot, middle, hatches),
        _below(line, middle, hatches),
    )


def fill_of(segment: Segment, hatches: dict[str, str]) -> str:
    return f"url(#{hatches[segment.pattern]})" if segment.pattern else segment.colour


def _label(bar: Bar, line: Line, middle: float) -> SafeString:
    ink = LINK if bar.href else INK
    texts = [(text, line.label_size, LABEL_LEADING, ink) for text in line.label.lines]
    texts += [(text, SMALL_SIZE, SMALL_LEADING, SOFT_INK) for text in line.sublabel.lines]
    at = middle - sum(leading for _, _, leading, _ in texts) / 2
    drawn = []
    halo = _halo() if line.above else {}
    for text, size, leading, fill in texts:
        baseline = at + leading / 2 + size * _TO_BASELINE
        under = {"text_decoration": "underline"} if fill == LINK else {}
        drawn.append(element("text", text, x=0, y=baseline, font_size=size, fill=fill, **under, **halo))
        at += leading
    whole = joined([*_whole_text(bar, line), *drawn])
    return element("a", whole, href=bar.href) if bar.href else element("g", whole)


def _whole_text(bar: Bar, line: Line) -> list[SafeString]:
    """The full words, shown by the browser on pointing, where they had to be shortened."""
    if not (line.label.shortened or line.sublabel.shortened):
        return []
    return [element("title", f"{bar.label} {bar.sublabel}".strip())]


def _segments(bar: Bar, plot: Plot, middle: float, hatches: dict[str, str]) -> list[SafeString]:
    drawn = []
    left = plot.left
    for segment in bar.segments:
        width = segment.value * plot.unit
        if width:
            drawn.append(_segment(bar, segment, plot, (left, middle, width), hatches))
        left += width
    return drawn


def _segment(
    bar: Bar, segment: Segment, plot: Plot, place: tuple[float, float, float], hatches: dict[str, str]
) -> SafeString:
    left, middle, width = place
    name = f"{bar.label}: {segment.shown} {segment.label}".strip()
    gap = 1.0 if width > _VALUE_GAP else 0.0
    box = element(
        "rect",
        x=left,
        y=middle - BAR_HEIGHT / 2,
        width=width - gap,
        height=BAR_HEIGHT,
        fill=fill_of(segment, hatches),
    )
    return element("g", element("title", name), box, _words_in(segment, plot, left + (width - gap) / 2, middle))


def _words_in(segment: Segment, plot: Plot, centre: float, middle: float) -> SafeString:
    words = plot.words.get(id(segment), "")
    if not words:
        return EMPTY
    ink = DARK_TEXT if segment.pattern else text_colour_on(segment.colour)
    halo = _halo() if segment.pattern else {}
    baseline = middle + SMALL_SIZE * _TO_BASELINE
    return element("text", words, x=centre, y=baseline, font_size=SMALL_SIZE, text_anchor="middle", fill=ink, **halo)


def _below(line: Line, middle: float, hatches: dict[str, str]) -> SafeString:
    """Under the bar, with the colour of its part and in words; apart from the parts of the bar themselves."""
    drawn = []
    for one in line.below:
        centre = middle + BAR_HEIGHT / 2 + _BELOW_GAP + (one.row + 0.5) * BELOW_LEADING
        box = element("rect", x=one.left, y=centre - BOX / 2, width=BOX, height=BOX, fill=fill_of(one.segment, hatches))
        baseline = centre + SMALL_SIZE * _TO_BASELINE
        text = element(
            "text", one.text, x=one.left + BOX + BOX_GAP, y=baseline, font_size=SMALL_SIZE, fill=INK, **_halo()
        )
        drawn += [box, text]
    return element("g", element("g", *drawn)) if drawn else EMPTY


def draw_stub(left: float, middle: float, size: tuple[float, float], hatches: dict[str, str], said: str) -> SafeString:
    """What is hidden: as long everywhere, for how much it is may not be seen."""
    width, height = size
    box = element(
        "rect",
        x=left,
        y=middle - height / 2,
        width=width,
        height=height,
        fill=f"url(#{hatches[PAPER]})",
        stroke=FAINT,
    )
    middle_of: dict[str, str | float] = {
        "x": left + width / 2,
        "y": middle + SMALL_SIZE * _TO_BASELINE,
        "text_anchor": "middle",
    }
    cross = element("text", CROSS, font_size=SMALL_SIZE, font_weight=600, fill=INK, **middle_of, **_halo())
    return element("g", element("title", said), box, cross)


def _value(bar: Bar, line: Line, plot: Plot, middle: float, hatches: dict[str, str]) -> SafeString:
    left = plot.left + bar.total * plot.unit + (0 if bar.hidden else _VALUE_GAP)
    baseline = middle + LABEL_SIZE * _TO_BASELINE
    if bar.hidden:
        value = draw_stub(left, middle, (STUB, BAR_HEIGHT), hatches, f"{bar.label}: {bar.hidden}")
    else:
        words: dict[str, str | float] = {"font_size": LABEL_SIZE, "font_weight": 600, "fill": INK}
        value = element("text", shown_number(bar.total), x=left, y=baseline, **words, **_halo())
    note = " ".join(line.note.lines)
    if not note:
        return value
    after = left + value_width(bar) + _VALUE_GAP
    whole = [element("title", bar.note)] if line.note.shortened else []
    return joined(
        [value, element("text", *whole, note, x=after, y=baseline, font_size=SMALL_SIZE, fill=SOFT_INK, **_halo())]
    )


def _halo() -> dict[str, str | float]:
    """Paper around the letters, so that they can be read over a gridline or a hatch."""
    return {"paint_order": "stroke", "stroke": PAPER, "stroke_width": _HALO, "stroke_linejoin": "round"}
