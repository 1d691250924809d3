"""Report `profile` as rows and totals."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from opstap.analytics.distribution import Profile, ProfilePart, ProfileRow, Split
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.ladder.enums import NO_COUNTERPART
from opstap.reporting.enums import NOT_FILLED
from opstap.reporting.selectors.profile import count_profile, shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.profile.definition import PROFILE
from opstap.reporting.tables.profile.situations import income_json
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import columns_for, group_public, in_order, level_head, level_name, total_name

FIGURES = ("share", "low", "high", "unknown")


def profile_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and intervals to the figures."""
    counted = count_profile(question)
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else (figures.overall,)
    return Result(
        definition=PROFILE,
        question=question,
        columns=columns_for(PROFILE, question),
        rows=tuple(row for part in parts for row in _rows(part, question, language)),
        total_rows=tuple(_total(part, question) for part in (*(parts if question.by else ()), figures.overall)),
        totals=_totals(figures, question),
        base=counted.base,
        notes=notes_of(question),
        figures=figures,
    )


def estimates_of(features: Mapping[str, Split]) -> dict[str, Estimate]:
    """The share of each feature among those of whom it is known, with its interval."""
    asked = [(split.yes, split.known, split.known + split.unknown) for split in features.values()]
    return dict(zip(features, estimated(asked), strict=True))


def _rows(part: ProfilePart, question: Question, language: str) -> list[ResultRow]:
    shares = shares_of([row.clients for row in part.rows], question)
    return [_row(row, of_all, question, language) for row, of_all in zip(part.rows, shares, strict=True)]


def _row(row: ProfileRow, of_all: Decimal | None, question: Question, language: str) -> ResultRow:
    level = row.level or NOT_FILLED
    values: dict[str, Value] = {
        "group": group_public(question, row.group),
        "level": row.level,
        "name": level_name(question, row.level, language),
        "clients": row.clients,
        "share": of_all,
    }
    said, silent, small = _features(row.features, question)
    return ResultRow(
        {**values, **said},
        level_head(question, row.level, language),
        group=row.group or "",
        cells={
            "clients": {"level": level},
            **{key: {"level": level, "having": key} for key in shown_features(question) if key in row.features},
        },
        silent=silent,
        small=small,
        shown={"level": "–"} if row.level in {None, NO_COUNTERPART} else {},
    )


def _total(part: ProfilePart, question: Question) -> ResultRow:
    said, silent, small = _features(part.features, question)
    name = total_name(question, part.group)
    values: dict[str, Value] = {"group": group_public(question, part.group), "name": name, "clients": part.clients}
    return ResultRow(
        {**values, **said},
        RowHead(name),
        is_total=True,
        group=part.group or "",
        cells={"clients": {}, **{key: {"having": key} for key in shown_features(question)}},
        silent=silent | {"share"},
        small=small,
    )


def _features(
    features: Mapping[str, Split], question: Question
) -> tuple[dict[str, Value], frozenset[str], frozenset[str]]:
    """The values of each feature, the columns that say nothing here, and the shares of few people."""
    values: dict[str, Value] = {}
    silent, small = set(), set()
    estimates = estimates_of(features)
    for key in shown_features(question):
        found = estimates.get(key)
        bounds = found.bounds(question.decimals) if found else None
        values[key] = found.part if found else None
        values[f"{key}_share"] = found.share(question.decimals) if found else None
        values[f"{key}_low"], values[f"{key}_high"] = bounds or (None, None)
        values[f"{key}_unknown"] = found.whole - found.known if found else None
        if found is None or not found.whole:
            silent |= {key, *(f"{key}_{one}" for one in FIGURES)}
        elif bounds is None:
            silent |= {f"{key}_low", f"{key}_high"}
        if found and found.known and found.is_small:
            small.add(f"{key}_share")
    return values, frozenset(silent), frozenset(small)


def _totals(figures: Profile, question: Question) -> dict[str, Any]:
    totals = _part_totals(figures.overall, question)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_part_totals(part, question)}
            for part in in_order(question, figures.groups)
        ]
    return totals


def _part_totals(part: ProfilePart, question: Question) -> dict[str, Any]:
    said, _silent, _small = _features(part.features, question)
    return {
        "clients": part.clients,
        **said,
        "income": income_json(part, question.decimals),
    }
