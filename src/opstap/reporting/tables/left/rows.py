"""Report `left` as rows and totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from opstap.analytics.distribution import CrosstabPart
from opstap.analytics.transitions import HANDED_OVER, HandedOver
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.reporting.selectors.left import STAYED, UNRECORDED, Left, count_left
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.crosstab import Shape
from opstap.reporting.tables.crosstab_rows import column_totals, crosstab_result
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.left.definition import LEFT
from opstap.reporting.tables.left.shape import shape_of
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead


def left_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and totals to the figures."""
    counted = count_left(question)
    handed = counted.figures.handed
    result = crosstab_result(
        question,
        language,
        definition=LEFT,
        counted=counted,
        shape=shape_of(question, counted.figures),
        totals_of=partial(_totals, handed=handed),
    )
    return _with_handed(result, handed) if handed.is_any else result


def handed_in(result: Result) -> HandedOver:
    """How many of the earlier day were handed over."""
    if not isinstance(result.figures, Left):
        raise TypeError(result.definition.key)
    return result.figures.handed


def left_of(clients: int, stayed: int, beyond: int) -> Estimate:
    """The share that is out of follow-up; `beyond` others may be too."""
    return estimated([(clients - stayed, clients, clients, beyond)])[0]


def _totals(part: CrosstabPart, shape: Shape, question: Question, handed: HandedOver) -> dict[str, Any]:
    beyond, decimals = handed.most(part.group), question.decimals
    found = left_of(part.clients, part.columns[STAYED], beyond)
    low, high = found.bounds(decimals) or (None, None)
    reasons = column_totals(part, shape, question)
    told = handed.is_any and (part.group is None or handed.is_told_by_group)
    return {
        "cohort": part.clients,
        **({HANDED_OVER: beyond} if told else {}),
        "left": found.part,
        "left_share": found.share(decimals),
        **({"left_low": low, "left_high": high} if beyond else {}),
        "stayed": part.columns[STAYED],
        "unrecorded": part.columns[UNRECORDED],
        "reasons": [{**one, "share": None} for one in reasons] if beyond else reasons,
    }


def _with_handed(result: Result, handed: HandedOver) -> Result:
    """Without the shares that are not known of everybody of then, and with how many were handed over."""
    own = bounds_foot(handed, result.question)
    return replace(
        result,
        rows=tuple(_unshared(row, handed) for row in result.rows),
        total_rows=tuple(_total_rows(result, handed)),
        notes=(*result.notes, own),
        own_notes=(own,),
    )


def _unshared(row: ResultRow, handed: HandedOver) -> ResultRow:
    if not handed.most(row.group or None):
        return row
    return replace(row, values={**row.values, "share": None}, silent=row.silent | {"share"})


def _total_rows(result: Result, handed: HandedOver) -> Iterator[ResultRow]:
    """Of each group, and of everyone, who was handed over before all together."""
    for group, rows in groupby(result.total_rows, key=attrgetter("group")):
        *lines, last = (_unshared(row, handed) for row in rows)
        yield from lines
        if not group or handed.is_told_by_group:
            persons, words = handed.most(group or None), outcome_of(HANDED_OVER).words
            values = {**last.values, "reason": words, "clients": persons}
            yield replace(last, values=values, head=RowHead(words))
            last = replace(last, values={**last.values, "clients": int(str(last.values["clients"])) + persons})
        yield last
