"""Where everything of an alluvial chart lies: the bands of both sides, and each stream between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from opstap.foundation.charts.alluvial_shapes import Alluvial, Band, Stream
from opstap.foundation.charts.texts import Fitted, fitted, width_of

WIDTH = 800
BAND_WIDTH = 16
LABEL_SIZE, VALUE_SIZE = 13, 13
_LEADING = 16
_GAP = 8
_BESIDE = 8
_PEOPLE_HEIGHT = 380
_NARROWEST, _WIDEST = 90, 220


@dataclass(frozen=True, slots=True)
class Placed:
    """A band where it stands: top and height in pixels, the words beside it, and how many people it holds."""

    band: Band
    value: int
    top: float
    height: float
    label: Fitted
    middle: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A stream where it flows: its edges on both sides."""

    stream: Stream
    left_top: float
    right_top: float
    height: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Both sides, the streams between them, and where it all ends."""

    left_edge: float
    right_edge: float
    left: dict[int, Placed]
    right: dict[int, Placed]
    ribbons: tuple[Ribbon, ...]
    bottom: float


def plot_of(chart: Alluvial, top: float) -> Plot:
    """A band without people is left out. Small bands keep room for their words, so the sides may differ in length."""
    unit = _PEOPLE_HEIGHT / chart.total if chart.total else 0.0
    left_room, right_room = _room(chart.left, chart.of_left), _room(chart.right, chart.of_right)
    left, left_end = _side(chart.left, chart.of_left, unit, top, left_room)
    right, right_end = _side(chart.right, chart.of_right, unit, top, right_room)
    ribbons = _ribbons(chart, left, right, unit)
    return Plot(left_room + _BESIDE, WIDTH - right_room - _BESIDE, left, right, ribbons, max(left_end, right_end))


def _room(bands: Sequence[Band], value: Callable[[int], int]) -> float:
    widths = [width_of(band.name, LABEL_SIZE) for place, band in enumerate(bands) if value(place)]
    return min(max([*widths, _NARROWEST]), _WIDEST)


def _side(
    bands: Sequence[Band], value: Callable[[int], int], unit: float, top: float, room: float
) -> tuple[dict[int, Placed], float]:
    placed: dict[int, Placed] = {}
    at = top
    for place, band in enumerate(bands):
        people = value(place)
        if not people:
            continue
        label = fitted(band.name, LABEL_SIZE, room + 0.01, 2)
        height = people * unit
        slot = max(height, (len(label.lines) + 1) * _LEADING)
        placed[place] = Placed(band, people, at + (slot - height) / 2, height, label, at + slot / 2)
        at += slot + _GAP
    return placed, max(at - _GAP, top)


def _ribbons(chart: Alluvial, left: dict[int, Placed], right: dict[int, Placed], unit: float) -> tuple[Ribbon, ...]:
    """In the order of both sides, so that streams cross as little as they can."""
    from_top = {place: band.top for place, band in left.items()}
    to_top = {place: band.top for place, band in right.items()}
    leaving: dict[Stream, float] = {}
    drawn = []
    streams = [stream for stream in chart.streams if stream.value]
    for stream in sorted(streams, key=lambda one: (one.left, one.right)):
        leaving[stream] = from_top[stream.left]
        from_top[stream.left] += stream.value * unit
    for stream in sorted(streams, key=lambda one: (one.right, one.left)):
        drawn.append(Ribbon(stream, leaving[stream], to_top[stream.right], stream.value * unit))
        to_top[stream.right] += stream.value * unit
    return tuple(drawn)


def leading() -> int:
    """From one line of a label to the next."""
    return _LEADING
