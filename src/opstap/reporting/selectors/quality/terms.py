"""What the checks are judged by: the day, the norms of the municipality, and what the scale says of its levels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from opstap.audit.selectors import remembered
from opstap.ladder.selectors.scales import LevelOnDay, ScaleOnDay
from opstap.municipality.logic import (
    OPEN_INSTRUMENT_MONTHS,
    OPEN_TRAJECTORY_MONTHS,
    PLACEMENT_MONTHS,
    UNDETERMINED_MONTHS,
)
from opstap.municipality.selectors import settings_on
from opstap.reporting.selectors.questions import Question

FOLLOWED_YEARS = 1  # so long after the beginning a second placement is expected
ENDED_MONTHS = 12  # of the follow-ups that ended so lately it is asked why


@dataclass(frozen=True)
class Norms:
    """Months after which something has lasted too long; what the municipality set, or the default."""

    placement: int
    undetermined: int
    open_instrument: int
    open_trajectory: int


@dataclass(frozen=True)
class Terms:
    """The day and the norms; the ids of levels of the scale of the question, by what the scale says of them.

    `independent`: counts as work without help. `supported`: can be with support. `with_aftercare`: can be with
    aftercare. `growing`: growth potential is recorded on it. A half-level is as its whole level.
    """

    day: date
    norms: Norms
    scale: ScaleOnDay
    undetermined: frozenset[int]
    independent: frozenset[int]
    supported: frozenset[int]
    with_aftercare: frozenset[int]
    growing: frozenset[int]
    parts: frozenset[str]

    @property
    def paid(self) -> frozenset[int]:
        """The levels that are paid work: without help, or with it."""
        return self.independent | self.supported


def terms_of(question: Question) -> Terms:
    """The terms of a question; code 0 as recorded, the other levels as read."""
    scale = question.scale
    return Terms(
        day=question.on,
        norms=norms_of(question),
        scale=scale,
        undetermined=question.reading.undetermined,
        independent=_ids(scale, lambda level: level.works_without_help),
        supported=_ids(scale, lambda level: level.has_support),
        with_aftercare=_ids(scale, lambda level: level.has_aftercare),
        growing=_ids(scale, lambda level: level.records_growth),
        parts=question.parts,
    )


def norms_of(question: Question) -> Norms:
    """The norms that held on the day, as known to the question."""
    return _norms(question.recording, question.municipality_id, question.on)


@remembered
def _norms(recording: int, municipality_id: int, day: date) -> Norms:
    keys = (PLACEMENT_MONTHS, UNDETERMINED_MONTHS, OPEN_INSTRUMENT_MONTHS, OPEN_TRAJECTORY_MONTHS)
    held = settings_on(municipality_id, keys, day, recording=recording)
    return Norms(*(int(held[key]) for key in keys))


def _ids(scale: ScaleOnDay, test: Callable[[LevelOnDay], bool]) -> frozenset[int]:
    told = {level.code for level in scale.whole_levels if test(level)}
    return frozenset(level.id for level in scale.levels if (level.parent_code or level.code) in told)
