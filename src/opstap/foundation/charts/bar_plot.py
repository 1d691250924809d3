"""Where everything of a bar chart lies: measured before anything is drawn, so that no two texts meet."""

from dataclasses import dataclass, replace

from opstap.foundation.charts.bar_shapes import Bar, BarChart, Segment, shown_number
from opstap.foundation.charts.texts import Fitted, fitted, width_of

BAR_HEIGHT = 30
STUB = 30
CROSS = "×"
LABEL_SIZE, SMALL_SIZE, AXIS_SIZE = 15, 13, 12
LABEL_LEADING, SMALL_LEADING = 18, 16
GAP = 12
_LABEL_LINES = 2
_NARROWEST_LABELS, _WIDEST_LABELS = 60, 290
_LABEL_ROOM, _VALUE_ROOM, _SEGMENT_ROOM = 16, 8, 12
_MOST_NOTE = 170
# Half the zero of the axis, which stands in the middle under the beginning of the bars.
_LEFT_WHEN_NARROW = 4
_LABEL_FOOT, _NARROW_SIZE = 3, 14
BOX, BOX_GAP, BELOW_LEADING = 10, 5, 19
_BETWEEN = 14

_SIGNS = frozenset("▲△▼▽+−")


@dataclass(frozen=True, slots=True)
class Plot:
    """Pixels of the viewBox: where the bars begin, how long one unit is, and which segments carry which words."""

    width: float
    left: float
    length: float
    unit: float
    words: dict[int, str]
    unplaced: tuple[Segment, ...]
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Below:
    """The number of a part too narrow to hold it, with its name: where it begins, and in which line under the bar."""

    segment: Segment
    text: str
    left: float
    row: int


@dataclass(frozen=True, slots=True)
class Line:
    """The texts of one bar, fitted, how high it is, and how much of that the label takes above the bar.

    Under it stands what has no room in it; that takes `foot` more.
    """

    label: Fitted
    sublabel: Fitted
    note: Fitted
    height: float
    above: float = 0
    label_size: int = LABEL_SIZE
    below: tuple[Below, ...] = ()
    foot: float = 0


def line_of(bar: Bar, plot: Plot) -> Line:
    """Where the texts of a bar go: its label above or beside it, and under it each number that fits in no part."""
    line = _line_below_label(bar, plot) if plot.narrow else _line_beside_label(bar, plot.left)
    below = _below(bar, plot)
    foot = (below[-1].row + 1) * BELOW_LEADING if below else 0
    return replace(line, below=below, foot=foot)


def _below(bar: Bar, plot: Plot) -> tuple[Below, ...]:
    parts = [segment for segment in bar.segments if segment.value]
    if len(parts) < 2 and not bar.hidden:
        return ()
    placed: list[Below] = []
    at, row = plot.left, 0
    for segment in parts:
        if id(segment) in plot.words:
            continue
        room = plot.width - plot.left - BOX - BOX_GAP
        text = " ".join(fitted(_in_full(segment), SMALL_SIZE, room, 1).lines)
        width = BOX + BOX_GAP + width_of(text, SMALL_SIZE)
        if at > plot.left and at + width > plot.width:
            at, row = plot.left, row + 1
        placed.append(Below(segment, text, at, row))
        at += width + _BETWEEN
    return tuple(placed)


def _line_below_label(bar: Bar, plot: Plot) -> Line:
    label = fitted(f"{bar.label} {bar.sublabel}".strip(), _NARROW_SIZE, plot.width, _LABEL_LINES)
    above = len(label.lines) * LABEL_LEADING + _LABEL_FOOT
    return Line(label, Fitted((), shortened=False), _note_of(bar), above + BAR_HEIGHT, above, _NARROW_SIZE)


def _line_beside_label(bar: Bar, left: float) -> Line:
    # A rounding of the last digit must not break a label that just fits.
    room = left - _LABEL_ROOM + 0.01
    label = fitted(bar.label, LABEL_SIZE, room, _LABEL_LINES)
    sublabel = fitted(bar.sublabel, SMALL_SIZE, room, 1)
    block = len(label.lines) * LABEL_LEADING + len(sublabel.lines) * SMALL_LEADING
    return Line(label, sublabel, _note_of(bar), max(BAR_HEIGHT, block))


