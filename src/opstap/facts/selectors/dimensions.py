"""Dimensions: in which group each client falls on a day. Group codes are neutral; reporting gives their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import narwhals as nw
import polars as pl

from opstap.analytics.durations import continuous_since
from opstap.analytics.periods import on
from opstap.audit.selectors import remembered
from opstap.clients.enums import AssignmentRole, TraitKind
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.districts import by_district
from opstap.facts.selectors.durations import class_with, duration_classes, duration_years
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.residue import GROUPED
from opstap.facts.selectors.tables import CODE
from opstap.foundation.dates import years_before
from opstap.municipality.logic import OWN_TRAIT, last_birth_with_pension
from opstap.municipality.selectors import codes_on, pension_ages, settings_at

UNKNOWN = "unknown"
AGE_CLASSES = ((27, "<27"), (45, "27-44"), (56, "45-55"), (200, "56-pension"))
PENSION = "pension+"
BENEFIT_DURATION, GAP = "benefit-duration", "benefit_gap_days"


@dataclass(frozen=True)
class Dimension:
    """A way to group clients. `many`: a client can fall in several groups, so that groups don't add up.

    `part` is the part of the municipality's work that it comes from; empty: what everybody has. `is_of_then`: nothing
    is read of what is known now beside what was known then.
    """

    key: str
    groups: Callable[[Facts, date], pl.DataFrame]
    code_list: str | None = None
    many: bool = False
    part: str = ""
    is_of_then: bool = True


def groups_on(facts: Facts, dimension: Dimension, day: date) -> pl.DataFrame:
    """Columns client_id and group (a code): every client with a group, one unless `many`; the others are unknown."""
    return _groups_on(facts, day, dimension) if dimension.is_of_then else _made(facts, day, dimension)


@kept_while_unchanged(of_reference=True, by_person=True)
def _groups_on(facts: Facts, day: date, dimension: Dimension) -> pl.DataFrame:
    return _made(facts, day, dimension)


def _made(facts: Facts, day: date, dimension: Dimension) -> pl.DataFrame:
    word = pl.col("group") if dimension.key.startswith(OWN_TRAIT) else as_code("group")  # a number may be one person's
    groups = dimension.groups(facts, day).select("client_id", word)
    if dimension.key in GROUPED:  # what would come of rows that were cut to the month can differ: on the leap day
        groups = groups.filter(pl.col("client_id") > 0)
    groups = pl.concat([groups, _left_in(facts, dimension.key, day).with_columns(word)])
    once = None if dimension.many else "client_id"  # who has two merged dossiers counts once
    return groups.unique(subset=once, keep="first", maintain_order=True)


def as_code(column: str) -> pl.Expr:
    """A column of ids or words as groups go by."""
    return pl.col(column).cast(pl.String).cast(CODE)


def _left_in(facts: Facts, key: str, day: date) -> pl.DataFrame:
    """Of who was erased the group that is left; one of classes that hold no longer counts in the class of today."""
    left = facts.left().groups_on(key, day)
    if key != BENEFIT_DURATION or left.is_empty():
        return left
    years = duration_years(facts.recording, facts.municipality_id, day)
    held = {code: class_with(code, years) for code in left["group"].unique()}
    return left.with_columns(pl.col("group").replace(held))


def active(facts: Facts, table: str, day: date) -> pl.DataFrame:
    """Rows of a table of periods that hold on the day."""
    held: pl.DataFrame = nw.to_native(on(facts.lazy(table), day, starts="starts_on", ends="ends_on")).collect()
    return held


def between(facts: Facts, table: str, first: date, last: date) -> pl.DataFrame:
    """Rows of a table of periods that hold on any of these days, both included."""
    return facts.table(table).filter(pl.col("starts_on") <= last, pl.col("ends_on") > first)


def all_caseloads(facts: Facts, day: date) -> pl.DataFrame:
    """Columns client_id, team_id, worker_id, assigned_on, id: who had whom in the caseload on the day, each of two."""
    held = active(facts, "assignments", day).filter(pl.col("role") == AssignmentRole.CASE_MANAGER.value)
    return held.select("client_id", "team_id", "worker_id", pl.col("starts_on").alias("assigned_on"), "id")


@kept_while_unchanged(by_person=True)
def caseloads(facts: Facts, day: date) -> pl.DataFrame:
    """Columns client_id, team_id, worker_id, assigned_on: in whose caseload each client counts on the day.

    Of two case managers at once, in one dossier or in two that were merged, the one who got the client last.
    """
    held = all_caseloads(facts, day)
    if held["client_id"].n_unique() < held.height:
        last = held.sort("client_id", "assigned_on", "id")
        held = last.unique("client_id", keep="last", maintain_order=True)
    return held.drop("id")


def _by_column(table: str, column: str) -> Callable[[Facts, date], pl.DataFrame]:
    def groups(facts: Facts, day: date) -> pl.DataFrame:
        return active(facts, table, day).select("client_id", pl.col(column).alias("group")).drop_nulls()

    return groups


def _by_caseload(column: str) -> Callable[[Facts, date], pl.DataFrame]:
    def groups(facts: Facts, day: date) -> pl.DataFrame:
        return caseloads(facts, day).select("client_id", pl.col(column).alias("group")).drop_nulls()

    return groups


@lru_cache(maxsize=256)
def _by_trait(kind: str) -> Callable[[Facts, date], pl.DataFrame]:
    def groups(facts: Facts, day: date) -> pl.DataFrame:
        held = active(facts, "traits", day).filter(pl.col("kind") == kind)
        return held.select("client_id", pl.col("value").alias("group"))

    return groups


def dimension_of(key: str) -> Dimension:
    """The dimension of a key; a trait that the municipality defined is one by the kind its facts have."""
    return Dimension(key, _by_trait(key)) if key.startswith(OWN_TRAIT) else DIMENSIONS[key]


def _by_sex(facts: Facts, day: date) -> pl.DataFrame:
    del day
    return facts.table("persons").select("client_id", pl.col("sex").alias("group")).filter(pl.col("group") != "")


def _by_age(facts: Facts, day: date) -> pl.DataFrame:
    """The last class begins at the state pension age of the day, which follows from the birth date."""
    born = facts.table("persons").select("client_id", "birth_date").drop_nulls()
    last = _last_birth_with_pension(facts.recording, day)
    has_pension = pl.lit(value=False) if last is None else pl.col("birth_date") <= last
    group = pl.when(has_pension).then(pl.lit(PENSION)).otherwise(_classes("birth_date", day, AGE_CLASSES))
    return born.select("client_id", group.alias("group"))


@remembered
def _last_birth_with_pension(recording: int, day: date) -> date | None:
    del recording
    return last_birth_with_pension(day, pension_ages())


def _by_benefit_duration(facts: Facts, day: date) -> pl.DataFrame:
    return _on_benefit(facts, day, duration_years(facts.recording, facts.municipality_id, day))


@lru_cache(maxsize=64)
def on_benefit_by(years: tuple[int, ...]) -> Dimension:
    """Time on benefit in other classes than those of the day."""
    return Dimension(BENEFIT_DURATION, lambda facts, day: _on_benefit(facts, day, years))


def _on_benefit(facts: Facts, day: date, years: tuple[int, ...]) -> pl.DataFrame:
    """What isn't a benefit (nuggers) doesn't count; gaps up to the municipality's setting continue the duration."""
    gap_days, kinds = _benefit_terms(facts.recording, facts.municipality_id, day)
    spells = facts.lazy("benefit_spells").filter(nw.col("kind").is_in(kinds))
    since: pl.DataFrame = nw.to_native(continuous_since(spells, day, gap_days)).collect()
    return since.select("client_id", _classes("since", day, duration_classes(years)).alias("group"))


