"""Counting of the report `left`: who is out of follow-up since the earlier day, by why, and the people behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted, Sum
from opstap.analytics.distribution import Crosstab, crosstab
from opstap.analytics.transitions import NOBODY, HandedOver
from opstap.audit.selectors import remembered
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.people import Choice, people_on, state_on
from opstap.municipality.selectors import labels_on
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.counting import counted, group_column, levels_of, on_level
from opstap.reporting.selectors.handed import grouped, handed_by_group
from opstap.reporting.selectors.movement import earlier_day
from opstap.reporting.selectors.questions import Question

LEFT, STAYED, UNRECORDED = "left", "stayed", "unrecorded"
SAYS_LITTLE = ("benefit_ended", "goal_reached", "aftercare_ended")  # and not where to, which the benefit may say
OTHER, UNKNOWN = "other", "unknown"  # the last of the reasons, and one that is none
NO_REASON = ("", UNKNOWN)
LISTS = ("exit_reason", "follow_up_end_reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Crosstab):
    """Levels by what became of people, and how many of the caseload of the earlier day were handed over."""

    handed: HandedOver = NOBODY

    def sums(self) -> Iterator[Sum]:
        """Those of the levels; and with who was handed over they are all of the earlier day."""
        yield from Crosstab.sums(self)
        yield from self.handed.sums()


def count_left(question: Question) -> Counted[Left]:
    """Report `left` (B-46): everyone in follow-up on the earlier day, by level then and by what became of them."""
    facts = facts_of(question.municipality_id, recording=question.recording)
    reasons = _reasons(facts, question)
    figures = crosstab(
        nw.from_native(_asked(facts, question).lazy()),
        state_on(facts, earlier_day(question), question.reading),
        nw.from_native(reasons.lazy()),
        levels_of(question.scale),
        _columns(question, reasons),
        otherwise=STAYED,
        group=group_column(question),
    )
    found = Left(overall=figures.overall, groups=figures.groups, handed=handed_by_group(question))
    return counted(question, found)


def reason_words(question: Question) -> Mapping[str, str]:
    """Every reason there is in words: where the benefit led to, then why follow-up ended, and last any other."""
    return _reason_words(question.recording, question.on, question.language)


def people_left(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients on a level of the earlier day (`none`: not placed) and with a reason; `left`: any."""
    facts, earlier = facts_of(question.municipality_id, recording=question.recording), earlier_day(question)
    reasons, wanted, group = _reasons(facts, question), cell.get("reason", ""), cell.get("group", "")
    right = (*_columns(question, reasons), LEFT)
    if wanted and wanted not in right:
        raise QuestionRefused("group_unknown", wanted, right)
    condition = on_level(question, "level_id", cell.get("level", ""), with_halves=True)
    kind = pl.col("kind").fill_null(STAYED)
    if wanted:
        condition &= kind != STAYED if wanted == LEFT else kind == wanted
    people = _asked(facts, question)
    if group and question.by:
        people = people.filter(pl.col("group") == group)
    people = people.select("client_id").unique(maintain_order=True)
    state: pl.DataFrame = nw.to_native(state_on(facts, earlier, question.reading)).collect()
    joined = people.join(state.select("client_id", "level_id"), on="client_id", how="left", maintain_order="left")
    joined = joined.join(reasons, on="client_id", how="left", maintain_order="left")
    return list(joined.filter(condition)["client_id"])


def _asked(facts: Facts, question: Question) -> pl.DataFrame:
    earlier = earlier_day(question)
    return grouped(question, people_on(facts, earlier, question.choice), earlier)


def _columns(question: Question, reasons: pl.DataFrame) -> tuple[str, ...]:
    """Every reason, those that stand on no list any more included; who left without one, and who stayed."""
    listed = reason_words(question)
    others = sorted(set(reasons["kind"].unique()) - {*listed, UNRECORDED})
    return (*listed, *others, UNRECORDED, STAYED)


def _reasons(facts: Facts, question: Question) -> pl.DataFrame:
    """Columns client_id and kind, of everyone who was in follow-up on the earlier day and is not on the later.

    The reason of the last follow-up that ended between; where that does not say where to, that of the last benefit
    that ended between, if it has one.
    """
    days = [people_on(facts, day, Choice()) for day in (earlier_day(question), question.on)]
    gone = days[0].join(days[1], on="client_id", how="anti")
    for table, column in (("follow_ups", "end_reason"), ("benefit_spells", "exit_reason")):
        gone = gone.join(_last_ended(facts, question, table, column), on="client_id", how="left")
    more = pl.when(~pl.col("end_reason").is_in(SAYS_LITTLE)).then(pl.col("end_reason"))
    kind = pl.coalesce(more, "exit_reason", "end_reason", pl.lit(UNRECORDED))
    return gone.select("client_id", kind.alias("kind"))


def _last_ended(facts: Facts, question: Question, table: str, column: str) -> pl.DataFrame:
    """The reason of the last period that ended after the earlier day, up to the later; null where none is recorded.

    Of benefits the last that has a reason: of two laws at once one may be closed without.
    """
    ended = (pl.col("ends_on") > earlier_day(question)) & (pl.col("ends_on") <= question.on)
    ends = facts.table(table).filter(ended).with_columns(pl.col(column).replace(dict.fromkeys(NO_REASON)))
    if table == "benefit_spells":
        ends = ends.filter(pl.col(column).is_not_null())
    last = ends.sort("client_id", "ends_on", "id").unique("client_id", keep="last", maintain_order=True)
    return last.select("client_id", column)


@remembered
def _reason_words(recording: int, day: date, language: str) -> Mapping[str, str]:
    del recording
    labels = labels_on(LISTS, day, language)
    exits, ends = (labels[key] for key in LISTS)
    words = {code: ends.get(code, label) for code, label in {**exits, **ends}.items()}
    return {code: words[code] for code in sorted(words, key=lambda code: code == OTHER) if code != UNKNOWN}
