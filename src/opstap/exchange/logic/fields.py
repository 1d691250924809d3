"""The fields a column can be, and the kind of value each holds. Their Dutch headings stand in columns.toml."""

from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import Final


class Kind(Enum):
    """How the cells of a field are read."""

    NUMBER = auto()
    BSN = auto()
    TEXT = auto()
    DATE = auto()
    LAST_DAY = auto()
    LEVEL = auto()
    EXPECTED = auto()
    YES_NO = auto()
    SEX = auto()
    POSTCODE = auto()
    EMAIL = auto()
    PHONE = auto()
    CODE = auto()
    BARRIERS = auto()
    TRAJECTORY = auto()
    ACTIVITY = auto()
    KEPT = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its kind; `longest` for what people type, `words` for the list its codes come from, `part` for the
    part of the municipality's work without which it is not read.
    """

    key: str
    kind: Kind
    longest: int = 0
    words: str = ""
    part: str = ""


def _texts(longest: int, *keys: str) -> list[Field]:
    return [Field(key, Kind.TEXT, longest=longest) for key in keys]


def _each(kind: Kind, *keys: str) -> list[Field]:
    return [Field(key, kind) for key in keys]


_ALL: Final = (
    Field("client_number", Kind.NUMBER, longest=40),
    Field("bsn", Kind.BSN),
    *_texts(120, "surname", "given_names", "street", "worker", "team", "supplier"),
    Field("full_name", Kind.TEXT, longest=240),
    Field("city", Kind.TEXT, longest=80),
    *_texts(20, "name_prefix", "initials", "house_number"),
    Field("phone", Kind.PHONE, longest=30),
    Field("email", Kind.EMAIL, longest=254),
    Field("postcode", Kind.POSTCODE),
    Field("sex", Kind.SEX),
    *_each(Kind.DATE, "birth_date", "died_on", "benefit_from", "measured_on", "expected_by", "follow_up_from"),
    *_each(Kind.DATE, "trajectory_from", "instrument_from"),
    *_each(Kind.LAST_DAY, "benefit_until", "exemption_until", "follow_up_until", "trajectory_until"),
    Field("instrument_until", Kind.LAST_DAY),
    Field("level", Kind.LEVEL),
    Field("expected_level", Kind.EXPECTED),
    *_each(Kind.YES_NO, "growth", "basic_qualification", "low_literate", "instrument_in_use"),
    Field("benefit_kind", Kind.CODE, words="benefit_kind"),
    Field("entry_reason", Kind.CODE, words="entry_reason"),
    Field("exit_reason", Kind.CODE, words="exit_reason"),
    Field("barrier", Kind.BARRIERS, words="barrier_kind"),
    Field("exemption", Kind.CODE, words="exemption_ground"),
    Field("integration", Kind.CODE, words="integration_status"),
    Field("income_situation", Kind.CODE, words="income_situation"),
    Field("preferred_language", Kind.CODE, words="language"),
    Field("household_type", Kind.CODE, words="household_type"),
    *_each(Kind.TRAJECTORY, "trajectory", "trajectory_goal"),
    Field("activity", Kind.ACTIVITY),
    Field("instrument", Kind.CODE, words="instrument_kind"),
    Field("instrument_result", Kind.CODE, words="instrument_result"),
    Field("remarks", Kind.KEPT),
)

_OF_PLANS: Final = frozenset({
    "trajectory", "trajectory_goal", "trajectory_from", "trajectory_until", "activity", "instrument", "supplier",
    "instrument_from", "instrument_until", "instrument_result",
})  # fmt: skip
FIELDS: Final = MappingProxyType(
    {field.key: replace(field, part="plans") if field.key in _OF_PLANS else field for field in _ALL}
)
KEYS: Final = ("client_number", "bsn")
NAMES: Final = ("surname", "full_name")
