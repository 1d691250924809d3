"""The knowledge clock: which rows of an append-only table stood at a recording. Not here: on which days."""

from typing import Any

import narwhals as nw


def as_known(rows: nw.LazyFrame[Any], recording: int | None = None) -> nw.LazyFrame[Any]:
    """The rows that stood once `recording` was written; with `None` those that stand now.

    Shapes: any frame with `id`, `recording`, `replaces` (null, or the id of the row it replaces) and `withdrawn` in;
    the same columns out. Of the rows up to the recording, those replaced by one of them are left out, and then the
    withdrawals are dropped. So a chain of corrections leaves its last known row, and a withdrawal leaves nothing.
    Source: FIELD B-14 (history is kept); the two clocks of ARCHITECTURE.
    """
    known = rows if recording is None else rows.filter(nw.col("recording") <= recording)
    of_id = rows.collect_schema()["id"]
    replaced = known.filter(~nw.col("replaces").is_null()).select(replaced_id=nw.col("replaces").cast(of_id))
    standing = known.join(replaced, left_on="id", right_on="replaced_id", how="anti")
    return standing.filter(~nw.col("withdrawn"))
