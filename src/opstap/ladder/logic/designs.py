"""A scale as somebody designs it: its levels, its questions, and what is wrong with them. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from opstap.ladder.enums import UNDETERMINED, QuestionPart
from opstap.ladder.logic.questions import MAX_STEPS

CODE = re.compile(r"[0-9A-Za-z]{1,6}")
KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
MAX_ASKED = 5  # questions to a level, FIELD 1.3
MAX_HORIZON_MONTHS = 120


@dataclass(frozen=True, slots=True)
class LevelDesign:
    """A whole level. `halves`: it is split in a lower and an upper half."""

    code: str
    name_nl: str
    name_en: str = ""
    definition_nl: str = ""
    definition_en: str = ""
    examples_nl: tuple[str, ...] = ()
    examples_en: tuple[str, ...] = ()
    band_nl: str = ""
    band_en: str = ""
    halves: bool = False
    growth: bool = True
    works_without_help: bool = False
    has_support: bool = False
    has_aftercare: bool = False

    @property
    def fixed(self) -> tuple[object, ...]:
        """What keeps as it is once somebody was placed on the level: reports of the past lean on it."""
        return (self.halves, self.growth, self.works_without_help, self.has_support, self.has_aftercare)


@dataclass(frozen=True, slots=True)
class QuestionDesign:
    """A yes/no question; an answer leads to the key of another question or to the code of a level."""

    part: str
    key: str
    text_nl: str
    yes: str
    no: str
    text_en: str = ""
    explanation_nl: str = ""
    explanation_en: str = ""


@dataclass(frozen=True, slots=True)
class ScaleDesign:
    """A whole scale from a day on; levels from low to high, code 0 left out: every scale has it."""

    key: str
    kind: str
    name_nl: str
    starts_on: date
    levels: tuple[LevelDesign, ...]
    questions: tuple[QuestionDesign, ...] = ()
    name_en: str = ""
    description_nl: str = ""
    description_en: str = ""
    horizon_months: int = 12
    growth_on_halves: bool = False


@dataclass(frozen=True, slots=True)
class DesignFault:
    """What is wrong: a code, and where (`level` or `question` with its place from 0, else the scale as a whole)."""

    code: str
    where: str = ""
    place: int = 0


class DesignRefused(Exception):
    """A design that can't be saved; nothing was written."""

    def __init__(self, faults: Sequence[DesignFault]) -> None:
        self.faults = list(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))


@dataclass(frozen=True, slots=True)
class InUse:
    """What stands already: the design before, the codes that a fact names, and when the version began."""

    before: ScaleDesign | None = None
    used: frozenset[str] = field(default_factory=frozenset)
    crossed: frozenset[str] = field(default_factory=frozenset)  # codes of whole levels that a crosswalk names
    crossed_apart: frozenset[str] = field(default_factory=frozenset)  # of whole levels whose half-levels it names
    latest_start: date | None = None


def design_faults(design: ScaleDesign, in_use: InUse, today: date) -> list[DesignFault]:
    """Everything that keeps this design from being saved."""
    return [
        *_scale_faults(design, in_use, today),
        *_level_faults(design.levels),
        *_used_faults(design, in_use),
        *_question_faults(design),
    ]


def merged_order(before: Sequence[str], now: Sequence[str]) -> list[str]:
    """The codes of now in their order, with those of before that are gone behind the one they stood after."""
    order = list(now)
    for place, code in enumerate(before):
        if code not in order:
            ahead = [one for one in before[:place] if one in order]
            order.insert(order.index(ahead[-1]) + 1 if ahead else 0, code)
    return order


def _scale_faults(design: ScaleDesign, in_use: InUse, today: date) -> list[DesignFault]:
    codes = []
    if not KEY.fullmatch(design.key):
        codes.append("key_not_understood")
    if not design.name_nl.strip():
        codes.append("name_missing")
    if not 1 <= design.horizon_months <= MAX_HORIZON_MONTHS:
        codes.append("horizon_not_understood")
    if len(design.levels) < 2:
        codes.append("too_few_levels")
    if in_use.used and design.starts_on < today:
        codes.append("starts_in_the_past")
    if in_use.used and in_use.latest_start is not None and design.starts_on < in_use.latest_start:
        codes.append("starts_before_the_version_before")
    before = in_use.before
    if in_use.used and before and (before.kind, before.growth_on_halves) != (design.kind, design.growth_on_halves):
        codes.append("kind_of_a_used_scale")
    return [DesignFault(code) for code in codes]


