"""Counting of the report `movement`, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.transitions import (
    TAKEN_OVER,
    GrowthJudge,
    Judge,
    Movement,
    Sides,
    entries,
    flows,
    movement,
    movement_of_everyone,
    standing,
    way_in,
    ways_in,
)
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_on
from opstap.facts.selectors.tables import CODE
from opstap.facts.selectors.ways import WAY, ways_on
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.enums import ENTERED
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column, levels_of
from opstap.reporting.selectors.handed import grouped, handed_by_group
from opstap.reporting.selectors.matching import matching
from opstap.reporting.selectors.questions import Question


def count_movement(question: Question) -> Counted[Movement]:
    """Report `movement` (B-41, G-4, G-5)."""
    facts, earlier = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    levels, scale = levels_of(question.scale), question.scale
    if question.choice.is_undivided and not question.by:
        ways = ways_on(facts, earlier, question.on, question.reading, question.choice.without)
        together = movement_of_everyone(ways, levels, ordered=scale.is_ladder, halves_count=scale.growth_on_halves)
        return counted(question, together)
    everyone = Sides(_everyone(facts, question, earlier), _everyone(facts, question, question.on))
    asked = Sides(_asked(facts, question, earlier), _asked(facts, question, question.on))
    figures = movement(
        asked,
        levels,
        since=earlier,
        ordered=scale.is_ladder,
        halves_count=scale.growth_on_halves,
        everyone=everyone,
        group=group_column(question),
    )
    if _is_caseload(question):
        figures = replace(figures, standing=standing(asked, everyone.start, judge_of(question)))
    return counted(question, replace(figures, handed=handed_by_group(question)))


def _is_caseload(question: Question) -> bool:
    """Whether it is about all of the own people: who is not among them on the earlier day was elsewhere then."""
    choice = question.choice
    return choice.reach is not None and not choice.where and choice.team is None


def people_moved(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients who went `from` a level `to` another (or `left`), or to whom an `outcome` came.

    Empty words mean all; the outcomes `entered` and `taken_over` are about the people of the later day.
    """
    facts, earlier = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    judge = judge_of(question)
    origin, destination, outcome = (_known(judge, cell, key) for key in ("from", "to", "outcome"))
    if outcome == ENTERED:
        pairs = entries(_asked(facts, question, question.on), _everyone(facts, question, earlier))

        def fits(to_level: int, from_level: int) -> bool:
            level = judge.level_of(to_level)
            return level is not None and judge.level_of(from_level) is None and destination in {"", level.code}

        return matching(_of_group(pairs, cell), ("to_level", "from_level"), fits)

    if outcome == TAKEN_OVER:
        if not _is_caseload(question):
            raise QuestionRefused("group_unknown", outcome, (*judge.outcomes, ENTERED))
        sides = Sides(_asked(facts, question, earlier), _asked(facts, question, question.on))

        def was_taken(to_level: int, from_level: int, own_level: int) -> bool:
            return way_in(judge, to_level, from_level, own_level) == TAKEN_OVER

        ways_there = _of_group(ways_in(sides, _everyone(facts, question, earlier)), cell)
        return matching(ways_there, ("to_level", "from_level", "own_level"), was_taken)

    def went(from_level: int, is_followed: int, to_level: int) -> bool:
        level = judge.level_of(from_level)
        to = judge.destination(is_followed=bool(is_followed), to_level=to_level)
        if level is None or origin not in {"", level.code} or destination not in {"", to}:
            return False
        return outcome in {"", judge.outcome(from_level, to, to_level)}

    ways = flows(_asked(facts, question, earlier), _everyone(facts, question, question.on), earlier)
    return matching(_of_group(ways, cell), ("from_level", "is_followed", "to_level"), went)


def judge_of(question: Question) -> Judge:
    """What a flow is on the scale of the question."""
    return judge_on(question.scale)


def judge_on(scale: ScaleOnDay) -> Judge:
    """What a flow is on a scale."""
    return Judge(levels_of(scale), ordered=scale.is_ladder, halves_count=scale.growth_on_halves)


