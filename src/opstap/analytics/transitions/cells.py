"""What a flow between two levels is: on which row and column it stands, and whether it goes up. Not here: counting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from opstap.analytics.levels import ScaleLevel, in_order, split_codes, whole_by_id
from opstap.analytics.transitions.flows import NOTHING

LEFT: Final = "left"
NOT_MEASURED_AGAIN: Final = "not_measured_again"
NO_COUNTERPART: Final = "no_counterpart"
"""What a flow is when, read through a crosswalk, an end of it has no counterpart: nobody can say whether that is up."""
UNSEEN: Final = (NOT_MEASURED_AGAIN, NO_COUNTERPART)
"""Of whom it is not known whether they rose or fell: there is no later level to hold beside the earlier one. Of who
left it is known: they are gone, and had not risen.
"""
_DIRECTIONS: Final = {1: "risen", 0: "level", -1: "fallen"}


@dataclass(frozen=True, slots=True)
class Judge:
    """Says what a flow is on one scale.

    `ordered`: its levels have an up and a down; else people stay the `same` or have `moved`. `halves_count`: a
    half-level is a level of its own, so that 2- to 2+ is a rise. Raises `ValueError` for a level that is not of the
    scale. Source: FIELD 1.5, G-5.
    """

    levels: Sequence[ScaleLevel]
    ordered: bool
    halves_count: bool = False
    _shown: dict[int, ScaleLevel] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        own = {level.id: level for level in in_order(self.levels)}
        object.__setattr__(self, "_shown", own if self.halves_count else dict(whole_by_id(self.levels)))

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What can become of somebody who was placed on the earlier day, each exactly one of these."""
        judged = ("risen", "level", "fallen") if self.ordered else ("same", "moved")
        through = (NO_COUNTERPART,) if any(level.is_counterpart_less for level in self.levels) else ()
        return (*judged, *through, *self.endings)

    @property
    def endings(self) -> tuple[str, ...]:
        """Where people can go to instead of a level."""
        return (LEFT, NOT_MEASURED_AGAIN)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the levels in order, code 0 left out; every one that can be a row or a column."""
        ordered = sorted(self._shown.values(), key=lambda level: level.order)
        return tuple(dict.fromkeys(level.code for level in ordered if not level.undetermined))

    def shown(self, used: set[str]) -> tuple[str, ...]:
        """The codes of the levels in order; a whole level that has halves of its own only when somebody is on it."""
        split = split_codes(self.levels) if self.halves_count else frozenset()
        return tuple(code for code in self.codes if code in used or code not in split)

    def level_of(self, level_id: int) -> ScaleLevel | None:
        """The level that a row or column stands for; `None` for no placement and for code 0, not determined."""
        if level_id == NOTHING:
            return None
        if level_id not in self._shown:
            message = f"the state holds a level that is not of this scale: {level_id}"
            raise ValueError(message)
        level = self._shown[level_id]
        return None if level.undetermined else level

    def destination(self, *, is_followed: bool, to_level: int) -> str:
        """The code of the level, `left`, or `not_measured_again` (code 0 included: it is no level to stand on)."""
        level = self.level_of(to_level)
        if not is_followed:
            return LEFT
        return NOT_MEASURED_AGAIN if level is None else level.code

    def outcome(self, from_level: int, destination: str, to_level: int) -> str:
        """Which of `outcomes` it is, for somebody placed on the earlier day."""
        if destination in {LEFT, NOT_MEASURED_AGAIN}:
            return destination
        ends = (self.level_of(from_level), self.level_of(to_level))
        if any(level is not None and level.is_counterpart_less for level in ends):
            return NO_COUNTERPART
        if self.ordered:
            before, after = self._shown[from_level].order, self._shown[to_level].order
            return _DIRECTIONS[(after > before) - (after < before)]
        return "same" if ends[0] == ends[1] else "moved"
