"""Settings, parts, the state pension age by birth date, and rows of the postcode table: pure values and functions."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from opstap.foundation.folding import fold

PART_PREFIX = "part."
DEFAULT_SCALE, WORKS_COUNCIL_CONSENT = "default_scale", "works_council_consent"
FINER_GROUND, FINER_MONTHS = "finer_barriers_ground", "finer_barriers_months"
SECOND_FACTOR = "second_factor_roles"
NEW_FROM_ORGANISATION = "new_from_organisation"
MOST_LOOKS, LOG_SAMPLE = "most_looks_an_hour", "log_sample_size"
FORMER_READS_DAYS = "former_reads_days"
NAMES_IN_DOSSIER, PRIVACY_DESK = "names_in_dossier", "privacy_desk"
GLASS_MINUTES = "glass_minutes"
OUTSIDE_SEARCH, OUTSIDE_AN_HOUR = "outside_search", "outside_searches_an_hour"
# Of settings that are one of a few words.
CHOICES = {OUTSIDE_SEARCH: ("off", "known", "worker"), NEW_FROM_ORGANISATION: ("refuse", "make")}


@dataclass(frozen=True)
class SettingDefinition:
    """One setting: its key, default and meaning, and for a number the least and most it can be."""

    key: str
    default: int | str
    meaning: str
    least: int = 0
    most: int = 3650

    def takes(self, value: int | str) -> bool:
        """Whether the value can be one of this setting."""
        if isinstance(self.default, str):
            among = ("on", "off") if self.is_part else CHOICES.get(self.key)
            return isinstance(value, str) and (among is None or value in among)
        return str(value).isdecimal() and self.least <= int(value) <= self.most

    @property
    def is_part(self) -> bool:
        """Whether it switches a part on or off."""
        return self.key.startswith(PART_PREFIX)


SETTINGS: dict[str, SettingDefinition] = {
    definition.key: definition
    for definition in (
        SettingDefinition(DEFAULT_SCALE, "vng", "Scale that reports and imports take when none is named."),
        SettingDefinition("benefit_gap_days", 30, "Gap in days over which the duration on benefit continues (C-04)."),
        SettingDefinition(
            "large_change_share", 10, "Import halts when more than this share of clients changes (%).", most=100
        ),
        SettingDefinition("large_change_clients", 25, "Import halts only from this number of changed clients on."),
        SettingDefinition("case_system_url", "", "Address of a case in the case system; {number} is the case number."),
        SettingDefinition(
            WORKS_COUNCIL_CONSENT, "", "Reference of the works council's consent to figures by case manager."
        ),
        SettingDefinition(FINER_GROUND, "", "Ground on which finer kinds of barriers are recorded; empty is off."),
        SettingDefinition(
            FINER_MONTHS, 12, "Months after which a finer kind is erased from a dossier that stays.", least=1, most=36
        ),
        SettingDefinition(
            MOST_LOOKS, 40, "Dossiers opened by one person within an hour from which it stands out.", least=5, most=500
        ),
        SettingDefinition(
            SECOND_FACTOR,
            "",
            "Roles that need a second factor: all, none, or their keys with commas between them.",
        ),
        SettingDefinition(
            NEW_FROM_ORGANISATION,
            "refuse",
            "What becomes of somebody unknown whom the OpenID provider presents in a group with a role.",
        ),
        SettingDefinition(
            LOG_SAMPLE, 25, "Looks that are drawn from the access log each month to be judged.", least=5, most=200
        ),
        SettingDefinition(
            FORMER_READS_DAYS, 0, "Days for which who handed a client over may still read along.", most=92
        ),
        SettingDefinition(
            NAMES_IN_DOSSIER, "off", "Whether a dossier that is given out names workers; else it tells their function."
        ),
        SettingDefinition(PRIVACY_DESK, "", "Where a client asks and complains about their data, in the document."),
        SettingDefinition(
            OUTSIDE_SEARCH, "worker", "What is told of somebody out of reach: nothing, known or not, or the worker too."
        ),
        SettingDefinition(
            OUTSIDE_AN_HOUR,
            20,
            "Questions about people out of reach that one person may ask an hour.",
            least=1,
            most=200,
        ),
        SettingDefinition(
            GLASS_MINUTES, 60, "Minutes for which a dossier stays open by the emergency road.", least=5, most=240
        ),
        SettingDefinition("staging_days", 30, "Days after which staged import rows are emptied.", least=1, most=90),
    )
}


@dataclass(frozen=True)
class Part:
    """A part that a municipality can do without: its words, and the addresses that go away with it."""

    key: str
    name_nl: str
    name_en: str
    meaning_nl: str
    meaning_en: str
    addresses: tuple[str, ...]

    def name(self, language: str) -> str:
        """The name in a language; Dutch when it is not English."""
        return self.name_en if language == "en" else self.name_nl

    def meaning(self, language: str) -> str:
        """What it is for, in a language."""
        return self.meaning_en if language == "en" else self.meaning_nl


def _parts_of(listed: Mapping[str, Any]) -> dict[str, Part]:
    return {
        key: Part(
            key,
            entry["name"]["nl"],
            entry["name"]["en"],
            entry["meaning"]["nl"],
            entry["meaning"]["en"],
            tuple(entry["addresses"]),
        )
        for key, entry in listed.items()
    }


_PARTS_FILE = tomllib.loads((Path(__file__).resolve().parent / "parts.toml").read_text(encoding="utf-8"))
PARTS: dict[str, Part] = _parts_of(_PARTS_FILE["part"])
CORE: frozenset[str] = frozenset(_PARTS_FILE["core"])
SETTINGS |= {
    PART_PREFIX + key: SettingDefinition(PART_PREFIX + key, "on", part.meaning_en) for key, part in PARTS.items()
}


def part_of(view_name: str) -> str | None:
    """The part that an address (`namespace:name`) belongs to; None for what everybody has.

    A full name says more than its namespace, so one page of a room that everybody has can belong to a part.
    """
    space = view_name.split(":", maxsplit=1)[0]
    for address in (view_name, space):
        if address in CORE:
            return None
        for key, part in PARTS.items():
            if address in part.addresses:
                return key
    return None


@dataclass(frozen=True)
class PensionAge:
    """State pension age for people born in a half-open range of days (None: open)."""

    born_from: date | None
    born_until: date | None
    years: int
    months: int


def pension_day(born: date, table: Sequence[PensionAge]) -> date | None:
    """The day someone reaches state pension age, or None when the table does not cover the birth date."""
    for row in table:
        if (row.born_from is None or born >= row.born_from) and (row.born_until is None or born < row.born_until):
            return _plus_months(born, row.years * 12 + row.months)
    return None


def last_birth_with_pension(day: date, table: Sequence[PensionAge]) -> date | None:
    """The last birth date of those who have reached state pension age by the day; None when nobody has."""
    reached = []
    for row in table:
        born = _minus_months(day, row.years * 12 + row.months)
        if row.born_until is not None:
            born = min(born, row.born_until - timedelta(days=1))
        if row.born_from is None or row.born_from <= born:
            reached.append(born)
    return max(reached, default=None)


def _minus_months(day: date, months: int) -> date:
    """The last birth date from which the months have passed on the day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if day.day > monthrange(year, month + 1)[1]:  # a day the month does not have is reached on the first of the next
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
    return date(year, month + 1, day.day)


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A row of the postcode table: four or six characters without a space, in a half-open period."""

    municipality_id: int
    postcode: str
    district_name: str
    starts_on: date
    ends_on: date | None = None
    district_code: str = ""
    neighbourhood_name: str = ""
    neighbourhood_code: str = ""
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """What makes the table equal to another from a day on: rows to withdraw, to end that day, and to add."""

    withdrawn: tuple[int, ...]
    ended: tuple[DistrictRow, ...]
    added: tuple[DistrictRow, ...]
    kept: int


def plan_replacement(
    standing: Sequence[tuple[int, DistrictRow]], wanted: Sequence[DistrictRow], since: date
) -> Replacement:
    """The smallest change after which the table reads as `wanted` from the day on; before it nothing changes.

    `wanted` begins on the day or later. A row that says the same goes on, so that nothing is recorded about it.
    """
    missing = dict.fromkeys(wanted)
    withdrawn, ended, kept = [], [], 0
    for pk, row in standing:
        if row.ends_on is not None and row.ends_on <= since:
            continue
        rest = replace(row, starts_on=max(row.starts_on, since))
        if rest in missing:
            del missing[rest]
            kept += 1
        elif row.starts_on >= since:
            withdrawn.append(pk)
        else:
            ended.append(replace(row, ends_on=since, replaces_id=pk))
    return Replacement(tuple(withdrawn), tuple(ended), tuple(missing), kept)


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


_BETWEEN_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def kinds_not_recorded(*texts: str) -> list[str]:
    """Which kinds of what is not recorded about a person these words name, by `not_recorded.toml`."""
    spaced = [text.replace("_", " ") for text in texts]
    apart = [_BETWEEN_WORDS.sub(" ", text) for text in spaced]  # RiskScore, as a table or a heading may be called
    folded = [f" {fold(text)} " for text in (*spaced, *apart)]
    return [kind for kind, words in _not_recorded().items() if any(words.search(text) for text in folded)]


@cache
def _not_recorded() -> Mapping[str, re.Pattern[str]]:
    read = tomllib.loads((Path(__file__).resolve().parent / "not_recorded.toml").read_text(encoding="utf-8"))
    return {kind: re.compile("|".join(map(_as_pattern, words))) for kind, words in read.items()}


def _as_pattern(word: str) -> str:
    return f" {re.escape(fold(word))}" + ("" if word.endswith("…") else " ")


# Codes that Opstap records by itself: when importing, at a contact, when somebody dies or moves. None: the whole list.
NEEDED: Mapping[str, frozenset[str] | None] = MappingProxyType(
    {
        "trajectory_kind": frozenset({"unspecified", "other"}),
        "trajectory_end_reason": frozenset({"other_trajectory"}),
        "placement_reason": frozenset({"intake", "after_instrument", "at_contact", "correction"}),
        "follow_up_end_reason": frozenset({"moved_out", "deceased"}),
        "assignment_role": frozenset({"case_manager"}),
        "growth_potential": None,
        "legal_term": None,
    }
)


def is_needed(list_key: str, code: str) -> bool:
    """Whether Opstap itself records this code, so that it can't be ended."""
    if list_key not in NEEDED:
        return False
    codes = NEEDED[list_key]
    return codes is None or code in codes
