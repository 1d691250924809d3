"""Settings and the parts that a municipality can do without."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PART_PREFIX = "part."
DEFAULT_SCALE, WORKS_COUNCIL_CONSENT = "default_scale", "works_council_consent"
FINER_GROUND, FINER_MONTHS = "finer_barriers_ground", "finer_barriers_months"
SECOND_FACTOR = "second_factor_roles"
NEW_FROM_ORGANISATION = "new_from_organisation"
MOST_LOOKS, LOG_SAMPLE = "most_looks_an_hour", "log_sample_size"
FORMER_READS_DAYS = "former_reads_days"
NAMES_IN_DOSSIER, PRIVACY_DESK = "names_in_dossier", "privacy_desk"
GLASS_MINUTES = "glass_minutes"
PLACEMENT_MONTHS, UNDETERMINED_MONTHS = "placement_months", "undetermined_months"
OPEN_INSTRUMENT_MONTHS, OPEN_TRAJECTORY_MONTHS = "open_instrument_months", "open_trajectory_months"
DISCLOSURE_THRESHOLD = "disclosure_threshold"
DURATION_CLASSES, MOST_YEARS = "duration_classes", 60
OUTSIDE_SEARCH, OUTSIDE_AN_HOUR = "outside_search", "outside_searches_an_hour"
ANGLE, ALL_REPORTS = "angle", "all"
# Of settings that are one of a few words.
CHOICES = {
    OUTSIDE_SEARCH: ("off", "known", "worker"),
    NEW_FROM_ORGANISATION: ("refuse", "make"),
    ANGLE: (ALL_REPORTS, "gate", "operations", "coherence", "steering", "neighbourhoods"),
}


@dataclass(frozen=True)
class SettingDefinition:
    """One setting: its key, default and meaning, and for a number the least and most it can be, in which steps."""

    key: str
    default: int | str
    meaning: str
    least: int = 0
    most: int = 3650
    step: int = 1

    def takes(self, value: int | str) -> bool:
        """Whether the value can be one of this setting."""
        if self.key == DURATION_CLASSES:
            return bool(class_years(str(value)))
        if isinstance(self.default, str):
            among = ("on", "off") if self.is_part else CHOICES.get(self.key)
            return isinstance(value, str) and (among is None or value in among)
        if not str(value).isdecimal():
            return False
        return self.least <= int(value) <= self.most and (int(value) - self.least) % self.step == 0

    @property
    def is_part(self) -> bool:
        """Whether it switches a part on or off."""
        return self.key.startswith(PART_PREFIX)


def class_years(text: str) -> tuple[int, ...]:
    """The whole years at which a next class begins, such as of "1,2,5,10"; nothing when they don't rise from 1."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        return ()
    years = tuple(int(part) for part in parts)
    rising = all(first < second for first, second in zip((0, *years), years, strict=False))
    return years if rising and years[-1] <= MOST_YEARS else ()


SETTINGS: dict[str, SettingDefinition] = {
    definition.key: definition
    for definition in (
        SettingDefinition(DEFAULT_SCALE, "vng", "Scale that reports and imports take when none is named."),
        SettingDefinition(ANGLE, ALL_REPORTS, "Angle from which the list of reports opens; all is none (B-07)."),
        SettingDefinition("benefit_gap_days", 30, "Gap in days over which the duration on benefit continues (C-04)."),
        SettingDefinition(
            DURATION_CLASSES, "1,2,5,10", "Years on benefit at which a next class begins, rising (C-03)."
        ),
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
        SettingDefinition(
            PLACEMENT_MONTHS, 12, "Months after which a placement is old, to a worker too (B-12).", least=2, most=60
        ),
        SettingDefinition(
            UNDETERMINED_MONTHS, 3, "Months on code 0 after which the report on data quality says so.", least=1, most=60
        ),
        SettingDefinition(
            OPEN_INSTRUMENT_MONTHS, 12, "The same for an instrument without an end date.", least=1, most=120
        ),
        SettingDefinition(
            OPEN_TRAJECTORY_MONTHS, 24, "The same for a trajectory without an end date.", least=1, most=120
        ),
        SettingDefinition(
            DISCLOSURE_THRESHOLD,
            10,
            "People below which a count is not published (FIELD 5): a multiple of what is rounded to.",
            least=5,
            most=30,
            step=5,
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


_PARTS_FILE = tomllib.loads((Path(__file__).resolve().parents[1] / "parts.toml").read_text(encoding="utf-8"))
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
