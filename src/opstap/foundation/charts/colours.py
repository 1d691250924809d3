"""The colours of meaning: ordered levels, groups without order, movements; and which text can be read on them."""

UNKNOWN = "#D0D0D0"
GROUPS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
RISEN, SAME, FALLEN = "#0072B2", "#6B7280", "#D55E00"
LIGHT_TEXT, DARK_TEXT = "#FFFFFF", "#000000"

_SIX = ("#453781", "#33638D", "#238A8D", "#20A387", "#55C667", "#B8DE29")
_SEVEN = ("#440154", "#443A83", "#31688E", "#21908C", "#35B779", "#8FD744", "#FDE725")
_FEWEST, _MOST = 2, 12

Channels = tuple[int, int, int]


def level_colours(count: int) -> tuple[str, ...]:
    """From low to high, dark to light: 6 and 7 as chosen, other numbers (2 to 12) evenly between those colours."""
    if not _FEWEST <= count <= _MOST:
        message = f"{count} levels: from {_FEWEST} to {_MOST} have colours that can be told apart"
        raise ValueError(message)
    stops = _SEVEN if count >= len(_SEVEN) else _SIX
    step = (len(stops) - 1) / (count - 1)
    return tuple(_between(stops, number * step) for number in range(count))


def lighter(colour: str, share: float = 0.55) -> str:
    """The colour mixed with white; 0 leaves it, 1 is white."""
    return _hex(_mixed(_channels(colour), (255, 255, 255), share))


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
