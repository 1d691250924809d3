"""What became of people between two days: `movement`, `movement_of_everyone`, and `flows` person by person; of the
growth that was seen in them: `realised_growth`, and `fates` person by person, how far it was
expected to go beside how far it went: `Reach`; of their traits: `traits_changed`; and
how those of the later day came to be there: `standing`, and `ways_in` person by person; and how many of the earlier
day can't be followed: `HandedOver`.
"""

from opstap.analytics.transitions.cells import LEFT, NO_COUNTERPART, NOT_MEASURED_AGAIN, UNSEEN, Judge
from opstap.analytics.transitions.flows import NOTHING, Sides, entries, flows, ways
from opstap.analytics.transitions.growth import GrowthJudge, ends_of_months, fates, placed_between
from opstap.analytics.transitions.handed import HANDED_OVER, NOBODY, HandedOver
from opstap.analytics.transitions.movement import (
    Movement,
    MovementEntry,
    MovementPart,
    MovementRow,
    MovementTotals,
    movement,
    movement_of_everyone,
)
from opstap.analytics.transitions.reach import Reach, Steps, together, without
from opstap.analytics.transitions.realised import Fate, RealisedGrowth, RealisedPart, realised_growth, realised_of
from opstap.analytics.transitions.standing import TAKEN_OVER, Standing, standing, way_in, ways_in
from opstap.analytics.transitions.traits import (
    Stayed,
    TraitsChanged,
    TraitsPart,
    TraitWays,
    TwoDays,
    traits_changed,
    way_of,
)

__all__ = [
    "HANDED_OVER",
    "LEFT",
    "NOBODY",
    "NOTHING",
    "NOT_MEASURED_AGAIN",
    "NO_COUNTERPART",
    "TAKEN_OVER",
    "UNSEEN",
    "Fate",
    "GrowthJudge",
    "HandedOver",
    "Judge",
    "Movement",
    "MovementEntry",
    "MovementPart",
    "MovementRow",
    "MovementTotals",
    "Reach",
    "RealisedGrowth",
    "RealisedPart",
    "Sides",
    "Standing",
    "Stayed",
    "Steps",
    "TraitWays",
    "TraitsChanged",
    "TraitsPart",
    "TwoDays",
    "ends_of_months",
    "entries",
    "fates",
    "flows",
    "movement",
    "movement_of_everyone",
    "placed_between",
    "realised_growth",
    "realised_of",
    "standing",
    "together",
    "traits_changed",
    "way_in",
    "way_of",
    "ways",
    "ways_in",
    "without",
]
