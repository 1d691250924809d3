"""Closed choices of the accounts room."""

from enum import StrEnum


class Scope(StrEnum):
    """Which clients a role reaches."""

    OWN_CASELOAD = "own_caseload"
    TEAM = "team"
    MUNICIPALITY = "municipality"
    NONE = "none"


SCOPE_ORDER = (Scope.NONE, Scope.OWN_CASELOAD, Scope.TEAM, Scope.MUNICIPALITY)
