"""Where a client stands: the answers on top of the dossier, and the staircase of each scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.dossier.logic import months_between
from opstap.dossier.selectors.story import Story
from opstap.foundation.charts.staircase import Staircase, Tread, render
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.ladder.enums import Growth
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.scales import LevelOnDay, ScaleOnDay
from opstap.ladder.tables import level_class
from opstap.ladder.tables.placing import PlacedView, placed_view

HALF = {"-": -0.25, "+": 0.25}


@dataclass(frozen=True)
class Standing:
    """Where someone stands on one scale, with the road that led there."""

    key: str
    scale: str
    is_ladder: bool
    level: str
    level_name: str
    level_class: str
    since: date
    expected: str
    expected_name: str
    expected_class: str
    expected_by: date | None
    can_rise: str
    chart: SafeString | None
    rows: tuple[PlacedView, ...]


def standings_of(story: Story) -> list[Standing]:
    """One for each scale that someone was placed on, the municipality's own first."""
    by_scale: dict[int, list[Measurement]] = {}
    for one in story.measurements:
        by_scale.setdefault(one.scale_id, []).append(one)
    own = story.words.settings["default_scale"]
    scales = sorted((story.words.scales[pk] for pk in by_scale), key=lambda scale: (scale.key != own, scale.key))
    found = [_standing(story, scale, by_scale[scale.id]) for scale in scales]
    return [standing for standing in found if standing is not None]


def _standing(story: Story, scale: ScaleOnDay, placed: Sequence[Measurement]) -> Standing | None:
    road = [one for one in placed if not one.second_assessment]
    if not road:
        return None
    held = road[0]
    names = {level.code: level.name(story.language) for level in scale.levels}
    expected = held.expected_level.code if held.expected_level else ""
    reasons = {code: option.label(story.language) for code, option in story.words.options["placement_reason"].items()}
    return Standing(
        key=scale.key,
        scale=scale.name(story.language),
        is_ladder=scale.is_ladder,
        level=held.level.code,
        level_name=names.get(held.level.code, ""),
        level_class=level_class(scale, held.level.code),
        since=_since(road),
        expected=expected,
        expected_name=names.get(expected, ""),
        expected_class=level_class(scale, expected) if expected else "",
        expected_by=held.expected_by,
        can_rise=_growth_words(held),
        chart=_chart(story, scale, placed) if scale.is_ladder else None,
        rows=tuple(placed_view(one, story.words.scales, reasons, story.language) for one in placed),
    )


def _since(road: Sequence[Measurement]) -> date:
    """The first day of standing where someone stands now; a confirmation begins nothing anew."""
    since = road[0].measured_on
    for one in road:
        if one.level_id != road[0].level_id:
            break
        since = one.measured_on
    return since


def _growth_words(held: Measurement) -> str:
    return {
        Growth.YES: _("growth potential"),
        Growth.NO: _("no growth potential"),
        Growth.UNKNOWN: _("growth potential unknown"),
    }[Growth(held.growth)]


def _chart(story: Story, scale: ScaleOnDay, placed: Sequence[Measurement]) -> SafeString:
    wholes = scale.whole_levels
    road = [one for one in reversed(placed) if not one.second_assessment]
    marks = [one for one in reversed(placed) if one.second_assessment]
    heights = _heights(scale, wholes)
    treads = [_tread(one, heights) for one in road if one.level.code in heights]
    held = road[-1]
    expected = held.expected_level.code if held.expected_level else ""
    return render(
        Staircase(
            title=_("Levels through time: %(scale)s") % {"scale": scale.name(story.language)},
            in_words=_in_words(road),
            levels=[f"{level.code} {level.name(story.language)}" for level in wholes],
            treads=treads,
            marks=[_tread(one, heights) for one in marks if one.level.code in heights],
            until=story.today,
            id_prefix=f"stairs-{scale.key}",
            expected=Tread(held.expected_by or story.today, heights[expected], expected)
            if expected in heights
            else None,
        )
    )


def _heights(scale: ScaleOnDay, wholes: Sequence[LevelOnDay]) -> dict[str, float]:
    place = {level.code: float(number) for number, level in enumerate(wholes)}
    for level in scale.levels:
        if level.parent_code in place:
            place[level.code] = place[level.parent_code] + HALF.get(level.code[-1:], 0.0)
    return place


def _tread(one: Measurement, heights: dict[str, float]) -> Tread:
    return Tread(one.measured_on, heights[one.level.code], one.level.code)


def _in_words(road: Sequence[Measurement]) -> str:
    return "; ".join(f"{day(one.measured_on)}: {one.level.code}" for one in road)


def duration_words(since: date, today: date) -> str:
    """How long: `3 years and 2 months`."""
    years, months = divmod(months_between(since, today), 12)
    if not years and not months:
        return _("less than a month")
    parts = []
    if years:
        parts.append(ngettext("%(n)d year", "%(n)d years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
    return _(" and ").join(parts)
