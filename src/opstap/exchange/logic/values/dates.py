"""Days as files hold them: Dutch and ISO notation, date cells and the serial numbers of spreadsheets."""

import math
import re
from datetime import date, datetime, timedelta

from opstap.exchange.logic.cells import Cell, on
from opstap.exchange.logic.faults import NOTHING, Code, Reading, fault

EARLIEST_YEAR, LATEST_YEAR = 1850, 2200
OPEN_END_YEAR = 2900  # registrations write "no end" as 31-12-9999 or 31-12-2999
LAST_SERIAL = 60_000
_OPEN_SERIALS = frozenset({2_958_465, 99_991_231, 29_991_231})
_OPEN_END = re.compile(r"(?<!\d)(9999|2999)(?!\d)|^(9999|2999)1231$")
_BEFORE_SERIAL_ONE = date(1899, 12, 31)
_NO_SUCH_SERIAL = 60  # spreadsheets count 29-02-1900, which never was

_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
# Eight digits never read both ways: the last four of a date that starts with its year are at most 1231.
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_DAY_FIRST = re.compile(r"(\d{2})(\d{2})(1[89]\d{2}|2\d{3})")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}\s*[-/.]\s*(\d{1,2}|[^\W\d]{3,9}\.?)\s*[-/.]\s*'?(\d{2})")
_NAMED_MONTH = re.compile(r"(\d{1,2})[-/. ]*([^\W\d]{3,9})\.?[-/. ]+(\d{4})")
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ALSO = {"mrt": 3, "mar": 3, "may": 5, "oct": 10}


def read_date(cell: Cell) -> Reading[date]:
    """A day from a cell of a date column."""
    if isinstance(cell, str):
        return _from_text(cell.strip())
    if isinstance(cell, bool) or cell is None:
        return fault(Code.DATE_UNREADABLE)
    if isinstance(cell, date):
        return _in_range(cell.date() if isinstance(cell, datetime) else cell)
    return _from_serial(cell)


def read_last_day(cell: Cell) -> Reading[date]:
    """The last day of a period; the far-off years in which registrations write "no end" leave it open."""
    if isinstance(cell, date):
        return NOTHING if cell.year >= OPEN_END_YEAR else read_date(cell)
    if isinstance(cell, str):
        return NOTHING if _OPEN_END.search(cell) else read_date(cell)
    return NOTHING if cell in _OPEN_SERIALS else read_date(cell)


def _from_text(text: str) -> Reading[date]:
    if not text.isascii() and any(character.isdigit() and not character.isascii() for character in text):
        return fault(Code.DATE_UNREADABLE)
    text = _TIME.sub("", text)
    if found := _DAY_FIRST.fullmatch(text) or _COMPACT_DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        return _from_parts(year, month, day)
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups())
        return _from_parts(year, month, day)
    if found := _NAMED_MONTH.fullmatch(text):
        return _from_named_month(int(found[1]), found[2].casefold(), int(found[3]))
    if found := _TWO_DIGIT_YEAR.fullmatch(text):
        return fault(Code.DATE_TWO_DIGIT_YEAR, earlier=f"19{found[2]}", later=f"20{found[2]}")
    if text.isdigit() and len(text) == 5:
        return _from_serial(int(text))
    if text.isdigit() and len(text) == 4 and EARLIEST_YEAR <= int(text) <= LATEST_YEAR:
        return fault(Code.DATE_ONLY_YEAR)
    return fault(Code.DATE_UNREADABLE)


def _from_named_month(day: int, word: str, year: int) -> Reading[date]:
    start = word[:3]
    month = _ALSO.get(start) or (_MONTHS.index(start) + 1 if start in _MONTHS else 0)
    return _from_parts(year, month, day) if month else fault(Code.DATE_UNREADABLE)


def _from_parts(year: int, month: int, day: int) -> Reading[date]:
    if (day == 0 or month == 0) and EARLIEST_YEAR <= year <= LATEST_YEAR:
        return fault(Code.DATE_INCOMPLETE)
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return _impossible(year, month, day)


def _impossible(year: int, month: int, day: int) -> Reading[date]:
    if month > 12 >= day > 0:
        try:
            swapped = date(year, day, month)
        except ValueError:
            return fault(Code.DATE_IMPOSSIBLE)
        return fault(Code.DATE_MONTH_FIRST, suggestion=on(swapped))
    return fault(Code.DATE_IMPOSSIBLE)


def _in_range(day: date) -> Reading[date]:
    if EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return Reading(day)
    return fault(Code.DATE_OUT_OF_RANGE, earliest=str(EARLIEST_YEAR), latest=str(LATEST_YEAR))


def _from_serial(number: float) -> Reading[date]:
    if not math.isfinite(number):
        return fault(Code.DATE_UNREADABLE)
    whole = int(number)
    if number == whole and 19_000_000 < whole < 22_000_000:
        return _from_text(str(whole))
    # A serial between these years would be a day in 1904-1906: whoever typed it meant the year.
    if number == whole and EARLIEST_YEAR <= whole <= LATEST_YEAR:
        return fault(Code.DATE_ONLY_YEAR)
    if not 1 <= whole <= LAST_SERIAL or whole == _NO_SUCH_SERIAL:
        return fault(Code.DATE_UNREADABLE)
    return Reading(_BEFORE_SERIAL_ONE + timedelta(days=whole - (whole > _NO_SUCH_SERIAL)))
