"""The forms of the ladder room: of a placement, and of a scale as it is designed."""

from opstap.ladder.forms.designs import LevelForm, QuestionForm, ScaleForm
from opstap.ladder.forms.placing import (
    AT_CONTACT,
    GROWTH_CODES,
    REPLACE,
    SECOND,
    TRAITS,
    MoveForm,
    PlacementForm,
    WhyForm,
)

__all__ = [
    "AT_CONTACT",
    "GROWTH_CODES",
    "REPLACE",
    "SECOND",
    "TRAITS",
    "LevelForm",
    "MoveForm",
    "PlacementForm",
    "QuestionForm",
    "ScaleForm",
    "WhyForm",
]
