"""Whom a composed indicator is about, and who of them counts: one definition for page, files, command and list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

import polars as pl

from opstap.analytics.distribution import HAS, HAS_NOT, UNKNOWN
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.transitions import LEFT, NO_COUNTERPART, UNSEEN
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.dimensions import UNKNOWN as NO_GROUP
from opstap.facts.selectors.people import placed_on, with_group
from opstap.foundation.dates import years_before
from opstap.reporting.logic import AGAIN, BECAME, GOT, GROWTH, JUDGED, LEVEL, NO_LEVEL, Condition
from opstap.reporting.selectors.composed import Composed, composed_known
from opstap.reporting.selectors.counting import levels_of
from opstap.reporting.selectors.questions import Question

RECORDED_WHEN_THERE = {
    "benefit", "benefit-duration", "exemption", "barrier", "trajectory", "instrument", "programme",
}  # fmt: skip
"""Dimensions of which no record says that there is none; of others it says that nobody knows."""
GROWTH_SAID = {"yes": HAS, "no": HAS_NOT, "unknown": UNKNOWN}
REGISTERS = {"trajectory": "trajectories", "instrument": "instruments"}
"""Where nothing of these was ever recorded, that says nothing of anybody."""


def composed_of(question: Question) -> tuple[Composed, ...]:
    """The indicators of the municipality's own, as known to the question."""
    return composed_known(question.recording, question.municipality_id)


def why_not_told(question: Question, one: Composed) -> str:
    """Why an indicator can't be told of, as a code; empty when it can."""
    terms = one.terms
    if terms.scale not in {"", question.scale.key}:
        return "other_scale"
    if not question.scale.is_ladder and set(terms.counted.groups) & set(JUDGED) and terms.about == "two_days":
        return "no_order"
    if not all(_is_known(question, condition) for condition in terms.conditions):
        return "gone"
    early = question.compared_with
    if terms.matures_after and (early is None or early > years_before(question.on, terms.matures_after)):
        return "young"
    return ""


def _is_known(question: Question, condition: Condition) -> bool:
    """Whether the groups that it names are there: who switched a part off or ended a trait has them no longer."""
    if condition.about == LEVEL:
        return set(condition.groups) <= {NO_LEVEL, *(level.code for level in question.scale.levels)}
    if condition.about == GOT:
        return "plans" in question.parts
    if condition.about in {GROWTH, BECAME, AGAIN}:
        return True
    return set(condition.groups) <= {group.public for group in question.words.get(condition.about, {}).values()}


