"""Reading placements on one scale as levels of another: the crosswalks there are, and the level that is nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from opstap.analytics.crosswalks import NO_COUNTERPART_ID
from opstap.audit.selectors import remembered
from opstap.ladder.enums import NO_COUNTERPART
from opstap.ladder.models import CrosswalkVersion
from opstap.ladder.selectors.crosswalks import CrosswalkOnDay, crosswalk_on, versions_on
from opstap.ladder.selectors.scales import LevelOnDay, ScaleOnDay


@remembered
def crosswalks_of(latest: int, day: date) -> tuple[CrosswalkVersion, ...]:
    """The crosswalks that hold on a day, by name."""
    del latest
    return tuple(versions_on(day))


@remembered
def read_through(latest: int, key: str, day: date) -> CrosswalkOnDay | None:
    """A crosswalk with what it says about each level, or None when there is none of that key on the day."""
    del latest
    return crosswalk_on(key, day)


def with_no_counterpart(scale: ScaleOnDay) -> ScaleOnDay:
    """The scale with, behind its levels, the one of people whose own level has no counterpart on it."""
    return replace(scale, levels=(*scale.levels, _nowhere(max((one.position for one in scale.levels), default=0) + 1)))


def _nowhere(position: int) -> LevelOnDay:
    names = {}
    for language in ("nl", "en"):
        with override(language):
            names[language] = _("no counterpart")
    return LevelOnDay(
        id=NO_COUNTERPART_ID,
        code=NO_COUNTERPART,
        parent_code=None,
        position=position,
        name_nl=names["nl"],
        name_en=names["en"],
        definition_nl="",
        definition_en="",
        examples_nl=(),
        examples_en=(),
        band_nl="",
        band_en="",
        records_growth=False,
        works_without_help=False,
        has_support=False,
        has_aftercare=False,
    )