def plot_of(chart: BarChart) -> Plot:
    left = _LEFT_WHEN_NARROW if chart.narrow else _label_width(chart) + _LABEL_ROOM
    length = chart.width - left - max(map(_end_width, chart.bars), default=0)
    unit = length / chart.largest if chart.largest else 0
    words, unplaced = _placed(chart, unit)
    return Plot(chart.width, left, length, unit, words, unplaced, narrow=chart.narrow)


def value_width(bar: Bar) -> float:
    return STUB if bar.hidden else width_of(shown_number(bar.total), LABEL_SIZE, bold=True)


def _note_of(bar: Bar) -> Fitted:
    return fitted(bar.note, SMALL_SIZE, _MOST_NOTE, 1)


def _label_width(chart: BarChart) -> float:
    widths = [width_of(bar.label, LABEL_SIZE) for bar in chart.bars]
    widths += [width_of(bar.sublabel, SMALL_SIZE) for bar in chart.bars]
    return min(max([*widths, _NARROWEST_LABELS]), _WIDEST_LABELS)


def _end_width(bar: Bar) -> float:
    note = " ".join(_note_of(bar).lines)
    return _VALUE_ROOM + value_width(bar) + (_VALUE_ROOM + width_of(note, SMALL_SIZE) if note else 0)


def _placed(chart: BarChart, unit: float) -> tuple[dict[int, str], tuple[Segment, ...]]:
    """The words in each segment (by its identity), and the segments whose name fits in none of its bars.

    A name stands once, in the widest segment that bears it; every other segment has its number where that fits.
    A bar of one segment needs neither: its label and its value at the end say the same.
    """
    widest: dict[tuple[str, bool], Segment] = {}
    words: dict[int, str] = {}
    for bar in chart.bars:
        parts = [segment for segment in bar.segments if segment.value]
        for segment in parts:
            key = (segment.label, segment.hatched)
            if len(parts) > 1 and segment.label and (key not in widest or segment.value > widest[key].value):
                widest[key] = segment
            if (len(parts) > 1 or segment.text or bar.hidden) and _fits(segment.shown, segment.value * unit):
                words[id(segment)] = segment.shown
    unplaced = []
    if chart.names_in_key:
        words |= _with_signs(chart, unit)
        shown = set(widest) | {(part.label, part.hatched) for bar in chart.bars for part in bar.segments if part.value}
        every = {(part.label, part.hatched): part for bar in chart.bars for part in bar.segments}
        parts_named = [part for key, part in every.items() if key in shown]
        order = {label: place for place, label in enumerate(chart.key_order)}
        return words, tuple(sorted(parts_named, key=lambda part: order.get(part.label, len(order))))
    for segment in widest.values():
        named = f"{segment.shown} {segment.label}"
        if _fits(named, segment.value * unit):
            words[id(segment)] = named
        else:
            unplaced.append(segment)
    return words, tuple(unplaced)


def _in_full(segment: Segment) -> str:
    """Its name first, since many a name begins with a number of its own."""
    return f"{segment.label}: {segment.shown}" if segment.label else segment.shown


def _with_signs(chart: BarChart, unit: float) -> dict[int, str]:
    """The sign of more or less before a name, also before the number: it tells which part this is without colours."""
    signed = {
        id(segment): f"{segment.label[0]} {segment.shown}"
        for bar in chart.bars
        for segment in bar.segments
        if segment.value and segment.label[:1] in _SIGNS
    }
    room = {id(segment): segment.value * unit for bar in chart.bars for segment in bar.segments}
    return {which: text for which, text in signed.items() if _fits(text, room[which])}


def _fits(text: str, room: float) -> bool:
    return width_of(text, SMALL_SIZE) + _SEGMENT_ROOM <= room
