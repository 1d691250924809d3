"""Everyone who answers what became of people between two days, and what each is given. Not here: the clock."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

import narwhals as nw
import numpy as np
import polars as pl

from benchmarks.states.contestants import DAY, FIRST_DAY, LEVELS, SPAN_DAYS, Facts, as_pandas, built, kept_in_duckdb
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import FAR, on
from opstap.analytics.transitions import LEFT, NOT_MEASURED_AGAIN, flows, movement_of_everyone
from opstap.facts.selectors.cache import Facts as Kept
from opstap.facts.selectors.ways import ways_on

EARLIER = DAY - timedelta(days=365)
WHOLE, MATRIX = "the whole report", "the matrix of everyone alone"
OURS, ONE_SCALE = "Opstap", 1
SCALE = [ScaleLevel(id=number, code=str(number), name="", order=number) for number in range(1, LEVELS + 1)]

_LATEST = {
    "DuckDB arg_max": (
        "SELECT client_id, arg_max(level_id, (measured_on, id)) AS level_id, max(measured_on) AS measured_on"
        " FROM moments WHERE measured_on <= DATE '{day}' GROUP BY client_id"
    ),
    "DuckDB row_number": (
        "SELECT client_id, level_id, measured_on FROM moments WHERE measured_on <= DATE '{day}'"
        " QUALIFY row_number() OVER (PARTITION BY client_id ORDER BY measured_on DESC, id DESC) = 1"
    ),
    "DuckDB join on max": (
        "SELECT client_id, level_id, measured_on FROM moments JOIN (SELECT max(id) AS id FROM moments JOIN"
        " (SELECT client_id, max(measured_on) AS measured_on FROM moments WHERE measured_on <= DATE '{day}'"
        " GROUP BY client_id) USING (client_id, measured_on) GROUP BY client_id) USING (id)"
    ),
}
LATEST_ROW = tuple(_LATEST)


class Answer(NamedTuple):
    """Persons by (from, to), `to` also a word; of the whole report also the new by their level, and all at the start.

    The matrix of everyone has no `left`, no new, and nobody without a placement.
    """

    cells: dict[tuple[str, str], int]
    entered: dict[str, int]
    in_follow_up: int


Contestant = Callable[[Facts], Answer]


def prepared(clients: int) -> Facts:
    """Everyone's copy of the data. In follow-up some came later, some left, and some of these came back."""
    facts = built(clients)
    follow_up = drawn_follow_up(clients)
    kept_in_duckdb(facts.duck, "follow_up", as_pandas(follow_up), ("starts_on", "ends_on"))
    kept = facts.intervals.with_columns(
        scale_id=pl.lit(ONE_SCALE, dtype=pl.Int32), expected_level_id=pl.lit(None, dtype=pl.Int32)
    )
    return replace(facts, follow_up=follow_up, intervals=kept)


def drawn_follow_up(clients: int) -> pl.DataFrame:
    """Spells of follow-up, sorted by client."""
    random = np.random.default_rng(20210324)
    first, far = np.datetime64(FIRST_DAY, "D"), np.datetime64(FAR, "D")

    def days(least: int, most: int) -> np.ndarray:  # type: ignore[type-arg] # days
        return random.integers(least, most, clients).astype("timedelta64[D]")

    starts = np.where(random.random(clients) < 0.2, first + days(0, SPAN_DAYS), first)
    ends = np.where(random.random(clients) < 0.25, starts + days(1, SPAN_DAYS), far)
    back = (ends < far) & (random.random(clients) < 0.2)
    ids = np.arange(1, clients + 1, dtype=np.int64)
    spells = {
        "client_id": np.concatenate([ids, ids[back]]),
        "starts_on": np.concatenate([starts, (ends + days(30, 900))[back]]),
        "ends_on": np.concatenate([ends, np.full(back.sum(), far)]),
    }
    return pl.DataFrame(spells).sort("client_id", "starts_on").with_columns(pl.col("client_id").set_sorted())


def our_matrix(facts: Facts) -> Answer:
    """The states of both days, joined person by person and counted."""
    intervals = nw.from_native(facts.intervals.lazy())
    start, end = (
        on(intervals, day).select("client_id", "level_id", measured_on=nw.col("valid_from")) for day in (EARLIER, DAY)
    )
    counted = flows(start, end, EARLIER).group_by("from_level", "to_level").agg(clients=nw.len()).collect()
    cells = {
        (str(origin), str(to) if to > 0 else NOT_MEASURED_AGAIN): clients for origin, to, clients in counted.rows()
    }
    return Answer(cells, {}, 0)


def our_report(facts: Facts) -> Answer:
    """As the page has it counted, from the tables that `facts` keeps: outcomes, the new and the sums too."""
    kept = Kept(1, 1, {"follow_ups": facts.follow_up, "measurements": facts.intervals})
    found = movement_of_everyone(ways_on(kept, EARLIER, DAY, ONE_SCALE), SCALE, ordered=True)
    return Answer(
        {(row.origin, row.destination): row.clients for row in found.rows if row.clients},
        {entry.destination: entry.clients for entry in found.overall.entries if entry.clients},
        found.overall.totals.in_follow_up,
    )


def matrix_in_duckdb(latest: str) -> Contestant:
    """The latest row of both days by this query, joined and counted."""
    query = (
        f"SELECT a.level_id, CASE WHEN b.measured_on > DATE '{EARLIER}' THEN b.level_id END, count(*)"
        f" FROM ({latest.format(day=EARLIER)}) a JOIN ({latest.format(day=DAY)}) b USING (client_id) GROUP BY 1, 2"
    )

    def answer(facts: Facts) -> Answer:
        rows = facts.duck.execute(query).fetchall()
        return Answer({(str(origin), str(to or NOT_MEASURED_AGAIN)): n for origin, to, n in rows}, {}, 0)

    return answer


def report_in_duckdb(latest: str) -> Contestant:
    """People in follow-up with their latest row by this query, on both days; joined in full, and counted once."""

    def side(day: date) -> str:
        return (
            f"SELECT client_id, level_id, measured_on FROM (SELECT client_id FROM follow_up"
            f" WHERE starts_on <= DATE '{day}' AND ends_on > DATE '{day}') LEFT JOIN ({latest.format(day=day)})"
            f" USING (client_id)"
        )

    query = (
        f"SELECT a.client_id IS NOT NULL, a.level_id, b.client_id IS NOT NULL, b.level_id,"
        f" b.measured_on > DATE '{EARLIER}', count(*)"
        f" FROM ({side(EARLIER)}) a FULL JOIN ({side(DAY)}) b ON a.client_id = b.client_id GROUP BY 1, 2, 3, 4, 5"
    )

    def answer(facts: Facts) -> Answer:
        cells: Counter[tuple[str, str]] = Counter()
        entered: Counter[str] = Counter()
        everyone = 0
        for was, origin, followed, to, again, persons in facts.duck.execute(query).fetchall():
            everyone += persons if was else 0
            if was and origin:
                cells[str(origin), (str(to) if again else NOT_MEASURED_AGAIN) if followed else LEFT] += persons
            elif followed and to:
                entered[str(to)] += persons
        return Answer(dict(cells), dict(entered), everyone)

    return answer


QUESTIONS: dict[str, dict[str, Contestant]] = {
    WHOLE: {OURS: our_report, **{name: report_in_duckdb(latest) for name, latest in _LATEST.items()}},
    MATRIX: {OURS: our_matrix, **{name: matrix_in_duckdb(latest) for name, latest in _LATEST.items()}},
}