@remembered
def _benefit_terms(recording: int, municipality_id: int, day: date) -> tuple[int, list[str]]:
    gap_days = settings_at(recording, municipality_id, [GAP], day)[GAP]
    return int(gap_days), [option.code for option in codes_on("benefit_kind", day) if option.counts_as_benefit]


def benefit_kinds(facts: Facts, day: date) -> list[str]:
    """The kinds that count as a benefit."""
    return _benefit_terms(facts.recording, facts.municipality_id, day)[1]


def _by_household_type(facts: Facts, day: date) -> pl.DataFrame:
    members = active(facts, "household_members", day).select("client_id", "household_id")
    kinds = active(facts, "household_types", day).select("household_id", pl.col("kind").alias("group"))
    return members.join(kinds, on="household_id").select("client_id", "group")


def _by_exemption(facts: Facts, day: date) -> pl.DataFrame:
    exempt = active(facts, "exemptions", day).select("client_id").unique()
    return exempt.with_columns(pl.lit("yes").alias("group"))


def _classes(column: str, day: date, classes: tuple[tuple[int, str], ...]) -> pl.Expr:
    """Class of the whole years that passed since the day in the column."""
    expression = pl.lit(classes[-1][1])
    for years, label in reversed(classes[:-1]):
        expression = pl.when(pl.col(column) > years_before(day, years)).then(pl.lit(label)).otherwise(expression)
    return expression


DIMENSIONS: dict[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        Dimension("team", _by_caseload("team_id")),
        Dimension("worker", _by_caseload("worker_id")),
        Dimension("sex", _by_sex, "sex"),
        Dimension("age", _by_age),
        Dimension("benefit", _by_column("benefit_spells", "kind"), "benefit_kind", many=True),
        Dimension(BENEFIT_DURATION, _by_benefit_duration),
        Dimension("household", _by_household_type, "household_type"),
        Dimension("exemption", _by_exemption),
        Dimension("barrier", _by_column("barriers", "kind"), "barrier_kind", many=True),
        Dimension("low-literacy", _by_trait(TraitKind.LOW_LITERATE.value)),
        Dimension("basic-qualification", _by_trait(TraitKind.BASIC_QUALIFICATION.value)),
        Dimension("integration", _by_trait(TraitKind.INTEGRATION.value), "integration_status"),
        Dimension("income", _by_trait(TraitKind.INCOME_SITUATION.value), "income_situation"),
        Dimension("trajectory", _by_column("trajectories", "kind"), "trajectory_kind", many=True, part="plans"),
        Dimension("instrument", _by_column("instruments", "kind"), "instrument_kind", many=True, part="plans"),
        Dimension("district", by_district("district"), is_of_then=False),
        Dimension("neighbourhood", by_district("neighbourhood"), is_of_then=False),
        Dimension("programme", _by_column("memberships", "programme_id"), many=True),
    )
}
IN_USE = Dimension(TraitKind.INSTRUMENT_IN_USE.value, _by_trait(TraitKind.INSTRUMENT_IN_USE.value))
"""Whether an instrument was in use as a placement or a file tells, which is not the register of instruments."""
