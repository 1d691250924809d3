"""Reads: the words and rules that a dossier is shown with: scales, code lists and settings of a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from opstap.audit.selectors import latest_recording, remembered
from opstap.ladder.selectors.scales import ScaleOnDay, scales_on
from opstap.municipality.logic import FINER_GROUND, PLACEMENT_MONTHS
from opstap.municipality.selectors import CodeOption, OwnTrait, options_on, own_traits, settings_on

LISTS = (
    "benefit_kind", "entry_reason", "exit_reason", "origin_of_entry", "barrier_kind", "exemption_ground",
    "exemption_duty", "household_type", "household_role", "follow_up_ground", "follow_up_end_reason",
    "assignment_role", "assignment_end_reason", "integration_status", "income_situation", "placement_reason",
    "language", "contact_channel", "contact_kind", "sex", "person_around_kind",
    "application_outcome", "trajectory_kind", "trajectory_end_reason", "activity_kind", "instrument_kind",
    "instrument_result", "priority_result",
)  # fmt: skip
# What is recorded with a day: these forms offer what belongs to another day as well, and look at the day on saving.
DATED = frozenset({
    "benefit_kind", "entry_reason", "exit_reason", "origin_of_entry", "barrier_kind", "exemption_ground",
    "exemption_duty", "follow_up_ground", "follow_up_end_reason", "assignment_end_reason", "person_around_kind",
    "application_outcome", "priority_result",
})  # fmt: skip
SETTINGS = ("benefit_gap_days", "default_scale", "case_system_url", FINER_GROUND, PLACEMENT_MONTHS)


@dataclass(frozen=True)
class Words:
    """What codes are called today, the scales, the settings and the own traits of the municipality, ended ones too."""

    scales: Mapping[int, ScaleOnDay]
    options: Mapping[str, Mapping[str, CodeOption]]
    settings: Mapping[str, int | str]
    own_traits: Mapping[str, OwnTrait]

    def label(self, list_key: str, code: str, language: str) -> str:
        """What a code is called; a code that is not on the list stands as it is."""
        option = self.options[list_key].get(code)
        return option.label(language) if option else code

    def choices(self, list_key: str, language: str, held: str = "") -> list[tuple[str, str]]:
        """The codes that can be chosen today, and the one that is held already."""
        options = self.options[list_key].items()
        return [(code, one.label(language)) for code, one in options if one.is_offered or code == held]

    def counts_as_benefit(self, kind: str) -> bool:
        """Whether a kind of benefit is income support."""
        option = self.options["benefit_kind"].get(kind)
        return option is not None and option.counts_as_benefit

    @property
    def gap_days(self) -> int:
        """The gap over which the time on benefit goes on."""
        return int(self.settings["benefit_gap_days"])

    @property
    def placement_months(self) -> int:
        """After so many months a placement is old."""
        return int(self.settings[PLACEMENT_MONTHS])


@remembered
def scales_known(recording: int, day: date) -> tuple[ScaleOnDay, ...]:
    """The scales of a day, kept until something is written."""
    del recording
    return tuple(scales_on(day))


@remembered
def words_on(recording: int, municipality_id: int, day: date) -> Words:
    """The words of a day, kept until something is written."""
    return Words(
        scales={scale.id: scale for scale in scales_known(recording, day)},
        options=options_on(LISTS, day),
        settings=settings_on(municipality_id, SETTINGS, day),
        own_traits={trait.code: trait for trait in own_traits(municipality_id)},
    )


def own_scale(municipality_id: int, day: date) -> ScaleOnDay:
    """The ladder or grouping that the municipality works with."""
    recording = latest_recording()
    key = str(words_on(recording, municipality_id, day).settings["default_scale"])
    return next(scale for scale in scales_known(recording, day) if scale.key == key)
