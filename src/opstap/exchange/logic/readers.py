"""For each recognised column the one function that reads its cells, chosen once, remembering repeated values."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from opstap.exchange.logic.cells import Cell, is_blank
from opstap.exchange.logic.columns import ColumnMap
from opstap.exchange.logic.faults import NOTHING, Code, Reading, fault
from opstap.exchange.logic.fields import FIELDS, Field, Kind
from opstap.exchange.logic.values.bsn import read_bsn, read_number
from opstap.exchange.logic.values.choices import read_sex, read_yes_no
from opstap.exchange.logic.values.codes import read_barriers, read_code
from opstap.exchange.logic.values.contact import read_email, read_phone, read_postcode
from opstap.exchange.logic.values.dates import read_date, read_last_day
from opstap.exchange.logic.values.levels import read_expected_level, read_level
from opstap.exchange.logic.values.texts import read_kept, read_text
from opstap.exchange.logic.values.trajectories import read_activity, read_trajectory
from opstap.exchange.logic.vocabulary import Vocabulary

Reader = Callable[[Cell], Reading[Any]]

_FORMULA_ERROR = re.compile(
    r"#(REF|VERW|N/A|N/B|VALUE|WAARDE|NAME|NAAM|DIV/0|DEEL/0|NUM|GETAL|NULL|LEEG|SPILL|OVERLOOP)[!?]?|#{2,}",
    re.IGNORECASE,
)
_REMEMBER_AT_MOST = 50_000
# Nearly every row has its own: remembering them would cost more than it saves.
_SELDOM_REPEATED = frozenset({Kind.NUMBER, Kind.BSN, Kind.PHONE, Kind.EMAIL})


class Column(NamedTuple):
    """A column of the file with the field it fills and how its cells are read."""

    place: int
    heading: str
    field: str
    read: Reader


def columns_to_read(columns: ColumnMap, vocabulary: Vocabulary) -> tuple[Column, ...]:
    """The recognised columns that fill a field, in the order of the file."""
    wanted = sorted((place, key) for key, place in columns.places.items() if FIELDS[key].kind is not Kind.KEPT)
    return tuple(
        Column(place, columns.headings[place], key, _remembering(_reader(FIELDS[key], vocabulary), FIELDS[key].kind))
        for place, key in wanted
    )


def columns_to_keep(columns: ColumnMap) -> tuple[Column, ...]:
    """What is kept aside: under the field's key where it is known, else under its heading."""
    known = [(place, key) for key, place in columns.places.items() if FIELDS[key].kind is Kind.KEPT]
    return tuple(
        Column(place, columns.headings[place], key, read_kept) for place, key in sorted([*known, *columns.kept])
    )


def _reader(field: Field, vocabulary: Vocabulary) -> Reader:
    by_kind: dict[Kind, Reader] = {
        Kind.NUMBER: partial(read_number, longest=field.longest),
        Kind.BSN: read_bsn,
        Kind.TEXT: partial(read_text, longest=field.longest),
        Kind.DATE: read_date,
        Kind.LAST_DAY: read_last_day,
        Kind.LEVEL: partial(read_level, vocabulary=vocabulary),
        Kind.EXPECTED: partial(read_expected_level, vocabulary=vocabulary),
        Kind.YES_NO: read_yes_no,
        Kind.SEX: read_sex,
        Kind.POSTCODE: read_postcode,
        Kind.EMAIL: partial(read_email, longest=field.longest),
        Kind.PHONE: partial(read_phone, longest=field.longest),
        Kind.CODE: partial(read_code, list_key=field.words, vocabulary=vocabulary),
        Kind.BARRIERS: partial(read_barriers, vocabulary=vocabulary),
        Kind.TRAJECTORY: partial(read_trajectory, vocabulary=vocabulary),
        Kind.ACTIVITY: partial(read_activity, vocabulary=vocabulary),
    }
    return by_kind[field.kind]


def _guarded(read: Reader, cell: Cell) -> Reading[Any]:
    if is_blank(cell):
        return NOTHING
    if isinstance(cell, str) and cell.startswith("#") and _FORMULA_ERROR.fullmatch(cell.strip()):
        return fault(Code.FORMULA_ERROR)
    return read(cell)


def _remembering(read: Reader, kind: Kind) -> Reader:
    guarded = partial(_guarded, read)
    if kind in _SELDOM_REPEATED:
        return guarded
    seen: dict[tuple[type, Cell] | str, Reading[Any]] = {}

    def remembered(cell: Cell) -> Reading[Any]:
        # 1, 1.0 and True are one key to a dict, but not one value to a reader.
        key = cell if isinstance(cell, str) else (type(cell), cell)
        reading = seen.get(key)
        if reading is None:
            reading = guarded(cell)
            if len(seen) < _REMEMBER_AT_MOST:
                seen[key] = reading
        return reading

    return remembered
