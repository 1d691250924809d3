"""Report `data-quality` as rows and totals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.quality import Found, Quality, QualityPart
from opstap.analytics.shares import share
from opstap.analytics.uncertainty import SMALL
from opstap.reporting.selectors.quality.checks import PLANS, checks_of
from opstap.reporting.selectors.quality.counting import ANY, TOGETHER, count_quality
from opstap.reporting.selectors.quality.leavers import asks_of_leavers
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.quality.definition import QUALITY
from opstap.reporting.tables.quality.words import ASPECTS, check_name
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.words import columns_for, group_public, in_order


def quality_result(question: Question, language: str) -> Result:
    """Count, and give words and shares to the figures."""
    del language
    counted = count_quality(question)
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else [figures.overall]
    return Result(
        definition=QUALITY,
        question=question,
        columns=columns_for(QUALITY, question),
        rows=tuple(row for part in parts for row in _rows(part, question)),
        total_rows=tuple(_together(part, question) for part in (*(parts if question.by else ()), figures.overall)),
        totals=_totals(figures, question),
        base=counted.base,
        notes=(*notes_of(question), *left_out(question)),
        figures=figures,
    )


def left_out(question: Question) -> list[str]:
    """Which checks are not there, and why."""
    notes = []
    if PLANS not in question.parts:
        notes.append(_("Checks of trajectories and instruments are left out: this municipality works without them."))
    if not asks_of_leavers(question):
        notes.append(_("Of who left only the team and the case manager are known, so that check is left out here."))
    return notes


def is_small(found: Found) -> bool:
    """Whether its share is one of few people."""
    return 0 < found.judged < SMALL


def _rows(part: QualityPart, question: Question) -> list[ResultRow]:
    return [
        _row(part, check.key, check.aspect.value, str(ASPECTS[check.aspect.value]), question)
        for check in checks_of(question)
    ]


def _together(part: QualityPart, question: Question) -> ResultRow:
    return _row(part, ANY, None, "", question, is_total=True)


def _row(
    part: QualityPart, key: str, aspect: str | None, asked: str, question: Question, *, is_total: bool = False
) -> ResultRow:
    found, name = part.checks[key], check_name(question, key)
    values: dict[str, Value] = {
        "group": group_public(question, part.group),
        "aspect": aspect,
        "check": key,
        "concerned": found.concerned,
        "judged": found.judged,
        "share": share(found.concerned, found.judged, question.decimals),
    }
    return ResultRow(
        values,
        RowHead(name),
        is_total=is_total,
        group=part.group or "",
        cells={"concerned": {"check": key}},
        shown={"aspect": asked, "check": name},
        small=frozenset({"share"}) if is_small(found) else frozenset(),
    )


def _totals(figures: Quality, question: Question) -> dict[str, Any]:
    totals = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)}
            for part in in_order(question, figures.groups)
        ]
    return totals


def _part_totals(part: QualityPart, question: Question) -> dict[str, Any]:
    any_of_all = part.checks[ANY]
    return {
        "clients": part.clients,
        "share": share(any_of_all.concerned, any_of_all.judged, question.decimals),
        **{key: part.checks[key].concerned for key in TOGETHER},
    }
