"""Round numbers for an axis that starts at nought."""

from math import ceil, floor, log10

_MOST_STEPS = 6
_ROUND = (1, 2, 5, 10)


def ticks(largest: float, *, whole: bool) -> list[float]:
    """From nought to the last round number that is not above `largest`, in steps of 1, 2 or 5 times a power of ten."""
    if largest <= 0:
        return [0]
    rough = largest / _MOST_STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in _ROUND if factor * power >= rough)
    if whole:
        step = max(1, ceil(step))
    return [number * step for number in range(floor(largest / step + 1e-9) + 1)]
