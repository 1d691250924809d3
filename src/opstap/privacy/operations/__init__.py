"""Writes of the privacy room: judgements on looks, what clients ask, terms and holds, and erasing."""

from opstap.privacy.operations.erasing import HeldBack, erase_again, erase_client
from opstap.privacy.operations.finer import erase_old_finer_barriers
from opstap.privacy.operations.judging import RemarkNeeded, erase_old_judgements, judge_look
from opstap.privacy.operations.requests import RequestRefused, answer_request, extend_request, note_request
from opstap.privacy.operations.retention import (
    ALONE,
    DestructionRefused,
    change_term,
    confirm_destruction,
    drop_destruction,
    erase_listed,
    hold_dossier,
    let_go,
    propose_destruction,
)

__all__ = [
    "ALONE",
    "DestructionRefused",
    "HeldBack",
    "RemarkNeeded",
    "RequestRefused",
    "answer_request",
    "change_term",
    "confirm_destruction",
    "drop_destruction",
    "erase_again",
    "erase_client",
    "erase_listed",
    "erase_old_finer_barriers",
    "erase_old_judgements",
    "extend_request",
    "hold_dossier",
    "judge_look",
    "let_go",
    "note_request",
    "propose_destruction",
]
