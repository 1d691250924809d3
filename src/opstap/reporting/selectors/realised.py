"""Counting of the report `realised`: what became of the growth that was seen, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.crosswalks import translated
from opstap.analytics.distribution import UNKNOWN
from opstap.analytics.transitions import (
    GrowthJudge,
    RealisedGrowth,
    ends_of_months,
    fates,
    placed_between,
    realised_growth,
)
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.people import STATE, Choice, people_on, placed_on
from opstap.facts.selectors.ways import WAY
from opstap.foundation import dates
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column
from opstap.reporting.selectors.handed import grouped, handed_by_group
from opstap.reporting.selectors.matching import matching
from opstap.reporting.selectors.movement import earlier_day, judge_of
from opstap.reporting.selectors.profile import in_use_on
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


def count_realised(question: Question) -> Counted[RealisedGrowth]:
    """Report `realised` (B-42, B-43, G-6)."""
    facts, since = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    figures = realised_growth(
        _start(facts, question, since),
        _followed(facts, question),
        _within_year(facts, question, since),
        GrowthJudge(judge_of(question)),
        since=since,
        group=group_column(question),
    )
    return counted(question, replace(figures, handed=handed_by_group(question)))


def people_realised(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a `level` of the earlier day, with an answer on `growth`, an `instrument` or not, who
    have an `outcome` or came somewhere in the `year`. Empty words mean all.
    """
    facts, since = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    judge = GrowthJudge(judge_of(question))
    right = {
        "level": judge.codes,
        "growth": tuple(ANSWERS),
        "outcome": judge.outcomes,
        "year": tuple(IN_YEAR),
        "instrument": tuple(INSTRUMENTS),
    }
    level, growth, outcome, year, instrument = (_known(cell, key, words) for key, words in right.items())

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
        return outcome in {"", judge.outcome(origin, expected, is_followed=bool(is_followed), to_level=to_level)}

    start = _start(facts, question, since)
    if cell.get("group"):
        start = start.filter(nw.col("group") == cell["group"])
    people = fates(start, _followed(facts, question), since, judge, _within_year(facts, question, since))
    columns = ("from_level", "growth", "expected_level_id", "has_instrument", "is_followed", "to_level", "best")
    return matching(people, columns, fits)


def came_within_year(question: Question) -> pl.DataFrame:
    """Columns client_id and year: of everybody in whom growth potential was seen on the earlier day how far they came
    within a year, as this report counts it.
    """
    facts, since = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    asked, judge = replace(question, by=None), GrowthJudge(judge_of(question))
    start, placed = _start(facts, asked, since), _within_year(facts, asked, since)
    people: pl.DataFrame = nw.to_native(fates(start, _followed(facts, asked), since, judge, placed)).collect()
    seen, ends = people.filter(pl.col("growth").is_in(ANSWERS["with"])), ("from_level", "expected_level_id", "best")
    rows = [
        (*way, judge.within_year(*way)) for way in seen.select(ends).unique().rows() if judge.row_of(way[0]) is not None
    ]
    schema = pl.Schema({**{column: seen.schema[column] for column in ends}, "year": pl.String()})
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


def _start(facts: Facts, question: Question, since: date) -> nw.LazyFrame[pl.LazyFrame]:
    people = grouped(question, people_on(facts, since, question.choice), since)
    placed = placed_on(facts, people, since, question.reading, STATE).lazy()
    if counts_instruments(question):
        feature = in_use_on(facts, since, question.choice)
        used: pl.LazyFrame = nw.to_native(feature.who)
        placed = placed.join(used, on="client_id", how="left", maintain_order="left")
        placed = placed.with_columns(has_instrument=pl.col("has").fill_null(feature.absent)).drop("has")
    else:
        placed = placed.with_columns(has_instrument=pl.lit(UNKNOWN))
    return nw.from_native(placed)


def _followed(facts: Facts, question: Question) -> nw.LazyFrame[pl.LazyFrame]:
    """Everybody in follow-up on the later day: who went to a caseload that the viewer does not see did not leave."""
    everyone = people_on(facts, question.on, Choice())
    return nw.from_native(placed_on(facts, everyone, question.on, question.reading, WAY).lazy())


def _within_year(facts: Facts, question: Question, since: date) -> nw.LazyFrame[pl.LazyFrame] | None:
    """The placements of the year after the earlier day, or None while that can't be observed in full."""
    if not has_full_year(question):
        return None
    reading = question.reading
    held = facts.lazy("measurements").filter(nw.col("scale_id") == reading.scale_id)
    placed = placed_between(held, since, ends_of_months(since, year_ends_on(question)))
    return placed if reading.counterparts is None else translated(placed, reading.counterparts, ("level_id",))


def _known(cell: Mapping[str, str], key: str, right: tuple[str, ...]) -> str:
    given = cell.get(key, "")
    if given and given not in right:
        raise QuestionRefused("group_unknown", given, right)
    return given
