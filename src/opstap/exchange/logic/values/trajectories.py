"""What files say of help: `naar trede 3`, `behoud van participatieniveau`, a kind, or a name of their own."""

import re
from dataclasses import dataclass

from opstap.exchange.logic.cells import Cell, as_text
from opstap.exchange.logic.faults import NOTHING, Code, Fault, Reading, warning
from opstap.exchange.logic.values.levels import NOT_DETERMINED, read_level
from opstap.exchange.logic.values.texts import read_kept
from opstap.exchange.logic.vocabulary import Vocabulary
from opstap.exchange.logic.words import normalise

LONGEST = 120
UNSPECIFIED, OTHER = "unspecified", "other"
_NONE_OF_IT = frozenset({"geen", "nee", "neen", "niet", "nvt", "none", "no", "geentraject", "geenactiviteit"})
_KEEP = frozenset(
    "behoud behouden handhaven stabiliseren behoudvanniveau behoudvanparticipatieniveau behoudparticipatieniveau "
    "behoudvantrede behoudtrede behoudniveau behoudvandetrede keepthelevel".split()
)
_TOWARDS = re.compile(
    r"(?:traject\s+)?(?:naar|richting|tot|to)\s+(.+)|((?:trede|niveau|klantgroep|level)\b.+)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class TrajectorySaid:
    """A trajectory as a file says it: what it is about, and the code of the level it leads to or that it keeps it."""

    kind: str
    name: str = ""
    goal: str | None = None
    keeps: bool = False

    @property
    def says_goal(self) -> bool:
        """Whether there is a goal in it."""
        return self.keeps or self.goal is not None


@dataclass(frozen=True, slots=True)
class ActivitySaid:
    """An activity, with its kind where the word stands on the list."""

    description: str
    kind: str = ""


def read_trajectory(cell: Cell, vocabulary: Vocabulary) -> Reading[TrajectorySaid]:
    """A goal, a kind, or a name; what is none of the first two is taken over by its name, never refused."""
    text, said = _line(cell, Code.TRAJECTORY_SHORTENED)
    word = normalise(text)
    if not word or word in _NONE_OF_IT:
        return NOTHING
    if word in _KEEP:
        return Reading(TrajectorySaid(UNSPECIFIED, keeps=True))
    kind = vocabulary.codes.get("trajectory_kind", {}).get(word)
    if kind is not None:
        return Reading(TrajectorySaid(kind.code))
    towards = _TOWARDS.fullmatch(text)
    if towards is None:
        return Reading(TrajectorySaid(OTHER, text), said)
    level = read_level(towards[1] or towards[2], vocabulary).value
    if level is None or level == NOT_DETERMINED:
        said = (*said, warning(Code.TRAJECTORY_GOAL_UNKNOWN, levels=vocabulary.whole_codes()))
        return Reading(TrajectorySaid(OTHER, text), said)
    return Reading(TrajectorySaid(UNSPECIFIED, goal=level), said)


def read_activity(cell: Cell, vocabulary: Vocabulary) -> Reading[ActivitySaid]:
    """What somebody does, on one line."""
    text, said = _line(cell, Code.ACTIVITY_SHORTENED)
    word = normalise(text)
    if not word or word in _NONE_OF_IT:
        return NOTHING
    kind = vocabulary.codes.get("activity_kind", {}).get(word)
    return Reading(ActivitySaid(text, kind.code if kind else ""), said)


def _line(cell: Cell, shortened: Code) -> tuple[str, tuple[Fault, ...]]:
    text = " ".join((read_kept(as_text(cell)).value or "").split())
    if len(text) <= LONGEST:
        return text, ()
    return text[:LONGEST].rstrip(), (warning(shortened, longest=str(LONGEST), length=str(len(text))),)
