"""Percentages and means from exact counts, rounded once. Not here: how a share looks on screen ("geen waarneming")."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

HUNDRED_PERCENT = 100


@lru_cache(maxsize=16_384)
def share(part: int, whole: int, decimals: int = 1) -> Decimal | None:
    """The part as a percentage of the whole, rounded half-up on `decimals` from the exact integers.

    `None` for an empty whole: nothing was observed, which is not 0 %. Raises `ValueError` for a negative number.
    Source: FIELD G-14, and the published table B-88.
    """
    if min(part, whole, decimals) < 0:
        message = f"a share needs counts from 0 upwards, not {part} of {whole} with {decimals} decimals"
        raise ValueError(message)
    if whole == 0:
        return None
    units = part * HUNDRED_PERCENT * 10**decimals
    return _decimal((2 * units + whole) // (2 * whole), decimals)


def mean(total: Fraction, count: int, decimals: int = 2) -> Decimal | None:
    """The exact total over the count, rounded half-up; `None` over nothing, which is not 0.

    Raises `ValueError` for a negative number. Source: FIELD A-19.
    """
    if total < 0 or min(count, decimals) < 0:
        message = f"a mean needs numbers from 0 upwards, not {total} over {count} with {decimals} decimals"
        raise ValueError(message)
    if count == 0:
        return None
    return _decimal((2 * total * 10**decimals / count + 1) // 2, decimals)


def largest_remainder(parts: Sequence[int], decimals: int = 1) -> tuple[Decimal | None, ...]:
    """The parts as percentages of their sum that add up to exactly 100, in the order given.

    Every share is rounded down, and the units left over go to the largest remainders; on a tie to the larger part,
    then to the earlier one. All `None` when the parts add up to 0. Raises `ValueError` for a negative number.
    Source: FIELD G-14.
    """
    if min((*parts, decimals), default=0) < 0:
        message = f"shares need counts from 0 upwards, not {list(parts)} with {decimals} decimals"
        raise ValueError(message)
    whole = sum(parts)
    if whole == 0:
        return tuple(None for _ in parts)
    scale = HUNDRED_PERCENT * 10**decimals
    floors = [part * scale // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-(parts[i] * scale % whole), -parts[i], i))
    raised = set(order[: scale - sum(floors)])
    return tuple(_decimal(floor + (i in raised), decimals) for i, floor in enumerate(floors))


def _decimal(units: int, decimals: int) -> Decimal:
    return Decimal((0, tuple(int(digit) for digit in str(units)), -decimals))