@lru_cache(maxsize=16)
def growth_judge_on(scale: ScaleOnDay) -> GrowthJudge:
    """Whether a way went as far as was expected on a scale: kept, as it remembers of each way what it said."""
    return GrowthJudge(judge_on(scale))


def outcomes_of(facts: Facts, question: Question) -> pl.DataFrame:
    """Of everyone who stood on a level on the earlier day what became of them: client_id, from_level, growth (of that
    day), is_followed, to_level and outcome; sorted by client.
    """
    days, reading = (earlier_day(question), question.on), question.reading
    if reading.counterparts is None:
        return _outcomes_as_recorded(facts, *days, question.scale, reading.scale_id)
    return _outcomes(facts, *days, question.scale, reading)


@kept_while_unchanged(by_person=True)
def _outcomes_as_recorded(facts: Facts, earlier: date, later: date, scale: ScaleOnDay, scale_id: int) -> pl.DataFrame:
    return _outcomes(facts, earlier, later, scale, Reading(scale_id))


def _outcomes(facts: Facts, earlier: date, later: date, scale: ScaleOnDay, reading: Reading) -> pl.DataFrame:
    start, end = (people_on(facts, day, Choice()) for day in (earlier, later))
    stood = nw.from_native(placed_on(facts, start, earlier, reading, ("level_id", "growth")).lazy())
    stand = nw.from_native(placed_on(facts, end, later, reading, WAY).lazy())
    return with_outcome(nw.to_native(flows(stood, stand, earlier)).collect(), scale)


def with_outcome(went: pl.DataFrame, scale: ScaleOnDay) -> pl.DataFrame:
    """Of those who stood on a level on the earlier day, each with from_level, is_followed and to_level, the outcome."""
    judge = judge_on(scale)
    keys, rows = ("from_level", "is_followed", "to_level"), []
    for from_level, is_followed, to_level in went.select(keys).unique().rows():
        if judge.level_of(from_level) is not None:
            to = judge.destination(is_followed=bool(is_followed), to_level=to_level)
            rows.append((from_level, is_followed, to_level, judge.outcome(from_level, to, to_level)))
    schema = pl.Schema({**{key: went.schema[key] for key in keys}, "outcome": CODE()})
    found = went.join(pl.DataFrame(rows, schema=schema, orient="row"), on=keys, how="inner", maintain_order="left")
    return found.sort("client_id")  # joins don't promise the order of both sides


def earlier_day(question: Question) -> date:
    """The day that the question compares with."""
    if question.compared_with is None:
        message = "movement is between two days"
        raise ValueError(message)
    return question.compared_with


def _everyone(facts: Facts, question: Question, day: date) -> nw.LazyFrame[pl.LazyFrame]:
    return _placed(facts, people_on(facts, day, Choice()), question, day)


def _asked(facts: Facts, question: Question, day: date) -> nw.LazyFrame[pl.LazyFrame]:
    return _placed(facts, grouped(question, people_on(facts, day, question.choice), day), question, day)


def _placed(facts: Facts, people: pl.DataFrame, question: Question, day: date) -> nw.LazyFrame[pl.LazyFrame]:
    return nw.from_native(placed_on(facts, people, day, question.reading, WAY).lazy())


def _of_group(frame: nw.LazyFrame[pl.LazyFrame], cell: Mapping[str, str]) -> nw.LazyFrame[pl.LazyFrame]:
    group = cell.get("group", "")
    return frame.filter(nw.col("group") == group) if group else frame


def _known(judge: Judge, cell: Mapping[str, str], key: str) -> str:
    given = cell.get(key, "")
    levels = judge.codes
    right = {"from": levels, "to": (*levels, *judge.endings), "outcome": (*judge.outcomes, ENTERED, TAKEN_OVER)}[key]
    if given and given not in right:
        raise QuestionRefused("group_unknown", given, right)
    return given
