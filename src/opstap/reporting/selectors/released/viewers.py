"""Who may know people of a publication, and whom: each worker their own, and who leads a team all of that team."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from opstap.accounts.models import Team
from opstap.accounts.selectors.people import teams_led
from opstap.analytics.disclosure import Cell, Whole
from opstap.audit.selectors import latest_recording
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import between
from opstap.foundation import dates
from opstap.reporting.logic.released import LEVEL, TEAM
from opstap.reporting.selectors.released.classes import Basis
from opstap.reporting.selectors.released.links import Key
from opstap.reporting.selectors.released.people import ID, counts_of

VIEWER = "viewer"


def known_in(
    basis: Basis, people: pl.DataFrame, wanted: Mapping[Key, Collection[Cell]]
) -> dict[Key, dict[str, dict[Cell, int]]]:
    """By table and viewer how many of each cell they know; of the own team in a table by team who leads it knows that
    there is nobody else.
    """
    held = _held(basis, people)
    leading = _leading(basis, held)
    viewers = [own_people(held), *(led_by(held, viewer, codes) for viewer, codes in leading.items())]
    own = pl.concat(viewers).join(people, on=ID)
    found: dict[Key, dict[str, dict[Cell, int]]] = {}
    for dimensions, cells in wanted.items():
        known = found.setdefault(dimensions, {})
        for (viewer, *cell), count in counts_of(own, (VIEWER, *dimensions)).items():
            known.setdefault(str(viewer), {})[tuple(cell)] = count
        if TEAM in dimensions:
            whole = _of_own_teams(counts_of(people, dimensions), cells, dimensions.index(TEAM), leading)
            for viewer, all_of_them in whole:
                known[viewer] = {**known.get(viewer, {}), **all_of_them}
    return found


def own_people(held: pl.DataFrame) -> pl.DataFrame:
    """Columns viewer and client_id: whom each worker knows of them, in whatever role."""
    known = held.select("worker_id", ID).drop_nulls().unique()  # of a team alone nobody's
    return known.select(pl.col("worker_id").cast(pl.String).alias(VIEWER), ID)


def led_by(held: pl.DataFrame, viewer: str, codes: Collection[str]) -> pl.DataFrame:
    """The same of somebody who leads these teams."""
    known = held.filter(pl.col(TEAM).is_in(sorted(codes))).select(ID).unique()
    return known.select(pl.lit(viewer).alias(VIEWER), ID)


def _held(basis: Basis, people: pl.DataFrame) -> pl.DataFrame:
    """Columns worker_id, team, client_id, starts_on and ends_on: who had whom of them in the month of the reference
    date, or since: who handed somebody over remembers, and the dossier that is taken over tells of then too. Of those
    who left: since the year before.
    """
    gone = people.filter(pl.col(LEVEL) == basis.left).select(ID)
    rows = pl.concat(
        between(facts, "assignments", since, _until(basis)).join(whom, on=ID, how="semi")
        for facts in _as_known_then_and_now(basis)
        for whom, since in ((people.select(ID), _since(basis)), (gone, basis.earlier))
    )
    codes: dict[Any, str] = dict(Team.objects.filter(municipality=basis.municipality_id).values_list("pk", "reference"))
    team = pl.col("team_id").replace_strict(codes, default=None, return_dtype=pl.String)
    return rows.select("worker_id", team.alias(TEAM), ID, "starts_on", "ends_on")


def _since(basis: Basis) -> date:
    """The first day of the month that it closes."""
    return basis.on.replace(day=1)


def _until(basis: Basis) -> date:
    """The day on which it is made."""
    return max(dates.today(), basis.on)


def _as_known_then_and_now(basis: Basis) -> Iterator[Facts]:
    """Who took somebody over since is known by now alone."""
    for recording in sorted({basis.recording, latest_recording()}):
        yield facts_of(basis.municipality_id, recording=recording)


def _leading(basis: Basis, held: pl.DataFrame) -> dict[str, set[str]]:
    """The teams of everybody who can lead one, whether somebody does today or not, and of who leads more than one. Who
    had everybody who was in a team, on the first day of the month, on the reference date or today, knows them all: to
    them nothing is hidden.
    """
    within = held.filter(pl.col(TEAM).is_not_null())
    teams = set(within[TEAM].to_list())
    found = {f"team {code}": {code} for code in sorted(teams)}
    for user, codes in sorted(teams_led(basis.municipality_id, dates.today()).items()):
        found[f"leads {user}"] = teams & codes
    days = (_since(basis), basis.on, _until(basis))
    everybody = [_ids(within.filter(pl.col("starts_on") <= day, pl.col("ends_on") > day)) for day in days]

    def is_over_all(codes: set[str]) -> bool:
        own = _ids(within.filter(pl.col(TEAM).is_in(sorted(codes))))
        return any(people <= own for people in everybody)

    return {viewer: codes for viewer, codes in found.items() if codes and not is_over_all(codes)}


def _ids(rows: pl.DataFrame) -> set[int]:
    return set(rows[ID].to_list())


def _of_own_teams(
    counts: Mapping[Cell, int], cells: Collection[Cell], at: int, leading: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, dict[Cell, int]]]:
    """By who can lead: all cells of their teams, nobody included."""
    for viewer, codes in leading.items():
        own = {cell: Whole(counts.get(cell, 0)) for cell in cells if cell[at] in codes}
        if own:
            yield viewer, dict(own)
