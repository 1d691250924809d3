"""References are opaque, unlike each other, and safe to read out."""

from __future__ import annotations

import re
from collections import Counter

from opstap.foundation.references import ALPHABET, PATTERN, new_reference, new_references


def test_a_reference_is_twelve_characters_that_cannot_be_misheard() -> None:
    assert re.fullmatch(PATTERN, new_reference())
    assert not set("0o1liu") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 30


def test_many_at_once_are_as_good_as_one_by_one() -> None:
    many = new_references(5_000)
    assert len(many) == len(set(many)) == 5_000
    assert all(re.fullmatch(PATTERN, reference) for reference in many)
    assert new_references(0) == []


def test_every_character_is_drawn_about_as_often() -> None:
    drawn = Counter("".join(new_references(5_000)))
    share = 60_000 / len(ALPHABET)
    assert set(drawn) == set(ALPHABET)
    assert all(0.8 * share < times < 1.2 * share for times in drawn.values())
