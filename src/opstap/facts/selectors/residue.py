"""What is left of those who were erased, as rows of the tables of facts, and their groups by the month.

An interval keeps its months: a state at the end of any month is what it was. A residue counts as known from the
beginning, because when something about somebody became known would tell who it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from opstap.analytics.periods import FAR
from opstap.clients.models import Residue
from opstap.facts.selectors.tables import FactTable

GROUPS, REACH = "groups", "reach"
# Groups that come of who somebody is and where they live: only the group is left, of each month.
GROUPED = ("sex", "age", "benefit-duration", "household", "district", "neighbourhood")
OPEN = FAR  # the end of what has not ended
BEFORE_ALL = -(2**30)  # ids of residues lie before those of rows, in their own order: their keys are too large
SCHEMA_OF_GROUPS = {
    "client_id": pl.Int64, "dimension": pl.String, "group": pl.String, "starts_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip

SCHEMA_OF_REACH = {"client_id": pl.Int64, "team_id": pl.Int64, "worker_id": pl.Int64}


@dataclass(frozen=True)
class Left:
    """By table the rows that are left, as they are stored."""

    rows: Mapping[str, list[Residue]]
    groups: pl.DataFrame
    reach: pl.DataFrame

    def groups_on(self, dimension: str, day: date) -> pl.DataFrame:
        """In which group each of them fell on the day: client_id, group."""
        if self.groups.is_empty():
            return self.groups.select("client_id", "group")
        holds = (pl.col("starts_on") <= day) & (pl.col("ends_on") > day)
        return self.groups.filter((pl.col("dimension") == dimension) & holds).select("client_id", "group")

    def reached_by(self, team_ids: Collection[int], worker_ids: Collection[int]) -> pl.Series:
        """Whom a team leader or a case manager could see when they were erased: they go on counting those."""
        held = pl.col("team_id").is_in(list(team_ids)) | pl.col("worker_id").is_in(list(worker_ids))
        return self.reach.filter(held)["client_id"].unique()

    def added_to(self, table: FactTable, held: pl.DataFrame) -> pl.DataFrame:
        """The intervals of a table with those of the erased, sorted by whom they are about."""
        rows = self.rows.get(table.name, [])
        if not rows or table.owner != "client_id":
            return held
        left = [_row(table, place, row) for place, row in enumerate(rows)]
        frame = pl.DataFrame(left, schema=dict(held.schema), orient="row")
        both = pl.concat([held, frame]).sort(table.owner, maintain_order=True).rechunk()
        return both.with_columns(pl.col(table.owner).set_sorted())


NOTHING_LEFT = Left({}, pl.DataFrame(schema=SCHEMA_OF_GROUPS), pl.DataFrame(schema=SCHEMA_OF_REACH))


def left_of(municipality_id: int, *, any_erased: bool) -> Left:
    """One query, where somebody was ever erased."""
    if not any_erased:
        return NOTHING_LEFT
    rows: dict[str, list[Residue]] = defaultdict(list)
    for one in Residue.objects.filter(municipality=municipality_id).order_by("pk"):
        rows[one.table].append(one)
    told = [
        (one.person, one.counted["dimension"], one.counted["group"], one.starts_on, one.ends_on)
        for one in rows.pop(GROUPS, [])
    ]
    reach = [(one.person, one.counted["team_id"], one.counted["worker_id"]) for one in rows.pop(REACH, [])]
    return Left(
        dict(rows),
        pl.DataFrame(told, schema=SCHEMA_OF_GROUPS, orient="row"),
        pl.DataFrame(reach, schema=SCHEMA_OF_REACH, orient="row"),
    )


def _row(table: FactTable, place: int, one: Residue) -> dict[str, Any]:
    values: dict[str, Any] = dict.fromkeys(table.schema)
    values |= {"id": BEFORE_ALL + place, "recording": 0, "withdrawn": False, "client_id": one.person}
    if table.time == "moment":
        values |= {"measured_on": one.starts_on, "valid_from": one.starts_on, "valid_until": one.ends_on}
    else:
        values |= {"starts_on": one.starts_on, "ends_on": one.ends_on}
    for name, kind in table.payload.items():
        value = one.counted.get(name)
        values[name] = date.fromisoformat(value) if kind == pl.Date and value else value
    return values
