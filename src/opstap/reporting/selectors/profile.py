"""Counting of the report `profile`: what people on each level have in common, and the people behind its cells."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import HAS, HAS_NOT, UNKNOWN, Feature, Profile, profile
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import IN_USE, Dimension, dimension_of, groups_on
from opstap.facts.selectors.dimensions import UNKNOWN as NO_GROUP
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, state_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import (
    counted,
    group_column,
    levels_of,
    on_level,
    people_of,
    population_of,
)
from opstap.reporting.selectors.questions import Question

INCOME = "income:"
"""Before the code of an income situation: each is a feature of its own."""
FEATURES = ("growth", "instrument", "integration", "low_literacy", "no_qualification", "exemption")
ANSWERS = {"yes": HAS, "no": HAS_NOT, "unknown": UNKNOWN}
_TRAITS: Mapping[str, tuple[str, Mapping[str, int]]] = {
    "integration": ("integration", {"duty": HAS, "need": HAS, "none": HAS_NOT}),
    "low_literacy": ("low-literacy", {"yes": HAS, "no": HAS_NOT}),
    "no_qualification": ("basic-qualification", {"no": HAS, "yes": HAS_NOT}),
}


def count_profile(question: Question) -> Counted[Profile]:
    """Report `profile` (B-20 to B-34, and by case manager B-37 to B-40)."""
    facts, population = population_of(question)
    figures = profile(
        nw.from_native(population.lazy()),
        state_on(facts, question.on, question.reading),
        levels_of(question.scale),
        features_of(facts, question),
        group=group_column(question),
    )
    return counted(question, figures)


def features_of(facts: Facts, question: Question, only: Collection[str] | None = None) -> Mapping[str, Feature]:
    """The features by key, those of income last; or some of them."""
    shown, income = shown_features(question), income_codes(question)
    together = nw.from_native(answers_on(facts, question.on, shown, tuple(income)).lazy())
    absent = {"exemption": HAS_NOT, "instrument": absent_instrument(facts, question.choice)}
    keys = [*shown, *(f"{INCOME}{code}" for code in income)]
    keys = keys if only is None else [key for key in keys if key in only]
    features = {key: Feature(who=together, column=key, absent=absent.get(key, UNKNOWN)) for key in keys}
    return {**features, "growth": feature_of(facts, question, "growth")} if "growth" in features else features


@kept_while_unchanged(of_reference=True, by_person=True)
def answers_on(facts: Facts, day: date, shown: tuple[str, ...], income: tuple[str, ...]) -> pl.DataFrame:
    """All answers but those of a placement, a column each; null of who has no row of it."""
    live_on = _grouped(facts, day, dimension_of("income")).filter(pl.col("group") != NO_GROUP)
    parts = [has_on(facts, day, key).rename({"has": key}) for key in shown if key != "growth"]
    parts.append(
        live_on.select(
            "client_id", *((pl.col("group") == code).cast(pl.Int8).alias(f"{INCOME}{code}") for code in income)
        )
    )
    found = pl.concat([one.select("client_id") for one in parts]).unique().sort("client_id")
    for one in parts:
        found = found.join(one, on="client_id", how="left", maintain_order="left")
    return found


def shown_features(question: Question) -> tuple[str, ...]:
    """Those that the municipality can record: who does without plans records no instruments."""
    return FEATURES if "plans" in question.parts else tuple(key for key in FEATURES if key != "instrument")


def income_codes(question: Question) -> list[str]:
    """The income situations on the list of the day, in its order."""
    return [code for code in question.words["income"] if code != NO_GROUP]


def people_profiled(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level (empty: all; `none`: not placed), perhaps with one answer on a feature."""
    facts, people = people_of(question, cell.get("group", ""))
    state = state_on(facts, question.on, question.reading)
    return with_answer(question, people, state, features_of(facts, question), cell)


def with_answer(
    question: Question,
    people: pl.DataFrame,
    state: nw.LazyFrame[Any],
    features: Mapping[str, Feature],
    cell: Mapping[str, str],
) -> list[int]:
    """Those of the people who are on the level of the cell and have its answer on its feature."""
    having, said = cell.get("having", ""), cell.get("answer", "yes")
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    placed: pl.DataFrame = nw.to_native(state).collect()
    joined = people.join(placed.select("client_id", "level_id"), on="client_id", how="left", maintain_order="left")
    if having:
        if having not in features:
            raise QuestionRefused("group_unknown", having, tuple(features))
        if said not in ANSWERS:
            raise QuestionRefused("group_unknown", said, tuple(ANSWERS))
        answers: pl.DataFrame = nw.to_native(features[having].who).collect()
        has = answers.select("client_id", pl.col(features[having].column).alias("has"))
        joined = joined.join(has, on="client_id", how="left", maintain_order="left")
        condition &= pl.col("has").fill_null(features[having].absent) == ANSWERS[said]
        if having == "growth":
            ids = [one.id for one in levels_of(question.scale) if one.has_growth]
            condition &= pl.col("level_id").is_in(ids)
    return list(joined.filter(condition)["client_id"])


def feature_of(facts: Facts, question: Question, key: str) -> Feature:
    """One of `FEATURES`, of everyone on the reference date."""
    if key == "growth":
        state: pl.LazyFrame = nw.to_native(state_on(facts, question.on, question.reading))
        judged = state.select("client_id", pl.col("growth").cast(pl.Int8).alias("has"))
        return Feature(who=nw.from_native(judged), growth_levels_only=True)
    if key == "instrument":
        return in_use_on(facts, question.on, question.choice)
    absent = HAS_NOT if key == "exemption" else UNKNOWN
    return Feature(who=nw.from_native(has_on(facts, question.on, key).lazy()), absent=absent)


def in_use_on(facts: Facts, day: date, choice: Choice) -> Feature:
    """An instrument that runs on the day, or one that the placement or a file told of.

    Where instruments are recorded, who has none of either has none; where none ever was, that says nothing. Only the
    instruments of those whom the viewer may see tell that they are recorded.
    """
    return Feature(who=nw.from_native(has_on(facts, day, "instrument").lazy()), absent=absent_instrument(facts, choice))


def absent_instrument(facts: Facts, choice: Choice) -> int:
    """What it says of somebody that nothing of it is recorded of them."""
    return UNKNOWN if facts.table("instruments").filter(choice.counts()).is_empty() else HAS_NOT


@kept_while_unchanged(of_reference=True, by_person=True)
def has_on(facts: Facts, day: date, key: str) -> pl.DataFrame:
    """Columns client_id and has (1, 0, or -1 for unknown), of a feature that no placement tells; sorted by client."""
    if key == "exemption":
        has = _grouped(facts, day, dimension_of(key)).select("client_id", pl.lit(HAS, pl.Int8).alias("has"))
    elif key == "instrument":
        running = _grouped(facts, day, dimension_of(key)).select("client_id", pl.lit(HAS, pl.Int8).alias("has"))
        told = _grouped(facts, day, IN_USE).select("client_id", _said({"yes": HAS, "no": HAS_NOT}))
        has = pl.concat([running, told]).group_by("client_id").agg(pl.col("has").max())
    else:
        dimension, values = _TRAITS[key]
        has = _grouped(facts, day, dimension_of(dimension)).select("client_id", _said(values))
    return has


def _said(values: Mapping[str, int]) -> pl.Expr:
    return pl.col("group").replace_strict(values, default=UNKNOWN, return_dtype=pl.Int8).alias("has")


def _grouped(facts: Facts, day: date, dimension: Dimension) -> pl.DataFrame:
    return groups_on(facts, dimension, day).unique("client_id", keep="first", maintain_order=True)
