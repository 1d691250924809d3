"""The words an installation knows: the levels of the scale and the words of its code lists. Made by the caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from opstap.exchange.logic.words import normalise

LISTS = (
    "benefit_kind",
    "entry_reason",
    "exit_reason",
    "barrier_kind",
    "exemption_ground",
    "integration_status",
    "income_situation",
    "household_type",
    "language",
    "trajectory_kind",
    "activity_kind",
    "instrument_kind",
    "instrument_result",
)


@dataclass(frozen=True, slots=True)
class LevelWord:
    """A level of the scale; a half-level names its whole level as parent."""

    code: str
    name: str
    parent_code: str | None = None
    order: int = 0
    records_growth: bool = True


@dataclass(frozen=True, slots=True)
class CodeWord:
    """What a word stands for; `finer` when it says more than may be kept, so that only its broad kind is taken.

    It can be chosen from `valid_from` on, and no more from `valid_until` on.
    """

    code: str
    finer: bool = False
    label: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_in(self, first: date, until: date) -> bool:
        """Whether it can be chosen on one of the days from the first up to the last, both included."""
        return (self.valid_from or date.min) <= until and first < (self.valid_until or date.max)

    def holds_on(self, day: date) -> bool:
        """Whether it can be chosen on a day."""
        return self.holds_in(day, day)


@dataclass(frozen=True)
class Vocabulary:
    """Levels and code words; the words are keyed by list and by their normalised form."""

    levels: tuple[LevelWord, ...]
    codes: Mapping[str, Mapping[str, CodeWord]]
    today: date
    reference_date: date | None = None
    ordinal: bool = True
    growth_on_halves: bool = False
    other_barrier: str = field(default="other")

    @cached_property
    def level_of_code(self) -> dict[str, LevelWord]:
        """Levels by their code, in lower case."""
        return {level.code.casefold(): level for level in self.levels}

    @cached_property
    def level_of_name(self) -> dict[str, LevelWord]:
        """Levels by their normalised name; where a half-level bears its parent's name, the whole level."""
        whole_last = sorted(self.levels, key=lambda level: level.parent_code is None)
        return {normalise(level.name): level for level in whole_last if normalise(level.name)}

    def half_of(self, whole: LevelWord, sign: str) -> LevelWord | None:
        """The half-level `-` or `+` of a whole level, where the scale has it."""
        half = self.level_of_code.get((whole.code + sign).casefold())
        return half if half and half.parent_code == whole.code else None

    def whole_order(self, code: str) -> int | None:
        """The place of the level on the ladder, half-levels at the place of their whole level."""
        level = self.level_of_code.get(code.casefold())
        if level and level.parent_code is not None:
            level = self.level_of_code.get(level.parent_code.casefold(), level)
        return level.order if level else None

    def whole_codes(self) -> str:
        """The whole levels in order, for a message."""
        whole = [level for level in self.levels if level.parent_code is None]
        return ", ".join(level.code for level in sorted(whole, key=lambda level: level.order))

    def labels(self, list_key: str, day: date | None = None) -> str:
        """The right words of a list, for a message: each code once, by its label; with a day only those of then."""
        words = self.codes.get(list_key, {}).values()
        return ", ".join(dict.fromkeys(word.label or word.code for word in words if day is None or word.holds_on(day)))

    @property
    def effective_on(self) -> date:
        """The day that the file is about where a row names none."""
        return self.reference_date or self.today

    def word_of(self, list_key: str, code: str) -> CodeWord:
        """What is known of a code; one that is not on the list holds always."""
        return self._by_code.get(list_key, {}).get(code) or CodeWord(code)

    @cached_property
    def dated(self) -> frozenset[str]:
        """The lists with a code that can't be chosen on every day."""
        return frozenset(
            key for key, words in self.codes.items() if any(one.valid_from or one.valid_until for one in words.values())
        )

    @cached_property
    def _by_code(self) -> dict[str, dict[str, CodeWord]]:
        return {key: {word.code: word for word in words.values()} for key, words in self.codes.items()}
