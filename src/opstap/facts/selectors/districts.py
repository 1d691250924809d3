"""Where someone lives, as a group: the wijk or buurt of the postcode, and for a secret address none, on any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.periods import on
from opstap.audit.selectors import remembered
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.municipality.selectors import districts_on

FOUR = 4


def by_district(part: str, *, secret_as_known: bool = False) -> Callable[[Facts, date], pl.DataFrame]:
    """Groups by `district` or `neighbourhood`: the address and the table of the day, as known at the recording.

    A secret address has no group, also where it was made secret since; with `secret_as_known` only where it was known
    to be: for what was shown to everybody then, and is made again.
    """

    def groups(facts: Facts, day: date) -> pl.DataFrame:
        known = facts if secret_as_known else facts_of(facts.municipality_id)
        lived = _postcodes_of_people(facts, day, known)
        table = _postcode_table(facts.recording, facts.municipality_id, day).select(
            "postcode", pl.col(part).alias("group")
        )
        exact = lived.join(table, on="postcode", how="left")
        coarse = table.rename({"postcode": "four", "group": "coarse"})
        found = exact.with_columns(pl.col("postcode").str.slice(0, FOUR).alias("four")).join(
            coarse, on="four", how="left"
        )
        group = pl.coalesce("group", "coarse").alias("group")
        return found.select("client_id", group).filter(pl.col("group") != "")

    return groups


def _postcodes_of_people(facts: Facts, day: date, known: Facts) -> pl.DataFrame:
    """Columns client_id and postcode; of addresses that overlap the one that began last."""
    held: pl.DataFrame = nw.to_native(on(facts.lazy("addresses"), day, starts="starts_on", ends="ends_on")).collect()
    return (
        held.sort("client_id", "starts_on", "recording", "id")
        .unique("client_id", keep="last", maintain_order=True)
        .join(_kept_secret(known, day), on="client_id", how="anti")
        .select("client_id", pl.col("postcode").str.replace_all(r"\s", "").str.to_uppercase())
        .filter(pl.col("postcode") != "")
    )


def _kept_secret(facts: Facts, day: date) -> pl.DataFrame:
    """Whose address is secret on the day or later, as known now, unless asked otherwise.

    An earlier day or an earlier moment of knowledge would otherwise still tell where they live (docs/decisions, on
    secret addresses).
    """
    return facts.table("addresses").filter(pl.col("is_secret") & (pl.col("ends_on") > day)).select("client_id").unique()


@remembered
def _postcode_table(recording: int, municipality_id: int, day: date) -> pl.DataFrame:
    rows = districts_on(municipality_id, day, recording=recording)
    unique = {row.postcode: row for row in rows}
    return pl.DataFrame(
        [(row.postcode, row.district, row.neighbourhood) for row in unique.values()],
        schema={"postcode": pl.String, "district": pl.String, "neighbourhood": pl.String},
        orient="row",
    )
