"""Who needs attention today, and why: the one place, for caseloads, the head of a dossier and teams.

The state of everybody in follow-up in a municipality on a ladder, as columns; made once for a recording and a day.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

import polars as pl

from opstap.audit.selectors import remembered, remembered_briefly
from opstap.clients.selectors.reach import unreachable_in
from opstap.contacts.enums import AgreedState, Outcome
from opstap.dossier.enums import NEEDS_THE_CLIENT, Reason
from opstap.dossier.selectors.words import scales_known
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import caseloads
from opstap.facts.selectors.norms import placed_long_ago
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, people_on, placements_on
from opstap.facts.selectors.ready import goes_nowhere_up
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.municipality.logic import DEFAULT_SCALE, PART_PREFIX, PARTS, PLACEMENT_MONTHS
from opstap.municipality.selectors import settings_on

NEW_DAYS = 30
COUNT = "reasons"
AWAY = "away"


@dataclass(frozen=True)
class State:
    """One client in follow-up, in the columns of a desk by which the reasons are judged."""

    level_id: int | None
    measured_on: date | None
    growth: int | None
    expected_level_id: int | None
    expected_by: date | None
    worker_id: int | None
    assigned_on: date | None
    on_their_way: bool | None
    next_on: date | None
    away: bool | None
    died_on: date | None


STATE = {
    "level_id": pl.Int32, "measured_on": pl.Date, "growth": pl.Int8, "expected_level_id": pl.Int32,
    "expected_by": pl.Date, "worker_id": pl.Int64, "assigned_on": pl.Date, "on_their_way": pl.Boolean,
    "next_on": pl.Date, AWAY: pl.Boolean, "died_on": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """By what the reasons are judged: ladder, day, parts in use, and after how many months a placement is old."""

    scale: ScaleOnDay
    day: date
    parts: frozenset[str]
    placement_months: int


@dataclass(frozen=True)
class Desk:
    """Everybody in follow-up on a day on a ladder: one row each, with a column of yes and no for every reason."""

    facts: Facts
    scale: ScaleOnDay
    scales: tuple[ScaleOnDay, ...]
    day: date
    parts: frozenset[str]
    placement_months: int
    rows: pl.DataFrame

    @property
    def recording(self) -> int:
        """What was known."""
        return self.facts.recording


def desk_of(municipality_id: int, day: date, scale_key: str = "") -> Desk:
    """The desk of a municipality on the ladder of that key, or on its own ladder when there is no such key."""
    facts = facts_of(municipality_id)
    scales = scales_known(facts.recording, day)
    by_key = {scale.key: scale for scale in scales}
    default, parts, months = _settings(facts.recording, municipality_id, day)
    scale = by_key.get(scale_key) or by_key[default]
    rows = _state(facts.recording, municipality_id, Terms(scale, day, parts, months))
    return Desk(facts, scale, scales, day, parts, months, rows)


def reasons_of(desk: Desk, client_id: int) -> list[Reason]:
    """Why this client needs attention; nothing when nobody follows them today."""
    own = desk.rows.filter(pl.col("client_id") == client_id)
    return [] if own.is_empty() else _reasons_in(own)


def reasons_of_state(state: State, terms: Terms) -> list[Reason]:
    """The same of one client whose state was read already: by the same conditions, without the whole municipality."""
    own = pl.DataFrame([asdict(state)], schema=STATE)
    own = own.join(_places(terms.scale), on="level_id", how="left")
    own = own.join(_expected(terms.scale), on="expected_level_id", how="left")
    return _reasons_in(_with_reasons(own, terms))


def _reasons_in(own: pl.DataFrame) -> list[Reason]:
    return [reason for reason in Reason if own[reason.value].item()]


@remembered
def _settings(recording: int, municipality_id: int, day: date) -> tuple[str, frozenset[str], int]:
    """The own ladder of a municipality, the parts that it works with, and when it calls a placement old."""
    del recording
    held = settings_on(municipality_id, [DEFAULT_SCALE, PLACEMENT_MONTHS, *(PART_PREFIX + key for key in PARTS)], day)
    parts = frozenset(key for key in PARTS if held[PART_PREFIX + key] != "off")
    return str(held[DEFAULT_SCALE]), parts, int(held[PLACEMENT_MONTHS])


@remembered_briefly
def _state(recording: int, municipality_id: int, terms: Terms) -> pl.DataFrame:
    facts = facts_of(municipality_id, recording=recording)
    followed = _followed(facts, terms.scale, terms.day)
    away = followed.join(_away(facts, terms.day), on="client_id", how="left", maintain_order="left")
    return _with_reasons(away, terms)


@kept_while_unchanged(by_person=True)
def _followed(facts: Facts, scale: ScaleOnDay, day: date) -> pl.DataFrame:
    """Everybody in follow-up, with all that their own facts say of the columns of a desk."""
    people = people_on(facts, day, Choice()).filter(pl.col("client_id") > 0)  # of the erased nobody asks anything
    told = facts.table("persons").select("client_id", "folded_name", "birth_date", "died_on")
    names = told.unique("client_id", keep="first")
    return (
        people.join(names, on="client_id", how="left", maintain_order="left")
        .join(caseloads(facts, day), on="client_id", how="left", maintain_order="left")
        .join(_placements(facts, scale, day), on="client_id", how="left", maintain_order="left")
        .join(_on_their_way(facts, scale, day), on="client_id", how="left", maintain_order="left")
        .join(_spoken(facts, day), on="client_id", how="left", maintain_order="left")
        .join(_agreed(facts), on="client_id", how="left", maintain_order="left")
    )


def _on_their_way(facts: Facts, scale: ScaleOnDay, day: date) -> pl.DataFrame:
    """Who has a trajectory that runs or is about to and serves to rise: one that keeps the level, or leads no higher
    than where they stand, uses no growth. One without a goal may.
    """
    led = facts.table("trajectories").filter(pl.col("ends_on") > day, ~pl.col("maintains_level"))
    held = placements_on(facts, day, scale.id).select("client_id", "level_id")
    ends = led.join(held, on="client_id", how="left").select("client_id", "level_id", "goal_level_id")
    ways = ends.select("level_id", "goal_level_id").unique()
    vain = [goes_nowhere_up(scale, here, goal) for here, goal in ways.rows()]
    upward = ends.join(ways.filter(~pl.Series(vain, dtype=pl.Boolean)), on=ways.columns, how="semi", nulls_equal=True)
    return upward.select("client_id").unique().with_columns(pl.lit(value=True).alias("on_their_way"))


def _spoken(facts: Facts, day: date) -> pl.DataFrame:
    """When somebody was last spoken with."""
    held = facts.table("contacts").filter(pl.col("outcome") == Outcome.HELD.value, pl.col("held_on") <= day)
    return held.group_by("client_id").agg(pl.col("held_on").max().alias("last_contact_on"))


def _agreed(facts: Facts) -> pl.DataFrame:
    """The contact that is agreed next, and of which kind."""
    waiting = facts.table("next_contacts").filter(pl.col("state") == AgreedState.OPEN.value)
    named = waiting.select("client_id", pl.col("planned_on").alias("next_on"), pl.col("kind").alias("next_kind"), "id")
    return named.sort("client_id", "next_on", "id").unique("client_id", keep="first").drop("id")


def _away(facts: Facts, day: date) -> pl.DataFrame:
    """Who can't be reached, and until when."""
    rows = [(client_id, True, one.until) for client_id, one in unreachable_in(facts.municipality_id, day).items()]
    return pl.DataFrame(rows, schema={"client_id": pl.Int64, AWAY: pl.Boolean, "away_until": pl.Date}, orient="row")


