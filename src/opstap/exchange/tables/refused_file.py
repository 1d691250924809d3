"""The refused rows of a file as a file: to correct in a spreadsheet and import again."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from opstap.exchange.selectors.staging import StagedLine
from opstap.exchange.tables.check_page import texts_of
from opstap.exchange.tables.problem_texts import describe
from opstap.foundation.spreadsheets.columns import Column
from opstap.foundation.spreadsheets.writing import FileFormat, write_table


def refused_file(headings: Sequence[str], lines: Sequence[StagedLine], file_format: FileFormat) -> bytes:
    """The rows as in the file; behind them what is wrong, in a column that is passed over when the file comes back."""
    columns = [Column(f"c{place}", heading, "text") for place, heading in enumerate(headings)]
    columns.append(Column("what", f"Opstap: {_('What is wrong')}", "text"))
    rows = [_row(line) for line in lines]
    return write_table(columns, rows, file_format=file_format, title=_("Refused rows"))


def _row(line: StagedLine) -> dict[str, str]:
    cells = {f"c{place}": text for place, text in enumerate(texts_of(line.cells))}
    told = [describe(problem) for problem in line.problems if problem.severity == "error"]
    return {**cells, "what": " ".join(f"{one.message} {one.fix}" for one in told)}
