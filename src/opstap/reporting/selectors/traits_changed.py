"""Counting of the report `traits-changed`: traits of the same people on two days, and the people behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import HAS, HAS_NOT, UNKNOWN
from opstap.analytics.transitions import Stayed, TraitsChanged, TraitWays, TwoDays, traits_changed, way_of
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import dimension_of, groups_on
from opstap.facts.selectors.people import Choice, people_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column
from opstap.reporting.selectors.handed import grouped, handed_by_group
from opstap.reporting.selectors.matching import matching
from opstap.reporting.selectors.movement import earlier_day
from opstap.reporting.selectors.questions import Question

TRAITS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "no_qualification": ("basic-qualification", {"no": HAS, "yes": HAS_NOT}),
    "low_literacy": ("low-literacy", {"yes": HAS, "no": HAS_NOT}),
    "integration_duty": ("integration", {"duty": HAS, "need": HAS_NOT, "none": HAS_NOT}),
}
WAYS = TraitWays._fields
LEFT = "left"
"""The way of who is not in follow-up any more, of whatever trait."""


def count_traits_changed(question: Question) -> Counted[TraitsChanged]:
    """Report `traits-changed` (B-44)."""
    facts = facts_of(question.municipality_id, recording=question.recording)
    earlier = _asked(facts, question)
    figures = traits_changed(
        Stayed(*(nw.from_native(one.lazy()) for one in (earlier, *_stayed(facts, question, earlier)))),
        {key: TwoDays(*(nw.from_native(side.lazy()) for side in _sides(facts, question, key))) for key in TRAITS},
        group=group_column(question),
    )
    return counted(question, replace(figures, handed=handed_by_group(question)))


def people_with_trait(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients who were there on both days; of a `trait` those who went one `way`, or of the earlier day
    those who `left`.
    """
    trait, way, group = (cell.get(key, "") for key in ("trait", "way", "group"))
    if trait and trait not in TRAITS:
        raise QuestionRefused("group_unknown", trait, tuple(TRAITS))
    if way and way not in (WAYS if trait else (LEFT,)):
        raise QuestionRefused("group_unknown", way, (*WAYS, LEFT))
    facts = facts_of(question.municipality_id, recording=question.recording)
    people = _asked(facts, question)
    if group and question.by:
        people = people.filter(pl.col("group") == group)
    people = people.select("client_id").unique(maintain_order=True)
    both, left = _stayed(facts, question, people)
    people = left if way == LEFT else both
    if way in {"", LEFT}:
        return list(people["client_id"])
    for name, side in zip(TwoDays._fields, _sides(facts, question, trait), strict=True):
        people = people.join(side.rename({"has": name}), on="client_id", how="left", maintain_order="left")
    known = people.with_columns(pl.col(*TwoDays._fields).fill_null(UNKNOWN))
    return matching(nw.from_native(known.lazy()), TwoDays._fields, lambda then, now: way_of(then, now) == way)


def _asked(facts: Facts, question: Question) -> pl.DataFrame:
    """The people of the earlier day, with their group of that day."""
    earlier = earlier_day(question)
    return grouped(question, people_on(facts, earlier, question.choice), earlier)


def _stayed(facts: Facts, question: Question, people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Those of them who are in follow-up on the later day, with whomever, and those who are not."""
    there = people_on(facts, question.on, Choice()).select("client_id")
    both = people.join(there, on="client_id", how="semi", maintain_order="left")
    return both, people.join(there, on="client_id", how="anti", maintain_order="left")


def _sides(facts: Facts, question: Question, key: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    return _having(facts, key, earlier_day(question)), _having(facts, key, question.on)


def _having(facts: Facts, key: str, day: date) -> pl.DataFrame:
    """Columns client_id and has, one row a client of whom something is recorded."""
    dimension, values = TRAITS[key]
    said = groups_on(facts, dimension_of(dimension), day).unique("client_id", keep="first", maintain_order=True)
    has = pl.col("group").replace_strict(values, default=UNKNOWN, return_dtype=pl.Int8)
    return said.select("client_id", has.alias("has"))
