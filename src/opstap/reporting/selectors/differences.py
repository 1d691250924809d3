"""Counting of the report `differences`: what case managers have in their caseloads.

Not here: who is behind its cells (`differences_people`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import narwhals as nw
import polars as pl

from opstap.analytics.counted import Counted, Sum
from opstap.analytics.distribution import BETWEEN, HAS, HAS_NOT, UNKNOWN, CaseMix, case_mixes_of, strata_of
from opstap.analytics.levels import whole_by_id
from opstap.analytics.transitions import (
    LEFT,
    NO_COUNTERPART,
    NOBODY,
    NOT_MEASURED_AGAIN,
    UNSEEN,
    HandedOver,
    Reach,
    Steps,
    together,
)
from opstap.analytics.transitions.growth import NOT_KNOWN
from opstap.analytics.transitions.growth import REALISED as IS_REALISED
from opstap.analytics.uncertainty import (
    Agreement,
    Estimate,
    Standardised,
    Verdict,
    agreement,
    estimated,
    standardised,
    verdicts_whatever,
)
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import UNKNOWN as NO_WORKER
from opstap.facts.selectors.dimensions import dimension_of, groups_on
from opstap.facts.selectors.parts import forgotten_with_parts, kept_while_unchanged
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_on, with_group
from opstap.facts.selectors.tables import CODE
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.enums import NOT_FILLED, Seen
from opstap.reporting.selectors.counting import counted, levels_of
from opstap.reporting.selectors.handed import WITHIN, as_each_reads, handed_by_worker, handed_over
from opstap.reporting.selectors.movement import growth_judge_on, judge_of, with_outcome
from opstap.reporting.selectors.profile import absent_instrument, has_on, shown_features
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import Span, came_within, fates_of, has_full_year
from opstap.reporting.selectors.second_assessments import pairs_in, places_of

GROWTH, INSTRUMENT, EXEMPTION, RISEN, REALISED = "growth", "instrument", "exemption", "risen", "realised"
OF_TWO_DAYS = frozenset({RISEN, REALISED})
"""Measures of what became of people."""
TWICE = "agreement"
"""The measure of who was placed a second time, by somebody else."""
KNOWN = "known"
"""The answer of everyone of whom there is one."""
PLACED = "placed"
"""Instead of a level: everyone who is on one."""
TOGETHER = "together"
"""The one group of who sees the own caseload alone: whose it is of two case managers makes no difference then."""
ENDINGS = (LEFT, NOT_MEASURED_AGAIN, NO_COUNTERPART)
"""What can be said of who was placed on the earlier day instead of where they stand beside it now."""
WAY = ("from_level", "expected_level_id", "best")
"""What it depends on how far somebody was expected to come, and came."""
APART = ("same", "next_to", "further")
forgotten_with_parts(strata_of)


@dataclass(frozen=True, kw_only=True)
class Differences:
    """By measure the people of each case manager, by level and time on benefit; and how far two agree on the same.

    `ended` has, by case manager of the earlier day, how many came to each of the `endings`: out of follow-up, not
    placed again and, through a crosswalk, not to compare. `seen` is how much of it the viewer may be shown. `handed` is
    how many of the earlier day were handed over: with them nobody is compared by what became of people. `reach` is, by
    case manager of the earlier day, how far was expected of those with growth potential beside how far they came.
    """

    measures: Mapping[str, CaseMix]
    ended: Mapping[str, Mapping[str, int]]
    endings: tuple[str, ...]
    twice: Agreement | None
    seen: Seen
    base: int
    handed: HandedOver = NOBODY
    reach: Mapping[str, Reach] = field(default_factory=dict)

    @cached_property
    def compared(self) -> Mapping[str, Mapping[str, Standardised]]:
        """By measure each case manager beside what is expected; nobody where there is but one, beside oneself."""
        return {key: {} if self.is_beyond(key) else _compared(mix) for key, mix in self.measures.items()}

    @cached_property
    def whatever(self) -> Mapping[str, Mapping[str, Verdict]]:
        """By measure with people handed over the case managers by name of whom the verdict is the same whatever became
        of these: it hangs on nobody whom the viewer may not see, so it tells of none of them.
        """
        beyond = [key for key in self.measures if self.seen == Seen.NAMED and self.is_beyond(key)]
        return {key: _whatever(self.measures[key], self.handed) for key in beyond}

    def is_beyond(self, key: str) -> bool:
        """Whether others belong to a measure of whom it is not known: who was handed over, and may be as who rose."""
        return key in OF_TWO_DAYS and (self.handed.persons > 0 or any((self.handed.groups or {}).values()))

    @cached_property
    def reach_of_all(self) -> Reach:
        """How far was expected beside how far they came, of everyone together."""
        return together(self.reach.values())

    def estimate(self, key: str, group: str | None = None) -> Estimate:
        """The share of a measure, of a group or of everyone."""
        split = self.measures[key].split_of(group)
        beyond = self.handed.most(group) if key in OF_TWO_DAYS else 0
        return estimated([(split.yes, split.known, sum(split), beyond)])[0]

    def sums(self) -> Iterator[Sum]:
        """Each measure closes; of exemptions it is known of everybody, so that these are all there are."""
        for key, mix in self.measures.items():
            for one in mix.sums():
                yield Sum(f"{key}: {one.name}", one.parts, one.whole)
        for group, reach in self.reach.items():
            whole = sum(self.measures[REALISED].split_of(group))
            yield Sum(f"how far of {group}", (reach.aimless, reach.not_known, reach.known), whole)
        yield Sum("everyone", (sum(self.measures[EXEMPTION].groups.values()),), self.base)
        yield from self.handed.sums()


def _compared(mix: CaseMix) -> dict[str, Standardised]:
    groups = {group: strata.known for group, strata in mix.cells.items()}
    workers = _workers_in(groups)
    known = {group: one for group, one in standardised(groups, only=workers).items() if one.known}
    return known if len(known) > 1 else {}


def _whatever(mix: CaseMix, handed: HandedOver) -> dict[str, Verdict]:
    groups = {group: strata.known for group, strata in mix.cells.items()}
    workers = [group for group in _workers_in(groups) if any(known for known, _having in groups[group].values())]
    if len(workers) < 2 or handed.groups is None:
        return {}
    found = verdicts_whatever(groups, handed.groups, handed.persons, only=workers)
    return {group: verdict for group, verdict in found.items() if verdict is not None}


def _workers_in(groups: Iterable[str]) -> list[str]:
    return [group for group in groups if group not in {NO_WORKER, TOGETHER, WITHIN}]


def seen_by(question: Question) -> Seen:
    """By name for whom figures by case manager are open (decision 25); the spread for who leads them."""
    if "worker" in question.dimensions:
        return Seen.NAMED
    return Seen.SPREAD if "team" in question.dimensions else Seen.OWN


def shown_measures(question: Question) -> tuple[str, ...]:
    """Those that there is something to say of: groups without order have no growth and no rise, and growth that was
    seen less than a year ago can't be said to have come or not.
    """
    grows = any(level.has_growth for level in levels_of(question.scale))
    shown = {EXEMPTION, *({GROWTH} if grows else ()), *({RISEN} if question.scale.is_ladder else ())}
    shown |= {INSTRUMENT} & set(shown_features(question))
    is_over = question.compared_with is not None and has_full_year(question)
    shown |= {REALISED} if grows and question.scale.is_ladder and is_over else set()
    return tuple(key for key in (GROWTH, INSTRUMENT, EXEMPTION, RISEN, REALISED) if key in shown)


def count_differences(question: Question) -> Counted[Differences]:
    """Report `differences` (B-37 to B-40, B-51, B-57)."""
    facts, seen = facts_of(question.municipality_id, recording=question.recording), seen_by(question)
    everyone, moved = people_of_the_day(facts, question), OF_TWO_DAYS & set(shown_measures(question))
    start = people_of_the_start(facts, question) if moved else None
    figures = Differences(
        measures=_mixes(question, everyone, start),
        ended=_ended(start) if start is not None and RISEN in moved else {},
        endings=tuple(key for key in ENDINGS if RISEN in moved and key in judge_of(question).outcomes),
        twice=_agreement(facts, question, everyone),
        seen=seen,
        base=everyone.height,
        handed=_handed(question, seen) if moved else NOBODY,
        reach=_reach(question, start) if start is not None and REALISED in moved else {},
    )
    return counted(question, figures)


def _mixes(question: Question, everyone: pl.DataFrame, start: pl.DataFrame | None) -> Mapping[str, CaseMix]:
    """Those of the reference date counted in one go, and those of the earlier day likewise."""
    shown, mixes = shown_measures(question), dict[str, CaseMix]()
    for people, is_of_two in ((everyone, False), (start, True)):
        keys = [key for key in shown if (key in OF_TWO_DAYS) == is_of_two]
        if people is not None and keys:
            mixes |= case_mixes_of(nw.from_native(people.lazy()), {key: key for key in keys})
    return {key: mixes[key] for key in shown}


def _handed(question: Question, seen: Seen) -> HandedOver:
    """By case manager where these are named."""
    return handed_by_worker(question) if seen == Seen.NAMED else handed_over(question)


def people_of_the_day(facts: Facts, question: Question) -> pl.DataFrame:
    """Those of the reference date with their case manager, level and time on benefit: client_id, group, level, stratum;
    and the measures of that day, each null of whom it is not about. Growth is about levels that can have it.
    """
    reading, keys = question.reading, tuple(key for key in shown_measures(question) if key not in OF_TWO_DAYS)
    if reading.counterparts is None:
        known = _day_as_recorded(facts, question.on, question.scale, reading.scale_id, keys)
    else:
        known = _day(facts, question.on, question.scale, reading, keys)
    people = _as_seen(facts, question, question.on, known)
    if INSTRUMENT not in keys:
        return people
    return people.with_columns(pl.col(INSTRUMENT).fill_null(absent_instrument(facts, question.choice)))


@kept_while_unchanged(of_reference=True, by_person=True)
def _day_as_recorded(facts: Facts, day: date, scale: ScaleOnDay, scale_id: int, keys: tuple[str, ...]) -> pl.DataFrame:
    return _day(facts, day, scale, Reading(scale_id), keys)


def _day(facts: Facts, day: date, scale: ScaleOnDay, reading: Reading, keys: tuple[str, ...]) -> pl.DataFrame:
    people = _strata(facts, day, scale, reading).lazy()
    exempt = has_on(facts, day, EXEMPTION).lazy().rename({"has": EXEMPTION})
    people = people.join(exempt, on="client_id", how="left", maintain_order="left")
    if INSTRUMENT in keys:
        used = has_on(facts, day, INSTRUMENT).lazy().rename({"has": INSTRUMENT})
        people = people.join(used, on="client_id", how="left", maintain_order="left")
    grows = sorted(pk for pk, whole in whole_by_id(levels_of(scale)).items() if whole.has_growth)
    growth = pl.when(pl.col("level_id").is_in(grows)).then(pl.col("growth").fill_null(UNKNOWN).cast(pl.Int8))
    return people.with_columns(pl.col(EXEMPTION).fill_null(HAS_NOT), growth=growth).drop("level_id").collect()


def people_of_the_start(facts: Facts, question: Question) -> pl.DataFrame:
    """Those of the earlier day likewise, with the `outcome` of who was placed then, whether they have risen, and
    whether the growth that was seen in them was realised within a year.

    By name, for who does not see everybody, a case manager's line holds whom that case manager may see: so both read
    the same. Whom they handed over to a colleague of the team stands apart.
    """
    span, keys = Span.of(question), tuple(key for key in shown_measures(question) if key in OF_TWO_DAYS)
    reading = question.reading
    if reading.counterparts is None:
        known = _start_as_recorded(facts, span, question.scale, reading.scale_id, keys)
    else:
        known = _start(facts, span, question.scale, reading, keys)
    people = _as_seen(facts, question, span.since, known)
    if seen_by(question) != Seen.NAMED or question.choice.within is None:
        return people
    return as_each_reads(question, people)


@kept_while_unchanged(of_reference=True, by_person=True)
def _start_as_recorded(
    facts: Facts, span: Span, scale: ScaleOnDay, scale_id: int, keys: tuple[str, ...]
) -> pl.DataFrame:
    return _start(facts, span, scale, Reading(scale_id), keys)


def _start(facts: Facts, span: Span, scale: ScaleOnDay, reading: Reading, keys: tuple[str, ...]) -> pl.DataFrame:
    """Of who was not placed again, or can't be compared through a crosswalk, it is not known whether they have risen;
    who left has not. Of who was not placed in the year it is not known whether growth was realised.
    """
    people = _strata(facts, span.since, scale, reading).lazy().drop("level_id", "growth")
    known = fates_of(facts, span, scale, reading)
    became = with_outcome(known, scale).lazy().select("client_id", "outcome")
    people = people.join(became, on="client_id", how="left", maintain_order="left")
    outcome, year = pl.col("outcome"), pl.col("year")
    risen = pl.when(outcome == "risen").then(HAS).when(outcome.is_in(UNSEEN)).then(UNKNOWN).otherwise(HAS_NOT)
    answers = {RISEN: pl.when(outcome.is_not_null()).then(risen).cast(pl.Int8)}
    if REALISED in keys:
        came = came_within(known, growth_judge_on(scale)).lazy()
        people = people.join(came, on="client_id", how="left", maintain_order="left")
        realised = pl.when(year == IS_REALISED).then(HAS).when(year == NOT_KNOWN).then(UNKNOWN).otherwise(HAS_NOT)
        answers[REALISED] = pl.when(year.is_not_null()).then(realised).cast(pl.Int8)
        people = people.join(known.lazy().select("client_id", *WAY), on="client_id", how="left", maintain_order="left")
    columns = ("client_id", "group", "level", "stratum", "outcome", *(WAY if REALISED in keys else ()), *answers)
    return people.with_columns(**answers).select(columns).collect()


def _as_seen(facts: Facts, question: Question, day: date, known: pl.DataFrame) -> pl.DataFrame:
    """Of what is known of everybody of a day that of whom the question is about."""
    if not question.choice.is_everyone:
        people = people_on(facts, day, question.choice)
        known = people.join(known, on="client_id", how="left", maintain_order="left")
    return known.with_columns(group=pl.lit(TOGETHER)) if seen_by(question) == Seen.OWN else known


def _strata(facts: Facts, day: date, scale: ScaleOnDay, reading: Reading) -> pl.DataFrame:
    """Everybody of a day: client_id, level_id, growth, group, level and stratum."""
    people = people_on(facts, day, Choice())
    codes = {pk: whole.code for pk, whole in whole_by_id(levels_of(scale)).items()}
    level = pl.col("level_id").replace_strict(codes, default=NOT_FILLED, return_dtype=pl.String).cast(CODE)
    on_benefit = groups_on(facts, dimension_of("benefit-duration"), day).rename({"group": "duration"})
    placed = placed_on(facts, with_group(facts, people, day, "worker"), day, reading, ("level_id", "growth"))
    joined = placed.join(on_benefit, on="client_id", how="left", maintain_order="left").with_columns(level=level)
    stratum = pl.concat_str("level", pl.col("duration").fill_null(NO_WORKER), separator=BETWEEN).cast(CODE)
    return joined.select("client_id", "level_id", "growth", "group", "level", stratum=stratum)


def _ended(start: pl.DataFrame) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    counts = start.filter(pl.col("outcome").is_in(ENDINGS)).group_by("group", "outcome").len()
    for group, outcome, persons in counts.rows():
        found.setdefault(group, Counter())[outcome] += persons
    return found


def _reach(question: Question, start: pl.DataFrame) -> dict[str, Reach]:
    """By case manager of the earlier day, of those in whom growth potential was seen."""
    counts = start.filter(pl.col(REALISED).is_not_null()).group_by("group", *WAY).len().sort("group", *WAY)
    ways = groupby(counts.rows(), key=itemgetter(0))
    return {group: _reach_of(question.scale, tuple(own)) for group, own in ways}


@forgotten_with_parts
@lru_cache(maxsize=512)
def _reach_of(scale: ScaleOnDay, ways: tuple[tuple[Any, ...], ...]) -> Reach:
    """Of one case manager: kept, as who is placed changes what is said of one or two and leaves all others."""
    judge, levels = growth_judge_on(scale), dict[str, Counter[Steps]]()
    for _group, origin, expected, best, persons in ways:
        levels.setdefault(judge.row_of(origin) or "", Counter())[judge.steps(origin, expected, best)] += persons
    return Reach(levels)


def _agreement(facts: Facts, question: Question, people: pl.DataFrame) -> Agreement | None:
    """Of a ladder; groups without order have no levels apart."""
    places = places_of(question)
    if not question.scale.is_ladder or len(places) < 2:
        return None
    pairs = pairs_in(facts, question, people).select("first", "second").rows()
    return agreement(pairs, len(places))
