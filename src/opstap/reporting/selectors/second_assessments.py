"""People placed by a second worker within a month of the first: both levels side by side. Not here: who placed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import polars as pl

from opstap.analytics.levels import whole_by_id, whole_levels
from opstap.facts.selectors.cache import Facts
from opstap.ladder.models import Measurement
from opstap.reporting.selectors.counting import levels_of
from opstap.reporting.selectors.questions import Question

WITHIN_DAYS = 30
PART = 5000  # ids a query


def places_of(question: Question) -> tuple[str, ...]:
    """The codes of the whole levels on which somebody can stand, in their order: a pair names two of them."""
    whole = whole_levels(levels_of(question.scale))
    return tuple(one.code for one in whole if not (one.undetermined or one.is_counterpart_less))


def pairs_in(facts: Facts, question: Question, people: pl.DataFrame) -> pl.DataFrame:
    """Columns client_id, first, second: the places of both levels, for each of the people who was placed twice.

    The second is the last up to the reference date, by somebody else than the first, which stood on that day and was at
    most 30 days old. Where either stands on no level, as with code 0, there is no pair.
    """
    reading, place = question.reading, _places_by_id(question)
    second = (
        facts.second_assessments()
        .filter(pl.col("scale_id") == reading.scale_id, pl.col("measured_on") <= question.on)
        .join(people.select("client_id").unique(), on="client_id", how="semi")
        .select("client_id", pl.col("measured_on").alias("day"), pl.col("level_id").alias("other"), "recording", "id")
    )
    if second.is_empty():
        return pl.DataFrame(schema={"client_id": pl.Int64, "first": pl.Int64, "second": pl.Int64})
    first = facts.table("measurements").filter(pl.col("scale_id") == reading.scale_id)
    both = second.join(
        first.select("client_id", "valid_from", "valid_until", "level_id", pl.col("id").alias("first_id")),
        on="client_id",
    ).filter(
        pl.col("valid_from") <= pl.col("day"),
        pl.col("valid_until") > pl.col("day"),
        pl.col("valid_from") >= pl.col("day") - timedelta(days=WITHIN_DAYS),
    )
    by = _workers([*both["id"], *both["first_id"]])
    same = [one is not None and one == other for one, other in ((by.get(a), by.get(b)) for a, b in _ids(both))]
    placed = both.filter(~pl.Series(same, dtype=pl.Boolean)).with_columns(
        first=_placed("level_id", place), second=_placed("other", place)
    )
    last = placed.drop_nulls(["first", "second"]).sort("client_id", "day", "recording", "id")
    return last.unique("client_id", keep="last", maintain_order=True).select("client_id", "first", "second")


def _ids(both: pl.DataFrame) -> list[tuple[int, int]]:
    return list(both.select("id", "first_id").rows())


def _placed(column: str, place: Mapping[int, int]) -> pl.Expr:
    return pl.col(column).replace_strict(place, default=None, return_dtype=pl.Int64)


def _places_by_id(question: Question) -> dict[int, int]:
    """By the id of each level, as recorded, its place; a level that is no place to stand on has none."""
    places = {code: place for place, code in enumerate(places_of(question))}
    own = {pk: places[one.code] for pk, one in whole_by_id(levels_of(question.scale)).items() if one.code in places}
    counterparts = question.reading.counterparts
    if counterparts is None:
        return own
    return {pk: own[to] for pk, to in counterparts.items() if to is not None and to in own}


def _workers(ids: list[int]) -> dict[int, int | None]:
    """Who recorded each of these placements; one query for every 5,000."""
    found: dict[int, int | None] = {}
    for start in range(0, len(ids), PART):
        rows = Measurement.objects.filter(pk__in=ids[start : start + PART])
        found |= dict(rows.values_list("pk", "worker_id"))
    return found
