"""What became of people between two days: `movement`, `movement_of_everyone`, and `flows` person by person."""

from opstap.analytics.transitions.cells import LEFT, NOT_MEASURED_AGAIN, Judge
from opstap.analytics.transitions.flows import NOTHING, Sides, entries, flows, ways
from opstap.analytics.transitions.movement import (
    Movement,
    MovementEntry,
    MovementPart,
    MovementRow,
    MovementTotals,
    movement,
    movement_of_everyone,
)

__all__ = [
    "LEFT",
    "NOTHING",
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
    "movement_of_everyone",
    "ways",
]
