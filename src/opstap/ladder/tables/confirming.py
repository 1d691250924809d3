"""Where somebody stands, as what a form that confirms it was opened on; and what it meets when that changed."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from opstap.foundation.ui.conflicts import NONE, Conflict, Line, Saved, saved_by
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import placements_ever, what_stands
from opstap.ladder.selectors.scales import ScaleOnDay


def placement_version(held: Measurement | None) -> str:
    """What a form carries of where somebody stands."""
    return version_of_values("placement", what_stands(held))


def placement_met(
    client_ids: Collection[int], scale: ScaleOnDay, language: str, *, shown: str, held: Measurement | None
) -> Conflict:
    """The placement that was shown beside the one that stands now, and who recorded last."""
    told = placements_ever(client_ids, scale.id)
    before = next((one for one in told if placement_version(one) == shown), None)
    last = Saved(told[0].recording.actor_name, told[0].recording.at, told[0].why) if told else saved_by(None)
    known = before is not None or shown == placement_version(None)
    was, now = _words(before, scale, language), _words(held, scale, language)
    lines = [Line(label, was[label], now[label], "", touched=False) for label in now if known]
    return Conflict(last, tuple(line for line in lines if line.before != line.theirs), corrects=False)


def _words(held: Measurement | None, scale: ScaleOnDay, language: str) -> dict[str, str]:
    names = {level.code: level.name(language) for level in scale.levels}
    goal = held.expected_level.code if held and held.expected_level else NONE
    by = f", {day(held.expected_by)}" if held and held.expected_by else ""
    return {
        _("Level"): f"{held.level.code} {names.get(held.level.code, '')}".strip() if held else NONE,
        _("Measured on"): day(held.measured_on) if held else NONE,
        _("Can go to"): f"{goal}{by}",
    }
