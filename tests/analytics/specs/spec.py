"""What a spec is: a small table in, a table out, and the sentence it shows. Not here: how it is run or rendered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Value = str | int | date | Decimal | None
Table = Sequence[Mapping[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One rule of a report, shown on a few rows.

    `given` has the tables `levels` (code, name, half of, growth), `follow-up` (client, from, until, and a trait to
    group `by`) and `placements` (nr, client, on, level, growth, expected, recording, replaces, withdrawn). What a row
    leaves out is empty: an open end, the first recording. A report that reads through a crosswalk has two tables more:
    `levels of the other scale`, on which people are placed, and `crosswalk` (level, counterpart). `expected` and
    `totals` name the columns that the spec is about.
    Of movement, `expected` has the cells with somebody in them; `compared_with` is the earlier day. `ordered` and
    `halves_count` are what the scale says of its levels. For `trajectories` the table of that name has client, kind,
    goal, keeps, from and until; for `caseload` it may name an activity, and there is a table `barriers`.
    Of `indicators` there is a table of one of them, named after it, with the answer of each; or `figures` with targets.
    Of `differences` there is one table, `people`, with as many persons a row as it says.
    Of `profile` one feature is shown: that of the table with `has`, or growth. `duration` has the class of each client,
    `left` the reason of each who went; of `traits-changed` one trait is shown, on the days `then` and `now`.
    Of `data-quality` the table `judged` has a column a check: yes for whom it concerns, no for who is in order.
    Of `deployment` the table `kinds` has, of who can have growth potential, that and whether an instrument is in use.
    Of `ready` the table `running` has the trajectories that run, with their goals.
    Of `realised` the table with `has` says who had an instrument.
    Of a caseload in `movement` the table `people` says who had whom, and on which level, `then` and `now`. Of
    `publications` and `series` it says what stands in the one table of each.
    """

    name: str
    report: Literal[
        "placement",
        "goals",
        "current-expected",
        "movement",
        "coverage",
        "trajectories",
        "caseload",
        "profile",
        "indicators",
        "duration",
        "left",
        "traits-changed",
        "inflow",
        "data-quality",
        "realised",
        "differences",
        "ready",
        "deployment",
        "publications",
        "series",
    ]
    sentence: str
    on: date
    given: Mapping[str, Table]
    expected: Table
    totals: Mapping[str, Value] | None = None
    known_at: int | None = None
    by: str | None = None
    decimals: int = 1
    compared_with: date | None = None
    ordered: bool = True
    halves_count: bool = False
    shifts: Table | None = None
