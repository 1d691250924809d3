"""The cells of a row of a table as HTML: a long table has thousands, which a template takes too long over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

BRIEF = 27
"""Of so many letters words stay on one line of a wide screen: an interval, or that it is exact."""


class Drawable(Protocol):
    """A cell, as `pages.Cell` explains it."""

    @property
    def text(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def is_figure(self) -> bool: ...
    @property
    def is_key(self) -> bool: ...
    @property
    def url(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def level_class(self) -> str: ...
    @property
    def is_silent(self) -> bool: ...
    @property
    def is_diagonal(self) -> bool: ...
    @property
    def is_small(self) -> bool: ...
    @property
    def beside(self) -> str: ...
    @property
    def under(self) -> str: ...
    @property
    def in_one(self) -> bool: ...
    @property
    def is_hidden(self) -> bool: ...


def escaped(text: str) -> str:
    """Of text as of `conditional_escape`, which looks at what is lazy too: a long table has thousands of cells."""
    return text if isinstance(text, SafeString) else escape(str(text))


def drawn_cells(cells: Sequence[Drawable], in_card: Collection[int], *, words_have_room: bool) -> SafeString:
    """The first names the row. On a telephone a card shows those `in_card`, where these are few, and opens to more."""
    first, *others = cells
    label = f' data-label="{escaped(first.label)}"' if first.label else ""
    drawn = [f'<th scope="row" class="key"{label}>{_level(first)}{_text(first)}</th>']
    for place, cell in enumerate(others, 1):
        words = _classes(cell, place, in_card, words_have_room=words_have_room)
        drawn.append(f'<td class="{words}" data-label="{escaped(cell.label)}">{_content(cell)}</td>')
    return SafeString("".join(drawn))


def _classes(cell: Drawable, place: int, in_card: Collection[int], *, words_have_room: bool) -> str:
    of_text = f"words{' brief' * (len(cell.text) <= BRIEF)}" if cell.text and words_have_room else ""
    if cell.in_one and len(cell.text) <= BRIEF:
        of_text = f"{of_text} in-one".strip()
    opened = ("key" if place in in_card else "more") if in_card else "key" if cell.is_key else ""
    silent, diagonal = "muted" if cell.is_silent else "", "diagonal" if cell.is_diagonal else ""
    return " ".join(filter(None, ("num nowrap" if cell.is_figure else of_text, opened, silent, diagonal)))


def _content(cell: Drawable) -> str:
    """What is hidden, and what is of few people, says so in words to who does not see the signs."""
    text = f"{_level(cell)}{_text(cell)}"
    if cell.is_hidden:
        text += f'<span aria-hidden="true">×</span><span class="visually-hidden">{escaped(_("hidden"))}</span>'
        # A card sets what stands side by side apart: a sum keeps its cross.
        text = f"<span>{text}</span>" if cell.text else text
    if cell.beside:
        text += f' <span class="muted beside">{escaped(cell.beside)}</span>'
    if cell.is_small:
        said = escaped(_("(of few people)"))
        text = f'<span>{text}<span aria-hidden="true">°</span><span class="visually-hidden"> {said}</span></span>'
    if cell.under:
        text += f' <span class="muted under">{escaped(cell.under)}</span>'
    return text


def _level(cell: Drawable) -> str:
    return f'<span class="level {escaped(cell.level_class)}">{escaped(cell.level)}</span> ' if cell.level_class else ""


def _text(cell: Drawable) -> str:
    return f'<a href="{escaped(cell.url)}">{escaped(cell.text)}</a>' if cell.url else escaped(cell.text)
