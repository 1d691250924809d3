"""Reads of the municipality room."""

from opstap.municipality.selectors.codelists import (
    PLACE,
    PLACE_OF_CODE,
    CodeOption,
    Words,
    code_lists,
    codes_on,
    codes_valid,
    is_offered_on,
    label_of,
    labels_on,
    last_day_of,
    options_on,
    words_on,
)
from opstap.municipality.selectors.districts import (
    DistrictOnDay,
    districts_on,
)
from opstap.municipality.selectors.municipalities import (
    SettingPeriod,
    consents_to_figures_by_worker,
    municipality_with_parts,
    parts_on,
    pension_ages,
    pension_day_of,
    periods_of,
    setting_on,
    settings_on,
)
from opstap.municipality.selectors.setup import (
    SETUP_CODE_HOLDS,
    is_set_up,
    setup_code_is_right,
    setup_code_waits,
    setup_digest,
)
from opstap.municipality.selectors.traits import (
    OwnTrait,
    own_traits,
)

__all__ = [
    "PLACE",
    "PLACE_OF_CODE",
    "SETUP_CODE_HOLDS",
    "CodeOption",
    "DistrictOnDay",
    "OwnTrait",
    "SettingPeriod",
    "Words",
    "code_lists",
    "codes_on",
    "codes_valid",
    "consents_to_figures_by_worker",
    "districts_on",
    "is_offered_on",
    "is_set_up",
    "label_of",
    "labels_on",
    "last_day_of",
    "municipality_with_parts",
    "options_on",
    "own_traits",
    "parts_on",
    "pension_ages",
    "pension_day_of",
    "periods_of",
    "setting_on",
    "settings_on",
    "setup_code_is_right",
    "setup_code_waits",
    "setup_digest",
    "words_on",
]
