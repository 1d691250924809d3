"""Traits of a municipality's own: what one is, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from opstap.municipality.logic.not_recorded import kinds_not_recorded

OWN_TRAIT = "own_"  # begins the kind of a trait that a municipality defined
TRAIT_KEY = re.compile(r"[a-z][a-z0-9_]{1,29}")
YES_NO, CHOICE, NUMBER, DAY = "yes_no", "choice", "number", "day"
TRAIT_KINDS = (YES_NO, CHOICE, NUMBER, DAY)
MAX_TRAIT_NUMBER_DIGITS = 9


@dataclass(frozen=True, slots=True)
class TraitDesign:
    """A trait as a municipality defines it. `choices`: code with its label in Dutch and in English."""

    key: str
    kind: str
    name_nl: str
    starts_on: date
    name_en: str = ""
    choices: tuple[tuple[str, str, str], ...] = ()
    on_placement: bool = True


class TraitRefused(Exception):
    """A trait that can't be saved so; nothing was written."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        super().__init__(", ".join(codes))


def trait_faults(design: TraitDesign) -> list[str]:
    """What is wrong with a definition, by codes."""
    faults = []
    if not TRAIT_KEY.fullmatch(design.key):
        faults.append("key_not_understood")
    if not design.name_nl.strip():
        faults.append("name_missing")
    if kinds_not_recorded(design.key, design.name_nl, design.name_en):
        faults.append("name_not_recorded")
    if kinds_not_recorded(*(word for choice in design.choices for word in choice)):
        faults.append("choice_not_recorded")
    if design.kind not in TRAIT_KINDS:
        faults.append("kind_unknown")
    codes = [code for code, _nl, _en in design.choices]
    if design.kind == CHOICE and (len(codes) < 2 or len(set(codes)) < len(codes)):
        faults.append("choices_not_understood")
    return faults
