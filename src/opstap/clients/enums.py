"""Closed choices of the clients room. Lists that the law or a municipality changes are code lists instead."""

from enum import StrEnum


class TraitKind(StrEnum):
    """Traits of a client that hold for a period and are copied to a placement."""

    LOW_LITERATE = "low_literate"
    BASIC_QUALIFICATION = "basic_qualification"
    INTEGRATION = "integration"
    INCOME_SITUATION = "income_situation"
    INSTRUMENT_IN_USE = "instrument_in_use"


class AssignmentRole(StrEnum):
    """What a worker is for a client; a caseload is made of case managers' assignments.

    Who else there may be, the code list `assignment_role` says.
    """

    CASE_MANAGER = "case_manager"


class ArrangementKind(StrEnum):
    """What holds for going to or reaching a client; no reason stands with it."""

    NOT_REACHABLE = "not_reachable"
    VISIT_WITH_TWO = "visit_with_two"


class ProtectionReason(StrEnum):
    """Whom a protected dossier is about; never more than this."""

    COLLEAGUE = "colleague"
    RELATIVE = "relative"
    THREATENED = "threatened"
    KNOWN_TO_MANY = "known_to_many"


class FinerKind(StrEnum):
    """What a barrier is within its broad kind; recorded only where the municipality has a ground."""

    PHYSICAL = "physical"
    PSYCHOLOGICAL = "psychological"
    ADDICTED = "addicted"
    JUSTICE = "justice"


class Asked(StrEnum):
    """What became of something that a colleague was asked: a hand-over, or standing in."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REVOKED = "revoked"


class CallBackState(StrEnum):
    """Whether a client who called was called back."""

    OPEN = "open"
    DONE = "done"


class GlassVerdict(StrEnum):
    """What is said of broken glass afterwards."""

    IN_ORDER = "in_order"
    NOT_IN_ORDER = "not_in_order"


RETENTION_CLIENT_FILE = "client_file"
RETENTION_STAFF = "staff"
