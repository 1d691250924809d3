"""Reads of the audit room."""

from opstap.audit.selectors.recordings import (
    forget_answers,
    forget_remembered,
    last_done,
    latest_recording,
    open_recording,
    recording_known_at,
    reference_known_at,
    remembered,
    remembered_briefly,
    remembered_until_next,
    versions_among,
)

__all__ = [
    "forget_answers",
    "forget_remembered",
    "last_done",
    "latest_recording",
    "open_recording",
    "recording_known_at",
    "reference_known_at",
    "remembered",
    "remembered_briefly",
    "remembered_until_next",
    "versions_among",
]
