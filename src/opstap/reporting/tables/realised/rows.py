"""Report `realised` as rows and totals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from opstap.analytics.transitions import HANDED_OVER, Fate, Reach, RealisedGrowth, RealisedPart
from opstap.analytics.transitions.growth import NOT_SEEN, SEEN, UNKNOWN
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import count_realised, counts_instruments, year_ends_on
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.reach.columns import VERDICT
from opstap.reporting.tables.reach.figures import ReachVerdict, reach_values, verdicts_of
from opstap.reporting.tables.reach.words import verdict_words
from opstap.reporting.tables.realised.definition import OUTCOMES, REALISED, YEAR_COLUMNS
from opstap.reporting.tables.realised.sentences import own_notes
from opstap.reporting.tables.realised.words import GROWTH_KEYS, INSTRUMENT_KEYS, short_words
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import columns_for, group_public, in_order, level_head, level_name, total_name

YEAR_KEYS = frozenset(column.key for column in YEAR_COLUMNS)
ALL = (SEEN, NOT_SEEN, UNKNOWN)


def realised_result(question: Question, language: str) -> Result:
    """Count, and give words, shares and intervals to the figures."""
    counted = count_realised(question)
    figures = counted.figures
    parts = in_order(question, figures.groups) if question.by else [figures.overall]
    handed, judged = figures.handed, verdicts_of(figures, question)
    notes = own_notes(question, handed)
    return Result(
        definition=REALISED,
        question=question,
        columns=_columns(figures, question),
        rows=tuple(row for part in parts for row in _rows(part, question, language, handed.most(part.group))),
        total_rows=tuple(
            _judged_row(row, judged.get(part.group or ""))
            for part in (*(parts if question.by else ()), figures.overall)
            for row in _total_rows(part, question, handed.most(part.group))
        ),
        totals=_totals(figures, question),
        base=counted.base,
        notes=(*notes_of(question), *notes),
        own_notes=notes,
        figures=figures,
    )


def figures_of(result: Result) -> RealisedGrowth:
    """What was counted."""
    if not isinstance(result.figures, RealisedGrowth):
        raise TypeError(result.definition.key)
    return result.figures


def realised_of(fate: Fate, beyond: int) -> Estimate:
    """Realised growth of those with growth potential: the share of those of whom it is known; `beyond` others may have
    been among them.
    """
    return estimated([(fate.realised, fate.known, fate.clients, beyond)])[0]


def higher_of(fate: Fate, beyond: int) -> Estimate:
    """Who stood on a higher level within the year: the share of those of whom it is known."""
    return estimated([(fate.higher, fate.known, fate.clients, beyond)])[0]


def outcome_shares(fate: Fate, question: Question, beyond: int) -> dict[str, Decimal | None]:
    """What became of them, as shares of all of them; none where others may have been among them."""
    if beyond:
        return dict.fromkeys(fate.outcomes)
    return dict(zip(fate.outcomes, shares_of([*fate.outcomes.values()], question), strict=True))


def _columns(figures: RealisedGrowth, question: Question) -> tuple[ReportColumn, ...]:
    """Of the outcomes those that the scale knows, and of the year nothing while it is not over."""
    told = figures.overall.nothing.outcomes
    left_out = {key for key in OUTCOMES if key not in told}
    left_out |= {f"{key}_share" for key in left_out}
    left_out |= frozenset() if figures.has_year else YEAR_KEYS
    left_out |= frozenset() if question.by == "worker" else {VERDICT.key}
    return tuple(column for column in columns_for(REALISED, question) if column.key not in left_out)


def _rows(part: RealisedPart, question: Question, language: str, beyond: int) -> list[ResultRow]:
    """Each level with growth potential, without, and where it is not known."""
    found = []
    for level in part.levels:
        for growth in ALL:
            key = GROWTH_KEYS[growth]
            head = level_head(question, level, language)
            values: dict[str, Value] = {
                "level": level,
                "name": level_name(question, level, language),
                "growth": key,
            }
            row = ResultRow(values, head, shown={"growth": short_words(key)})
            found.append(_filled(row, part, question, part.of(level, (growth,)), beyond))
    return found


def _total_rows(part: RealisedPart, question: Question, beyond: int) -> list[ResultRow]:
    """All levels together by growth potential, all of them, and with and without an instrument."""
    head = RowHead(total_name(question, part.group))
    found = []
    for growth in (*ALL, None):
        key = "" if growth is None else GROWTH_KEYS[growth]
        fate = part.of(growth=ALL if growth is None else (growth,))
        values: dict[str, Value] = {"name": head.text, "growth": key or None}
        shown: dict[str, Value] = {"growth": short_words(key)} if key else {}
        row = ResultRow(values, head, is_total=True, shown=shown)
        found.append(_filled(row, part, question, fate, beyond))
    for answer, key in INSTRUMENT_KEYS.items() if counts_instruments(question) else ():
        values = {"name": head.text, "instrument": key}
        shown = {"instrument": short_words(key)}
        row = ResultRow(values, head, is_total=True, shown=shown)
        found.append(_filled(row, part, question, part.of(instrument=answer), beyond))
    return found


def _filled(row: ResultRow, part: RealisedPart, question: Question, fate: Fate, beyond: int) -> ResultRow:
    """The row with the figures of those it is about."""
    figures, silent = _figures(fate, question, beyond, with_growth=row.values.get("growth") == "with")
    return replace(
        row,
        values={"group": group_public(question, part.group), **row.values, **figures},
        group=part.group or "",
        silent=silent,
        is_sparse=not fate.clients and not row.is_total,
    )


def _judged_row(row: ResultRow, verdict: ReachVerdict | None) -> ResultRow:
    """With the verdict on a case manager, in the row of all in whom they saw growth potential."""
    if verdict is None or row.values.get("growth") != "with":
        return row
    return replace(
        row,
        values={**row.values, VERDICT.key: verdict.value},
        shown={**row.shown, VERDICT.key: verdict_words(verdict)},
        silent=row.silent - {VERDICT.key},
    )


def _figures(
    fate: Fate, question: Question, beyond: int, *, with_growth: bool
) -> tuple[dict[str, Value], frozenset[str]]:
    """The figures of a row and the columns that say nothing in it: growth is realised where there was potential."""
    values: dict[str, Value] = {"clients": fate.clients}
    shares = outcome_shares(fate, question, beyond)
    for key, count in fate.outcomes.items():
        values[key], values[f"{key}_share"] = count, shares[key]
    untold = frozenset(f"{key}_share" for key in shares) if beyond else frozenset()
    if not fate.year:
        return values, untold
    values |= {"known": fate.known, "higher": fate.higher}
    silent = set(YEAR_KEYS - values.keys())
    if with_growth:
        found = realised_of(fate, beyond)
        bounds = found.bounds(question.decimals)
        reached = reach_values(Reach({"": fate.steps}), question, beyond)
        values |= reached
        values |= {"realised": fate.realised, "realised_share": found.share(question.decimals)}
        values["realised_low"], values["realised_high"] = bounds or (None, None)
        silent = {"realised_low", "realised_high"} if bounds is None else set()
        silent |= {VERDICT.key, *(key for key, value in reached.items() if value is None)}
        silent |= {"realised_share"} if beyond else set()
    return values, untold | silent


def _totals(figures: RealisedGrowth, question: Question) -> dict[str, Any]:
    totals: dict[str, Any] = {
        "has_full_year": figures.has_year,
        "year_ends_on": year_ends_on(question).isoformat(),
        **_part_totals(figures.overall, question, figures.handed.most()),
    }
    if figures.handed.persons:
        totals[HANDED_OVER] = figures.handed.persons
    if question.by:
        judged = verdicts_of(figures, question)
        totals["groups"] = [
            {
                "group": group_public(question, part.group),
                **_part_totals(part, question, figures.handed.most(part.group)),
                **({VERDICT.key: judged[part.group].value} if part.group in judged else {}),
            }
            for part in in_order(question, figures.groups)
        ]
    return totals


def _part_totals(part: RealisedPart, question: Question, beyond: int) -> dict[str, Any]:
    """Everyone, by growth potential and by instrument; and what was seen beside what came, level by level."""
    found: dict[str, Any] = _figures(part.of(), question, beyond, with_growth=False)[0]
    found["cohort"] = found.pop("clients")
    for growth, key in GROWTH_KEYS.items():
        figures, _silent = _figures(part.of(growth=(growth,)), question, beyond, with_growth=growth == SEEN)
        found[f"{key}_growth" if key != "unknown" else "unknown_growth"] = figures
    if counts_instruments(question):
        found["instrument"] = {
            key: _figures(part.of(instrument=answer), question, beyond, with_growth=False)[0]
            for answer, key in INSTRUMENT_KEYS.items()
        }
    if part.nothing.year:
        found["judged"] = [_judged(part, level, question, beyond) for level in (*part.levels, None)]
    return found


def _judged(part: RealisedPart, level: str | None, question: Question, beyond: int) -> dict[str, Any]:
    """Of those of whom growth potential is known: how many had it, and how many were higher within the year."""
    fate, seen = part.of(level, (SEEN, NOT_SEEN)), part.of(level, (SEEN,)).clients
    found = higher_of(fate, beyond)
    bounds = found.bounds(question.decimals) or (None, None)
    return {
        "level": level,
        "clients": fate.clients,
        "with_growth": seen,
        "with_growth_share": estimated([(seen, fate.clients, fate.clients, beyond)])[0].share(question.decimals),
        "known": fate.known,
        "higher": fate.higher,
        "higher_share": found.share(question.decimals),
        "higher_low": bounds[0],
        "higher_high": bounds[1],
    }
