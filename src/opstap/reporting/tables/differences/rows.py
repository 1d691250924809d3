"""Report `differences` as rows: a case manager a measure, or the spread of them, or the own figures alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.transitions import HANDED_OVER, Reach
from opstap.analytics.uncertainty import Agreement, Standardised, Verdict
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.enums import Seen
from opstap.reporting.selectors.differences import ENDINGS, REALISED, RISEN, Differences, count_differences
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.differences.comparing import (
    Spread,
    as_percentage,
    ended_together,
    spread_of,
    viewer_of,
)
from opstap.reporting.tables.differences.definition import DIFFERENCES
from opstap.reporting.tables.differences.far import far_spread, judged, spread_values
from opstap.reporting.tables.differences.level_lines import levels_json
from opstap.reporting.tables.differences.words import in_order_of_names, measure_words, verdict_words, worker_label
from opstap.reporting.tables.handed import no_verdict_words
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.reach.columns import REACH_COLUMNS, VERDICT
from opstap.reporting.tables.reach.figures import ReachVerdict, reach_values
from opstap.reporting.tables.reach.words import verdict_words as reach_verdict_words
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value

PLAIN = ("measure", "clients", "known", "having", "share")
BESIDE = (
    "expected_share", "standardised_share", "near_low", "near_high", "far_low", "far_high", "verdict",
)  # fmt: skip
OF_SPREAD = ("workers", *(verdict.value for verdict in Verdict), "least", "middle", "greatest")
OF_FAR_SPREAD = ("steps_least", "steps_middle", "steps_greatest", "too_far")
REACH_KEYS = frozenset(column.key for column in REACH_COLUMNS)
SHOWN = {
    Seen.NAMED: (*PLAIN, "worker", *BESIDE, *ENDINGS),
    Seen.SPREAD: (*PLAIN, *OF_SPREAD),
    Seen.OWN: (*PLAIN, *ENDINGS),
}


def differences_result(question: Question, language: str) -> Result:
    """Count, compare, and give the figures their words."""
    del language
    counted = count_differences(question)
    figures = counted.figures
    notes = _notes(question, figures)
    return Result(
        definition=DIFFERENCES,
        question=question,
        columns=_columns(figures),
        rows=tuple(_rows(figures, question)),
        total_rows=(),
        totals={key: _plain(key, figures, None, question) for key in figures.measures},
        base=counted.base,
        notes=notes,
        said=notes,
        extras={
            "seen": figures.seen.value,
            "agreement": _agreed(figures.twice),
            "by_level": levels_json(question, figures),
        },
        figures=figures,
    )


def _columns(figures: Differences) -> tuple[ReportColumn, ...]:
    shown = {key for key in SHOWN[figures.seen] if key not in ENDINGS or key in figures.endings}
    if figures.reach:
        shown |= REACH_KEYS - ({VERDICT.key} if figures.seen != Seen.NAMED else set())
        shown |= set(OF_FAR_SPREAD) if figures.seen == Seen.SPREAD else set()
    shown |= {HANDED_OVER, "low", "high"} if figures.handed.persons else set()
    return tuple(column for column in DIFFERENCES.columns if column.key in shown)


def _rows(figures: Differences, question: Question) -> Iterator[ResultRow]:
    for key, mix in figures.measures.items():
        whole = _plain(key, figures, None, question)
        name = measure_words(key).name
        if figures.seen == Seen.SPREAD:
            spread = spread_of(figures.compared[key], viewer_of(question))
            far = spread_values(far_spread(figures, viewer_of(question))) if key == REALISED else {}
            yield _row({**whole, **_spread(spread, question.decimals), **far}, name, key)
            continue
        if figures.seen == Seen.OWN:
            yield _row({**whole, **(ended_together(figures) if key == RISEN else {})}, name, key)
            continue
        said = _verdicts(figures, key, question)
        for group in in_order_of_names(question, mix.groups):
            values = {**_plain(key, figures, group, question), "worker": worker_label(question, group)}
            values |= said.get(group, {})
            if key == RISEN:
                values |= {ending: figures.ended.get(group, {}).get(ending, 0) for ending in figures.endings}
            yield _row(values, name, key)


def _verdicts(figures: Differences, key: str, question: Question) -> dict[str, dict[str, Value]]:
    """What stands beside the figures of each case manager who can be compared."""
    said = {group: beside(one, question.decimals) for group, one in figures.compared[key].items()}
    for group, verdict in figures.whatever.get(key, {}).items():
        said.setdefault(group, {})["verdict"] = verdict.value
    for group, far in (judged(figures) if key == REALISED else {}).items():
        said.setdefault(group, {})[VERDICT.key] = far.value
    return said


def _row(values: dict[str, Value], name: str, key: str) -> ResultRow:
    silent = frozenset(column.key for column in DIFFERENCES.columns if values.get(column.key) is None)
    silent -= frozenset() if values.get(HANDED_OVER) else {"share"}
    verdict = values.get("verdict")
    shown = {"measure": name, **({"verdict": verdict_words(Verdict(str(verdict)))} if verdict else {})}
    if far := values.get(VERDICT.key):
        shown[VERDICT.key] = reach_verdict_words(ReachVerdict(str(far)))
    return ResultRow({**values, "measure": key}, RowHead(name), silent=silent, shown=shown)


def _plain(key: str, figures: Differences, group: str | None, question: Question) -> dict[str, Value]:
    """Of a group, or of everyone; where people were handed over from where to where the share can lie instead of it."""
    split, found = figures.measures[key].split_of(group), figures.estimate(key, group)
    said: dict[str, Value] = {
        "measure": key,
        "clients": sum(split),
        "known": split.known,
        "having": split.yes,
        "share": found.share(question.decimals),
    }
    if figures.is_beyond(key):
        low, high = found.bounds(question.decimals) or (None, None)
        said |= {HANDED_OVER: found.beyond, "low": low, "high": high}
    if key == REALISED and figures.reach:
        reach = figures.reach_of_all if group is None else figures.reach.get(group, Reach({}))
        said |= reach_values(reach, question, found.beyond)
    return said


def beside(one: Standardised, decimals: int) -> dict[str, Value]:
    """What is expected, within what coincidence keeps it, and the verdict."""
    return {
        "expected_share": as_percentage(one.expected_share, decimals),
        "standardised_share": as_percentage(one.share_of(one.having), decimals),
        "near_low": one.near.low,
        "near_high": one.near.high,
        "far_low": one.far.low,
        "far_high": one.far.high,
        "verdict": one.verdict.value,
    }


def _spread(spread: Spread | None, decimals: int) -> dict[str, Value]:
    if spread is None:
        return {}
    ends: dict[str, Decimal | None] = {
        key: as_percentage(getattr(spread, key), decimals) for key in ("least", "middle", "greatest")
    }
    return {"workers": spread.workers, **{one.value: spread.verdicts.get(one, 0) for one in Verdict}, **ends}


def _agreed(found: Agreement | None) -> dict[str, Any] | None:
    if found is None:
        return None
    rounded = {
        key: None if value is None else Decimal(f"{value:.3f}")
        for key, value in (("kappa", found.kappa), ("error", found.error), ("low", found.low), ("high", found.high))
    }
    return {
        "pairs": found.pairs,
        "same": found.same,
        "next_to": found.next_to,
        "further": found.further,
        **rounded,
    }


def _notes(question: Question, figures: Differences) -> tuple[str, ...]:
    """Those of the reference date; rising is about who was there on the earlier day, and says so."""
    notes = list(notes_of(replace(question, compared_with=None)))
    if RISEN in figures.measures:
        text = _("Who has risen is told of people placed on {earlier}, by the caseload of that day.")
        notes.append(text.format(earlier=day(question.compared_with)))
    if REALISED in figures.measures:
        text = _(
            "Growth realised is told of people in whom growth potential was seen on {earlier}: who came within a year "
            "as far as was expected, as in the report on growth."
        )
        notes.append(text.format(earlier=day(question.compared_with)))
    if figures.handed.persons:
        notes.append(no_verdict_words(figures.handed, question, told=any(figures.whatever.values())))
    if figures.seen == Seen.SPREAD:
        notes.append(_("Case managers are not named: the works council has not consented to figures by case manager."))
    return tuple(notes)
