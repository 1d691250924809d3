"""Counting of the report `indicators`: of each indicator in the registry who has it, who has not, and who knows.

Not here: those that the municipality composed (`composed_members`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted
from opstap.analytics.distribution import HAS, HAS_NOT, READY, UNKNOWN
from opstap.analytics.indicators import REGISTRY, Indicator, Indicators, Together, indicator_counts, registry_with
from opstap.analytics.transitions import LEFT, NOBODY, UNSEEN
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.parts import kept_while_unchanged
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_times_on, state_on, with_group
from opstap.facts.selectors.ready import readiness_on
from opstap.foundation.dates import years_before
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.composed_members import ComposedMembers, composed_of, why_not_told
from opstap.reporting.selectors.counting import counted, group_column, levels_of, population_of
from opstap.reporting.selectors.handed import handed_over
from opstap.reporting.selectors.movement import earlier_day, growth_judge_on, outcomes_of
from opstap.reporting.selectors.profile import absent_instrument, answers_on, income_codes, shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import IN_YEAR, Span, came_within, fates_of, has_full_year

COVERED: Mapping[str, pl.Expr] = {
    "placed": pl.col("times") > 0,
    "placed_last_year": pl.col("recent") == 1,
    "placed_twice": pl.col("times") > 1,
}
FEATURES = ("growth", "instrument", "exemption", "integration", "low_literacy", "no_qualification")
ABSENT: Mapping[str, int] = {
    "exemption": HAS_NOT, "integration": UNKNOWN, "low_literacy": UNKNOWN, "no_qualification": UNKNOWN,
}  # fmt: skip
"""What it says of somebody that nothing of it is recorded of them."""
BECAME = {"risen": {"risen"}, "fallen": {"fallen"}, "left": {LEFT}}
"""Of all who were placed on the earlier day, as in the reports of movement and of differences."""
KNOWN_OF_ALL = {"left"}
OF_PLACED_AGAIN = {
    "risen_of_placed_again": {"risen"},
    "fallen_of_placed_again": {"fallen"},
    "not_lower": {"risen", "level"},
}
"""Of who is still in follow-up."""
REALISED = "growth_realised"
"""Of those in whom growth potential was seen on the earlier day, as in the report of what became of the growth."""


def count_indicators(question: Question, *, only: Collection[str] | None = None) -> Counted[Indicators]:
    """Report `indicators`: all of them, or those of some keys."""
    facts, people = population_of(question)
    group = group_column(question)
    members, registry = _Members(question, facts, people), registry_of(question)
    wanted = [one for one in shown_indicators(question) if only is None or one.key in only]
    own = {one.key: nw.from_native(members.of(one)) for one in wanted if one.is_composed}
    counts = indicator_counts(own, group, registry=registry, together=members.together(wanted))
    moved = any(one.about == "two_days" for one in wanted)
    handed = handed_over(question) if moved else NOBODY
    return counted(question, Indicators(persons=people["client_id"].n_unique(), counts=counts, handed=handed))


def people_of_indicator(question: Question, cell: Mapping[str, str]) -> list[int]:
    """The ids of the clients whom an indicator is about (`answer` empty), or who have, have not, or of whom it is not
    known.
    """
    key, said, group = cell.get("indicator", ""), cell.get("answer", ""), cell.get("group", "")
    shown = {one.key: one for one in shown_indicators(question)}
    if key not in shown:
        raise QuestionRefused("group_unknown", key, tuple(shown))
    answers = {"yes": HAS, "no": HAS_NOT, "unknown": UNKNOWN}
    if said and said not in answers:
        raise QuestionRefused("group_unknown", said, tuple(answers))
    facts, people = population_of(question)
    members = _Members(question, facts, people).of(shown[key]).collect()
    if said:
        members = members.filter(pl.col("has") == answers[said])
    if group and question.by:
        members = members.filter(pl.col("group") == group)
    return list(members["client_id"].unique(maintain_order=True))


def registry_of(question: Question) -> Mapping[str, Indicator]:
    """Every indicator of the municipality: those that are there for all, and those it composed."""
    return registry_with(one.indicator for one in composed_of(question))


def shown_indicators(question: Question) -> list[Indicator]:
    """Those that can be told of: no rise without order, no instruments where there is no register of them, and nobody
    who was not observed long enough.
    """
    there_for_all = [
        one
        for one in REGISTRY.values()
        if (one.key not in {"instrument", READY} or "plans" in question.parts)
        and (one.key != READY or question.scale.is_ladder)
        and (one.about == "day" or question.scale.is_ladder or one.key == "left")
        and (not one.matures_after or _is_mature(question, one))
    ]
    own = [one.indicator for one in composed_of(question) if not why_not_told(question, one)]
    return [*there_for_all, *own]


def _is_mature(question: Question, one: Indicator) -> bool:
    """Whether its people were observed long enough; of growth as the report of what became of it judges that."""
    early = question.compared_with
    if early is None or one.key == REALISED:
        return early is not None and has_full_year(question)
    return early <= years_before(question.on, one.matures_after)


class _Members:
    """Whom each indicator is about, with their answer: client_id, has, and group where the question asks for one."""

    def __init__(self, question: Question, facts: Facts, people: pl.DataFrame) -> None:
        self._question = question
        self._facts = facts
        self._people = people
        self._cohort: pl.DataFrame | None = None
        self._composed = {one.key: one for one in composed_of(question)}
        self._composing = ComposedMembers(question, facts, people, self._moved)

    def of(self, one: Indicator) -> pl.LazyFrame:
        """The members of one: client_id, has, and group where the question asks for one."""
        if one.key in self._composed:
            people, has = self._composing.of(self._composed[one.key])
            return self._answered(people.lazy(), has)
        (some,) = self.together([one])
        people = nw.to_native(some.people)
        return self._answered(people.filter(pl.col(one.key).is_not_null()), pl.col(one.key))

    def together(self, wanted: Sequence[Indicator]) -> list[Together]:
        """Those that are there for all, by whom they are about: the people of the day, or those of the earlier one."""
        keys = [one.key for one in wanted if not one.is_composed]
        between = [key for key in keys if key in BECAME or key in OF_PLACED_AGAIN or key == REALISED]
        of_day = [key for key in keys if key not in between]
        found = [Together(nw.from_native(self._of_the_day(of_day)), of_day)] if of_day else []
        return [*found, *([Together(nw.from_native(self._became(between)), between)] if between else [])]

    def _of_the_day(self, keys: Collection[str]) -> pl.LazyFrame:
        facts, question = self._facts, self._question
        shown = shown_features(question), tuple(income_codes(question))
        known = _answers_on(facts, question.on, question.scale, question.reading, tuple(keys), *shown)
        whole = question.choice.is_everyone and not question.by
        # Whoever counts looks at them twice: put together once.
        people = known.lazy() if whole else _with(self._people.lazy(), known.lazy()).collect().lazy()
        if "instrument" not in keys:
            return people
        return people.with_columns(pl.col("instrument").fill_null(absent_instrument(facts, question.choice)))

    def _became(self, keys: Collection[str]) -> pl.LazyFrame:
        people = self._moved().lazy().with_columns(*(_became(key).alias(key) for key in keys if key != REALISED))
        known = _with(people, self._came()) if REALISED in keys else people
        return known.collect().lazy()

    def _came(self) -> pl.LazyFrame:
        """Of those in whom growth potential was seen on the earlier day whether they realised it within the year."""
        question = self._question
        known = fates_of(self._facts, Span.of(question), question.scale, question.reading)
        year = pl.col("year")
        has = pl.when(year.is_in(IN_YEAR["realised"])).then(HAS).when(year.is_in(IN_YEAR["known"])).then(HAS_NOT)
        came = came_within(known, growth_judge_on(question.scale)).lazy()
        found = pl.when(year.is_not_null()).then(has.otherwise(UNKNOWN)).cast(pl.Int8)
        return came.select("client_id", found.alias(REALISED))

    def _moved(self) -> pl.DataFrame:
        """The people placed on the earlier day, of the groups of that day, with what became of them."""
        if self._cohort is None:
            question, day = self._question, earlier_day(self._question)
            people = people_on(self._facts, day, question.choice)
            if question.by:
                people = with_group(self._facts, people, day, question.by)
            became = outcomes_of(self._facts, question)
            self._cohort = people.join(became, on="client_id", how="inner", maintain_order="left")
        return self._cohort

    def _answered(self, people: pl.LazyFrame, has: pl.Expr) -> pl.LazyFrame:
        groups = ["group"] if self._question.by else []
        return people.with_columns(has.alias("has")).select("client_id", *groups, "has")


def _answers_on(
    facts: Facts, day: date, scale: ScaleOnDay, reading: Reading, keys: tuple[str, ...], *shown: tuple[str, ...]
) -> pl.DataFrame:
    """Of everybody in follow-up on the day a column of answers for each key. Null is growth of whom it is not about,
    and an instrument of whom nothing of it is recorded: what that says depends on whom the viewer may see.
    """
    if reading.counterparts is None:
        return _answers_as_recorded(facts, day, scale, (reading.scale_id, reading.undetermined), keys, *shown)
    return _answers(facts, day, scale, reading, keys, *shown)


@kept_while_unchanged(of_reference=True, by_person=True)
def _answers_as_recorded(
    facts: Facts,
    day: date,
    scale: ScaleOnDay,
    read: tuple[int, frozenset[int]],
    keys: tuple[str, ...],
    *shown: tuple[str, ...],
) -> pl.DataFrame:
    return _answers(facts, day, scale, Reading(read[0], None, read[1]), keys, *shown)


def _answers(
    facts: Facts, day: date, scale: ScaleOnDay, reading: Reading, keys: tuple[str, ...], *shown: tuple[str, ...]
) -> pl.DataFrame:
    people, answers = people_on(facts, day, Choice()).lazy(), dict[str, pl.Expr]()
    if not COVERED.keys().isdisjoint(keys):
        people = _with(people, placed_times_on(facts, day, reading).lazy())
        answers |= {key: COVERED[key].fill_null(value=False).cast(pl.Int8) for key in COVERED}
    if READY in keys:
        people = _with(people, readiness_on(facts, day, scale, reading).lazy())
        answers[READY] = (pl.col("kind").fill_null("") == READY).cast(pl.Int8)
    features = [key for key in FEATURES if key in keys and key != "growth"]
    people = _with(people, answers_on(facts, day, *shown).lazy().select("client_id", *features))
    if "growth" in keys:
        state: pl.LazyFrame = nw.to_native(state_on(facts, day, reading))
        people = _with(people, state.select("client_id", "level_id", has_growth="growth"))
        grows = pl.col("level_id").is_in([level.id for level in levels_of(scale) if level.has_growth])
        answers["growth"] = pl.when(grows).then(pl.col("has_growth").fill_null(UNKNOWN).cast(pl.Int8))
    answers |= {key: pl.col(key).fill_null(ABSENT[key]) for key in features if key in ABSENT}
    return people.with_columns(**answers).select("client_id", *keys).collect()


def _with(people: pl.LazyFrame, more: pl.LazyFrame) -> pl.LazyFrame:
    return people.join(more, on="client_id", how="left", maintain_order="left")


def _became(key: str) -> pl.Expr:
    """Whether that came of somebody; null of whom the indicator is not about."""
    outcome = pl.col("outcome")
    wanted = BECAME[key] if key in BECAME else OF_PLACED_AGAIN[key]
    has = pl.when(outcome.is_in(sorted(wanted))).then(HAS).otherwise(HAS_NOT)
    if key not in KNOWN_OF_ALL:
        has = pl.when(outcome.is_in(UNSEEN)).then(UNKNOWN).otherwise(has)
    about = pl.lit(value=True)
    if key in OF_PLACED_AGAIN:
        about = outcome != LEFT
    if key == "not_lower":
        about &= pl.col("growth").fill_null(UNKNOWN) == 0
    return pl.when(about).then(has).cast(pl.Int8)
