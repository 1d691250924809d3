"""Report `movement` as rows and totals."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from opstap.analytics.transitions import HANDED_OVER, TAKEN_OVER, HandedOver, Movement, MovementPart, Standing
from opstap.reporting.enums import ENTERED
from opstap.reporting.selectors.movement import count_movement
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.handed import own_words
from opstap.reporting.tables.movement.definition import MOVEMENT
from opstap.reporting.tables.movement.sentences import base_words, caseload_words, earlier_words
from opstap.reporting.tables.movement.words import outcome_of, way_words
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import columns_for, group_public, in_order, total_name


def movement_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_movement(question)
    figures = counted.figures
    groups = in_order(question, figures.groups)
    parts = groups or [figures.overall]
    handed = figures.handed
    totals = _totals(figures.overall, question, handed) | _caseload(figures.standing)
    if question.by:
        totals["groups"] = [
            {"group": group_public(question, part.group), **_totals(part, question, handed)} for part in groups
        ]
    columns, own = columns_for(MOVEMENT, question), _notes(figures, question)
    return Result(
        definition=MOVEMENT,
        question=question,
        columns=columns,
        rows=tuple(row for part in parts for row in _rows(part, question, language)),
        total_rows=(
            *(row for part in (*groups, figures.overall) for row in _total_rows(part, question, handed)),
            *_taken_over(figures.standing, question),
        ),
        totals=totals,
        base=counted.base + handed.persons if counted.base else 0,
        notes=(*notes_of(question), *own),
        extras={"entries": [entry for part in parts for entry in _entries(part, question)]},
        figures=figures,
        own_notes=tuple(own),
    )


def figures_of(result: Result) -> Movement:
    """What was counted."""
    if not isinstance(result.figures, Movement):
        raise TypeError(result.definition.key)
    return result.figures


def ends_of(part: MovementPart, handed: HandedOver) -> dict[str, int]:
    """What became of everyone at the start; last, where there are any and it may be told, who was handed over."""
    outcomes = dict(part.totals.outcomes)
    if handed.is_any and (part.group is None or handed.is_told_by_group):
        outcomes[HANDED_OVER] = handed.most(part.group)
    return outcomes


def outcome_shares(part: MovementPart, question: Question, handed: HandedOver) -> dict[str, Decimal | None]:
    """The same as shares; none of a group of which it is not told how many were handed over."""
    outcomes = ends_of(part, handed)
    if part.group is not None and not handed.is_told_by_group:
        return dict.fromkeys(outcomes)
    return dict(zip(outcomes, shares_of([*outcomes.values()], question), strict=True))


def _rows(part: MovementPart, question: Question, language: str) -> list[ResultRow]:
    levels = [[row.clients for row in rows] for _, rows in groupby(part.rows, key=attrgetter("origin"))]
    shares = [of_level for counts in levels for of_level in shares_of(counts, question)]
    return [
        ResultRow(
            {
                "group": group_public(question, row.group),
                "from": row.origin,
                "to": row.destination,
                "clients": row.clients,
                "share": of_level,
            },
            RowHead(way_words(question, row.origin, language), level=row.origin),
            group=row.group or "",
            shown={key: way_words(question, code, language) for key, code in _ends(row.origin, row.destination)},
            is_sparse=not row.clients,
        )
        for row, of_level in zip(part.rows, shares, strict=True)
    ]


def _ends(origin: str, destination: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("from", origin), ("to", destination)


def _total_rows(part: MovementPart, question: Question, handed: HandedOver) -> list[ResultRow]:
    """What became of everyone at the start, all together, and the new apart."""
    totals, ends = part.totals, ends_of(part, handed)
    name = total_name(question, part.group)
    shares = outcome_shares(part, question, handed)
    lines: list[tuple[str, int, str]] = [
        *((outcome_of(key).words, count, key) for key, count in ends.items()),
        (name, sum(ends.values()), ""),
        (outcome_of(ENTERED).words, totals.entered, ""),
    ]
    found, untold = [], part.group is not None and not handed.is_told_by_group
    for to, clients, key in lines:
        values: dict[str, Value] = {
            "group": group_public(question, part.group),
            "from": name,
            "to": to,
            "clients": clients,
            "share": shares.get(key),
        }
        silent = frozenset() if key and not untold else frozenset({"share"})
        found.append(ResultRow(values, RowHead(to), is_total=True, group=part.group or "", silent=silent))
    return found


def _taken_over(found: Standing | None, question: Question) -> list[ResultRow]:
    """Of a caseload whom it got from a colleague."""
    if found is None:
        return []
    name, to = total_name(question, None), outcome_of(TAKEN_OVER).words
    values: dict[str, Value] = {"group": None, "from": name, "to": to, "clients": found.taken_over, "share": None}
    return [ResultRow(values, RowHead(to), is_total=True, silent=frozenset({"share"}))]


def _notes(figures: Movement, question: Question) -> list[str]:
    """Who got everybody since then, or handed everybody over, sees no table that says how."""
    found, said = figures.standing, []
    if found is not None and found.people and not figures.base:
        said.append(caseload_words(found, question))
    handed = figures.handed
    said.append(own_words(handed))
    if handed.persons and figures.base:
        said.append(base_words(figures, question))
    if handed.persons and not figures.base:
        said.append(earlier_words(figures, question))
    return [one for one in said if one]


def _caseload(found: Standing | None) -> dict[str, Any]:
    """Of a caseload how those of the later day came to be in it."""
    if found is None:
        return {}
    return {TAKEN_OVER: found.taken_over, "caseload": asdict(found)}


def _totals(part: MovementPart, question: Question, handed: HandedOver) -> dict[str, Any]:
    totals = part.totals
    found: dict[str, Any] = {"cohort": totals.cohort, "in_follow_up": totals.in_follow_up}
    shares = outcome_shares(part, question, handed)
    for key, count in ends_of(part, handed).items():
        found[key] = count
        found[f"{key}_share"] = shares[key]
    found[ENTERED] = totals.entered
    return found


def _entries(part: MovementPart, question: Question) -> list[dict[str, Any]]:
    group = {"group": group_public(question, part.group)} if question.by else {}
    return [{**group, "to": entry.destination, "clients": entry.clients} for entry in part.entries]
