"""A level has one colour everywhere: the block in a table or form is that of the charts, for any number of levels."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from opstap.foundation import ui
from opstap.foundation.charts.colours import LIGHT_TEXT, level_colours, text_colour_on

STYLE = (Path(ui.__file__).parent / "static" / "ui" / "levels.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("count", [2, 3, 4, 5, 8, 9, 10, 11, 12])
def test_the_block_of_a_level_has_the_colour_of_the_charts_and_words_that_can_be_read(count: int) -> None:
    for place, colour in enumerate(level_colours(count), start=1):
        rule = re.search(rf"\.level--{place}-of-{count} \{{([^}}]*)\}}", STYLE)
        assert rule is not None, (place, count)
        assert f"background-color: {colour.lower()};" in rule[1]
        assert ("color: #fff;" in rule[1]) == (text_colour_on(colour) == LIGHT_TEXT)
