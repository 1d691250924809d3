"""Report `indicators` as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from opstap.analytics.distribution import Split
from opstap.analytics.indicators import REGISTRY, Indicator, IndicatorCount, Indicators
from opstap.analytics.targets import Status, status_of
from opstap.analytics.transitions import HANDED_OVER, HandedOver
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.selectors.composed_members import composed_of, why_not_told
from opstap.reporting.selectors.indicators import count_indicators, registry_of, shown_indicators
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import observed_until
from opstap.reporting.selectors.targets import has_targets, left_without_year, target_for
from opstap.reporting.tables.definitions import ReportColumn
from opstap.reporting.tables.handed import bounds_foot
from opstap.reporting.tables.indicators.definition import INDICATORS, STATUS, TARGET
from opstap.reporting.tables.indicators.signals import signal_lines
from opstap.reporting.tables.indicators.words import (
    BETTER,
    WORDS,
    IndicatorWords,
    status_words,
    target_words,
    words_for,
)
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.notes import notes_of
from opstap.reporting.tables.results import Result, ResultRow, RowHead, Value
from opstap.reporting.tables.words import columns_for, group_public


def indicators_result(question: Question, language: str) -> Result:
    """Count, and give names, shares and intervals to the figures."""
    del language
    counted = count_indicators(question)
    figures = counted.figures
    reading = _Reading(question, registry_of(question), words_for(question), figures.handed)
    everyone = [row for one in figures.counts for row in _rows(one, [None], reading)]
    groups = groups_of(figures.counts, question)
    rows = [row for group in groups for one in figures.counts for row in _rows(one, [group], reading)]
    signals, untold = signal_lines(question)
    own = [*([untold] if untold else []), *left_out(question, figures.handed), *composed_notes(question)]
    return Result(
        definition=INDICATORS,
        question=question,
        columns=_columns(question, figures.handed),
        rows=tuple(rows if question.by else everyone),
        total_rows=tuple(everyone if question.by and not is_one_group(question, figures) else ()),
        totals={"persons": counted.base, "indicators": [_plain(row) for row in everyone]},
        base=counted.base,
        json_keys=tuple(one.key for one in columns_for(INDICATORS, question)),
        notes=(*notes_of(question), *own),
        own_notes=(*(_("Signal: {text}").format(text=one.whole) for one in signals), *own),
        extras={"signals": [{"text": one.text, "periods": list(one.periods)} for one in signals]},
        figures=figures,
        signals=tuple(signals),
        untold=untold,
    )


@dataclass(frozen=True)
class _Reading:
    """The question with the definitions and words of all its indicators."""

    question: Question
    registry: Mapping[str, Indicator]
    words: Mapping[str, IndicatorWords]
    handed: HandedOver


def figures_of(result: Result) -> Indicators:
    """What was counted."""
    if not isinstance(result.figures, Indicators):
        raise TypeError(result.definition.key)
    return result.figures


def estimate_of(split: Split, beyond: int = 0) -> Estimate:
    """The share of those known, with its interval; `beyond` others were handed over."""
    return estimated([(split.yes, split.known, sum(split), beyond)])[0]


def beyond_of(question: Question, figures: Indicators, key: str, group: str | None = None) -> int:
    """How many were handed over of those whom an indicator about two days may be about, in a group at most."""
    return figures.handed.most(group) if registry_of(question)[key].about == "two_days" else 0


def handed_in(question: Question, figures: Indicators, key: str) -> int:
    """The same as a part of a bar: where it is about everybody of the earlier day, and not about some of them."""
    one = registry_of(question)[key]
    return 0 if one.is_composed or one.matures_after else beyond_of(question, figures, key)


def groups_of(counts: Sequence[IndicatorCount], question: Question) -> list[str]:
    """Every group that anybody is in, in the order of the dimension."""
    named = {group for one in counts for group in one.groups if group is not None}
    order = list(question.words[question.by]) if question.by else []
    return sorted(named, key=lambda group: (order.index(group) if group in order else len(order), group))


def is_one_group(question: Question, figures: Indicators) -> bool:
    """Whether everyone is in one and the same group, so that their lines would say all of it twice."""
    groups = groups_of(figures.counts, question) if question.by else []
    if len(groups) != 1 or figures.handed.most(groups[0]) != figures.handed.most():
        return False
    return all(one.groups.get(groups[0]) == one.groups[None] for one in figures.counts if any(one.groups[None]))


def _rows(one: IndicatorCount, groups: Sequence[str | None], reading: _Reading) -> list[ResultRow]:
    return [_row(one, group, one.groups[group], reading) for group in groups if group in one.groups]


def _row(one: IndicatorCount, group: str | None, split: Split, reading: _Reading) -> ResultRow:
    question, name = reading.question, str(reading.words[one.key].name)
    is_moved = reading.registry[one.key].about == "two_days"
    found = estimate_of(split, reading.handed.most(group) if is_moved else 0)
    decimals = question.decimals
    low, high = found.bounds(decimals) or (None, None)
    aim = aim_of(question, reading.registry[one.key], group, found)
    values: dict[str, Value] = {
        "group": group_public(question, group),
        "indicator": one.key,
        "name": name,
        "whole": sum(split),
        "known": found.known,
        "has": found.part,
        HANDED_OVER: found.beyond if found.beyond and (group is None or reading.handed.is_told_by_group) else None,
        "share": found.share(decimals),
        "low": low,
        "high": high,
        "sure": between(found),
        "better": str(BETTER[reading.registry[one.key].better]),
        "source": _source(reading.registry[one.key]),
        TARGET: aim.target,
        STATUS: aim.status,
    }
    silent = [*(("low", "high") if low is None else ()), *((TARGET,) if aim.target is None else ())]
    silent += [HANDED_OVER] if values[HANDED_OVER] is None else []
    silent += ["share"] if found.beyond else []
    at = {"indicator": one.key}
    return ResultRow(
        values,
        RowHead(name),
        is_total=group is None and bool(question.by),
        group=group or "",
        cells={"whole": at, "has": {**at, "answer": "yes"}},
        silent=frozenset(silent),
        shown=aim.shown(decimals),
        small=frozenset({"share"}) if found.known and found.is_small and not found.beyond else frozenset(),
    )


def _source(indicator: Indicator) -> str:
    return _("composed by the municipality") if indicator.is_composed else ", ".join(indicator.codes)


@dataclass(frozen=True)
class Aim:
    """The target that a figure is held against, and how it stands to it."""

    target: Decimal | None = None
    status: Status | None = None

    def shown(self, decimals: int) -> dict[str, Value]:
        """As people read it: a target is never rounded, and a status is a word with its sign."""
        said: dict[str, Value] = {}
        if self.target is not None and decimals == 0:
            said[TARGET] = target_words(self.target)
        if self.status is not None:
            said[STATUS] = status_words(self.status)
        return said


def aim_of(question: Question, indicator: Indicator, group: str | None, found: Estimate) -> Aim:
    """The target of a group, or of everyone; none where neither more nor less is better."""
    target = target_for(question, indicator, group)
    if target is None or indicator.better == 0:
        return Aim()
    return Aim(target, status_of(found, target, indicator.better))


def _columns(question: Question, handed: HandedOver) -> tuple[ReportColumn, ...]:
    """Without those of targets where none was set for the year, and that of who was handed over where nobody was."""
    without = set() if has_targets(question) else {TARGET, STATUS}
    without |= set() if handed.persons else {HANDED_OVER}
    return tuple(one for one in columns_for(INDICATORS, question) if one.key not in without)


def _plain(row: ResultRow) -> dict[str, Any]:
    return {key: value for key, value in row.values.items() if key not in {"group", "sure", "better", "name", "source"}}


def composed_notes(question: Question) -> list[str]:
    """What the municipality's own indicators are, a sentence each."""
    words, shown = words_for(question), {one.key for one in shown_indicators(question)}
    text = _("“{name}”, composed by the municipality: {meaning} Counted are those {counted}, among {among}.")
    return [
        text.format(
            name=one.terms.name,
            meaning=one.terms.meaning.rstrip(". ") + ".",
            counted=words[one.key].counted,
            among=words[one.key].among,
        )
        for one in composed_of(question)
        if one.key in shown
    ]


