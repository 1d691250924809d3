"""Numbers that pass the 11-test and belong to nobody: 9999xxxxx, then others that begin with a 9."""

from __future__ import annotations

from random import Random

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def draw_bsns(rng: Random, count: int) -> list[str]:
    """Different BSNs in an order of chance. There are some nine thousand in the test range."""
    in_test_range = [str(number) for number in range(999_900_000, 1_000_000_000) if _passes(str(number))]
    if count <= len(in_test_range):
        return rng.sample(in_test_range, count)
    rng.shuffle(in_test_range)
    drawn = dict.fromkeys(in_test_range)
    while len(drawn) < count:
        number = str(rng.randint(900_000_000, 999_899_999))
        if _passes(number):
            drawn[number] = None
    return list(drawn)


def _passes(bsn: str) -> bool:
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, bsn, strict=True)) % 11 == 0
