"""What is known on the day of everyone the question is about, as one row a person for the checks to judge."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.crosswalks import translated
from opstap.analytics.durations import continuous_since
from opstap.analytics.periods import FAR, on
from opstap.clients.enums import TraitKind
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import active, benefit_kinds, caseloads
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_times_on
from opstap.reporting.selectors.quality.doubles import doubles_among
from opstap.reporting.selectors.questions import Question

SHELTERED = ("wsw", "sheltered_work")  # of the kinds of benefit: a job with support
AFTERCARE = "aftercare"  # of the kinds of instrument
NOT_KNOWN = ("", "unknown")  # a trait that says so is not filled in
TRAITS = {
    "literacy": TraitKind.LOW_LITERATE,
    "qualification": TraitKind.BASIC_QUALIFICATION,
    "integration": TraitKind.INTEGRATION,
    "income": TraitKind.INCOME_SITUATION,
}
PLACED = ("recorded_level_id", "level_id", "growth", "expected_level_id", "measured_on", "expected_by")


def known_of(facts: Facts, question: Question, people: pl.DataFrame) -> pl.DataFrame:
    """The people with all the columns that the checks ask for; of help only where the municipality records it."""
    day, reading, has_plans = question.on, question.reading, "plans" in question.parts
    if reading.counterparts is None:
        everyone = _known_as_recorded(facts, day, reading.scale_id, reading.undetermined, has_plans)
        known = people.join(everyone, on="client_id", how="left", maintain_order="left")
    else:
        known = _known(facts, people, day, reading, has_plans=has_plans)
    return known.join(doubles_among(facts, question), on="client_id", how="left", maintain_order="left")


@kept_while_unchanged(of_reference=True, by_person=True)
def _known_as_recorded(
    facts: Facts, day: date, scale_id: int, undetermined: frozenset[int], has_plans: bool
) -> pl.DataFrame:
    reading = Reading(scale_id, None, undetermined)
    return _known(facts, people_on(facts, day, Choice()), day, reading, has_plans=has_plans)


def _known(facts: Facts, people: pl.DataFrame, day: date, reading: Reading, *, has_plans: bool) -> pl.DataFrame:
    placements = _placements(facts, day, reading)
    known = [
        placements,
        placed_times_on(facts, day, reading).select("client_id", "times"),
        _undetermined_since(facts, day, reading, placements),
        _followed(facts, day),
        _traits(facts, day),
        caseloads(facts, day).select("client_id", "worker_id"),
        _benefits(facts, day),
        facts.table("persons").select("client_id", "birth_date", "died_on").unique("client_id", keep="first"),
    ]
    if has_plans:
        known += [_instruments(facts, day), _trajectories(facts, day)]
    frame = people.lazy()
    for part in known:
        frame = frame.join(part.lazy(), on="client_id", how="left", maintain_order="left")
    return frame.collect()


def _placements(facts: Facts, day: date, reading: Reading) -> pl.DataFrame:
    """The placements of the day, their levels as recorded and as the question reads them."""
    held = on(facts.lazy("measurements"), day).filter(nw.col("scale_id") == reading.scale_id)
    placed = held.with_columns(recorded_level_id=nw.col("level_id"), measured_on=nw.col("valid_from"))
    read = placed if reading.counterparts is None else translated(placed, reading.counterparts)
    found: pl.DataFrame = nw.to_native(read.select("client_id", *PLACED)).collect()
    return found


def _undetermined_since(facts: Facts, day: date, reading: Reading, placements: pl.DataFrame) -> pl.DataFrame:
    """Of who stands on code 0: since when without a break, however often they were looked at."""
    zero = pl.col("level_id").is_in(sorted(reading.undetermined))
    now = placements.filter(pl.col("recorded_level_id").is_in(sorted(reading.undetermined)))
    ours = (pl.col("scale_id") == reading.scale_id) & (pl.col("valid_from") <= day)
    past = facts.table("measurements").filter(ours).join(now.select("client_id"), on="client_id", how="semi")
    last = pl.col("valid_from").filter(~zero).max().over("client_id")
    run = past.with_columns(zero=zero, last=last).filter(
        pl.col("zero") & (pl.col("last").is_null() | (pl.col("valid_from") > pl.col("last")))
    )
    return run.group_by("client_id").agg(pl.col("valid_from").min().alias("undetermined_since"))


@kept_while_unchanged(by_person=True)
def _followed(facts: Facts, day: date) -> pl.DataFrame:
    """Since when somebody is followed without a day between."""
    since: pl.DataFrame = nw.to_native(continuous_since(facts.lazy("follow_ups"), day, 0)).collect()
    return since.rename({"since": "followed_since"})


@kept_while_unchanged(by_person=True)
def _traits(facts: Facts, day: date) -> pl.DataFrame:
    """What is filled in, what they live on, and whether a placement or a file tells of an instrument in use."""
    kind, value = pl.col("kind"), pl.col("value")
    filled = ~value.is_in(NOT_KNOWN)
    told = (kind == TraitKind.INSTRUMENT_IN_USE.value) & (value == "yes")
    return (
        active(facts, "traits", day)
        .group_by("client_id")
        .agg(
            *(((kind == one.value) & filled).any().alias(f"has_{name}") for name, one in TRAITS.items()),
            value.filter((kind == TraitKind.INCOME_SITUATION.value) & filled).first().alias("income"),
            told.any().alias("told_of_instrument"),
        )
    )


@kept_while_unchanged(of_reference=True, by_person=True)
def _benefits(facts: Facts, day: date) -> pl.DataFrame:
    kind = pl.col("kind")
    return (
        active(facts, "benefit_spells", day)
        .group_by("client_id")
        .agg(
            kind.is_in(benefit_kinds(facts, day)).any().alias("on_benefit"),
            kind.is_in(SHELTERED).any().alias("is_sheltered"),
        )
    )


@kept_while_unchanged(by_person=True)
def _instruments(facts: Facts, day: date) -> pl.DataFrame:
    """Whether one runs that is aftercare, or another; and since when one without an end date."""
    kind = pl.col("kind")
    return (
        active(facts, "instruments", day)
        .group_by("client_id")
        .agg(
            (kind == AFTERCARE).any().alias("has_aftercare"),
            (kind != AFTERCARE).any().alias("has_help"),
            pl.col("starts_on").filter(pl.col("ends_on") == FAR).min().alias("instrument_since"),
        )
    )


@kept_while_unchanged(by_person=True)
def _trajectories(facts: Facts, day: date) -> pl.DataFrame:
    return (
        active(facts, "trajectories", day)
        .group_by("client_id")
        .agg(
            pl.lit(value=True).alias("has_trajectory"),
            pl.col("starts_on").filter(pl.col("ends_on") == FAR).min().alias("trajectory_since"),
        )
    )
