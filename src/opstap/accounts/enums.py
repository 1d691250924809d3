"""Closed choices of the accounts room."""

from enum import StrEnum


class Scope(StrEnum):
    """Which clients a role reaches."""

    OWN_CASELOAD = "own_caseload"
    TEAM = "team"
    MUNICIPALITY = "municipality"
    NONE = "none"
