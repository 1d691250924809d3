"""What somebody asks of a report, as plain text, before it is understood; and the moments that research may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


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
