"""Counting of the report `inflow`: who came into follow-up between two days, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.crosswalks import translated
from opstap.analytics.distribution import Feature, Inflow, profile
from opstap.analytics.durations import begun_between
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, Reach, held_on, people_on, state_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column, levels_of, people_of, population_of
from opstap.reporting.selectors.movement import earlier_day
from opstap.reporting.selectors.profile import features_of, with_answer
from opstap.reporting.selectors.questions import Question

NEW, THERE, RETURNED, WENT, TAKEN_OVER = "new", "there", "returned", "went", "taken_over"
WHO = (NEW, THERE, RETURNED, WENT, TAKEN_OVER)
PLACED = ("level_id", "growth", "expected_level_id")
GAP_DAYS = 30
"""Who is back in follow-up within so many days never left, as with the time on benefit (FIELD C-04)."""


@dataclass(frozen=True)
class _Side:
    """The state and the features by which one of the two sides is counted."""

    state: nw.LazyFrame[Any]
    features: Mapping[str, Feature]


def count_inflow(question: Question) -> Counted[Inflow]:
    """Report `inflow` (B-45, C-33)."""
    facts, population = population_of(question)
    began = _began(facts, question)
    new = population.join(began, on="client_id", how="semi", maintain_order="left")
    there = population.join(began, on="client_id", how="anti", maintain_order="left")
    levels, group = levels_of(question.scale), group_column(question)
    features = features_of(facts, question)
    first, standing = _first(facts, question, began, features), _standing(facts, question, features)
    there_then = people_on(facts, earlier_day(question), Choice())
    figures = Inflow(
        new=profile(nw.from_native(new.lazy()), first.state, levels, first.features, group=group),
        there=profile(nw.from_native(there.lazy()), standing.state, levels, standing.features, group=group),
        followed=int(population["client_id"].n_unique()),
        returned=int(new.join(_before(facts, began), on="client_id", how="semi")["client_id"].n_unique()),
        back=int(new.join(there_then, on="client_id", how="semi")["client_id"].n_unique()),
        went=_went(facts, question, began).height if question.choice.is_undivided else None,
        taken_over=_taken_over(facts, question, there)["client_id"].n_unique() if question.choice.reach else None,
    )
    return counted(question, figures)


def people_entered(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the `new`, of who was `there`, of the new who `returned`, who `went` again, or of who was there those
    `taken_over` from another caseload.

    On a level those whose first placement since they came is on it, and of who was there the placement of the day;
    perhaps with one answer on a feature.
    """
    who, level, having = (cell.get(key, "") for key in ("who", "level", "having"))
    if (who and who not in WHO) or ((level or having) and who not in {NEW, THERE}):
        raise QuestionRefused("group_unknown", who, WHO)
    facts, people = people_of(question, cell.get("group", ""))
    began = _began(facts, question)
    if who == WENT:
        if not question.choice.is_undivided or question.by:
            raise QuestionRefused("group_unknown", who, (NEW, THERE, RETURNED))
        return list(_went(facts, question, began)["client_id"])
    people = _of_side(facts, question, (people, began), who)
    if not (level or having):
        return list(people["client_id"])
    features = features_of(facts, question)
    side = _standing(facts, question, features) if who == THERE else _first(facts, question, began, features)
    return with_answer(question, people, side.state, side.features, cell)


def _began(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and began_on: for whom follow-up began between the two days, without one just before it."""
    return _began_between(facts, earlier_day(question), question.on)


@kept_while_unchanged()
def _began_between(facts: Facts, earlier: date, later: date) -> pl.DataFrame:
    begun = begun_between(facts.lazy("follow_ups"), earlier, later, GAP_DAYS)
    found: pl.DataFrame = nw.to_native(begun).collect()
    return found.sort("client_id")


def _before(facts: Facts, began: pl.DataFrame) -> pl.DataFrame:
    """Of whom follow-up began, who was in it once before."""
    spells = facts.table("follow_ups").lazy().select("client_id", "starts_on").join(began.lazy(), on="client_id")
    return spells.filter(pl.col("starts_on") < pl.col("began_on")).select("client_id").unique().collect()


def _of_side(facts: Facts, question: Question, both: tuple[pl.DataFrame, pl.DataFrame], who: str) -> pl.DataFrame:
    """Those of the people whom the word means, by whom follow-up began of; empty means all."""
    people, began = both
    there = people.join(began, on="client_id", how="anti", maintain_order="left")
    if who == TAKEN_OVER:
        if question.choice.reach is None:
            raise QuestionRefused("group_unknown", who, (NEW, THERE, RETURNED, WENT))
        return _taken_over(facts, question, there)
    if who in {"", THERE}:
        return there if who else people
    new = people.join(began, on="client_id", how="semi", maintain_order="left")
    return new if who == NEW else new.join(_before(facts, began), on="client_id", how="semi", maintain_order="left")


def _taken_over(facts: Facts, question: Question, there: pl.DataFrame) -> pl.DataFrame:
    """Of who was there those who were in no caseload of the viewer on the earlier day."""
    reach = question.choice.reach or Reach()
    return there.join(held_on(facts, reach, earlier_day(question)), on="client_id", how="anti", maintain_order="left")


def _went(facts: Facts, question: Question, began: pl.DataFrame) -> pl.DataFrame:
    followed = people_on(facts, question.on, Choice())
    gone = began.join(followed, on="client_id", how="anti", maintain_order="left").select("client_id")
    return gone.filter(question.choice.counts())


def _standing(facts: Facts, question: Question, features: Mapping[str, Feature]) -> _Side:
    return _Side(state_on(facts, question.on, question.reading), features)


def _first(facts: Facts, question: Question, began: pl.DataFrame, features: Mapping[str, Feature]) -> _Side:
    """The first placement since they came, on a level where there is one; growth potential is that of then."""
    reading = question.reading
    of_then = (pl.col("scale_id") == reading.scale_id) & pl.col("valid_from").is_between(
        earlier_day(question), question.on
    )
    lately = facts.table("measurements").lazy().filter(of_then).select("client_id", "valid_from", *PLACED)
    rows = lately.join(began.lazy(), on="client_id")
    within = rows.filter(pl.col("valid_from") >= pl.col("began_on")).collect()
    on_no_level = pl.col("level_id").is_in(sorted(reading.undetermined))
    ordered = within.sort("client_id", on_no_level, "valid_from")
    placed = ordered.unique("client_id", keep="first", maintain_order=True)
    state = nw.from_native(placed.select("client_id", *PLACED).lazy())
    judged = nw.from_native(placed.select("client_id", pl.col("growth").cast(pl.Int8).alias("has")).lazy())
    seen = {**features, "growth": replace(features["growth"], who=judged)}
    return _Side(state if reading.counterparts is None else translated(state, reading.counterparts), seen)
