"""The registry of indicators: what each is a share of, which way is better, and how it is counted.

Not here: names and sentences (`opstap.reporting.tables.indicators`), and who has what (`opstap.reporting.selectors`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import narwhals as nw

from opstap.analytics.counted import Sum, Unit
from opstap.analytics.distribution.profile import HAS, HAS_NOT, Split
from opstap.analytics.people import each_once, persons_and_rows
from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.handed import NOBODY, HandedOver


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure with its definition.

    `about` says whether it is of one day, or of what became of people between two. `better`: 1 when more is better, -1
    when less is, 0 when neither. `matures_after` is how many years somebody must be observed to be counted at all.
    `codes` are those of FIELD where it comes from; one that a municipality composed has none.
    """

    key: str
    about: Literal["day", "two_days"]
    better: Literal[-1, 0, 1]
    codes: tuple[str, ...]
    unit: Unit = "persons"
    matures_after: int = 0

    @property
    def is_composed(self) -> bool:
        """Whether the municipality composed it."""
        return not self.codes


REGISTRY: Mapping[str, Indicator] = {
    one.key: one
    for one in (
        Indicator(key="placed", about="day", better=1, codes=("A-12", "G-3")),
        Indicator(key="placed_last_year", about="day", better=1, codes=("B-12", "G-3")),
        Indicator(key="placed_twice", about="day", better=1, codes=("B-47", "G-3")),
        Indicator(key="growth", about="day", better=0, codes=("B-21", "G-2")),
        Indicator(key="ready", about="day", better=0, codes=("A-10",)),
        Indicator(key="instrument", about="day", better=0, codes=("B-27",)),
        Indicator(key="exemption", about="day", better=0, codes=("B-26",)),
        Indicator(key="integration", about="day", better=0, codes=("B-22",)),
        Indicator(key="low_literacy", about="day", better=-1, codes=("B-23",)),
        Indicator(key="no_qualification", about="day", better=-1, codes=("B-24",)),
        Indicator(key="risen", about="two_days", better=1, codes=("B-41", "G-5")),
        Indicator(key="fallen", about="two_days", better=-1, codes=("B-41", "G-5")),
        Indicator(key="risen_of_placed_again", about="two_days", better=1, codes=("B-41", "G-5")),
        Indicator(key="fallen_of_placed_again", about="two_days", better=-1, codes=("B-41", "G-5")),
        Indicator(key="not_lower", about="two_days", better=1, codes=("B-80", "G-5"), matures_after=1),
        Indicator(key="growth_realised", about="two_days", better=1, codes=("B-42", "G-6"), matures_after=1),
        Indicator(key="left", about="two_days", better=0, codes=("B-46", "G-4")),
    )
}


def registry_with(own: Iterable[Indicator]) -> dict[str, Indicator]:
    """The registry of a municipality: every indicator that is there for all, then those it composed.

    Errors: `ValueError` for a key that is there already.
    """
    registry = dict(REGISTRY)
    for one in own:
        if one.key in registry:
            message = f"there is an indicator {one.key} already"
            raise ValueError(message)
        registry[one.key] = one
    return registry


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorCount:
    """How many of those an indicator is about count for it, by group; `None` is everyone."""

    key: str
    groups: Mapping[str | None, Split]

    def sums(self) -> Iterator[Sum]:
        """Nothing but the three parts, which are the persons by definition; a group has no more than everyone."""
        overall = self.groups[None]
        yield Sum(self.key, tuple(overall), sum(overall))


def indicator_count(
    key: str,
    members: nw.LazyFrame[Any],
    group: str | None = None,
    *,
    registry: Mapping[str, Indicator] = REGISTRY,
) -> IndicatorCount:
    """Counts who has what an indicator is about, who has not, and of whom it is not known.

    Shapes: `members` has `client_id` and `has` (1, 0, or -1 for not known), and the column `group` of strings; a person
    once, or once in each of several groups, always with the same answer. Units: persons, each once in a group and once
    in all. Errors: `KeyError` for an indicator that is not in the registry, `ValueError` where one person has two
    answers. Source: the issue on steering information (registry of indicators).
    """
    return indicator_counts({key: members}, group, registry=registry)[0]


class Together(NamedTuple):
    """Several indicators of the same people: `client_id`, perhaps `group`, and a column of answers for each key; null
    of whom that indicator is not about.
    """

    people: nw.LazyFrame[Any]
    keys: Sequence[str]

    def of(self, key: str, group: str | None) -> nw.LazyFrame[Any]:
        """The members of one of them, as `indicator_count` takes them."""
        groups = () if group is None else (group,)
        return self.people.filter(~nw.col(key).is_null()).select("client_id", *groups, has=nw.col(key))