def _placements(facts: Facts, scale: ScaleOnDay, day: date) -> pl.DataFrame:
    """Where somebody stands, with the place of the level on the ladder and of the whole level."""
    held = placements_on(facts, day, scale.id)
    placed = held.select("client_id", "level_id", "measured_on", "growth", "expected_level_id", "expected_by")
    return placed.join(_places(scale), on="level_id", how="left").join(
        _expected(scale), on="expected_level_id", how="left"
    )


def _places(scale: ScaleOnDay) -> pl.DataFrame:
    """Where each level lies, and the whole level it belongs to."""
    whole_places = {level.code: level.position for level in scale.levels}
    return pl.DataFrame(
        {
            "level_id": [level.id for level in scale.levels],
            "place": [level.position for level in scale.levels],
            "whole": [whole_places[level.parent_code or level.code] for level in scale.levels],
            "whole_code": [level.parent_code or level.code for level in scale.levels],
        },
        schema={"level_id": pl.Int32, "place": pl.Int32, "whole": pl.Int32, "whole_code": pl.String},
    )


def _expected(scale: ScaleOnDay) -> pl.DataFrame:
    return _places(scale).select(
        pl.col("level_id").alias("expected_level_id"),
        pl.col("place").alias("expected_place"),
        pl.col("whole").alias("expected_whole"),
    )


def expected_higher(scale: ScaleOnDay) -> pl.Expr:
    """Whether the expected level lies above the current one, as reports have it: by whole levels, unless half-levels
    count on this ladder.
    """
    if scale.growth_on_halves:
        return pl.col("expected_place") > pl.col("place")
    return pl.col("expected_whole") > pl.col("whole")


def _not_reached(scale: ScaleOnDay) -> pl.Expr:
    """Whether what was expected is not reached: also 4+ from 4-, though that is no growth. At 4- the 4 is reached."""
    if not scale.is_ladder:
        return pl.col("expected_whole") != pl.col("whole")
    halves = (pl.col("place") != pl.col("whole")) & (pl.col("expected_place") != pl.col("expected_whole"))
    half_higher = (pl.col("expected_place") > pl.col("place")) & halves
    return expected_higher(scale) | half_higher


def _with_reasons(rows: pl.DataFrame, terms: Terms) -> pl.DataFrame:
    """Reasons of a part that the municipality does not use hold for nobody; those that need the client wait.

    Of who died nothing is asked, though the follow-up may not be closed yet.
    """
    day, parts = terms.day, terms.parts
    never = pl.col("level_id").is_null()
    since = pl.col("assigned_on")
    conditions = {
        Reason.NEVER_PLACED: never,
        Reason.PLACED_LONG_AGO: placed_long_ago(day, terms.placement_months),
        Reason.EXPECTED_PASSED: (pl.col("expected_by") < day) & _not_reached(terms.scale),
        Reason.GROWTH_UNUSED: (pl.col("growth") == 1) & pl.col("on_their_way").is_null() & pl.lit("plans" in parts),
        Reason.NO_NEXT_CONTACT: (pl.col("next_on").is_null() | (pl.col("next_on") < day)) & pl.lit("contacts" in parts),
        Reason.NEWLY_ASSIGNED: (since > day - timedelta(days=NEW_DAYS))
        & pl.col("worker_id").is_not_null()
        & (never | (pl.col("measured_on") < since)),
    }
    here, lives = pl.col(AWAY).is_null(), pl.col("died_on").is_null()
    marked = rows.with_columns(
        (condition.fill_null(value=False) & lives & (here | (reason not in NEEDS_THE_CLIENT))).alias(reason.value)
        for reason, condition in conditions.items()
    )
    return marked.with_columns(pl.sum_horizontal(reason.value for reason in Reason).alias(COUNT))
