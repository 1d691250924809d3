"""Closed choices of the accounts room."""

from enum import StrEnum


class Scope(StrEnum):
    """Which clients a role reaches."""

    OWN_CASELOAD = "own_caseload"
    TEAM = "team"
    MUNICIPALITY = "municipality"
    BATCH = "batch"  # whom one was given by name
    SUPERVISED = "supervised"  # the caseload of the worker whom one is with
    NONE = "none"


class FactorKind(StrEnum):
    """What somebody proves beside a password."""

    APP = "app"
    PASSKEY = "passkey"
    RECOVERY = "recovery"
