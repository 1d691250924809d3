"""Codes that Opstap itself records."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
