"""Groups of clients that a shipped working list is about. Facts on file, never a score."""

from __future__ import annotations

import polars as pl

from opstap.dossier.selectors.attention import Desk
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.ready import ready_on
from opstap.foundation.dates import years_before
from opstap.selections.logic import DIAGNOSIS_FIRST, READY

YOUNG_UNTIL = 27
CLAIMANT = "interested_party"  # of a household of one parent: the parent, not who lives along
FIRST_BY_EXEMPTION = ("medical", "fully_disabled", "single_parent_young_child")


def ids_of_group(desk: Desk, key: str) -> frozenset[int]:
    """Who is in a group today; nobody in a group that does not exist."""
    groups = {DIAGNOSIS_FIRST: _diagnosis_first, READY: _ready}
    return groups[key](desk) if key in groups else frozenset()


def _diagnosis_first(desk: Desk) -> frozenset[int]:
    """Young people, those whom illness or disability keeps from work, and single parents (C-51)."""
    facts, day = desk.facts, desk.day
    young = desk.rows.filter(pl.col("birth_date") > years_before(day, YOUNG_UNTIL))
    ill = active(facts, "barriers", day).filter(pl.col("kind") == "health")
    exempt = active(facts, "exemptions", day).filter(pl.col("ground").is_in(FIRST_BY_EXEMPTION))
    households = active(facts, "household_types", day).filter(pl.col("kind") == "single_parent")
    claimants = active(facts, "household_members", day).filter(pl.col("role") == CLAIMANT)
    parents = claimants.join(households, on="household_id", how="semi")
    parents = parents.filter(pl.col("client_id").is_in(desk.rows["client_id"].implode()))
    return frozenset(pk for frame in (young, ill, exempt, parents) for pk in frame["client_id"])


def _ready(desk: Desk) -> frozenset[int]:
    """By the rule of the report on it (A-10). Nobody where trajectories are not recorded: then nothing is known of who
    has one.
    """
    if "plans" not in desk.parts:
        return frozenset()
    ready = ready_on(desk.facts, desk.day, desk.scale)
    return ready & frozenset(desk.rows["client_id"])
