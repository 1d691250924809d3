"""What can be wrong, as codes with parameters. The words to each code are made in exchange/tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Literal, NamedTuple, TypeVar

Severity = Literal["error", "warning"]
T = TypeVar("T")


class Code(StrEnum):
    """Every problem the import can name. The last group is found by comparing with the database."""

    COLUMN_TWICE = "column_twice"
    KEY_COLUMN_MISSING = "key_column_missing"
    COLUMN_LEFT_OUT = "column_left_out"
    COLUMN_OF_PART = "column_of_part"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_HEADING = "unknown_heading"

    FORMULA_ERROR = "formula_error"
    TEXT_BECAME_DATE = "text_became_date"
    TEXT_TOO_LONG = "text_too_long"
    UNREADABLE_CHARACTERS = "unreadable_characters"
    NUMBER_SHORTENED = "number_shortened"

    BSN_SHORTENED = "bsn_shortened"
    BSN_NOT_DIGITS = "bsn_not_digits"
    BSN_LOST_ZERO = "bsn_lost_zero"
    BSN_LENGTH = "bsn_length"
    BSN_CHECK = "bsn_check"

    DATE_UNREADABLE = "date_unreadable"
    DATE_TWO_DIGIT_YEAR = "date_two_digit_year"
    DATE_ONLY_YEAR = "date_only_year"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_MONTH_FIRST = "date_month_first"
    DATE_OUT_OF_RANGE = "date_out_of_range"

    LEVEL_UNKNOWN = "level_unknown"
    LEVEL_NO_HALF = "level_no_half"
    LEVEL_CONTRADICTS = "level_contradicts"
    LEVEL_NAME_DIFFERS = "level_name_differs"
    LEVEL_DASH_BEFORE_NAME = "level_dash_before_name"

    YES_NO_UNREADABLE = "yes_no_unreadable"
    SEX_UNREADABLE = "sex_unreadable"
    POSTCODE_UNREADABLE = "postcode_unreadable"
    EMAIL_IMPLAUSIBLE = "email_implausible"
    PHONE_ZERO_ADDED = "phone_zero_added"
    NAME_GUESSED = "name_guessed"
    CODE_UNKNOWN = "code_unknown"
    CODE_BROADENED = "code_broadened"
    BARRIER_BROADENED = "barrier_broadened"
    BARRIER_UNKNOWN = "barrier_unknown"

    KEY_MISSING = "key_missing"
    NAME_MISSING = "name_missing"
    TOTAL_ROW_SKIPPED = "total_row_skipped"
    BIRTH_IN_FUTURE = "birth_in_future"
    BIRTH_TOO_EARLY = "birth_too_early"
    DIED_IN_FUTURE = "died_in_future"
    DIED_BEFORE_BIRTH = "died_before_birth"
    MEASURED_IN_FUTURE = "measured_in_future"
    MEASURED_BEFORE_BIRTH = "measured_before_birth"
    MEASURED_AFTER_DEATH = "measured_after_death"
    LEVEL_WITHOUT_DATE = "level_without_date"
    NOT_DETERMINED_WITHOUT_DATE = "not_determined_without_date"
    MEASURED_ON_REFERENCE_DATE = "measured_on_reference_date"
    DATE_WITHOUT_LEVEL = "date_without_level"
    GROWTH_WITHOUT_PLACEMENT = "growth_without_placement"
    EXPECTED_WITHOUT_PLACEMENT = "expected_without_placement"
    EXPECTED_BELOW_CURRENT = "expected_below_current"
    HIGHER_WITHOUT_GROWTH = "higher_without_growth"
    GROWTH_WITHOUT_HIGHER = "growth_without_higher"
    EXPECTED_BY_BEFORE_MEASURED = "expected_by_before_measured"
    BENEFIT_BEFORE_BIRTH = "benefit_before_birth"
    BENEFIT_END_BEFORE_BEGIN = "benefit_end_before_begin"
    BENEFIT_END_WITHOUT_BEGIN = "benefit_end_without_begin"
    BENEFIT_FAR_AHEAD = "benefit_far_ahead"
    EXIT_REASON_WITHOUT_END = "exit_reason_without_end"
    FOLLOW_UP_BEFORE_BIRTH = "follow_up_before_birth"
    FOLLOW_UP_END_BEFORE_BEGIN = "follow_up_end_before_begin"
    FOLLOW_UP_FAR_AHEAD = "follow_up_far_ahead"
    EXEMPTION_WITHOUT_GROUND = "exemption_without_ground"
    TRAJECTORY_GOAL_UNKNOWN = "trajectory_goal_unknown"
    TRAJECTORY_SHORTENED = "trajectory_shortened"
    ACTIVITY_SHORTENED = "activity_shortened"
    TRAJECTORY_FAR_AHEAD = "trajectory_far_ahead"
    TRAJECTORY_END_BEFORE_BEGIN = "trajectory_end_before_begin"
    TRAJECTORY_DATE_ALONE = "trajectory_date_alone"
    INSTRUMENT_FAR_AHEAD = "instrument_far_ahead"
    INSTRUMENT_END_BEFORE_BEGIN = "instrument_end_before_begin"
    INSTRUMENT_MISSING = "instrument_missing"
    RESULT_WITHOUT_END = "result_without_end"

    CODE_NOT_YET = "code_not_yet"
    CODE_ENDED = "code_ended"
    KIND_NOT_YET = "kind_not_yet"
    KIND_ENDED = "kind_ended"
    KIND_AS_NAME = "kind_as_name"

    BSN_TWO_NUMBERS = "bsn_two_numbers"
    NUMBER_TWO_BSNS = "number_two_bsns"
    TWO_PLACEMENTS_ONE_DAY = "two_placements_one_day"
    ROW_REPEATED = "row_repeated"
    PERSON_CONTRADICTS = "person_contradicts"
    BENEFIT_OVERLAP = "benefit_overlap"

    NO_START = "no_start"
    START_REFUSED = "start_refused"
    NAME_NEEDED = "name_needed"
    OUTSIDE_FOLLOW_UP = "outside_follow_up"
    WORKER_UNKNOWN = "worker_unknown"
    TEAM_UNKNOWN = "team_unknown"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, not yet tied to a place."""

    code: Code
    params: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = "error"


class Reading(NamedTuple, Generic[T]):
    """A value read from a cell, with what was wrong or is worth saying about it."""

    value: T | None
    faults: tuple[Fault, ...] = ()


NOTHING: Reading[Any] = Reading(None)


def fault(code: Code, **params: str) -> Reading[Any]:
    """A reading without a value, because of one error."""
    return Reading(None, (Fault(code, params),))


def warning(code: Code, **params: str) -> Fault:
    """Something to say about a value that is taken over all the same."""
    return Fault(code, params, "warning")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at its place in the file: the row's number and the heading as in the file."""

    row: int
    column: str
    value: str
    code: str
    severity: Severity
    params: dict[str, str] = field(default_factory=dict)


def refused_rows(problems: Iterable[Problem]) -> frozenset[int]:
    """The numbers of the rows that can't be taken over."""
    return frozenset(problem.row for problem in problems if problem.severity == "error")
