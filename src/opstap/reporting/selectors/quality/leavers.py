"""Who left in the last year, and whether it was recorded why: the one check that is not about people in follow-up."""

from __future__ import annotations

from datetime import date

import polars as pl

from opstap.clients.enums import AssignmentRole
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import UNKNOWN, as_code
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.foundation.dates import months_before
from opstap.reporting.selectors.left import NO_REASON
from opstap.reporting.selectors.quality.terms import ENDED_MONTHS
from opstap.reporting.selectors.questions import Question

ENDED = "ended_without_reason"
_BY_CASELOAD = {"team": "team_id", "worker": "worker_id"}


def asks_of_leavers(question: Question) -> bool:
    """Whether the question can be asked of them: of who left only team and case manager are known as of their last day,
    so not where it is narrowed or divided by something else.
    """
    asked = {key for key, _group in question.where} | ({question.by} if question.by else set())
    return asked <= _BY_CASELOAD.keys()


def leavers_of(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id, group (where asked for) and `ENDED`: each once, by the last follow-up that ended in the year
    up to the day, in the caseload of its last day. Who was followed on without a day between did not leave.
    """
    ended = _ended(facts, question.on)
    held = facts.table("assignments").filter(pl.col("role") == AssignmentRole.CASE_MANAGER.value)
    held = held.select("client_id", "team_id", "worker_id", "id", assigned_on="starts_on", released_on="ends_on")
    last_day = (pl.col("assigned_on") < pl.col("left_on")) & (pl.col("released_on") >= pl.col("left_on"))
    then = ended.join(held, on="client_id").filter(last_day)
    choice = question.choice
    if choice.reach is not None:
        ours = pl.col("team_id").is_in(sorted(choice.reach.team_ids))
        ours |= pl.col("worker_id").is_in(sorted(choice.reach.worker_ids))
        ended = ended.join(then.filter(ours), on="client_id", how="semi")
    ended = ended.filter(choice.counts())
    counts = then.sort("client_id", "assigned_on", "id").unique("client_id", keep="last", maintain_order=True)
    grouped = ended.join(counts.select("client_id", *_BY_CASELOAD.values()), on="client_id", how="left").with_columns(
        as_code(column).fill_null(UNKNOWN) for column in _BY_CASELOAD.values()
    )
    for key in {key for key, _group in choice.where}:
        wanted = [group for other, group in choice.where if other == key]
        grouped = grouped.filter(pl.col(_BY_CASELOAD[key]).is_in(wanted))
    if choice.team is not None:
        grouped = grouped.filter(pl.col("team_id") == choice.team)
    group = [pl.col(_BY_CASELOAD[question.by]).alias("group")] if question.by else []
    return grouped.select("client_id", *group, ENDED).sort("client_id")


@kept_while_unchanged()
def _ended(facts: Facts, day: date) -> pl.DataFrame:
    """Columns client_id, left_on and whether a reason lacks (1 or 0), by the last end of each; of nobody erased."""
    spells = facts.table("follow_ups").select("client_id", "starts_on", "ends_on", "end_reason")
    lately = (pl.col("ends_on") > months_before(day, ENDED_MONTHS)) & (pl.col("ends_on") <= day)
    lacks = pl.col("end_reason").fill_null("").is_in(sorted(NO_REASON)).cast(pl.Int8)
    found = spells.filter(lately & (pl.col("client_id") > 0)).select(
        "client_id", pl.col("ends_on").alias("left_on"), lacks.alias(ENDED)
    )
    goes_on = (pl.col("starts_on") <= pl.col("left_on")) & (pl.col("ends_on") > pl.col("left_on"))
    on = found.join(spells, on="client_id").filter(goes_on).select("client_id", "left_on")
    left = found.join(on, on=["client_id", "left_on"], how="anti")
    return left.sort("client_id", "left_on", ENDED).unique("client_id", keep="last", maintain_order=True)
