"""Closed choices of the dossier room."""

from enum import StrEnum


class EntryKind(StrEnum):
    """The kinds by which the timeline of a client can be narrowed; the values stand in addresses."""

    CONTACT = "contact"
    PLACEMENT = "plaatsing"
    HELP = "hulp"
    DETAILS = "gegevens"


class Reason(StrEnum):
    """Why someone needs attention today."""

    NEVER_PLACED = "never_placed"
    PLACED_LONG_AGO = "placed_long_ago"
    EXPECTED_PASSED = "expected_passed"
    GROWTH_UNUSED = "growth_unused"
    NO_NEXT_CONTACT = "no_next_contact"
    NEWLY_ASSIGNED = "newly_assigned"


# What can't be answered without the client, and so waits while they can't be reached.
NEEDS_THE_CLIENT = frozenset(Reason) - {Reason.NEWLY_ASSIGNED}
