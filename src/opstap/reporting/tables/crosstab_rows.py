"""Levels by columns as rows and totals, for page, files and command. For more than one report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import Crosstab, CrosstabPart, CrosstabRow
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.definitions import ReportDefinition
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import (
    columns_for,
    group_public,
    in_order,
    level_name,
    total_name,
)

TotalsOf = Callable[[CrosstabPart, Shape, Question], dict[str, Any]]
"""What a report says of everyone, or of a group."""


def crosstab_result(  # the parts of a result
    question: Question,
    language: str,
    *,
    definition: ReportDefinition,
    counted: Counted[Crosstab],
    shape: Shape,
    totals_of: TotalsOf,
    extras: Mapping[str, Any] | None = None,
) -> Result:
    """The figures with their words, shares and totals; by group, where the question asks for groups."""
    figures = counted.figures
    groups = in_order(question, figures.groups) if question.by else []
    totals = totals_of(figures.overall, shape, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **totals_of(part, shape, question)} for part in groups
        ]
    return Result(
        definition=definition,
        question=question,
        columns=columns_for(definition, question),
        rows=tuple(row for part in groups or [figures.overall] for row in long_rows(part, shape, question, language)),
        total_rows=tuple(row for part in (*groups, figures.overall) for row in total_rows(part, shape, question)),
        totals=totals,
        base=counted.base,
        notes=notes_of(question),
        extras=extras or {},
        figures=figures,
    )


def long_rows(part: CrosstabPart, shape: Shape, question: Question, language: str) -> list[ResultRow]:
    """A row for each level and column, for files and commands."""
    return [made for row in part.rows for made in _of_level(row, shape, question, language)]


def _of_level(row: CrosstabRow, shape: Shape, question: Question, language: str) -> list[ResultRow]:
    shares = shares_of([row.columns[one.key] for one in shape.parts], question)
    name = level_name(question, row.level, language)
    return [
        ResultRow(
            {
                "group": group_public(question, row.group),
                "level": row.level,
                "name": name,
                shape.name: one.key,
                "clients": row.columns[one.key],
                "share": of_level,
            },
            RowHead(name, level=row.level),
            group=row.group or "",
            shown={shape.name: one.label, **({"level": "–"} if row.level in {None, NO_COUNTERPART} else {})},
            is_sparse=not row.columns[one.key],
            silent=frozenset() if row.clients else frozenset({"share"}),
        )
        for one, of_level in zip(shape.parts, shares, strict=True)
    ]


def total_rows(part: CrosstabPart, shape: Shape, question: Question) -> list[ResultRow]:
    """Each column in all, and everyone."""
    name = total_name(question, part.group)
    shares = shares_of([part.columns[one.key] for one in shape.parts], question)
    lines = [(one.label, part.columns[one.key], of_all) for one, of_all in zip(shape.parts, shares, strict=True)]
    found = []
    for label, clients, of_all in (*lines, (_("Total"), part.clients, None)):
        values: dict[str, Value] = {
            "group": group_public(question, part.group),
            "name": name,
            shape.name: label,
            "clients": clients,
            "share": of_all,
        }
        silent = frozenset({"level"}) if of_all is not None else frozenset({"level", "share"})
        found.append(ResultRow(values, RowHead(label), is_total=True, group=part.group or "", silent=silent))
    return found


def column_totals(part: CrosstabPart, shape: Shape, question: Question) -> list[dict[str, Any]]:
    """The columns in all, for JSON."""
    shares = shares_of([part.columns[one.key] for one in shape.parts], question)
    return [
        {shape.name: one.key, "clients": part.columns[one.key], "share": of_all}
        for one, of_all in zip(shape.parts, shares, strict=True)
    ]