def left_out(question: Question, handed: HandedOver) -> list[str]:
    """Which indicators can't be told of, and why; and what is not known because people were handed over."""
    beyond = [bounds_foot(handed, question)] if handed.persons else []
    said = [*beyond, *_own_left_out(question), *_targets_left_out(question)]
    shown = {one.key for one in shown_indicators(question)}
    young = [str(WORDS[one.key].name) for one in REGISTRY.values() if one.matures_after and one.key not in shown]
    young += [one.terms.name for one in composed_of(question) if why_not_told(question, one) == "young"]
    if not young or question.compared_with is None or not question.scale.is_ladder:
        return said
    text = _("Left out: {names}. Between {earlier} and {later} nobody could be followed for a whole year.")
    return [
        text.format(names=", ".join(young), earlier=day(question.compared_with), later=day(observed_until(question))),
        *said,
    ]


def _targets_left_out(question: Question) -> list[str]:
    """Where a target is not held against a figure, and that a leader's figure is of whom they may see today."""
    said = []
    if left_without_year(question):
        text = _(
            "A target is about a year: beside indicators between two days it stands where these lie a year apart. "
            "Choose a day to compare with that lies a year earlier."
        )
        said.append(text)
    if question.choice.reach is not None and question.choice.reach.team_ids and has_targets(question):
        text = _(
            "Held against a target are the people of the team whom you may see today, and who left from it. Who went "
            "to another team since counts in what became of people only, as not known: so reached or not is sure, "
            "whatever became of them. A coordinator sees the whole team of then."
        )
        said.append(text)
    return said


def _own_left_out(question: Question) -> list[str]:
    reasons = {
        "other_scale": _("Left out: {name}. It is about levels of another scale."),
        "no_order": _("Left out: {name}. On this scale there is no higher and lower."),
        "gone": _("Left out: {name}. A group that it was composed of is there no longer, or its part is switched off."),
    }
    found = [(one.terms.name, why_not_told(question, one)) for one in composed_of(question)]
    return [reasons[why].format(name=name) for name, why in found if why in reasons]
