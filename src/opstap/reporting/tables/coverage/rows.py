"""Report `coverage` as rows and totals."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.coverage import CoverageRow
from opstap.analytics.shares import share
from opstap.reporting.selectors.coverage import HAVING, count_coverage, lately_in
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.coverage.definition import COVERAGE
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.words import group_label, group_public, in_order


def coverage_result(question: Question, language: str) -> Result:
    """Count, and give words and shares to the figures."""
    del language
    counted = count_coverage(question)
    figures = counted.figures
    everyone = _row(figures.overall, question)
    return Result(
        definition=COVERAGE,
        question=question,
        columns=tuple(_named(column, question) for column in COVERAGE.columns),
        rows=tuple(_row(row, question) for row in in_order(question, figures.groups)) if question.by else (everyone,),
        total_rows=(_row(figures.overall, question, is_total=True),) if question.by else (),
        totals={key: value for key, value in everyone.values.items() if key != "group"},
        base=counted.base,
        notes=notes_of(question),
    )


def _named(column: ReportColumn, question: Question) -> ReportColumn:
    """The column with the number of months in its name."""
    if column.key != "placed_last_year":
        return column
    return replace(column, label=_("In the last {months} months").format(months=lately_in(question)))


def _row(row: CoverageRow, question: Question, *, is_total: bool = False) -> ResultRow:
    values: dict[str, Value] = {"group": group_public(question, row.group), "base": row.base}
    for key in HAVING:
        count = int(getattr(row, key))
        values[key] = count
        values[f"{key}_share"] = share(count, row.base, question.decimals)
    label = group_label(question, row.group) if row.group is not None else _("Everyone together")
    return ResultRow(
        values,
        RowHead(label),
        is_total=is_total,
        cells={"base": {**_of(row, question)}, **{key: {"having": key, **_of(row, question)} for key in HAVING}},
        shown={"group": label},
    )


def _of(row: CoverageRow, question: Question) -> dict[str, str]:
    """The group of a row as an address names it."""
    if row.group is None or not question.by:
        return {}
    known = question.words[question.by].get(row.group)
    return {"group": known.public if known else row.group}
