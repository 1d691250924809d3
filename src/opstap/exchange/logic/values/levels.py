"""Levels of a scale as people write them: `2+`, `Trede 2 | naam`, `2 - naam`, a name alone, a number cell."""

import re
from datetime import date
from typing import NamedTuple

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import NOTHING, Code, Fault, Reading, fault, warning
from opstap.exchange.logic.vocabulary import LevelWord, Vocabulary
from opstap.exchange.logic.words import closest, normalise

NOT_DETERMINED = "0"
_NOT_DETERMINED_WORDS = frozenset(
    "0 nognietbepaald nietbepaald nognietingedeeld nietingedeeld onbekend onb nnb notdetermined unknown".split()
)
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-"})
_NUMBERED = re.compile(
    r"(?:(?:participatie)?(?:trede|niveau|stap|fase|positie|plaatsing|level|(?:klant)?groep|t))?\s*[:.]?\s*"
    r"0?([0-9]{1,2})(?:[.,]0+)?(?![0-9])(\s*)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_SIGN_WORDS = {"plus": "+", "min": "-", "minus": "-"}
_SIGN_FIRST = re.compile(r"\(\+\)|\(-\)|\+|-$")
_SIGN_LAST = re.compile(r"(?<=[\w)])\s*\(?([+-])\)?$")
_SEPARATORS = " -|:.,;=/"


class _Rest(NamedTuple):
    """What stands behind the number: the sign of a half-level and the name; `dash` when a dash stuck to the number."""

    sign: str
    name: str
    dash: bool


def read_level(cell: Cell, vocabulary: Vocabulary) -> Reading[str]:
    """The code of the level; `0` stands for not yet determined on every scale."""
    if isinstance(cell, date):
        return _unknown(vocabulary)
    text = " ".join(as_text(cell).translate(_MINUS).split())
    exact = None if isinstance(cell, bool) else vocabulary.level_of_code.get(text.replace(" ", "").casefold())
    if exact:
        return Reading(exact.code)
    if normalise(text) in _NOT_DETERMINED_WORDS and not text.endswith(("+", "-")):
        return Reading(NOT_DETERMINED)
    numbered = _NUMBERED.fullmatch(text)
    return _by_number(numbered, vocabulary) if numbered else _by_name(text, vocabulary)


def read_expected_level(cell: Cell, vocabulary: Vocabulary) -> Reading[str]:
    """As a level, but one not yet determined is no expectation at all."""
    read = read_level(cell, vocabulary)
    return NOTHING if read.value == NOT_DETERMINED else read


def _by_number(numbered: re.Match[str], vocabulary: Vocabulary) -> Reading[str]:
    code, rest = numbered[1], _rest(numbered[3], stuck=not numbered[2])
    whole = vocabulary.level_of_code.get(code)
    if rest is None or (whole is None and code != NOT_DETERMINED):
        return _unknown(vocabulary)
    if code == NOT_DETERMINED and not rest.sign and normalise(rest.name) in {"", *_NOT_DETERMINED_WORDS}:
        return Reading(NOT_DETERMINED)
    if whole is None:
        return _unknown(vocabulary)
    said = _name_said(rest.name, whole, vocabulary)
    if said and said.severity == "error":
        return Reading(None, (said,))
    read = _half(whole, rest.sign, vocabulary)
    dashed = rest.dash and vocabulary.half_of(whole, "-")
    also = (warning(Code.LEVEL_DASH_BEFORE_NAME, level=whole.code),) if dashed else ()
    return Reading(read.value, (*read.faults, *((said,) if said else ()), *also))


def _rest(text: str, *, stuck: bool) -> _Rest | None:
    """None where signs or numbers stand behind the number that mean nothing."""
    if word := _SIGN_WORDS.get(text.casefold()):
        return _Rest(word, "", dash=False)
    first = _SIGN_FIRST.match(text)
    sign, tail = (first[0].strip("()"), text[first.end() :]) if first else ("", text)
    name = tail.strip(_SEPARATORS)
    if not sign and (last := _SIGN_LAST.search(tail)):
        sign, name = last[1], tail[: last.start()].strip(_SEPARATORS)
    letters = any(map(str.isalpha, name))
    if (tail.strip() and not letters) or any(map(str.isdigit, name)):
        return None
    return _Rest(sign, name, dash=stuck and letters and text.startswith("-"))


def _name_said(name: str, whole: LevelWord, vocabulary: Vocabulary) -> Fault | None:
    """An error where the name is another level's, a warning where the scale doesn't know it."""
    word = normalise(name)
    named = vocabulary.level_of_name.get(word)
    if not word or (named and whole.code in {named.code, named.parent_code}):
        return None
    if named:
        return Fault(Code.LEVEL_CONTRADICTS, {"level": whole.code, "name": name, "named": named.code})
    if closest(word, [normalise(whole.name)]):
        return None
    return warning(Code.LEVEL_NAME_DIFFERS, level=whole.code, name=name, right=whole.name)


def _half(whole: LevelWord, sign: str, vocabulary: Vocabulary) -> Reading[str]:
    if not sign:
        return Reading(whole.code)
    half = vocabulary.half_of(whole, sign)
    return Reading(half.code) if half else fault(Code.LEVEL_NO_HALF, level=whole.code, suggestion=whole.code)


def _by_name(text: str, vocabulary: Vocabulary) -> Reading[str]:
    stripped = re.sub(r"^(participatie)?(trede|niveau|klantgroep|fase)\s*[:.]?\s*", "", text, flags=re.IGNORECASE)
    last = _SIGN_LAST.search(stripped)
    name = stripped[: last.start()] if last else stripped
    named = vocabulary.level_of_name.get(normalise(name)) or vocabulary.level_of_code.get(name.strip().casefold())
    if named is None:
        return _unknown(vocabulary, name)
    if last and named.parent_code is not None:
        return Reading(named.code)
    return _half(named, last[1] if last else "", vocabulary)


def _unknown(vocabulary: Vocabulary, name: str = "") -> Reading[str]:
    names = {normalise(level.name): level for level in vocabulary.levels if level.parent_code is None}
    near = closest(normalise(name), names) if name else None
    suggestion = names[near].name if near else ""
    return fault(Code.LEVEL_UNKNOWN, levels=vocabulary.whole_codes(), suggestion=suggestion)
