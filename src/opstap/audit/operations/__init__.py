"""Writing: one recording for a transaction, and rows of facts added under it."""

from opstap.audit.operations.accesses import LogUnavailable, ensure_log, log_access, record_access
from opstap.audit.operations.cutting import LogIsWrong, cut_log
from opstap.audit.operations.erasing import Erasing, erasing
from opstap.audit.operations.facts import (
    ReplacedMeanwhile,
    Superseding,
    Undone,
    append_facts,
    fact_models,
    require_standing,
    require_unchanged,
    superseding,
    unchecked_keys,
    undo_recording,
    withdraw_facts,
)
from opstap.audit.operations.recordings import writing
from opstap.audit.operations.sealing import Sealed, renew_keys, retire_keys, seal_some_anew
from opstap.audit.operations.sending import SavedBefore, Sending, forget_sent_forms, form_on_its_way, saved_before

__all__ = [
    "Erasing",
    "LogIsWrong",
    "LogUnavailable",
    "ReplacedMeanwhile",
    "SavedBefore",
    "Sealed",
    "Sending",
    "Superseding",
    "Undone",
    "append_facts",
    "cut_log",
    "ensure_log",
    "erasing",
    "fact_models",
    "forget_sent_forms",
    "form_on_its_way",
    "log_access",
    "record_access",
    "renew_keys",
    "require_standing",
    "require_unchanged",
    "retire_keys",
    "saved_before",
    "seal_some_anew",
    "superseding",
    "unchecked_keys",
    "undo_recording",
    "withdraw_facts",
    "writing",
]
