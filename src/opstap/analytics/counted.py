"""Exact figures with whom they are for, of how many and when; sums must close. Not here: hiding small counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

Unit = Literal["persons", "households", "benefits"]


class Sum(NamedTuple):
    """Parts that must add up to a whole; `name` says which, for the one who must find the fault."""

    name: str
    parts: tuple[int, ...]
    whole: int

    @property
    def closes(self) -> bool:
        """Whether the parts add up to the whole."""
        return sum(self.parts) == self.whole


class DoesNotClose(Exception):
    """Parts that don't add up to their whole: a fault in the counting, never to be shown as a figure."""

    def __init__(self, broken: Sum) -> None:
        super().__init__(f"{broken.name}: {' + '.join(map(str, broken.parts)) or '0'} is not {broken.whole}")
        self.broken = broken


class Figures(Protocol):
    """What a result must tell of itself to be shown: how many it counts, and the sums that must close."""

    @property
    def base(self) -> int:
        """The number of units counted."""

    def sums(self) -> Iterable[Sum]:
        """Every sum a reader could check with pen and paper."""


T_co = TypeVar("T_co", bound=Figures, covariant=True)


def check_closes(sums: Iterable[Sum]) -> None:
    """Raises `DoesNotClose` for the first sum whose parts don't add up to the whole."""
    for one in sums:
        if not one.closes:
            raise DoesNotClose(one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Generic[T_co]):
    """Exact figures, for the one viewer whose scope covers all the people in them. Their sums close, always.

    `viewer` is that viewer's reference; `base` the number of `unit` counted; `on` the reference date; `recording` the
    last one taken into account, and `known_at` the moment asked for (UTC; `None` for now). Source: FIELD G-14
    (always n and base). Raises `DoesNotClose`, and `ValueError` for a `known_at` without a time zone.
    """

    figures: T_co
    viewer: str
    base: int
    unit: Unit
    on: date
    known_at: datetime | None
    recording: int

    def __post_init__(self) -> None:
        if self.known_at is not None and self.known_at.tzinfo is None:
            message = f"known_at {self.known_at} has no time zone"
            raise ValueError(message)
        self.check_closes()

    def check_closes(self) -> None:
        """Raises `DoesNotClose`, naming the first sum that doesn't add up."""
        check_closes((Sum("base", (self.figures.base,), self.base), *self.figures.sums()))
