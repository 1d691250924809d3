"""How a publication came to be, in sentences: of which day, as known when, on which scale, by which rules."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.audit.models import Recording
from opstap.foundation.ui.templatetags.ui_format import day, moment
from opstap.ladder.selectors.scales import scale_on
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication

ROUNDED_TO = 5


def rules_of(one: Publication) -> list[str]:
    """How it was made, in sentences."""
    return [
        _("Reference date: {day}").format(day=day(one.on)),
        _("Compared with: {day}").format(day=day(one.earlier)),
        *_known(one),
        *_scale(one),
        *_definitions(one),
        _("Counts of fewer than {threshold} people are hidden").format(threshold=one.threshold),
        _("Numbers are rounded to a multiple of {base}").format(base=ROUNDED_TO),
        _("Sums are those of what is shown; there are shares only where all of it is shown"),
        _("Counted are persons"),
    ]


def known_at(one: Publication) -> datetime | None:
    """The moment as of which it was counted: what was recorded later is not in it. `None` while it is not counted."""
    found = Recording.objects.filter(number=one.counted).first() if one.counted else None
    return found.at if found else None


def _known(one: Publication) -> list[str]:
    at = known_at(one)
    return [_("Known at: {moment}").format(moment=moment(at))] if at else []


def _scale(one: Publication) -> list[str]:
    scale = scale_on(one.scale, one.on)
    return [_("Scale: {name}").format(name=scale.name(get_language() or "nl"))] if scale else []


def _definitions(one: Publication) -> list[str]:
    version = Released.of(one.figures).made_with.get("definitions")
    return [_("Definitions: version {version}").format(version=version)] if version else []
