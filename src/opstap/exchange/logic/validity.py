"""Codes that could not be chosen on the day a row is about: not yet, or no more. Some rooms refuse them, some don't."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from opstap.exchange.logic.cells import on
from opstap.exchange.logic.checks import Report
from opstap.exchange.logic.faults import Code
from opstap.exchange.logic.parsed import ParsedRow
from opstap.exchange.logic.values.trajectories import OTHER, ActivitySaid, TrajectorySaid
from opstap.exchange.logic.vocabulary import Vocabulary


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


def settle_help(values: dict[str, Any], vocabulary: Vocabulary, report: Report) -> None:
    """What is said of help as it can be recorded, with a warning where the kind does not fit the day."""
    measured = values.get("measured_on") or values.get("instrument_from") or vocabulary.effective_on
    day = values.get("trajectory_from") or measured
    for field, words, settled in (
        ("trajectory", "trajectory_kind", trajectory_on),
        ("activity", "activity_kind", activity_on),
    ):
        said = values.get(field)
        if said is not None and (as_it_can_be := settled(said, day, vocabulary)) != said:
            values[field] = as_it_can_be
            report.warn(Code.KIND_AS_NAME, field, day=on(day), known=vocabulary.labels(words, day))


def check_validity(row: ParsedRow, vocabulary: Vocabulary, report: Report) -> None:
    """Say of each code that it could not be chosen then. Of an instrument it is refused: it has no name to go by."""
    for asked in _asked(row, vocabulary.effective_on):
        word = vocabulary.word_of(asked.words, asked.code)
        if word.holds_in(asked.first, asked.until):
            continue
        refused = asked.field in {"instrument", "instrument_result"}
        ended = word.valid_until is not None and word.valid_until <= asked.first
        said = {"day": on(asked.first), "kind": word.label, "known": vocabulary.labels(asked.words, asked.first)}
        if ended and word.valid_until is not None:
            said["last"] = on(word.valid_until - timedelta(days=1))
        elif word.valid_from is not None:
            said["begin"] = on(word.valid_from)
        if refused:
            report.error(Code.KIND_ENDED if ended else Code.KIND_NOT_YET, asked.field, **said)
        else:
            report.warn(Code.CODE_ENDED if ended else Code.CODE_NOT_YET, asked.field, **said)


def _asked(row: ParsedRow, effective_on: date) -> Iterator[_Asked]:
    """A benefit goes by the name of the law that followed, so any day of it will do. A status says no begin at all."""
    day = row.measured_on or effective_on
    begin, end = row.benefit_from, row.benefit_until
    if row.benefit_kind is not None and begin is not None:
        yield _Asked("benefit_kind", "benefit_kind", row.benefit_kind, begin, end or max(begin, effective_on))
    if row.entry_reason is not None and begin is not None:
        yield _Asked("entry_reason", "entry_reason", row.entry_reason, begin, begin)
    if row.exit_reason is not None and end is not None:
        yield _Asked("exit_reason", "exit_reason", row.exit_reason, end, end)
    for field, words in (
        ("exemption", "exemption_ground"),
        ("integration", "integration_status"),
        ("income_situation", "income_situation"),
    ):
        if (code := getattr(row, field)) is not None:
            yield _Asked(field, words, code, day, day)
    for code in row.barriers:
        yield _Asked("barrier", "barrier_kind", code, day, day)
    yield from _of_instrument(row, effective_on)


def _of_instrument(row: ParsedRow, effective_on: date) -> Iterator[_Asked]:
    if row.instrument is None:
        return
    day = row.instrument_from or row.trajectory_from or row.measured_on or effective_on
    yield _Asked("instrument", "instrument_kind", row.instrument, day, day)
    if row.instrument_result is not None and row.instrument_until is not None:
        after = row.instrument_until + timedelta(days=1)
        yield _Asked("instrument_result", "instrument_result", row.instrument_result, after, after)
