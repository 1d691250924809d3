"""Closed choices of the reporting room."""

from enum import StrEnum


class Growth(StrEnum):
    """The part of a level that a drill-down asks for."""

    WITH = "with"
    WITHOUT = "without"
    UNKNOWN = "unknown"


class Shares(StrEnum):
    """How the shares of a distribution are rounded: each by itself, or so that together they are exactly 100 %."""

    ROUNDED = "rounded"
    CLOSING = "closing"


class Aspect(StrEnum):
    """What is asked of what is recorded (FIELD B-72)."""

    TIMELY = "timely"
    CORRECT = "correct"
    COMPLETE = "complete"


class Seen(StrEnum):
    """How far a viewer sees differences between workers: by name, how far they lie apart, or the own figures alone."""

    NAMED = "named"
    SPREAD = "spread"
    OWN = "own"


class MakingStep(StrEnum):
    """What is done of a publication that is being made, once its turn has come."""

    COUNTING = "counting"
    ATTACKING = "attacking"


NOT_FILLED = "none"
CAN_GROW = "can-grow"
ENTERED = "entered"
SHIFTS = ("higher", "same", "other", "lower", "unknown")
MAX_DECIMALS = 4
