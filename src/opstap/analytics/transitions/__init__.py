"""What became of people between two days: `movement`, and `flows` person by person."""

from opstap.analytics.transitions.cells import LEFT, NOT_MEASURED_AGAIN, Judge
from opstap.analytics.transitions.flows import Sides, entries, flows
from opstap.analytics.transitions.movement import (
    Movement,
    MovementEntry,
    MovementPart,
    MovementRow,
    MovementTotals,
    movement,
)

__all__ = [
    "LEFT",
    "NOT_MEASURED_AGAIN",
    "Judge",
    "Movement",
    "MovementEntry",
    "MovementPart",
    "MovementRow",
    "MovementTotals",
    "Sides",
    "entries",
    "flows",
    "movement",
]