def indicator_counts(
    members: Mapping[str, nw.LazyFrame[Any]],
    group: str | None = None,
    *,
    registry: Mapping[str, Indicator] = REGISTRY,
    together: Sequence[Together] = (),
) -> tuple[IndicatorCount, ...]:
    """The same for several indicators by their keys, in the order of the registry: counted in one go."""
    each = dict(members)
    whole: dict[str, Split] = {}
    for some in together:
        each |= {key: some.of(key, group) for key in some.keys}
        whole |= _at_once(some)
    known = {key: each[key] for key in registry if key in each}
    if strange := each.keys() - known.keys():
        raise KeyError(min(strange))
    whole |= _everyone({key: one for key, one in known.items() if key not in whole})
    parts = _groups(known, group) if group is not None else {}
    return tuple(IndicatorCount(key=key, groups={None: whole[key], **parts.get(key, {})}) for key in known)


def _at_once(some: Together) -> dict[str, Split]:
    """All of them in one look at the people; nothing where somebody has several rows."""
    if not some.keys or len(set(persons_and_rows(some.people))) > 1:
        return {}
    # Many columns in one expression: planned one by one they take longer than they take to count.
    answers, marks = nw.col(*some.keys), (("_yes", HAS), ("_no", HAS_NOT))
    flags = [(answers == value).cast(nw.Int64).sum().name.suffix(mark) for mark, value in marks]
    counted = some.people.select(*flags, answers.count().name.suffix("_all"))
    columns = [f"{key}{mark}" for key in some.keys for mark in ("_all", "_yes", "_no")]
    (counts,) = rows_of(counted.select(nw.col(*columns).fill_null(0).cast(nw.Int64)))
    found = zip(some.keys, zip(*[iter(map(int, counts))] * 3, strict=True), strict=True)
    return {key: Split(yes, no, of - yes - no) for key, (of, yes, no) in found}


def _everyone(members: Mapping[str, nw.LazyFrame[Any]]) -> dict[str, Split]:
    """Each person once. Where every person has one row, as without groups, one look at the rows is all."""
    flags = {name: (nw.col("has") == value).cast(nw.Int64).sum() for name, value in (("yes", HAS), ("no", HAS_NOT))}
    sums = {"persons": nw.col("client_id").n_unique(), "rows": nw.len(), **flags}
    found = {key: one.select(**sums) for key, one in members.items()}
    splits = {}
    for key, persons, rows, yes, no in _together(found, tuple(sums)):
        split = Split(yes, no, rows - yes - no)
        if rows != persons:
            split = _each_once(members[key])
        if persons != sum(split):
            message = f"a person has two answers on {key}"
            raise ValueError(message)
        splits[key] = split
    return splits


def _each_once(members: nw.LazyFrame[Any]) -> Split:
    counted = members.select("client_id", "has").unique().group_by("has").agg(persons=nw.len())
    return _split({int(has): int(persons) for has, persons in rows_of(counted.select("has", "persons"))})


def _groups(members: Mapping[str, nw.LazyFrame[Any]], group: str) -> dict[str, dict[str | None, Split]]:
    """Of each indicator its groups by name."""
    named = {
        key: each_once(one.select("client_id", "has", group_name=nw.col(group).fill_null("")))
        .group_by("group_name", "has")
        .agg(persons=nw.len())
        for key, one in members.items()
    }
    said: dict[tuple[str, str], dict[int, int]] = {}
    for key, name, has, persons in _together(named, ("group_name", "has", "persons")):
        said.setdefault((key, name), {})[has] = persons
    found: dict[str, dict[str | None, Split]] = {}
    for (key, name), answers in sorted(said.items()):
        found.setdefault(key, {})[name] = _split(answers)
    return found


def _together(frames: Mapping[str, nw.LazyFrame[Any]], columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """The rows of several small results, each with its key: names as they are, and whole numbers."""
    if not frames:
        return
    keyed = nw.concat([one.with_columns(key=nw.lit(key)).select("key", *columns) for key, one in frames.items()])
    numbers = [nw.col(column).fill_null(0).cast(nw.Int64) for column in columns if column != "group_name"]
    for key, *values in rows_of(keyed.with_columns(*numbers).select("key", *columns)):
        yield str(key), *(value if isinstance(value, str) else int(value) for value in values)


def _split(said: Mapping[int, int]) -> Split:
    yes, no = said.get(HAS, 0), said.get(HAS_NOT, 0)
    return Split(yes, no, sum(said.values()) - yes - no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """Several indicators of the same people; and of those about two days how many were handed over."""

    persons: int
    counts: tuple[IndicatorCount, ...]
    handed: HandedOver = NOBODY

    @property
    def base(self) -> int:
        """The persons that all of it is about."""
        return self.persons

    def sums(self) -> Iterator[Sum]:
        """Those of each indicator."""
        for one in self.counts:
            yield from one.sums()
        yield from self.handed.sums()
