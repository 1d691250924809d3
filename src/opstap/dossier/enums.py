"""Closed choices of the dossier room."""

from enum import StrEnum


class EntryKind(StrEnum):
    """The kinds by which the timeline of a client can be narrowed; the values stand in addresses."""

    CONTACT = "contact"
    PLACEMENT = "plaatsing"
    HELP = "hulp"
    DETAILS = "gegevens"
