"""Report `current-expected` as rows and totals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.distribution import CurrentExpected, CurrentExpectedPart
from opstap.analytics.shares import mean, share
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.current_expected import count_current_expected
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.current_expected.definition import CURRENT_EXPECTED
from opstap.reporting.tables.definitions import MEAN_DECIMALS
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import columns_for, group_public, in_order, level_name, total_name

SHARES = frozenset({"current_share", "expected_share"})


def current_expected_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_current_expected(question)
    figures = counted.figures
    groups = in_order(question, figures.groups)
    parts = groups or [figures.overall]
    totals = _totals(figures.overall, question)
    if question.by:
        totals["groups"] = [{"group": group_public(question, part.group), **_totals(part, question)} for part in groups]
    return Result(
        definition=CURRENT_EXPECTED,
        question=question,
        columns=columns_for(CURRENT_EXPECTED, question),
        rows=tuple(row for part in parts for row in _rows(part, question, language)),
        total_rows=tuple(row for part in (*groups, figures.overall) for row in _total_rows(part, question)),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        extras={"shifts": [one for part in parts for one in _shifts(part, question)]},
        figures=figures,
    )


def figures_of(result: Result) -> CurrentExpected:
    """What was counted."""
    if not isinstance(result.figures, CurrentExpected):
        raise TypeError(result.definition.key)
    return result.figures


def known_name(question: Question, code: str | None, language: str) -> str:
    """The name of a level; "unknown" for none."""
    return _("unknown") if code is None else level_name(question, code, language)


def known_head(question: Question, code: str | None, language: str) -> RowHead:
    """The same as the head of a row."""
    name = known_name(question, code, language)
    return RowHead(name.capitalize()) if code in {None, NO_COUNTERPART} else RowHead(name, level=code)


def _rows(part: CurrentExpectedPart, question: Question, language: str) -> list[ResultRow]:
    found = []
    current = shares_of([row.current for row in part.rows], question)
    expected = shares_of([row.expected for row in part.rows], question)
    for row, current_share, expected_share in zip(part.rows, current, expected, strict=True):
        name, level = known_name(question, row.level, language), row.level or NOT_FILLED
        values: dict[str, Value] = {
            "group": group_public(question, row.group),
            "level": row.level,
            "name": name,
            "current": row.current,
            "current_share": current_share,
            "expected": row.expected,
            "expected_share": expected_share,
        }
        found.append(
            ResultRow(
                values,
                known_head(question, row.level, language),
                group=row.group or "",
                cells={"current": {"current": level}, "expected": {"expected": level}},
                shown={"level": "–"} if row.level in {None, NO_COUNTERPART} else {},
            )
        )
    return found


def _total_rows(part: CurrentExpectedPart, question: Question) -> list[ResultRow]:
    totals, group = part.totals, {"group": group_public(question, part.group)}
    name = total_name(question, part.group)
    values: dict[str, Value] = {**group, "name": name, "current": totals.clients, "expected": totals.clients}
    found = [ResultRow(values, RowHead(name), is_total=True, group=part.group or "", silent=SHARES)]
    means = _means(part)
    if means:
        label = _("Mean level of those of whom both are known ({n})").format(n=number(totals.both_known))
        shown = {
            key: number(value, MEAN_DECIMALS) if value is not None else _("no observation")
            for key, value in means.items()
        }
        row = ResultRow(
            {**group, "name": label}, RowHead(label), is_total=True, group=part.group or "", silent=SHARES, shown=shown
        )
        found.append(row)
    return found


def _means(part: CurrentExpectedPart) -> dict[str, Decimal | None]:
    """Empty on a scale without order."""
    totals = part.totals
    if totals.current_sum is None or totals.expected_sum is None:
        return {}

    def over(total: Fraction) -> Decimal | None:
        return mean(total, totals.both_known, MEAN_DECIMALS)

    return {"current": over(totals.current_sum), "expected": over(totals.expected_sum)}


def _totals(part: CurrentExpectedPart, question: Question) -> dict[str, Any]:
    totals = part.totals
    found: dict[str, Any] = {"clients": totals.clients}
    for key, known in (("current", totals.current_known), ("expected", totals.expected_known)):
        found[f"{key}_known"] = known
        found[f"{key}_known_share"] = share(known, totals.clients, question.decimals)
    found["both_known"] = totals.both_known
    found |= {f"mean_{key}": value for key, value in _means(part).items()}
    shares = shares_of([*totals.shifts.values()], question)
    for (kind, count), of_all in zip(totals.shifts.items(), shares, strict=True):
        found[kind] = count
        found[f"{kind}_share"] = of_all
    return found


def _shifts(part: CurrentExpectedPart, question: Question) -> list[dict[str, Any]]:
    group = {"group": group_public(question, part.group)} if question.by else {}
    return [{**group, "from": shift.origin, "to": shift.destination, "clients": shift.clients} for shift in part.shifts]
