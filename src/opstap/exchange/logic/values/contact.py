"""Where a person is reached: postcode, e-mail and telephone. A doubtful e-mail or number never refuses a person."""

import re

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import Code, Reading, fault, warning
from opstap.exchange.logic.values.texts import read_text

_POSTCODE = re.compile(r"([1-9][0-9]{3})\s*([A-Z]{2})")
_NEVER_ISSUED = frozenset({"SA", "SD", "SS"})
_EMAIL = re.compile(r"[^\s@,;<>\"()]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}")
_LOST_ZERO = re.compile(r"[1-9][0-9]{8}")


def read_postcode(cell: Cell) -> Reading[str]:
    """A Dutch postcode, written as `1234 AB`."""
    found = _POSTCODE.fullmatch(as_text(cell).upper())
    if found is None or found[2] in _NEVER_ISSUED:
        return fault(Code.POSTCODE_UNREADABLE)
    return Reading(f"{found[1]} {found[2]}")


def read_email(cell: Cell, longest: int) -> Reading[str]:
    """An address that can exist; any other is left out, with a warning."""
    text = as_text(cell).removeprefix("mailto:")
    if len(text) > longest or ".." in text or not _EMAIL.fullmatch(text):
        return Reading(None, (warning(Code.EMAIL_IMPLAUSIBLE),))
    return Reading(text)


def read_phone(cell: Cell, longest: int) -> Reading[str]:
    """A number as written; the leading zero that a spreadsheet dropped is put back, with a warning."""
    read = read_text(cell, longest)
    if read.value and _LOST_ZERO.fullmatch(read.value):
        return Reading("0" + read.value, (warning(Code.PHONE_ZERO_ADDED, taken="0" + read.value),))
    return read
