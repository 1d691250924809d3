"""The colours of meaning: as chosen, ordered, and with text that can be read on them."""

import pytest

from opstap.foundation.charts.colours import (
    FALLEN,
    GROUPS,
    RISEN,
    SAME,
    UNKNOWN,
    contrast,
    level_colours,
    lighter,
    text_colour_on,
)


def test_six_and_seven_levels_have_their_own_colours() -> None:
    assert level_colours(6) == ("#453781", "#33638D", "#238A8D", "#20A387", "#55C667", "#B8DE29")
    assert level_colours(7) == ("#440154", "#443A83", "#31688E", "#21908C", "#35B779", "#8FD744", "#FDE725")


def test_other_numbers_lie_evenly_on_the_same_scale() -> None:
    assert level_colours(2) == ("#453781", "#B8DE29")
    assert level_colours(20)[3::7] == ("#453781", "#1F968B", "#B8DE29")
    assert (level_colours(30)[0], level_colours(30)[-1]) == (level_colours(7)[0], level_colours(7)[-1])


@pytest.mark.parametrize("count", range(2, 31))
def test_every_number_of_levels_goes_from_dark_to_light(count: int) -> None:
    colours = level_colours(count)
    on_white = [contrast(colour, "#FFFFFF") for colour in colours]
    assert len(set(colours)) == count
    assert on_white == sorted(on_white, reverse=True)


@pytest.mark.parametrize("count", [1, 0, 31])
def test_other_numbers_of_levels_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="from 2 to 30"):
        level_colours(count)


def test_text_can_be_read_on_every_colour() -> None:
    colours = [*GROUPS, UNKNOWN, RISEN, SAME, FALLEN]
    for count in range(2, 31):
        colours += level_colours(count)
    for colour in [*colours, *map(lighter, colours)]:
        assert contrast(text_colour_on(colour), colour) >= 4.5, colour


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


def test_lighter_goes_from_the_colour_to_white() -> None:
    assert (lighter("#204060", 0), lighter("#204060", 0.5), lighter("#204060", 1)) == ("#204060", "#90A0B0", "#FFFFFF")
