"""The colours of meaning: ordered levels, groups without order, movements; and which text can be read on them."""

from functools import cache, lru_cache

UNKNOWN = "#D0D0D0"
GROUPS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
RISEN, SAME, FALLEN = "#0072B2", "#8E959F", "#D55E00"
LIGHT_TEXT, DARK_TEXT = "#FFFFFF", "#000000"

FEWEST_LEVELS, MOST_LEVELS = 2, 30

_CHOSEN = {
    6: ("#453781", "#33638D", "#238A8D", "#20A387", "#55C667", "#B8DE29"),
    7: ("#440154", "#443A83", "#31688E", "#21908C", "#35B779", "#8FD744", "#FDE725"),
}
_VIRIDIS = (
    "#440154", "#481567", "#482677", "#453781", "#404788", "#39568C", "#33638D", "#2D708E", "#287D8E", "#238A8D",
    "#1F968B", "#20A387", "#29AF7F", "#3CBB75", "#55C667", "#73D055", "#95D840", "#B8DE29", "#DCE319", "#FDE725",
)  # fmt: skip
_ENDS_OF_FEW, _ENDS_OF_MANY = (3, 17), (0, 19)  # few levels keep within the colours of six, more take the whole scale

Channels = tuple[int, int, int]


@cache
def level_colours(count: int) -> tuple[str, ...]:
    """From low to high, dark to light: 6 and 7 as chosen, other numbers (2 to 30) evenly along the same scale."""
    if not FEWEST_LEVELS <= count <= MOST_LEVELS:
        message = f"{count} levels: from {FEWEST_LEVELS} to {MOST_LEVELS} have colours that can be told apart"
        raise ValueError(message)
    if count in _CHOSEN:
        return _CHOSEN[count]
    first, last = _ENDS_OF_FEW if count < min(_CHOSEN) else _ENDS_OF_MANY
    step = (last - first) / (count - 1)
    return tuple(_between(_VIRIDIS, first + number * step) for number in range(count))


def lighter(colour: str, share: float = 0.55) -> str:
    """The colour mixed with white; 0 leaves it, 1 is white."""
    return _hex(_mixed(_channels(colour), (255, 255, 255), share))


@lru_cache(maxsize=256)
def text_colour_on(colour: str) -> str:
    """Light or dark, whichever can be read best."""
    return max(LIGHT_TEXT, DARK_TEXT, key=lambda text: contrast(text, colour))


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG 2: from 1 (the same) to 21 (black on white)."""
    darker, lighter_one = sorted((_luminance(first), _luminance(second)))
    return (lighter_one + 0.05) / (darker + 0.05)


def _between(stops: tuple[str, ...], position: float) -> str:
    below = min(int(position), len(stops) - 2)
    return _hex(_mixed(_channels(stops[below]), _channels(stops[below + 1]), position - below))


def _mixed(first: Channels, second: Channels, share: float) -> Channels:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _channels(colour: str) -> Channels:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(channels: Channels) -> str:
    return "#{:02X}{:02X}{:02X}".format(*channels)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB as WCAG 2.2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
