"""Counting of the report `realised`: what became of the growth that was seen, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.crosswalks import translated
from opstap.analytics.distribution import UNKNOWN
from opstap.analytics.transitions import (
    GrowthJudge,
    Reach,
    RealisedGrowth,
    ends_of_months,
    fates,
    placed_between,
    realised_of,
)
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import STATE, Choice, Reading, people_on, placed_on
from opstap.facts.selectors.tables import CODE
from opstap.facts.selectors.ways import WAY
from opstap.foundation import dates
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column
from opstap.reporting.selectors.handed import grouped, handed_by_group
from opstap.reporting.selectors.matching import matching
from opstap.reporting.selectors.movement import earlier_day, growth_judge_on
from opstap.reporting.selectors.profile import absent_instrument, has_on
from opstap.reporting.selectors.questions import Question

ANSWERS: Mapping[str, tuple[int, ...]] = {"with": (1,), "without": (0,), "unknown": (-1,), "judged": (1, 0)}
"""Which answers on growth potential a cell asks for; `judged` are with and without."""
INSTRUMENTS: Mapping[str, int] = {"yes": 1, "no": 0, "unknown": -1}
IN_YEAR: Mapping[str, frozenset[str]] = {
    "known": frozenset({"realised", "higher", "not_higher"}),
    "realised": frozenset({"realised"}),
    "higher": frozenset({"realised", "higher"}),
    "not_known": frozenset({"not_known"}),
}
"""Which of those who came somewhere within the year a cell asks for."""
REACHED = ("aimless", "not_known", "known", "less_far", "as_far", "further")
"""Which of those in whom growth potential was seen a cell asks for, by how far was expected and how far they came."""
FATE = ("from_level", "growth", "expected_level_id", "has_instrument", "is_followed", "to_level", "best")
NO_ROW: Final = -2
"""Stands for nothing recorded of an instrument: what that says depends on whom the viewer may see."""


@dataclass(frozen=True)
class Span:
    """Between which days it is seen what became of people; `months` are the days of the year after the first at which
    it is seen, none while that can't be observed in full. `instruments`: whether these are recorded.
    """

    since: date
    until: date
    months: tuple[date, ...]
    instruments: bool

    @classmethod
    def of(cls, question: Question) -> Span:
        """That of a question."""
        since = earlier_day(question)
        months = ends_of_months(since, year_ends_on(question)) if has_full_year(question) else ()
        return cls(since, question.on, months, counts_instruments(question))


def count_realised(question: Question) -> Counted[RealisedGrowth]:
    """Report `realised` (B-42, B-43, G-6)."""
    facts = facts_of(question.municipality_id, recording=question.recording)
    people, judge = nw.from_native(_asked(facts, question).lazy()), growth_judge_on(question.scale)
    figures = realised_of(people, judge, has_year=has_full_year(question), group=group_column(question))
    return counted(question, replace(figures, handed=handed_by_group(question)))


def people_realised(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a `level` of the earlier day, with an answer on `growth`, an `instrument` or not, who
    have an `outcome`, came somewhere in the `year`, or as far as expected or not (`reach`). Empty words mean all.
    """
    facts = facts_of(question.municipality_id, recording=question.recording)
    judge = growth_judge_on(question.scale)
    right = {
        "level": judge.codes,
        "growth": tuple(ANSWERS),
        "outcome": judge.outcomes,
        "year": tuple(IN_YEAR),
        "instrument": tuple(INSTRUMENTS),
        "reach": REACHED,
    }
    level, growth, outcome, year, instrument, reach = (_known(cell, key, words) for key, words in right.items())

    def fits(  # noqa: PLR0917 # the columns of a fate, in their order
        origin: int, seen: int, expected: int, helped: int, is_followed: int, to_level: int, best: int
    ) -> bool:
        code = judge.row_of(origin)
        if code is None or level not in {"", code} or (growth and seen not in ANSWERS[growth]):
            return False
        if instrument and helped != INSTRUMENTS[instrument]:
            return False
        if year and judge.within_year(origin, expected, best) not in IN_YEAR[year]:
            return False
        if reach and not _reaches(judge, reach, origin, expected, best):
            return False
        return outcome in {"", judge.outcome(origin, expected, is_followed=bool(is_followed), to_level=to_level)}

    people = _asked(facts, question)
    if cell.get("group"):
        people = people.filter(pl.col("group") == cell["group"])
    return matching(nw.from_native(people.lazy()), FATE, fits)


def that_reached(people: pl.DataFrame, judge: GrowthJudge, reach: str) -> pl.DataFrame:
    """Of people with their fates those that a word asks for, by how far was expected and how far they came."""
    if reach not in REACHED:
        raise QuestionRefused("group_unknown", reach, REACHED)
    way = ("from_level", "expected_level_id", "best")
    fits = [one for one in people.select(way).unique().rows() if _reaches(judge, reach, *one)]
    wanted = pl.DataFrame(fits, schema={column: people.schema[column] for column in way}, orient="row")
    return people.join(wanted, on=list(way), how="semi")