def _level_faults(levels: Sequence[LevelDesign]) -> list[DesignFault]:
    faults, seen = [], {UNDETERMINED}
    for place, level in enumerate(levels):
        if not CODE.fullmatch(level.code):
            faults.append(DesignFault("code_not_understood", "level", place))
        elif level.code in seen:
            faults.append(DesignFault("code_twice", "level", place))
        seen.add(level.code)
        if not level.name_nl.strip():
            faults.append(DesignFault("level_name_missing", "level", place))
    return faults


def _used_faults(design: ScaleDesign, in_use: InUse) -> list[DesignFault]:
    """A level on which people were placed stays, as it was and where it stood among the others that are used."""
    if in_use.before is None:
        return []
    before = {level.code: level for level in in_use.before.levels}
    now = {level.code: place for place, level in enumerate(design.levels)}
    used = [level.code for level in in_use.before.levels if level.code in in_use.used]
    faults = [DesignFault("used_level_gone") for code in used if code not in now]
    faults += [DesignFault("level_in_crosswalk") for code in sorted(in_use.crossed - in_use.used) if code not in now]
    faults += [
        DesignFault("half_level_in_crosswalk", "level", now[code])
        for code in sorted(in_use.crossed_apart - in_use.used)
        if code in now and not design.levels[now[code]].halves
    ]
    kept = [code for code in used if code in now]
    faults += [
        DesignFault("used_level_changed", "level", now[code])
        for code in kept
        if design.levels[now[code]].fixed != before[code].fixed
    ]
    if [now[code] for code in kept] != sorted(now[code] for code in kept):
        faults.append(DesignFault("used_levels_in_another_order"))
    return faults


def _question_faults(design: ScaleDesign) -> list[DesignFault]:
    faults = []
    codes = {level.code for level in design.levels}
    for part in QuestionPart:
        own = {one.key: one for one in design.questions if one.part == part}
        reached = _reached(own)
        for place, question in enumerate(design.questions):
            if question.part == part:
                faults += [DesignFault(code, "question", place) for code in _about(question, own, codes, reached)]
        if _longest(own, next(iter(own), "")) > MAX_ASKED:
            faults.append(DesignFault("too_many_questions"))
    return faults


def _about(
    question: QuestionDesign, own: Mapping[str, QuestionDesign], codes: Collection[str], reached: Collection[str]
) -> list[str]:
    found = []
    if not question.text_nl.strip():
        found.append("question_missing")
    if any(way not in own and way not in codes for way in (question.yes, question.no)):
        found.append("answer_leads_nowhere")
    if question.key not in reached:
        found.append("question_never_asked")
    if _returns(own, question.key):
        found.append("question_asked_twice")
    return found


def _reached(own: Mapping[str, QuestionDesign]) -> set[str]:
    waiting, seen = list(own)[:1], set[str]()
    while waiting:
        key = waiting.pop()
        if key in own and key not in seen:
            seen.add(key)
            waiting += [own[key].yes, own[key].no]
    return seen


def _returns(own: Mapping[str, QuestionDesign], key: str) -> bool:
    waiting, seen = [own[key].yes, own[key].no], set[str]()
    while waiting:
        following = waiting.pop()
        if following == key:
            return True
        if following in own and following not in seen:
            seen.add(following)
            waiting += [own[following].yes, own[following].no]
    return False


def _longest(own: Mapping[str, QuestionDesign], key: str, depth: int = 0) -> int:
    if key not in own or depth > MAX_STEPS:
        return 0
    return 1 + max(_longest(own, way, depth + 1) for way in (own[key].yes, own[key].no))