class ComposedMembers:
    """Counts those of one question; each with its answer: client_id, has, and group where the question asks for one."""

    def __init__(
        self, question: Question, facts: Facts, people: pl.DataFrame, cohort: Callable[[], pl.DataFrame]
    ) -> None:
        self._question = question
        self._facts = facts
        self._people = people
        self._cohort = cohort

    def of(self, one: Composed) -> tuple[pl.DataFrame, pl.Expr]:
        """Whom it is about with what is needed to answer, and the answer."""
        question, terms = self._question, one.terms
        if terms.about == "day":
            people, day = self._people, question.on
        else:
            people, day = self._cohort(), question.compared_with or question.on
        base = terms.base
        if terms.counted.about == GROWTH:
            base = (*base, Condition(LEVEL, tuple(x.code for x in levels_of(question.scale) if x.has_growth)))
        ids = people.select("client_id").unique().sort("client_id").with_columns(pl.col("client_id").set_sorted())
        for condition in base:
            ids = ids.join(self._meeting(condition, day, ids), on="client_id", how="semi", maintain_order="left")
        people = people.join(ids, on="client_id", how="semi", maintain_order="left")
        if terms.counted.about == BECAME:
            return people, _became(terms.counted.groups)
        if terms.counted.about == AGAIN:
            return people.filter(pl.col("outcome") != LEFT), _became_again(terms.counted.groups)
        answers = self._answers(terms.counted, day, ids)
        return people.join(answers, on="client_id", how="left", maintain_order="left"), pl.col("has")

    def _meeting(self, condition: Condition, day: date, ids: pl.DataFrame) -> pl.DataFrame:
        return self._answers(condition, day, ids).filter(pl.col("has") == HAS).select("client_id")

    def _answers(self, condition: Condition, day: date, ids: pl.DataFrame) -> pl.DataFrame:
        """Columns client_id and has, each once."""
        if condition.about == GOT:
            return self._got(day, ids)
        if condition.about in {LEVEL, GROWTH}:
            return self._placed(condition, day, ids)
        return self._grouped(condition, day, ids)

    def _placed(self, condition: Condition, day: date, ids: pl.DataFrame) -> pl.DataFrame:
        state = placed_on(self._facts, ids, day, self._question.reading, ("level_id", "growth"))
        levels, groups = levels_of(self._question.scale), set(condition.groups)
        if condition.about == GROWTH:
            chosen, unknown = _grows(levels, groups)
        else:
            chosen, unknown = _stands(levels, groups)
        has = pl.when(chosen.fill_null(value=False)).then(HAS).when(unknown.fill_null(value=True)).then(UNKNOWN)
        return state.select("client_id", has.otherwise(HAS_NOT).cast(pl.Int8).alias("has"))

    def _grouped(self, condition: Condition, day: date, ids: pl.DataFrame) -> pl.DataFrame:
        words = self._question.words[condition.about]
        codes = [group.code for group in words.values() if group.public in condition.groups]
        grouped = with_group(self._facts, ids, day, condition.about)
        absent = HAS_NOT if self._says_none(condition.about) else UNKNOWN
        said = pl.when(pl.col("group") == NO_GROUP).then(absent).otherwise(HAS_NOT)
        answer = pl.when(pl.col("group").is_in(codes)).then(HAS).otherwise(said).cast(pl.Int8)
        # Of who is in several groups one is enough, and the unknown is no group among others.
        return (
            grouped.select("client_id", answer.alias("has"))
            .group_by("client_id", maintain_order=True)
            .agg(pl.max("has"))
        )

    def _says_none(self, about: str) -> bool:
        if about in REGISTERS:
            return not self._recorded(REGISTERS[about]).is_empty()
        return about in RECORDED_WHEN_THERE

    def _got(self, since: date, ids: pl.DataFrame) -> pl.DataFrame:
        """An instrument that began after the earlier day, on the later one at the latest."""
        recorded = self._recorded("instruments")
        began = recorded.filter((pl.col("starts_on") > since) & (pl.col("starts_on") <= self._question.on))
        absent = UNKNOWN if recorded.is_empty() else HAS_NOT
        got = pl.col("client_id").is_in(began["client_id"].unique().implode())
        return ids.select("client_id", pl.when(got).then(HAS).otherwise(absent).cast(pl.Int8).alias("has"))

    def _recorded(self, table: str) -> pl.DataFrame:
        """The rows of those who count for the viewer."""
        return self._facts.table(table).filter(self._question.choice.counts())


def _grows(levels: Sequence[ScaleLevel], groups: Collection[str]) -> tuple[pl.Expr, pl.Expr]:
    """Whose growth potential is as asked, and of whom it is not known; it is asked on levels that can have it."""
    said = pl.col("growth").fill_null(UNKNOWN)
    asked = pl.col("level_id").is_in([one.id for one in levels if one.has_growth])
    chosen = asked & said.is_in([GROWTH_SAID[group] for group in groups])
    return chosen, ~asked | ((said == UNKNOWN) & pl.lit(value="unknown" not in groups))


def _stands(levels: Sequence[ScaleLevel], groups: Collection[str]) -> tuple[pl.Expr, pl.Expr]:
    """Who stands on one of the levels or on a half of it, and of whom that is not known. Code 0 is no level."""
    level = pl.col("level_id")
    nowhere = level.is_null() | level.is_in([one.id for one in levels if one.undetermined])
    on = [one.id for one in levels if {one.code, one.parent_code} & set(groups)]
    chosen = level.is_in(on) | (nowhere & pl.lit(value=NO_LEVEL in groups))
    return chosen, nowhere | level.is_in([one.id for one in levels if one.is_counterpart_less])


def _became(outcomes: tuple[str, ...]) -> pl.Expr:
    """Who came to one of these. Whether somebody left, or was placed again, is known of all; whether they rose or fell
    only of who left, or was placed on a level that can be held beside the earlier one.
    """
    asked = set(outcomes)
    if not asked & set(JUDGED):
        return _came_to(outcomes)
    if asked >= set(JUDGED):
        return _came_to((*outcomes, NO_COUNTERPART))
    return _unless(outcomes, [one for one in UNSEEN if one not in asked])


def _became_again(outcomes: tuple[str, ...]) -> pl.Expr:
    """Of who was not placed again, on a level that can be held beside the earlier one, it is not known."""
    return _unless(outcomes, UNSEEN)


def _came_to(outcomes: Collection[str]) -> pl.Expr:
    return pl.when(pl.col("outcome").is_in(list(outcomes))).then(HAS).otherwise(HAS_NOT).cast(pl.Int8)


def _unless(outcomes: Collection[str], unknown: Collection[str]) -> pl.Expr:
    return pl.when(pl.col("outcome").is_in(list(unknown))).then(UNKNOWN).otherwise(_came_to(outcomes)).cast(pl.Int8)