def _reaches(judge: GrowthJudge, reach: str, origin: int, expected: int, best: int) -> bool:
    """Whether somebody is one of those that a word asks for."""
    one = Reach({"": {judge.steps(origin, expected, best): 1}})
    return bool(getattr(one, reach))


def came_within(people: pl.DataFrame, judge: GrowthJudge) -> pl.DataFrame:
    """Columns client_id and year: of everybody in whom growth potential was seen on the earlier day how far they came
    within a year, as this report counts it; `people` are their fates.
    """
    seen, ends = people.filter(pl.col("growth").is_in(ANSWERS["with"])), ("from_level", "expected_level_id", "best")
    rows = [
        (*way, judge.within_year(*way)) for way in seen.select(ends).unique().rows() if judge.row_of(way[0]) is not None
    ]
    schema = pl.Schema({**{column: seen.schema[column] for column in ends}, "year": CODE()})
    came = seen.join(pl.DataFrame(rows, schema=schema, orient="row"), on=list(ends), maintain_order="left")
    return came.select("client_id", "year")


def year_ends_on(question: Question) -> date:
    """The day a year after the earlier day."""
    return dates.years_before(earlier_day(question), -1)


def observed_until(question: Question) -> date:
    """Up to and including which day it can be seen what became of people, as known at the moment asked for."""
    days = [question.on, dates.today()]
    if question.known_at is not None:
        days.append(question.known_at.astimezone(dates.AMSTERDAM).date())
    return min(days)


def has_full_year(question: Question) -> bool:
    """Whether a full year can be observed: who was placed lately is too young to say that growth did not come."""
    return year_ends_on(question) <= observed_until(question)


def counts_instruments(question: Question) -> bool:
    """Whether the municipality records instruments."""
    return "plans" in question.parts


def _asked(facts: Facts, question: Question) -> pl.DataFrame:
    """The people of the earlier day that the question is about, with what their fate depends on."""
    since = earlier_day(question)
    people = grouped(question, people_on(facts, since, question.choice), since)
    known = fates_of(facts, Span.of(question), question.scale, question.reading)
    found = people.join(known, on="client_id", how="left", maintain_order="left")
    absent = absent_instrument(facts, question.choice) if counts_instruments(question) else UNKNOWN
    return found.with_columns(pl.col("has_instrument").replace(NO_ROW, absent))


def fates_of(facts: Facts, span: Span, scale: ScaleOnDay, reading: Reading) -> pl.DataFrame:
    """Of everybody who was followed on the earlier day what their fate depends on, as `fates` gives it. Of whom no
    instrument is recorded, nor that there is none, `has_instrument` is `NO_ROW`.
    """
    if reading.counterparts is None:
        return _fates_as_recorded(facts, span, scale, reading.scale_id)
    return _fates(facts, span, scale, reading)


@kept_while_unchanged(of_reference=True, by_person=True)
def _fates_as_recorded(facts: Facts, span: Span, scale: ScaleOnDay, scale_id: int) -> pl.DataFrame:
    return _fates(facts, span, scale, Reading(scale_id))


def _fates(facts: Facts, span: Span, scale: ScaleOnDay, reading: Reading) -> pl.DataFrame:
    """Everybody in follow-up on the later day: who went to a caseload that the viewer does not see did not leave."""
    start, end = (people_on(facts, day, Choice()) for day in (span.since, span.until))
    placed, used = placed_on(facts, start, span.since, reading, STATE), has_on(facts, span.since, "instrument")
    with_used = placed.join(used.rename({"has": "has_instrument"}), on="client_id", how="left", maintain_order="left")
    said = pl.col("has_instrument").fill_null(NO_ROW) if span.instruments else pl.lit(UNKNOWN).alias("has_instrument")
    stand = nw.from_native(placed_on(facts, end, span.until, reading, WAY).lazy())
    start_of_all = nw.from_native(with_used.with_columns(said).lazy())
    judge = growth_judge_on(scale)
    found: pl.DataFrame = nw.to_native(
        fates(start_of_all, stand, span.since, judge, _placed_within(facts, span, reading))
    ).collect()
    return found.select("client_id", *FATE).sort("client_id")


def _placed_within(facts: Facts, span: Span, reading: Reading) -> nw.LazyFrame[pl.LazyFrame] | None:
    """The placements of the year after the earlier day, or None while that can't be observed in full."""
    if not span.months:
        return None
    held = facts.lazy("measurements").filter(nw.col("scale_id") == reading.scale_id)
    placed = placed_between(held, span.since, span.months)
    return placed if reading.counterparts is None else translated(placed, reading.counterparts, ("level_id",))


def _known(cell: Mapping[str, str], key: str, right: tuple[str, ...]) -> str:
    given = cell.get(key, "")
    if given and given not in right:
        raise QuestionRefused("group_unknown", given, right)
    return given
