"""What became of the growth that was seen: counts between two days and within the year after. Not here: shares."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.people import persons_and_rows
from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.growth import (
    HIGHER,
    NOT_HIGHER,
    NOT_SEEN,
    REALISED,
    SEEN,
    UNKNOWN,
    YEAR,
    GrowthJudge,
    fates,
)
from opstap.analytics.transitions.handed import NOBODY, HandedOver
from opstap.analytics.transitions.reach import Reach, Steps

ANSWERS = (SEEN, NOT_SEEN, UNKNOWN)
_STATE = ("level_id", "growth", "expected_level_id", "has_instrument")
_WAY = ("from_level", "growth", "expected_level_id", "has_instrument", "is_followed", "to_level", "best")
Asked = tuple[str | None, tuple[int, ...], int | None]


class Kind(NamedTuple):
    """A whole level, and whether growth potential and an instrument were there on the earlier day: 1, 0, -1."""

    level: str
    growth: int
    instrument: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of some persons. `outcomes` by the later day; `year` within it, empty where that is not over, and so
    are `steps`: how far they were expected to come in it, and came.
    """

    clients: int
    outcomes: Mapping[str, int]
    year: Mapping[str, int]
    steps: Mapping[Steps, int] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """Of whom it is known what came of it within the year: those placed again."""
        return sum(self.year.get(one, 0) for one in (REALISED, HIGHER, NOT_HIGHER))

    @property
    def realised(self) -> int:
        """Who stood on the expected level or above within the year."""
        return self.year.get(REALISED, 0)

    @property
    def higher(self) -> int:
        """Who stood on a higher level within the year, as far as expected or not."""
        return self.realised + self.year.get(HIGHER, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisedPart:
    """What became of one group, or of everyone (`group` is `None`). `cohort` was counted apart from what became."""

    group: str | None
    cohort: int
    levels: tuple[str, ...]
    kinds: Mapping[Kind, Fate]
    nothing: Fate
    _told: dict[Asked, Fate] = field(init=False, repr=False, compare=False, default_factory=dict)

    def of(self, level: str | None = None, growth: Iterable[int] = ANSWERS, instrument: int | None = None) -> Fate:
        """Those of one level, of some answers on growth, with or without an instrument, together."""
        wanted = tuple(growth)
        asked = (level, wanted, instrument)
        if asked not in self._told:
            self._told[asked] = self._together(level, wanted, instrument)
        return self._told[asked]

    def _together(self, level: str | None, wanted: tuple[int, ...], instrument: int | None) -> Fate:
        chosen = [
            fate
            for kind, fate in self.kinds.items()
            if level in {None, kind.level} and kind.growth in wanted and instrument in {None, kind.instrument}
        ]
        steps: Counter[Steps] = Counter()
        for one in chosen:
            steps.update(one.steps)
        return Fate(
            clients=sum([one.clients for one in chosen]),
            outcomes={key: sum([one.outcomes[key] for one in chosen]) for key in self.nothing.outcomes},
            year={key: sum([one.year[key] for one in chosen]) for key in self.nothing.year},
            steps=steps,
        )

    def reach(self, level: str | None = None) -> Reach:
        """How far was expected of those with growth potential, beside how far they came: of one level, or of all."""
        return Reach({one: self.of(one, (SEEN,)).steps for one in self.levels if level in {None, one}})

    def sums(self) -> Iterator[Sum]:
        """Levels add up to all counted at the start; answers and what became of people to each of these."""
        where = "" if self.group is None else f" of {self.group}"
        yield Sum(f"levels{where}", tuple(self.of(level).clients for level in self.levels), self.cohort)
        for level in self.levels:
            whole = self.of(level)
            answers = tuple(self.of(level, (one,)).clients for one in ANSWERS)
            yield Sum(f"growth potential on level {level}{where}", answers, whole.clients)
            instruments = tuple(self.of(level, instrument=one).clients for one in ANSWERS)
            yield Sum(f"instruments on level {level}{where}", instruments, whole.clients)
            yield Sum(f"outcomes on level {level}{where}", tuple(whole.outcomes.values()), whole.clients)
            if whole.year:
                yield Sum(f"the year on level {level}{where}", tuple(whole.year.values()), whole.clients)
                yield Sum(f"the steps on level {level}{where}", tuple(whole.steps.values()), whole.clients)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisedGrowth:
    """What became of the people on levels with growth: everyone, and each group. `has_year`: it could be observed.
    `handed`: how many of the caseload of the earlier day were handed over.
    """

    overall: RealisedPart
    has_year: bool
    groups: tuple[RealisedPart, ...] = ()
    handed: HandedOver = NOBODY

    @property
    def base(self) -> int:
        """The persons counted on the earlier day; someone in several groups is one person."""
        return self.overall.cohort

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()
        yield from self.handed.sums()


def realised_growth(
    start: nw.LazyFrame[Any],
    followed: nw.LazyFrame[Any],
    placements: nw.LazyFrame[Any] | None,
    judge: GrowthJudge,
    *,
    since: date,
    group: str | None = None,
) -> RealisedGrowth:
    """What became, by the later day and within a year, of the persons on levels with growth on the day `since`.

    Shapes: `start` has the people in follow-up on that day that the question is about, with `client_id`, `level_id`
    (null: not placed), `growth`, `expected_level_id`, `has_instrument` (and their `group` on that day, strings);
    `followed` everyone in follow-up on the later day with `client_id`, `level_id`, `measured_on`; `placements` the
    `client_id` and `level_id` of those made within the year, or `None` where a full year can't be observed: then
    nothing is said of it. The cohort are those of `start` on a whole level that can have growth potential; code 0, the
    highest level and no counterpart can't. By the later day they are on the level expected of them or above
    (`reached`; where no higher level is expected: on any higher one), `risen` less far, `stayed`, `fallen`, or, as in
    `movement`, `left` or `not_measured_again`; `same` or `moved` where levels have no order; `no_counterpart` where an
    end of the way can't be compared. Within the year known are those placed again on a level that can be compared,
    whether they left since or not: who left without it is not known, as leaving is no level. Of the same people are the
    `steps` in levels: those expected and those reached.
    Units: persons, once in a group and once in all. Errors: `ValueError` for a level that is not of the scale and for
    a client with several states. Source: FIELD G-6, B-42, B-43.
    """
    states = start.select("client_id", *_STATE, *([] if group is None else [nw.col(group).alias("group")]))
    people = fates(states, followed, since, judge, placements)
    return realised_of(people, judge, has_year=placements is not None, group=None if group is None else "group")


def realised_of(
    people: nw.LazyFrame[Any], judge: GrowthJudge, *, has_year: bool, group: str | None = None
) -> RealisedGrowth:
    """The same of people whose `fates` are known; `has_year`: the year could be observed."""
    states = people.select("client_id", *_WAY)
    persons, rows = persons_and_rows(states)
    once = persons == rows
    plain = states if once else states.unique()
    # Who is on a level without growth counts nowhere: the sizes below look at all, and refuse a level that is strange.
    grows = nw.col("from_level").is_in([one.id for one in judge.judge.levels if judge.row_of(one.id) is not None])
    counts: dict[str | None, Ways] = {None: _ways(plain.filter(grows))}
    sizes: dict[str | None, int] = _sizes(plain, judge)
    if group is not None:
        named = people.select("client_id", *_WAY, group_name=nw.col(group).fill_null(""))
        named = named if once else named.unique()
        counts |= _by_group(_counted(named.filter(grows), ("group_name", *_WAY)))
        sizes |= _sizes(named, judge, ("group_name",))
    if not once:
        _check_once(plain)
    is_seen = has_year and judge.judge.ordered
    parts = {name: _part(judge, name, counts.get(name, Counter()), sizes[name], is_seen) for name in sizes}
    groups = tuple(parts[name] for name in sorted(name for name in parts if name is not None))
    return RealisedGrowth(overall=parts[None], has_year=is_seen, groups=groups)


Ways = Counter[tuple[int, ...]]


def _ways(frame: nw.LazyFrame[Any]) -> Ways:
    return Counter({tuple(way): persons for *way, persons in _counted(frame, _WAY)})


def _by_group(rows: Iterable[tuple[Any, ...]]) -> dict[str | None, Ways]:
    found: dict[str | None, Ways] = {}
    for name, *way, persons in rows:
        found.setdefault(name, Counter())[tuple(way)] += persons
    return found


def _counted(frame: nw.LazyFrame[Any], keys: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Persons by the keys, whole numbers but for the name of a group."""
    rows = rows_of(frame.group_by(*keys).agg(persons=nw.len()).select(*keys, "persons"))
    names = sum(key == "group_name" for key in keys)
    return [(*row[:names], *map(int, row[names:])) for row in rows]


def _sizes(people: nw.LazyFrame[Any], judge: GrowthJudge, keys: tuple[str, ...] = ()) -> dict[str | None, int]:
    """The persons on levels with growth, counted apart from what became of them."""
    sizes: dict[str | None, int] = {} if keys else {None: 0}
    counted = people.group_by(*keys, "from_level").agg(persons=nw.len())
    for *group, level, persons in rows_of(counted.select(*keys, "from_level", "persons")):
        name = group[0] if group else None
        sizes[name] = sizes.get(name, 0) + (int(persons) if judge.row_of(int(level)) is not None else 0)
    return sizes


def _check_once(plain: nw.LazyFrame[Any]) -> None:
    persons, states = persons_and_rows(plain)
    if states != persons:
        message = f"{persons} persons have {states} states: give one state a client"
        raise ValueError(message)


@dataclass(frozen=True, slots=True)
class _Found:
    """The persons of one kind, by what became of them, within the year, and by how far they came."""

    outcomes: Counter[str] = field(default_factory=Counter)
    years: Counter[str] = field(default_factory=Counter)
    steps: Counter[Steps] = field(default_factory=Counter)


def _outcome_of(judge: GrowthJudge, way: tuple[int, int, int, int]) -> str:
    origin, expected, is_followed, to_level = way
    return judge.outcome(origin, expected, is_followed=bool(is_followed), to_level=to_level)


def _part(judge: GrowthJudge, group: str | None, counts: Ways, size: int, has_year: bool) -> RealisedPart:
    found: dict[Kind, _Found] = {}
    kind_of: dict[tuple[int, int, int], _Found | None] = {}  # ways are many, and the kinds of people few
    outcome_of = cache(partial(_outcome_of, judge))
    year_of = cache(lambda way: (judge.within_year(*way), judge.steps(*way)))
    for (origin, growth, expected, instrument, is_followed, to_level, best), persons in counts.items():
        key = (origin, growth, instrument)
        if key not in kind_of:
            level = judge.row_of(origin)
            kind_of[key] = None if level is None else found.setdefault(Kind(level, growth, instrument), _Found())
        own = kind_of[key]
        if own is None:
            continue
        own.outcomes[outcome_of((origin, expected, is_followed, to_level))] += persons
        if has_year:
            came, steps = year_of((origin, expected, best))
            own.years[came] += persons
            own.steps[steps] += persons
    names, year = judge.outcomes, YEAR if has_year else ()
    kinds = {
        kind: Fate(
            clients=own.outcomes.total(),
            outcomes={key: own.outcomes[key] for key in names},
            year={key: own.years[key] for key in year},
            steps=own.steps,
        )
        for kind, own in sorted(found.items(), key=itemgetter(0))
    }
    return RealisedPart(
        group=group,
        cohort=size,
        levels=judge.codes,
        kinds=kinds,
        nothing=Fate(clients=0, outcomes=dict.fromkeys(names, 0), year=dict.fromkeys(year, 0)),
    )
