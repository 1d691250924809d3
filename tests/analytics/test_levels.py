"""Levels: whole levels, order and direction."""

import pytest

from opstap.analytics.levels import ScaleLevel, direction, in_order, split_codes, whole_by_id, whole_levels
from tests.analytics.frames import VNG

ONE, TWO, TWO_MIN, TWO_PLUS, TOP = 2, 3, 4, 5, 6


def test_half_levels_count_under_their_whole_level() -> None:
    whole = whole_by_id(reversed(VNG))
    assert [whole[number].code for number in (ONE, TWO, TWO_MIN, TWO_PLUS, TOP)] == ["1", "2", "2", "2", "3"]
    assert [level.code for level in whole_levels(reversed(VNG))] == ["0", "1", "2", "3"]
    assert split_codes(VNG) == {"2"}


@pytest.mark.parametrize(
    ("before", "after", "whole", "halves"),
    [(TWO_MIN, TWO_PLUS, 0, 1), (TWO_PLUS, TOP, 1, 1), (TWO_MIN, ONE, -1, -1), (TWO, TWO, 0, 0)],
)
def test_direction_is_judged_on_whole_levels_unless_the_scale_says_otherwise(
    before: int, after: int, whole: int, halves: int
) -> None:
    assert direction(before, after, VNG) == whole
    assert direction(before, after, VNG, halves_count=True) == halves


@pytest.mark.parametrize(
    ("extra", "fault"),
    [
        (ScaleLevel(id=6, code="9", name="", order=90), "two levels with id 6"),
        (ScaleLevel(id=9, code="3", name="", order=90), "two levels with code 3"),
        (ScaleLevel(id=9, code="9-", name="", order=90, parent_code="9"), "9- belongs to 9"),
        (ScaleLevel(id=9, code="2--", name="", order=90, parent_code="2-"), "2-- belongs to 2-"),
    ],
)
def test_a_broken_scale_is_refused(extra: ScaleLevel, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        in_order((*VNG, extra))
