"""Whose caseloads a worker reaches: the own one, and those of whom they stand in for, each looked at by itself."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from opstap.audit.logic.seen import note_on_behalf
from opstap.audit.permissions import Actor
from opstap.clients.selectors.handing import StandInFound, stood_in_for
from opstap.dossier.selectors.attention import Desk


@dataclass(frozen=True)
class CaseloadsReached:
    """For whom somebody stands in today, and whose caseload is looked at; None is the own one."""

    stood_in_for: tuple[StandInFound, ...] = ()
    chosen: StandInFound | None = None

    def of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows of that caseload: the own list is never mixed with that of an absent colleague."""
        if self.chosen is not None:
            return rows.filter(pl.col("worker_id") == self.chosen.absent.pk)
        absent = [one.absent.pk for one in self.stood_in_for]
        return rows.filter(~pl.col("worker_id").is_in(absent).fill_null(value=False)) if absent else rows


ONLY_OWN = CaseloadsReached()


def caseloads_reached(actor: Actor, desk: Desk, worker: str) -> CaseloadsReached:
    """Which caseload is asked for by the reference of its worker. Who leads a team reaches it anyway."""
    if actor.may("reach_team") or actor.may("reach_municipality"):
        return ONLY_OWN
    found = tuple(stood_in_for(actor, desk.day))
    chosen = next((one for one in found if one.absent.reference == worker), None)
    if chosen is not None:
        note_on_behalf(chosen.absent.name)
    return CaseloadsReached(found, chosen)
