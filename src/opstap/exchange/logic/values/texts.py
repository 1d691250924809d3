"""Text of free form, within its length and without characters that a database or a reader can't hold."""

from datetime import date

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import Code, Reading, fault
from opstap.exchange.logic.words import has_unreadable


def read_text(cell: Cell, longest: int) -> Reading[str]:
    """The text on one line; refused when too long, unreadable, or turned into a date by the spreadsheet."""
    if isinstance(cell, date):
        return fault(Code.TEXT_BECAME_DATE)
    text = as_text(cell)
    if has_unreadable(text):
        return fault(Code.UNREADABLE_CHARACTERS)
    line = " ".join(text.split())
    if len(line) > longest:
        return fault(Code.TEXT_TOO_LONG, longest=str(longest), length=str(len(line)))
    return Reading(line or None)


def read_kept(cell: Cell) -> Reading[str]:
    """Text that is only kept aside: control characters are left out, line ends stay."""
    text = as_text(cell)
    if has_unreadable(text):
        text = "".join(character for character in text if character in "\n\t" or character.isprintable())
    return Reading(text.strip() or None)
