"""A table as CSV that opens right in a Dutch Excel: semicolons, decimal commas, UTF-8 with its mark, CRLF.

A number that identifies (a BSN, a client number with a zero in front) is written as `="012"`: the one way in which
Excel leaves it a text. Our own reader takes that off again.
"""

import csv
import re
from datetime import date
from decimal import Decimal
from io import StringIO

from opstap.foundation.spreadsheets.columns import Column, Content, Value, dutch_date, written

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_IDENTIFIES = re.compile(r"0[0-9]+|[0-9]{9,}")


def to_csv(content: Content) -> bytes:
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_neutral(column.label) for column in content.columns])
    for row in content.rows:
        writer.writerow([_field(column, row.get(column.key)) for column in content.columns])
    return text.getvalue().encode("utf-8-sig")


def _field(column: Column, value: Value) -> str:
    found = written(column, value)
    if found is None:
        return ""
    if isinstance(found, str):
        return _neutral(found)
    if isinstance(found, date):
        return dutch_date(found)
    return f"{found:f}".replace(".", ",") if isinstance(found, Decimal) else str(found)


def _neutral(text: str) -> str:
    """A text that a spreadsheet program would run as a formula gets an apostrophe before it; digits keep their zero."""
    if _IDENTIFIES.fullmatch(text):
        return f'="{text}"'
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
