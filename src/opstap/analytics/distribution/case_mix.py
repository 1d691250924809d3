"""Who has something, by group and by kind of people: what a comparison with the same mix of people is made of.

Not here: the comparison itself (`uncertainty.standardised`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.distribution.profile import HAS, HAS_NOT, UNKNOWN, Feature, Split, with_answers
from opstap.analytics.people import persons_and_rows
from opstap.analytics.small_results import rows_of

NONE: Final = ""
"""The group or the stratum of who is in none."""
BETWEEN: Final = "|"
"""Stands between the parts of a stratum."""
_NOT_ABOUT: Final = -2
_NOUGHT: Final = (0, 0, 0)


class Strata(dict[str, Split]):
    """The persons of one group by stratum, to which nothing is added."""

    @cached_property
    def whole(self) -> Split:
        """Those of all strata."""
        return _added(self.values())

    @cached_property
    def known(self) -> Mapping[str, tuple[int, int]]:
        """By stratum of how many it is known, and how many of these have it: as `uncertainty.standardised` takes it."""
        return {stratum: (yes + no, yes) for stratum, (yes, no, _unknown) in self.items()}

    @cached_property
    def by_first_part(self) -> Mapping[str, Split]:
        """Those of the strata that begin alike."""
        alike: dict[str, tuple[int, int, int]] = {}
        for stratum, (yes, no, unknown) in self.items():
            part = stratum.partition(BETWEEN)[0]
            of_part = alike.get(part, _NOUGHT)
            alike[part] = (of_part[0] + yes, of_part[1] + no, of_part[2] + unknown)
        return {part: Split(*added) for part, added in alike.items()}


@dataclass(frozen=True, kw_only=True)
class CaseMix:
    """Persons by group and stratum, split by one feature; `groups` has the persons of each."""

    cells: Mapping[str, Strata]
    groups: Mapping[str, int]
    base: int

    def split_of(self, group: str | None = None) -> Split:
        """The persons of a group in all its strata; of everyone where none is named."""
        return self._whole if group is None else self.cells.get(group, _NOBODY).whole

    @cached_property
    def _whole(self) -> Split:
        return _added(strata.whole for strata in self.cells.values())

    def sums(self) -> Iterator[Sum]:
        """The strata add up to their group, and the groups to everyone."""
        for group, persons in self.groups.items():
            yield Sum(f"strata of {group or 'no group'}", tuple(map(sum, self.cells[group].values())), persons)
        yield Sum("groups", tuple(self.groups.values()), self.base)


def _added(splits: Iterable[Split]) -> Split:
    all_yes = all_no = all_unknown = 0
    for yes, no, unknown in splits:
        all_yes, all_no, all_unknown = all_yes + yes, all_no + no, all_unknown + unknown
    return Split(all_yes, all_no, all_unknown)


def case_mix(population: nw.LazyFrame[Any], feature: Feature) -> CaseMix:
    """The persons of each group by stratum: who has the feature, who has not, of whom it is not known.

    Shapes: `population` has `client_id`, `group` and `stratum` (strings; null is read as ""), one row a client: nobody
    is in two groups, so that the groups add up. Units: persons. Errors: `ValueError` for a population or a feature
    with several rows for a client. Source: FIELD B-38 to B-40, B-51.
    """
    return case_mixes(population, {"": feature})[""]


def case_mixes(population: nw.LazyFrame[Any], features: Mapping[str, Feature]) -> dict[str, CaseMix]:
    """The same for several features of the same people, by their keys: counted in one go."""
    rows = population.select("client_id", "group", "stratum")
    return case_mixes_of(with_answers(rows, features), {key: f"has_{place}" for place, key in enumerate(features)})


def case_mixes_of(people: nw.LazyFrame[Any], answers: Mapping[str, str]) -> dict[str, CaseMix]:
    """The same of people beside whom their answers stand: by the key of a feature its column, which is 1, 0, or -1 of
    whom it is not known, and null of whom the feature says nothing: these are not counted for it.
    """
    columns = list(answers.values())
    marks = (("_yes", HAS), ("_no", HAS_NOT), ("_unknown", UNKNOWN))
    flags = [(nw.col(*columns) == value).cast(nw.Int64).name.suffix(mark) for mark, value in marks]
    sums = [f"{column}{mark}" for column in columns for mark, _value in marks]
    named = [nw.col("group", "stratum").fill_null(NONE), nw.col(*columns).fill_null(_NOT_ABOUT)]
    counted = people.with_columns(*named).with_columns(*flags).group_by("group", "stratum").agg(nw.col(*sums).sum())
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for group, *row in rows_of(counted.select("group", "stratum", *sums).sort("group", "stratum")):
        rows.setdefault(str(group), []).append(tuple(row))
    cells: dict[str, dict[str, Strata]] = {key: {} for key in answers}
    for group, own in rows.items():
        for found, strata in zip(cells.values(), strata_of(tuple(own)), strict=True):
            if strata:
                found[group] = strata
    _check_once(people)
    groups = {key: {group: sum(strata.whole) for group, strata in cells[key].items()} for key in cells}
    return {key: CaseMix(cells=cells[key], groups=groups[key], base=sum(groups[key].values())) for key in cells}


@lru_cache(maxsize=512)
def strata_of(rows: tuple[tuple[Any, ...], ...]) -> tuple[Strata, ...]:
    """Of one group by feature: kept, as who is placed changes one group or two and leaves all others as they were.

    Each row is a stratum and, for each feature, the persons who have it, who have not, and of whom it is not known.
    Counts of a small group are of somebody: whoever forgets people empties it (`cache_clear`).
    """
    found = tuple(Strata() for _ in range(len(rows[0]) // 3))
    for stratum, *split in rows:
        numbers = iter(split)
        for strata, yes, no, unknown in zip(found, numbers, numbers, numbers, strict=True):
            if yes or no or unknown:
                strata[str(stratum)] = Split(int(yes), int(no), int(unknown))
    return found


_NOBODY: Final = Strata()


def _check_once(people: nw.LazyFrame[Any]) -> None:
    persons, rows = persons_and_rows(people)
    if persons != rows:
        message = f"{persons} persons have {rows} rows: give one row a client"
        raise ValueError(message)
