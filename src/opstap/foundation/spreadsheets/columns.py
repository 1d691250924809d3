"""What a table to be written is made of, and how one of its values is rounded and cleaned, alike in every format."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Kind = Literal["text", "integer", "decimal", "share", "date"]
Value = str | int | float | Decimal | date | None
Rows = Sequence[Mapping[str, Value]]

# XML 1.0 can't hold these, so no workbook can; CSV follows so that a table is the same in every format.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAKS = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Column:
    """`decimals` counts for the kinds decimal and share; a share is a percentage: 37.4, not 0.374."""

    key: str
    label: str
    kind: Kind
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """A table to be written, its texts clean; the notes stand beside it, not in it, and so do further tables."""

    columns: Sequence[Column]
    rows: Rows
    title: str
    notes: Sequence[str] = ()
    further: Sequence["Content"] = ()

    @property
    def tables(self) -> tuple["Content", ...]:
        """The table and the further ones, each on a sheet of its own in a workbook."""
        return (self, *self.further)


def written(column: Column, value: Value) -> str | int | Decimal | date | None:
    """The value as it is written: text clean, a number rounded half up. A text in a column of numbers stays text."""
    if value is None or isinstance(value, str):
        return None if value is None else clean(value)
    if column.kind == "text":
        return clean(str(value))
    if isinstance(value, date):
        return value
    if column.kind == "date":
        message = f"{column.key}: {type(value).__name__} in a column of dates"
        raise TypeError(message)
    return _rounded(column, value)


def clean(text: str) -> str:
    return _UNWRITABLE.sub("", _LINE_BREAKS.sub("\n", text))


def dutch_date(day: date) -> str:
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def _rounded(column: Column, value: float | Decimal) -> int | Decimal:
    decimals = 0 if column.kind == "integer" else column.decimals
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return exact if decimals else int(exact)
