"""The registry of indicators: what each is a share of, which way is better, and how it is counted.

Not here: names and sentences (`opstap.reporting.tables.indicators`), and who has what (`opstap.reporting.selectors`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import narwhals as nw

from opstap.analytics.counted import Sum, Unit
from opstap.analytics.distribution.profile import HAS, HAS_NOT, Split
from opstap.analytics.small_results import rows_of


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
    one = registry[key]
    numbered = members.with_columns(has=nw.col("has").cast(nw.Int64))
    found: dict[str | None, Split] = {None: _everyone(one, numbered)}
    if group is not None:
        named = numbered.with_columns(group_name=nw.col(group).fill_null("")).select("client_id", "has", "group_name")
        found |= dict(sorted(_answers(named.unique(), ("group_name",)).items(), key=lambda item: str(item[0])))
    return IndicatorCount(key=one.key, groups=found)


def _everyone(one: Indicator, members: nw.LazyFrame[Any]) -> Split:
    """Each person once. Where every person has one row, as without groups, one look at the rows is all."""
    flags = {name: (nw.col("has") == value).cast(nw.Int64).sum() for name, value in (("yes", HAS), ("no", HAS_NOT))}
    sums = members.select(rows=nw.len(), persons=nw.col("client_id").n_unique(), **flags)
    found = rows_of(sums.select(nw.col("rows", "persons", *flags).fill_null(0)))
    rows, persons, yes, no = (int(value) for value in found[0])
    if rows != persons:
        split = _answers(members.select("client_id", "has").unique(), ()).get(None, Split(0, 0, 0))
    else:
        split = Split(yes, no, rows - yes - no)
    if persons != sum(split):
        message = f"a person has two answers on {one.key}"
        raise ValueError(message)
    return split


def _answers(members: nw.LazyFrame[Any], keys: tuple[str, ...]) -> dict[str | None, Split]:
    counted = members.group_by(*keys, "has").agg(persons=nw.len())
    by_group: dict[str | None, dict[int, int]] = {}
    for row in rows_of(counted.select(*keys, "has", "persons")):
        name = str(row[0]) if keys else None
        by_group.setdefault(name, {})[int(row[-2])] = int(row[-1])
    return {
        name: Split(
            said.get(HAS, 0), said.get(HAS_NOT, 0), sum(said.values()) - said.get(HAS, 0) - said.get(HAS_NOT, 0)
        )
        for name, said in by_group.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """Several indicators of the same people."""

    persons: int
    counts: tuple[IndicatorCount, ...]

    @property
    def base(self) -> int:
        """The persons that all of it is about."""
        return self.persons

    def sums(self) -> Iterator[Sum]:
        """Those of each indicator."""
        for one in self.counts:
            yield from one.sums()
