"""How wide a text will be, and how to break or shorten it to fit.

Nothing can be measured on the server. Widths are on the wide side of Arial and Segoe UI, which a page falls back to;
Source Sans, which is served with the page, needs an eighth less.
"""

from dataclasses import dataclass
from functools import lru_cache

_WIDTHS = {
    **dict.fromkeys("ijl|'", 0.27),
    **dict.fromkeys(" .,:;!ftrI()[]/-", 0.36),
    **dict.fromkeys("mwMW%@–—…", 0.96),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ&+=<>", 0.73),
}
_OTHER = 0.58
_BOLD = 1.08


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text broken into lines; `shortened` when not all of it is there."""

    lines: tuple[str, ...]
    shortened: bool


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    return sum(_WIDTHS.get(character, _OTHER) for character in text) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def fitted(text: str, size: float, room: float, most_lines: int, *, bold: bool = False) -> Fitted:
    """The text in at most so many lines of at most `room` wide."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, bold=bold) <= room:
            lines[-1] = joined
        else:
            lines.append(word)
    kept = lines[:most_lines]
    if len(lines) > most_lines:
        kept[-1] = f"{kept[-1]} {lines[most_lines]}"
    short = [_cut(line, size, room, bold=bold) for line in kept]
    dropped = len(lines) > most_lines and short == kept
    if dropped:
        short[-1] = _cut(f"{short[-1]}…", size, room, bold=bold)
    return Fitted(tuple(short), shortened=short != lines)


def _cut(text: str, size: float, room: float, *, bold: bool) -> str:
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(text + "…", size, bold=bold) > room:
        text = text[:-1].rstrip()
    return text + "…"
