"""Numbers that identify: the BSN with its 11-test, and the client number of the source."""

import re

from stdnum.nl import bsn as eleven_test

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import Code, Reading, fault
from opstap.exchange.logic.values.texts import read_text

_SHORTENED = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
_AS_DECIMAL = re.compile(r"(\d{8,9})[.,]0+")
_BETWEEN = re.compile(r"[.\s]")


def read_bsn(cell: Cell) -> Reading[str]:
    """Nine digits that pass the 11-test. A lost leading zero is refused and offered, never filled in unasked."""
    text = as_text(cell)
    if _SHORTENED.fullmatch(text):
        return fault(Code.BSN_SHORTENED)
    if decimal := _AS_DECIMAL.fullmatch(text):
        text = decimal[1]
    digits = _BETWEEN.sub("", text)
    if not (digits.isascii() and digits.isdigit()):
        return fault(Code.BSN_NOT_DIGITS)
    if len(digits) == 8 and eleven_test.is_valid("0" + digits):
        return fault(Code.BSN_LOST_ZERO, suggestion="0" + digits)
    if len(digits) != 9:
        return fault(Code.BSN_LENGTH, digits=str(len(digits)))
    return Reading(digits) if eleven_test.is_valid(digits) else fault(Code.BSN_CHECK)


def read_number(cell: Cell, longest: int) -> Reading[str]:
    """The client number as the source writes it, refused where the spreadsheet spoilt it."""
    if _SHORTENED.fullmatch(as_text(cell)) and (isinstance(cell, float) or "+" in as_text(cell)):
        return fault(Code.NUMBER_SHORTENED)
    return read_text(cell, longest)
