"""Everybody of a publication, each with one class in every released dimension."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.distribution import HAS, HAS_NOT
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import UNKNOWN, Dimension, dimension_of, groups_on
from opstap.facts.selectors.districts import by_district
from opstap.facts.selectors.people import Choice, people_on, placed_on
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    GROWN,
    GROWTH,
    LEVEL,
    NEW,
    NONE,
    NOT_AGAIN,
    OTHER,
    PART,
    REACHED,
    RISEN,
    SAME,
    WITHOUT,
    ReleasedAxis,
)
from opstap.reporting.selectors.profile import in_use_on
from opstap.reporting.selectors.released.classes import EXPECTED, INSTRUMENT, OF_PLACEMENT, Basis, public_codes

ID = "client_id"
PLACE, THEN, WAS, SINCE = "place", "place then", "was there", "placed on"
SEEN, AIM = "growth seen then", "expected place"
DISTRICT = Dimension("district", by_district("district", secret_as_known=True))
"""Where people live as known then: an address that was made secret since still counts in what is out."""


def people_of(basis: Basis, axes: Mapping[str, ReleasedAxis]) -> pl.DataFrame:
    """Column client_id and one for each of the axes: who was in follow-up on the reference date or the earlier day."""
    facts = facts_of(basis.municipality_id, recording=basis.recording)
    before = _placed(facts, basis, basis.earlier).select(
        ID, AIM, pl.col(PLACE).alias(THEN), pl.lit(value=True).alias(WAS), (pl.col(GROWTH) == "yes").alias(SEEN)
    )
    people = (
        _placed(facts, basis, basis.on)
        .drop(AIM)
        .join(before, on=ID, how="full", coalesce=True, maintain_order="left_right")
    )
    people = people.with_columns(_became(basis, axes.get(BECAME)).alias(BECAME))
    people = people.with_columns(_grown().alias(GROWN))
    if PART in axes:
        people = people.with_columns(_code_of(LEVEL, parts_of(axes), NONE).alias(PART))
    for key in axes:
        if key not in {LEVEL, PART, *OF_PLACEMENT}:
            grouped, absent = _grouped(facts, basis, key)
            people = people.join(grouped, on=ID, how="left", maintain_order="left")
            people = people.with_columns(pl.col(key).fill_null(absent))
    gone, known = pl.col(LEVEL).is_null(), [_within(key, axis) for key, axis in axes.items() if key != LEVEL]
    people = people.with_columns(known).with_columns(
        pl.when(gone).then(pl.lit(basis.left)).otherwise(pl.col(key)).alias(key) for key in axes
    )
    return people.select(ID, *axes)


def parts_of(axes: Mapping[str, ReleasedAxis]) -> dict[str, str]:
    """By level the part of the ladder that it is in, where that is released."""
    return {leaf: one.code for one in axes[PART].classes for leaf in one.leaves} if PART in axes else {}


def _placed(facts: Facts, basis: Basis, day: date) -> pl.DataFrame:
    """Everyone in follow-up on a day: their level, growth potential and expected level, in whole levels."""
    state = placed_on(facts, people_on(facts, day, Choice()), day, basis.reading)
    whole = {level.id: basis.scale.whole_of(level.code) for level in basis.scale.levels}
    steps = {level.code for level in basis.scale.whole_levels}
    known = {pk: code for pk, code in whole.items() if code in steps}
    level, expected = _code_of("level_id", known, NONE), _code_of("expected_level_id", known, UNKNOWN)
    says = pl.col("growth").cast(pl.Int64).replace_strict({HAS: "yes", HAS_NOT: "no"}, default=UNKNOWN)
    growth = pl.when(level.is_in(sorted(basis.judged))).then(says).otherwise(pl.lit(NONE))
    placed = level != NONE
    return state.select(
        ID,
        level.alias(LEVEL),
        growth.alias(GROWTH),
        pl.when(placed).then(expected).otherwise(pl.lit(UNKNOWN)).alias(EXPECTED),
        pl.when(placed).then(pl.col("level_id").replace_strict(_places(basis), default=None)).alias(PLACE),
        pl.col("expected_level_id").replace_strict(_places(basis), default=None).alias(AIM),
        pl.col("measured_on").alias(SINCE),
    )


def _places(basis: Basis) -> dict[int, int]:
    """By level where growth is judged."""
    scale = basis.scale
    places = {level.id: scale.growth_position(level.code) for level in scale.levels}
    return {pk: place for pk, place in places.items() if place is not None}


def _became(basis: Basis, axis: ReleasedAxis | None) -> pl.Expr:
    """What became of the level of a year before. A publication of before that was a class of its own counts who was not
    placed again with those on the same level.
    """
    now, then = pl.col(PLACE), pl.col(THEN)
    ladder = basis.scale.is_ladder
    up, down = pl.lit(RISEN if ladder else OTHER), pl.lit(FALLEN if ladder else OTHER)
    same = pl.lit(SAME)
    if axis is None or NOT_AGAIN in axis.codes:
        same = pl.when(pl.col(SINCE) > basis.earlier).then(same).otherwise(pl.lit(NOT_AGAIN))
    known = (pl.when(now > then).then(up).when(now < then).then(down).when(now == then).then(same)).otherwise(
        pl.lit(UNKNOWN)
    )
    return pl.when(pl.col(WAS).is_null()).then(pl.lit(NEW)).otherwise(known)


def _grown() -> pl.Expr:
    """What became of growth potential that was seen a year before: as far as was expected, or anywhere higher where no
    level was expected, or one that is no higher. Source: FIELD G-6; as the report `realised` judges the later day.
    """
    now, then, aim = pl.col(PLACE), pl.col(THEN), pl.col(AIM)
    far = pl.when(aim > then).then(now >= aim).otherwise(pl.lit(value=True))
    up = pl.when(far).then(pl.lit(REACHED)).otherwise(pl.lit(RISEN))
    way = pl.when(now > then).then(up).when(now.is_null()).then(pl.lit(WITHOUT)).otherwise(pl.col(BECAME))
    return pl.when(pl.col(SEEN).fill_null(value=False)).then(way).otherwise(pl.lit(WITHOUT))


def _code_of(column: str, codes: Mapping[int, str] | Mapping[str, str], otherwise: str) -> pl.Expr:
    return pl.col(column).replace_strict(codes, default=otherwise, return_dtype=pl.String)


def _grouped(facts: Facts, basis: Basis, key: str) -> tuple[pl.DataFrame, str]:
    """Columns client_id and the dimension, of who has a class in it, and the class of all others."""
    if key == INSTRUMENT:
        used = in_use_on(facts, basis.on, Choice())
        has = {HAS: "yes", HAS_NOT: "no"}
        said = pl.col("has").replace_strict(has, default=UNKNOWN, return_dtype=pl.String)
        frame: pl.DataFrame = nw.to_native(used.who).collect()
        one_each = frame.select(ID, said.alias(key)).unique(ID, keep="first", maintain_order=True)
        return one_each, has.get(used.absent, UNKNOWN)
    dimension = DISTRICT if key == DISTRICT.key else dimension_of(key)
    groups = groups_on(facts, dimension, basis.on).unique(ID, keep="first", maintain_order=True)
    public = pl.col("group").replace_strict(public_codes(basis, key), default=UNKNOWN, return_dtype=pl.String)
    return groups.select(ID, public.alias(key)), UNKNOWN


def _within(key: str, axis: ReleasedAxis) -> pl.Expr:
    """A class that the publication has; what is in none of them is unknown, or has no instrument that is recorded."""
    rest = "no" if key == INSTRUMENT and UNKNOWN not in axis.codes else UNKNOWN
    return pl.when(pl.col(key).is_in(list(axis.codes))).then(pl.col(key)).otherwise(pl.lit(rest)).alias(key)


def counts_of(people: pl.DataFrame, dimensions: Sequence[str]) -> dict[tuple[str, ...], int]:
    """How many stand in each cell."""
    counted = people.group_by(dimensions).agg(pl.len().alias("count"))
    return {tuple(cell): count for *cell, count in counted.select(*dimensions, "count").iter_rows()}
