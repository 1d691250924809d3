"""Closed choices of the exchange room."""

from enum import StrEnum


class RowClass(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


class BatchState(StrEnum):
    """Where an import stands."""

    CHECKED = "checked"
    CONFIRMED = "confirmed"
    UNDONE = "undone"
    DISCARDED = "discarded"


STAGING_RETENTION = "import_staging"
KEPT_ASIDE = ""


class Compared(StrEnum):
    """Problems found by comparing a file with what is known, beside those that `logic` names."""

    DOSSIER_PROTECTED = "dossier_protected"
    BSN_OF_OTHER_CLIENT = "bsn_of_other_client"
    NUMBER_HAS_OTHER_BSN = "number_has_other_bsn"
    WORKER_AMBIGUOUS = "worker_ambiguous"
    TEAM_ENDED = "team_ended"
    BENEFIT_WITHOUT_BEGIN = "benefit_without_begin"
    BENEFIT_KIND_ASSUMED = "benefit_kind_assumed"
    BENEFIT_STILL_OPEN = "benefit_still_open"
    INSTRUMENT_RUNS = "instrument_runs"
    INSTRUMENT_NOT_THEN = "instrument_not_then"
    HELP_OTHERWISE = "help_otherwise"
    HELP_ENDED_BEFORE = "help_ended_before"


class Halt(StrEnum):
    """Why an import stops before it writes anything."""

    COLUMNS_UNUSABLE = "columns_unusable"
    ROWS_REFUSED = "rows_refused"
    LARGE_CHANGE = "large_change"
    CHANGED_MEANWHILE = "changed_meanwhile"
    OTHER_FILE = "other_file"
    NOT_CHECKED = "not_checked"
    NOTHING_STAGED = "nothing_staged"
    NOT_CONFIRMED = "not_confirmed"
    LATER_IMPORT = "later_import"


HOMED = "home_kept_values"  # the verb of a recording that gives kept texts of one import their home
