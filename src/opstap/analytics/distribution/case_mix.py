"""Who has something, by group and by kind of people: what a comparison with the same mix of people is made of.

Not here: the comparison itself (`uncertainty.standardised`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.profile import HAS, HAS_NOT, Feature, Split, with_answers
from opstap.analytics.small_results import rows_of

NONE: Final = ""
"""The group or the stratum of who is in none."""


@dataclass(frozen=True, kw_only=True)
class CaseMix:
    """Persons by group and stratum, split by one feature; `groups` has the persons of each, counted apart."""

    cells: Mapping[str, Mapping[str, Split]]
    groups: Mapping[str, int]
    base: int

    def split_of(self, group: str | None = None) -> Split:
        """The persons of a group in all its strata; of everyone where none is named."""
        return self._whole if group is None else _added(self.cells.get(group, {}).values())

    @cached_property
    def _whole(self) -> Split:
        return _added(split for strata in self.cells.values() for split in strata.values())

    def within(self, is_wanted: Callable[[str], bool]) -> "CaseMix":
        """Those in some of the strata alone."""
        cells = {
            group: found
            for group, strata in self.cells.items()
            if (found := {stratum: split for stratum, split in strata.items() if is_wanted(stratum)})
        }
        groups = {group: sum(map(sum, strata.values())) for group, strata in cells.items()}
        return CaseMix(cells=cells, groups=groups, base=sum(groups.values()))

    def sums(self) -> Iterator[Sum]:
        """The strata add up to their group, and the groups to everyone."""
        for group, persons in self.groups.items():
            yield Sum(f"strata of {group or 'no group'}", tuple(map(sum, self.cells[group].values())), persons)
        yield Sum("groups", tuple(self.groups.values()), self.base)


def _added(splits: Iterable[Split]) -> Split:
    yes = no = unknown = 0
    for split in splits:
        yes, no, unknown = yes + split.yes, no + split.no, unknown + split.unknown
    return Split(yes, no, unknown)


def case_mix(population: nw.LazyFrame[Any], feature: Feature) -> CaseMix:
    """The persons of each group by stratum: who has the feature, who has not, of whom it is not known.

    Shapes: `population` has `client_id`, `group` and `stratum` (strings; null is read as ""), one row a client: nobody
    is in two groups, so that the groups add up. Units: persons. Errors: `ValueError` for a population or a feature
    with several rows for a client. Source: FIELD B-38 to B-40, B-51.
    """
    return case_mixes(population, {"": feature})[""]


def case_mixes(population: nw.LazyFrame[Any], features: Mapping[str, Feature]) -> dict[str, CaseMix]:
    """The same for several features of the same people, by their keys: counted in one go."""
    rows = population.select(
        "client_id", group=nw.col("group").fill_null(NONE), stratum=nw.col("stratum").fill_null(NONE)
    )
    columns = [f"has_{place}" for place in range(len(features))]
    marks = (("_yes", HAS), ("_no", HAS_NOT))
    flags = [(nw.col(*columns) == value).cast(nw.Int64).name.suffix(mark) for mark, value in marks]
    sums = [f"{column}{mark}" for column in columns for mark, _value in marks]
    counted = (
        with_answers(rows, features)
        .with_columns(*flags)
        .group_by("group", "stratum")
        .agg(nw.len().alias("persons"), nw.col(*sums).sum())
        .select("group", "stratum", "persons", *sums)
    )
    cells: dict[str, dict[str, dict[str, Split]]] = {key: {} for key in features}
    for group, stratum, persons, *split in sorted(rows_of(counted)):
        for place, found in enumerate(cells.values()):
            yes, no = map(int, split[2 * place : 2 * place + 2])
            found.setdefault(str(group), {})[str(stratum)] = Split(yes, no, int(persons) - yes - no)
    base, groups = _persons(rows, next(iter(cells.values())))
    mixes = {key: CaseMix(cells=found, groups=groups, base=base) for key, found in cells.items()}
    broken = next((one for one in next(iter(mixes.values())).sums() if not one.closes), None)
    if broken:
        message = f"{broken.name} hold {sum(broken.parts)} persons, not {broken.whole}: give one row a client"
        raise ValueError(message)
    return mixes


def _persons(rows: nw.LazyFrame[Any], cells: Mapping[str, Mapping[str, Split]]) -> tuple[int, dict[str, int]]:
    """The persons of all and of each group, counted apart from their answers."""
    sizes = rows.select(persons=nw.col("client_id").n_unique(), rows=nw.len())
    base, height = map(int, rows_of(sizes.select(nw.col("persons", "rows").fill_null(0)))[0])
    if base == height:
        return base, {group: sum(map(sum, strata.values())) for group, strata in cells.items()}
    members = rows_of(rows.select("client_id", "group").unique().group_by("group").agg(persons=nw.len()))
    return base, {str(group): int(persons) for group, persons in sorted(members)}
