"""Whose caseloads a worker reaches: the own one, and those of whom they stand in for, each looked at by itself."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from opstap.audit.logic.seen import note_on_behalf
from opstap.audit.permissions import Actor
from opstap.clients.selectors.handing import StandInFound, stood_in_beyond
from opstap.clients.selectors.scopes import reached_teams
from opstap.dossier.selectors.attention import Desk


@dataclass(frozen=True)
class CaseloadsReached:
    """For whom somebody stands in today, and whose caseload is looked at; None is the own one. `led` are the teams that
    they reach in their own right.
    """

    stood_in_for: tuple[StandInFound, ...] = ()
    chosen: StandInFound | None = None
    led: frozenset[int] = frozenset()

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows of that caseload: the own list is never mixed with that of an absent colleague."""
        if self.chosen is not None:
            return rows.filter(pl.col("worker_id") == self.chosen.absent.pk)
        absent = [one.absent.pk for one in self.stood_in_for]
        if not absent:
            return rows
        theirs = pl.col("worker_id").is_in(absent) & ~pl.col("team_id").is_in(sorted(self.led)).fill_null(value=False)
        return rows.filter(~theirs.fill_null(value=False))


ONLY_OWN = CaseloadsReached()


def caseloads_reached(actor: Actor, desk: Desk, worker: str) -> CaseloadsReached:
    """Which caseload is asked for by the reference of its worker. Who leads or sees all reaches theirs anyway."""
    found = tuple(stood_in_beyond(actor, desk.day))
    chosen = next((one for one in found if one.absent.reference == worker), None)
    if chosen is not None:
        note_on_behalf(chosen.absent.name)
    return CaseloadsReached(found, chosen, reached_teams(actor))
