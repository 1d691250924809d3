"""Checks of what is recorded: how many people each concerns, of how many it can be judged. Not here: which checks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of

CONCERNED: Final = 1
IN_ORDER: Final = 0
Numbers = tuple[int, ...]
"""The persons asked, and two for each check: whom it concerns, and of whom it is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Persons of whom a check was asked: it is about them, they are in order, or it can't be judged of them."""

    concerned: int
    in_order: int
    not_judged: int
    asked: int

    @property
    def judged(self) -> int:
        """Of how many it can be said."""
        return self.concerned + self.in_order


NOBODY: Final = Found(concerned=0, in_order=0, not_judged=0, asked=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityPart:
    """The checks of one group, or of everyone (`group` is `None`), in the order asked.

    `clients` are the persons of the first inquiry.
    """

    group: str | None
    clients: int
    checks: Mapping[str, Found]

    def sums(self) -> Iterator[Sum]:
        """Who is concerned, in order and not judged make everybody who was asked about."""
        where = "" if self.group is None else f" of {self.group}"
        for key, found in self.checks.items():
            yield Sum(f"{key}{where}", (found.concerned, found.in_order, found.not_judged), found.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """The checks of everyone, and of each group when asked for."""

    overall: QualityPart
    groups: tuple[QualityPart, ...] = ()

    @property
    def base(self) -> int:
        """The persons in all of the first inquiry; someone in several groups is one person."""
        return self.overall.clients

    def sums(self) -> Iterator[Sum]:
        """The sums of everyone and of each group."""
        for part in (self.overall, *self.groups):
            yield from part.sums()


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """Checks that are asked of the same people.

    `people` has `client_id` (and `group`, strings; a person once, several times or in several groups). `judged` has
    `client_id`, at most one row each, and a column for each of `checks`: 1 whom it concerns, 0 who is in order, null
    of whom it can't be judged. Who has no row is not judged.
    """

    people: nw.LazyFrame[Any]
    judged: nw.LazyFrame[Any]
    checks: tuple[str, ...]


def quality(inquiries: Sequence[Inquiry], *, group: str | None = None) -> Quality:
    """How many persons each check concerns, of how many it can be judged; the first inquiry gives the base.

    Units: persons, each once in a group and once in all, so groups need not add up to it. A group that nobody of an
    inquiry is in has zeros for its checks. Errors: `ValueError` for a check that is asked twice, and for several rows
    of judging for one client. Source: FIELD B-65, B-72 (timeliness, correctness, completeness).
    """
    keys = [key for inquiry in inquiries for key in inquiry.checks]
    if len(set(keys)) < len(keys):
        message = f"a check is asked twice: {keys}"
        raise ValueError(message)
    overall = [_everyone(inquiry) for inquiry in inquiries]
    grouped = [_groups(inquiry, group) for inquiry in inquiries] if group is not None else []
    names = sorted({name for found in grouped for name in found})
    return Quality(
        overall=_part(None, inquiries, overall),
        groups=tuple(_part(name, inquiries, [found.get(name, ()) for found in grouped]) for name in names),
    )


def _everyone(inquiry: Inquiry) -> Numbers:
    """The persons, and of each check those whom it concerns and those who are judged."""
    people, persons = everybody_in(inquiry.people)
    # Many columns in one expression: planned one by one they take longer than they take to count.
    checks, columns = nw.col(*inquiry.checks), ["persons"]
    columns += [f"{key}{mark}" for key in inquiry.checks for mark in ("_concerned", "_judged")]
    sums = (checks.sum().name.suffix("_concerned"), checks.count().name.suffix("_judged"))
    (counted,) = rows_of(_joined(people, inquiry).select(*sums, persons=nw.len()).select(columns))
    return _checked(persons, counted)


def _groups(inquiry: Inquiry, group: str) -> dict[str, Numbers]:
    members = members_of(inquiry.people, group)
    sizes = {name: int(size) for name, size in rows_of(members.group_by("group_name").agg(persons=nw.len()))}
    joined = _joined(members, inquiry).group_by("group_name").agg(persons=nw.len(), **_sums(inquiry))
    rows = rows_of(joined.select("group_name", "persons", *_sums(inquiry)))
    return {name: _checked(sizes[name], counted) for name, *counted in rows}


def _joined(people: nw.LazyFrame[Any], inquiry: Inquiry) -> nw.LazyFrame[Any]:
    return people.join(inquiry.judged.select("client_id", *inquiry.checks), on="client_id", how="left")


def _sums(inquiry: Inquiry) -> dict[str, nw.Expr]:
    """Of each check whom it concerns, which counts 1, and of whom it is judged, which is not null."""
    sums: dict[str, nw.Expr] = {}
    for place, key in enumerate(inquiry.checks):
        sums |= {f"concerned_{place}": nw.col(key).sum(), f"judged_{place}": nw.col(key).count()}
    return sums


def _checked(persons: int, counted: Sequence[Any]) -> Numbers:
    rows, *numbers = (int(number or 0) for number in counted)
    if rows != persons:
        message = f"{persons} persons have {rows} rows of judging: give one row a client"
        raise ValueError(message)
    return (persons, *numbers)


def _part(group: str | None, inquiries: Sequence[Inquiry], counted: Sequence[Numbers]) -> QualityPart:
    checks: dict[str, Found] = {}
    for inquiry, numbers in zip(inquiries, counted, strict=True):
        for place, key in enumerate(inquiry.checks):
            checks[key] = _found(numbers, place) if numbers else NOBODY
    first = counted[0] if counted else ()
    return QualityPart(group=group, clients=first[0] if first else 0, checks=checks)


def _found(numbers: Numbers, place: int) -> Found:
    asked, concerned, judged = numbers[0], *numbers[1 + 2 * place : 3 + 2 * place]
    return Found(concerned=concerned, in_order=judged - concerned, not_judged=asked - judged, asked=asked)
