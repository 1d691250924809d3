"""Rows of persons made so coarse that nobody stands out: k-anonymity (Sweeney 2002). Not here: who is in them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from opstap.analytics.counted import Sum
from opstap.analytics.small_results import rows_of

OTHER = "other"
LEAST, MULTIPLE = 10, 5


@dataclass(frozen=True, slots=True)
class Merging:
    """One step of making coarser: in a column each value becomes that of `into`, or `OTHER` where it names none."""

    column: str
    into: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymous:
    """What may leave: `rows` of a key and the values of `columns`, sorted by key; `base` persons came in.

    Every combination of values occurs at least `least` times, as often as a whole number of times `multiple`, and
    `left_out` persons are in none of the rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    base: int
    left_out: int
    least: int
    multiple: int

    def sums(self) -> Iterator[Sum]:
        """Who is in it and who was left out make everyone who came in."""
        yield Sum("anonymous rows", (len(self.rows), self.left_out), self.base)


def anonymous(
    people: nw.LazyFrame[Any],
    columns: Sequence[str],
    steps: Sequence[Merging],
    *,
    key: str = "key",
    least: int = LEAST,
    multiple: int = MULTIPLE,
) -> Anonymous:
    """The people in rows of which every combination of values occurs at least `least` times.

    Shapes: `people` has `key` (text, each once) and `columns` (text; null is `OTHER`), a row a person. Units: persons.
    The steps are taken in their order, each only on the rows whose combination is still too small; so a row loses no
    more than it must by that order, and a combination that is large enough only grows. What is too small after the
    last step is left out, and of each combination the last by key until a whole number of times `multiple` is left: so
    two such sets of rows that differ in one person mostly have the same counts, and a key must tell nothing.
    ValueError when a step names no column, `least` is below 2, or a key stands there twice.
    The columns are all that is known of a person, so all of them are quasi-identifiers.
    Source: L. Sweeney, "k-anonymity: a model for protecting privacy", 2002; recoding of cells and leaving out as in
    her "Achieving k-anonymity privacy protection using generalization and suppression", 2002.
    """
    _check(columns, steps, least, multiple)
    frame = people.select(nw.col(key), *(nw.col(column).fill_null(OTHER) for column in columns))
    for step in steps:
        too_few = nw.col(key).count().over(*columns) < least
        coarser = nw.when(too_few).then(_merged(step)).otherwise(nw.col(step.column))
        frame = frame.with_columns(coarser.alias(step.column))
    alike = nw.col(key).count().over(*columns)
    found = rows_of(frame.select(key, *columns, alike.alias("alike")))
    if len({row[0] for row in found}) < len(found):
        message = "each person stands in it once"
        raise ValueError(message)
    kept = tuple(_in_whole_numbers(sorted(tuple(row[:-1]) for row in found if row[-1] >= least), least, multiple))
    return Anonymous(
        columns=tuple(columns),
        rows=kept,
        base=len(found),
        left_out=len(found) - len(kept),
        least=least,
        multiple=multiple,
    )


def _in_whole_numbers(rows: Sequence[tuple[str, ...]], least: int, multiple: int) -> Iterator[tuple[str, ...]]:
    """Of each combination the first rows, as many times `multiple` as go into them; none where that is too few."""
    often = Counter(row[1:] for row in rows)
    room = {values: count - count % multiple for values, count in often.items()}
    room = {values: count for values, count in room.items() if count >= least}
    for row in rows:
        if room.get(row[1:], 0):
            room[row[1:]] -= 1
            yield row


def _check(columns: Collection[str], steps: Sequence[Merging], least: int, multiple: int) -> None:
    unknown = {step.column for step in steps} - set(columns)
    if unknown or not columns:
        message = f"no such columns: {sorted(unknown)}" if unknown else "there are no columns"
        raise ValueError(message)
    if least < 2 or multiple < 1:
        message = "a combination of one person hides nobody"
        raise ValueError(message)


def _merged(step: Merging) -> nw.Expr:
    merged: nw.Expr = nw.lit(OTHER)
    for value, coarser in (step.into or {}).items():
        merged = nw.when(nw.col(step.column) == value).then(nw.lit(coarser)).otherwise(merged)
    return merged
