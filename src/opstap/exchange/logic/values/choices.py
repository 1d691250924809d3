"""Answers from a short fixed list: yes, no or unknown, and sex."""

from types import MappingProxyType
from typing import Final, Literal

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import Code, Reading, fault
from opstap.exchange.logic.words import normalise

YesNo = Literal["yes", "no", "unknown"]
Sex = Literal["male", "female", "x", "unknown"]

_YES: Final = "ja j yes y 1 x v true waar wel aanwezig welgroeipotentieel"
_NO: Final = "nee n neen no 0 false onwaar niet geen afwezig geengroeipotentieel"
_UNKNOWN: Final = "onbekend onb unknown u weetniet nognietbekend nietbekend nnb"
_MALE: Final = "m man mannelijk male de heer heer dhr dheer jongen 1"
_FEMALE: Final = "v vrouw vrouwelijk female f mevrouw mevr mw meisje 2"
_X: Final = "x anders nonbinair genderneutraal divers overig"
_SEX_UNKNOWN: Final = "onbekend onb o u unknown 0 9 nietopgegeven"

_YES_NO: Final[MappingProxyType[str, YesNo]] = MappingProxyType(
    {
        **dict.fromkeys(_YES.split(), "yes"),
        **dict.fromkeys(_NO.split(), "no"),
        **dict.fromkeys(_UNKNOWN.split(), "unknown"),
    }
)
_SEXES: Final[MappingProxyType[str, Sex]] = MappingProxyType(
    {
        **dict.fromkeys(_MALE.split(), "male"),
        **dict.fromkeys(_FEMALE.split(), "female"),
        **dict.fromkeys(_X.split(), "x"),
        **dict.fromkeys(_SEX_UNKNOWN.split(), "unknown"),
    }
)
_SIGNS: Final[MappingProxyType[str, YesNo]] = MappingProxyType(
    {"?": "unknown", "✓": "yes", "✔": "yes", "☑": "yes", "☒": "yes", "✗": "no", "✘": "no", "☐": "no"}
)


def read_yes_no(cell: Cell) -> Reading[YesNo]:
    """Yes, no or unknown, as words, letters, numbers, truth values or a tick."""
    text = as_text(cell)
    answer = _SIGNS.get(text) or _YES_NO.get(normalise(text))
    return Reading(answer) if answer else fault(Code.YES_NO_UNREADABLE)


def read_sex(cell: Cell) -> Reading[Sex]:
    """Sex as words, letters or the codes 1 and 2 of the municipal registrations."""
    text = as_text(cell)
    if text == "?":
        return Reading("unknown")
    answer = None if isinstance(cell, bool) else _SEXES.get(normalise(text))
    return Reading(answer) if answer else fault(Code.SEX_UNREADABLE)
