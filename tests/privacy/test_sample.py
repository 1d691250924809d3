"""The sample of a month: the same for whoever draws it, another for another month, and not to be steered."""

from __future__ import annotations

from datetime import date

from opstap.privacy.logic.sample import drawn

DIGESTS = [(("chain", number), number.to_bytes(32, "big")) for number in range(500)]


def test_the_same_month_draws_the_same_and_another_draws_others() -> None:
    may, june = drawn(DIGESTS, date(2031, 5, 1), 25), drawn(DIGESTS, date(2031, 6, 1), 25)
    assert len(may) == len(set(may)) == 25
    assert may == drawn(reversed(DIGESTS), date(2031, 5, 1), 25)
    assert set(may) != set(june)


def test_a_small_month_is_drawn_whole() -> None:
    assert len(drawn(DIGESTS[:7], date(2031, 5, 1), 25)) == 7
    assert drawn([], date(2031, 5, 1), 25) == []
