"""How far two who place the same people agree: weighted kappa. Not here: who they are, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from opstap.analytics.uncertainty.estimates import SMALL

FEWEST_PAIRS: Final = SMALL
"""Of fewer pairs no kappa is given: its standard error, which is one for large numbers, would be a mere guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of `pairs` persons placed twice: `same` on one level, `next_to` one level apart, `further` more than one.

    `kappa` is 1 where all agree, 0 where they agree as often as by chance, and below it where less often. `low` and
    `high` are the ends of its interval at 95 %, `error` its standard error. All are `None` where there is no kappa; and
    where everybody agrees there is a kappa of 1 without an interval, since its error comes out as 0, which is more
    certainty than there is.
    """

    pairs: int
    same: int
    next_to: int
    further: int
    kappa: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_small(self) -> bool:
        """Whether there are too few pairs for a kappa."""
        return self.pairs < FEWEST_PAIRS


def agreement(pairs: Sequence[tuple[int, int]], levels: int) -> Agreement:
    """How far the first and the second placement of the same persons agree.

    Shapes: one pair a person, each the place of a whole level in the order of the scale: 0 for the lowest, below
    `levels`, which counts those on which nobody stands too. Weights are linear: two levels apart is twice as far as
    one. Kappa, its standard error and its interval are those of statsmodels' `cohens_kappa`. There is no kappa of fewer
    than `FEWEST_PAIRS` pairs, nor where one of the two places everybody on one level: chance would do as well then.
    Units: persons. Errors: `ValueError` for a place that is not on the scale, and for a scale without two levels.
    Source: the issue on steering information; J. Cohen, Psychological Bulletin 70 (1968); D. V. Cicchetti and
    T. Allison, American Journal of EEG Technology 11 (1971).
    """
    if levels < 2:
        message = f"on {levels} levels nobody can disagree"
        raise ValueError(message)
    outside = [pair for pair in pairs if not all(0 <= place < levels for place in pair)]
    if outside:
        message = f"{outside[0]} are no two places on a scale of {levels} levels"
        raise ValueError(message)
    apart = [abs(first - second) for first, second in pairs]
    same, next_to = apart.count(0), apart.count(1)
    further = len(pairs) - same - next_to
    kappa = error = low = high = None
    if len(pairs) >= FEWEST_PAIRS and all(len(set(side)) > 1 for side in zip(*pairs, strict=True)):
        kappa, error, low, high = (1.0, None, None, None) if same == len(pairs) else _kappa(pairs, levels)
    return Agreement(
        pairs=len(pairs), same=same, next_to=next_to, further=further, kappa=kappa, error=error, low=low, high=high
    )


def _kappa(pairs: Sequence[tuple[int, int]], levels: int) -> tuple[float, float, float, float]:
    from statsmodels.stats.inter_rater import cohens_kappa  # noqa: PLC0415 - a second, for who compares only

    table = [[0] * levels for _ in range(levels)]
    for first, second in pairs:
        table[first][second] += 1
    found = cohens_kappa(table, wt="linear")
    low, high = max(-1.0, float(found.kappa_low)), min(1.0, float(found.kappa_upp))
    return float(found.kappa), float(found.std_kappa), low, high
