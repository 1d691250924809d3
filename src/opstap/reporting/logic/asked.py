"""What somebody asks of a report, as plain text, before it is understood; the moments that research may know; and
what an indicator is composed of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal


@dataclass(frozen=True)
class Asked:
    """The words of an address or a command line; empty means not said."""

    report: str
    on: str = ""
    compared_with: str = ""
    known_at: str = ""
    scale: str = ""
    crosswalk: str = ""
    by: str = ""
    team: str = ""
    where: tuple[str, ...] = ()
    decimals: str = ""
    shares: str = ""


class QuestionRefused(Exception):
    """A question that can't be answered: a code, what was given, and what would be right."""

    def __init__(self, code: str, given: str = "", right: tuple[str, ...] = ()) -> None:
        self.code = code
        self.given = given
        self.right = right
        super().__init__(f"{code}: {given}")


def split_where(text: str) -> tuple[str, str]:
    """`dimension=group` into its two parts."""
    key, sign, group = text.partition("=")
    if not sign or not key.strip() or not group.strip():
        raise QuestionRefused("where_not_understood", text)
    return key.strip(), group.strip()


@dataclass(frozen=True, order=True)
class Quarter:
    """A moment of measuring as research may know it: the end of a quarter, and no finer."""

    year: int
    number: int

    @classmethod
    def of(cls, key: str) -> Quarter:
        """The one that stands so in a permit."""
        year, number = key.split("-")
        return cls(int(year), int(number))

    @property
    def key(self) -> str:
        """As it stands in a permit and in a form: 2025-4."""
        return f"{self.year}-{self.number}"

    @property
    def last_day(self) -> date:
        """The day on which its state is read."""
        after = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return after - timedelta(days=1)


def quarters_until(day: date, count: int) -> list[Quarter]:
    """The last quarters that had ended before the day, the latest first."""
    place = day.year * 4 + (day.month - 1) // 3
    return [Quarter(one // 4, one % 4 + 1) for one in range(place - 1, place - 1 - count, -1)]


LEVEL, GROWTH, BECAME, AGAIN, GOT = "level", "growth", "became", "again", "got"
FOLLOWED = {BECAME, AGAIN, GOT}
JUDGED = ("risen", "level", "fallen")
ENDED = ("not_measured_again", "left")
GROWTH_ANSWERS = ("yes", "no", "unknown")
NO_LEVEL = "none"


@dataclass(frozen=True)
class Condition:
    """What holds of somebody: they are in one of the `groups`, by their public codes, of what it is about.

    That is a dimension, `LEVEL` (codes of a scale, or `NO_LEVEL`) or `GROWTH`; and of who is followed between two
    days `BECAME` (what became of them), `AGAIN` (the same of who is still there, known of who was placed again) or
    `GOT` (an instrument).
    """

    about: str
    groups: tuple[str, ...]

    @property
    def options(self) -> list[str]:
        """Each group as a form sends it."""
        return [f"{self.about}={group}" for group in self.groups]


def conditions_of(options: Iterable[str]) -> tuple[Condition, ...]:
    """The conditions that a form sends: groups of one dimension together, in the order in which they came."""
    found: dict[str, list[str]] = {}
    for option in options:
        about, _sign, group = option.partition("=")
        found.setdefault(about, []).append(group)
    return tuple(Condition(about, tuple(dict.fromkeys(groups))) for about, groups in found.items())


@dataclass(frozen=True)
class Composition:
    """An indicator as somebody composes it: of whom (`base`), and who of these count (`counted`).

    `about` is a day, or two days: then the base holds on the earlier one. `scale` is the key of the scale whose levels
    it names. `better`: 1 when more is better, -1 when less is, 0 when neither.
    """

    name: str
    meaning: str
    about: Literal["day", "two_days"]
    base: tuple[Condition, ...]
    counted: Condition
    better: int
    matures_after: int = 0
    scale: str = ""

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All of them."""
        return (*self.base, self.counted)

    @property
    def fault(self) -> str:
        """What is wrong with it, as a code; empty when nothing is."""
        if not (self.name.strip() and self.meaning.strip()):
            return "words_missing"
        if not all(one.groups for one in self.conditions):
            return "nothing_counted"
        followed = self.counted.about in FOLLOWED
        if followed != (self.about == "two_days") or any(one.about in FOLLOWED for one in self.base):
            return "other_kind"
        if self.counted.about in {one.about for one in self.base}:
            return "counted_in_base"
        return "matures_on_a_day" if self.matures_after and self.about == "day" else ""
