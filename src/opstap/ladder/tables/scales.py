"""A scale as a page shows it, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from opstap.foundation.charts.colours import GROUPS
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.selectors.scales import LevelOnDay, ScaleOnDay


@dataclass(frozen=True)
class LevelView:
    """A whole level, with its half-levels named."""

    code: str
    name: str
    definition: str
    examples: tuple[str, ...]
    band: str
    halves: tuple[str, ...]
    works_without_help: bool
    colour_class: str


@dataclass(frozen=True)
class ScaleView:
    """A scale with its whole levels, highest first on a ladder."""

    key: str
    name: str
    description: str
    is_ladder: bool
    horizon_months: int
    has_bands: bool
    levels: tuple[LevelView, ...]

    @classmethod
    def of(cls, scale: ScaleOnDay, language: str) -> ScaleView:
        """The view of a scale in a language."""
        wholes = [level for level in scale.levels if level.parent_code is None]
        levels = [_level(scale, level, language) for level in wholes]
        ordered = sorted(levels, key=lambda level: level.code == UNDETERMINED)
        if scale.is_ladder:
            determined = [level for level in ordered if level.code != UNDETERMINED]
            ordered = [*reversed(determined), *(level for level in ordered if level.code == UNDETERMINED)]
        return cls(
            key=scale.key,
            name=scale.name(language),
            description=scale.description_en if language == "en" else scale.description_nl,
            is_ladder=scale.is_ladder,
            horizon_months=scale.horizon_months,
            has_bands=any(level.band_nl for level in wholes),
            levels=tuple(ordered),
        )


def level_class(scale: ScaleOnDay, code: str | None) -> str:
    """The classes that give a level the same colour everywhere; the lower half of a level is hatched."""
    found = next((level for level in scale.levels if level.code == code), None)
    codes = [level.code for level in scale.whole_levels]
    whole = (found.parent_code or found.code) if found else ""
    if whole not in codes:
        return "level--unknown"
    half = " level--half" if found and found.parent_code and found.code.endswith("-") else ""
    place = codes.index(whole) + 1
    if not scale.is_ladder:
        return f"level--group-{(place - 1) % len(GROUPS) + 1}"
    return f"level--{place}-of-{len(codes)}{half}"


def _level(scale: ScaleOnDay, level: LevelOnDay, language: str) -> LevelView:
    english = language == "en"
    return LevelView(
        code=level.code,
        name=level.name(language),
        definition=level.definition_en if english else level.definition_nl,
        examples=level.examples_en if english else level.examples_nl,
        band=level.band(language),
        halves=tuple(half.code for half in scale.levels if half.parent_code == level.code),
        works_without_help=level.works_without_help,
        colour_class=level_class(scale, level.code),
    )
