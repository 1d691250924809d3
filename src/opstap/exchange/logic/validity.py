"""Codes that could not be chosen on the day a row is about: not yet, or no more. Some rooms refuse them, some don't."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from opstap.exchange.logic.cells import on
from opstap.exchange.logic.checks import Report
from opstap.exchange.logic.faults import Code
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.values.trajectories import OTHER, ActivitySaid, TrajectorySaid
from opstap.exchange.logic.vocabulary import CodeWord, Vocabulary


class _Asked(NamedTuple):
    """A code of a row, with the first and the last day on which what it says began or went on."""

    field: str
    words: str
    code: str
    first: date
    until: date


def trajectory_on(said: TrajectorySaid, day: date, vocabulary: Vocabulary) -> TrajectorySaid:
    """As it can be recorded on that day: a kind that can't be chosen then becomes its name."""
    word = vocabulary.word_of("trajectory_kind", said.kind)
    return said if word.holds_on(day) else replace(said, kind=OTHER, name=said.name or word.label or word.code)


def activity_on(said: ActivitySaid, day: date, vocabulary: Vocabulary) -> ActivitySaid:
    """As it can be recorded on that day: without a kind that can't be chosen then."""
    held = not said.kind or vocabulary.word_of("activity_kind", said.kind).holds_on(day)
    return said if held else replace(said, kind="")


class ValidityChecks:
    """The checks of a row against the days on which codes can be chosen. A list that holds always is passed over."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = vocabulary
        self._help = tuple(one for one in _OF_HELP if one[1] in vocabulary.dated)
        self._on_day = tuple(one for one in _ON_DAY if one[1] in vocabulary.dated)

    def settle_help(self, values: dict[str, Any], report: Report) -> None:
        """What is said of help as it can be recorded, with a warning where the kind does not fit the day."""
        for field, words, settled in self._help:
            if (said := values.get(field)) is None:
                continue
            measured = values.get("measured_on") or values.get("instrument_from") or self._words.effective_on
            day = values.get("trajectory_from") or measured
            if (as_it_can_be := settled(said, day, self._words)) != said:
                values[field] = as_it_can_be
                report.warn(Code.KIND_AS_NAME, field, day=on(day), known=self._words.labels(words, day))

    def check(self, row: ParsedRow, report: Report) -> None:
        """Say of each code that it could not be chosen then. Of an instrument it is refused: it has no other name."""
        for asked in self._asked(row):
            word = self._words.word_of(asked.words, asked.code)
            if not word.holds_in(asked.first, asked.until):
                self._say(asked, word, report)

    def _say(self, asked: _Asked, word: CodeWord, report: Report) -> None:
        refused = asked.field in {"instrument", "instrument_result"}
        ended = word.valid_until is not None and word.valid_until <= asked.first
        said = {"day": on(asked.first), "kind": word.label, "known": self._words.labels(asked.words, asked.first)}
        if ended and word.valid_until is not None:
            said["last"] = on(word.valid_until - timedelta(days=1))
        elif word.valid_from is not None:
            said["begin"] = on(word.valid_from)
        if refused:
            report.error(Code.KIND_ENDED if ended else Code.KIND_NOT_YET, asked.field, **said)
        else:
            report.warn(Code.CODE_ENDED if ended else Code.CODE_NOT_YET, asked.field, **said)

    def _asked(self, row: ParsedRow) -> Iterator[_Asked]:
        """A benefit goes by the name of the law that followed, so any day of it will do. A status says no begin."""
        if row.benefit_from is not None:
            yield from _of_benefit(row, row.benefit_from, self._words.effective_on)
        for held, words, field in self._on_day:
            for code in _codes(getattr(row, held)):
                day = row.measured_on or self._words.effective_on
                yield _Asked(field, words, code, day, day)
        if row.instrument is not None:
            yield from _of_instrument(row, row.instrument, self._words.effective_on)


def _codes(said: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said or ()


def _of_benefit(row: ParsedRow, begin: date, effective_on: date) -> Iterator[_Asked]:
    end = row.benefit_until
    if row.benefit_kind is not None:
        yield _Asked("benefit_kind", "benefit_kind", row.benefit_kind, begin, end or max(begin, effective_on))
    if row.entry_reason is not None:
        yield _Asked("entry_reason", "entry_reason", row.entry_reason, begin, begin)
    if row.exit_reason is not None and end is not None:
        yield _Asked("exit_reason", "exit_reason", row.exit_reason, end, end)


def _of_instrument(row: ParsedRow, kind: str, effective_on: date) -> Iterator[_Asked]:
    day = row.instrument_from or row.trajectory_from or row.measured_on or effective_on
    yield _Asked("instrument", "instrument_kind", kind, day, day)
    if row.instrument_result is not None and row.instrument_until is not None:
        after = row.instrument_until + timedelta(days=1)
        yield _Asked("instrument_result", "instrument_result", row.instrument_result, after, after)


_OF_HELP: tuple[tuple[str, str, Callable[[Any, date, Vocabulary], Any]], ...] = (
    ("trajectory", "trajectory_kind", trajectory_on),
    ("activity", "activity_kind", activity_on),
)
_ON_DAY = (  # what a row holds, the list of it, and the field of its column
    ("exemption", "exemption_ground", "exemption"),
    ("integration", "integration_status", "integration"),
    ("income_situation", "income_situation", "income_situation"),
    ("barriers", "barrier_kind", "barrier"),
)
