"""Who has something, by group and by kind of people: what a comparison with the same mix of people is made of.

Not here: the comparison itself (`uncertainty.standardised`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.profile import HAS, HAS_NOT, Feature, Split
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
    rows = population.select(
        "client_id", group=nw.col("group").fill_null(NONE), stratum=nw.col("stratum").fill_null(NONE)
    )
    has = feature.who.select("client_id", has=nw.col(feature.column).cast(nw.Int64))
    joined = rows.join(has, on="client_id", how="left").with_columns(nw.col("has").fill_null(feature.absent))
    flags = {name: (nw.col("has") == value).cast(nw.Int64) for name, value in (("yes", HAS), ("no", HAS_NOT))}
    counted = (
        joined.with_columns(**flags)
        .group_by("group", "stratum")
        .agg(persons=nw.len(), yes=nw.col("yes").sum(), no=nw.col("no").sum())
        .select("group", "stratum", "persons", "yes", "no")
    )
    cells: dict[str, dict[str, Split]] = {}
    for group, stratum, persons, yes, no in sorted(rows_of(counted)):
        cells.setdefault(str(group), {})[str(stratum)] = Split(int(yes), int(no), int(persons - yes - no))
    sizes = rows.select(persons=nw.col("client_id").n_unique(), rows=nw.len())
    base, height = map(int, rows_of(sizes.select(nw.col("persons", "rows").fill_null(0)))[0])
    if base == height:
        groups = {group: sum(map(sum, strata.values())) for group, strata in cells.items()}
    else:
        members = rows_of(rows.select("client_id", "group").unique().group_by("group").agg(persons=nw.len()))
        groups = {str(group): int(persons) for group, persons in sorted(members)}
    found = CaseMix(cells=cells, groups=groups, base=base)
    broken = next((one for one in found.sums() if not one.closes), None)
    if broken:
        message = f"{broken.name} hold {sum(broken.parts)} persons, not {broken.whole}: give one row a client"
        raise ValueError(message)
    return found
