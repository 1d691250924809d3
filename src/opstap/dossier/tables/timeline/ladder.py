"""What the ladder room tells: every placement that stands, with who placed and why, and those that were withdrawn."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.timeline.entries import Entry
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of
from opstap.ladder.tables import level_class
from opstap.ladder.tables.placing import flags_of


def entries_of(story: Story) -> list[Entry]:
    """The placements, each with the level before it; a withdrawn one with who did that, when and why."""
    standing = [_entry(story, one, _before(story, one)) for one in story.measurements]
    return standing + [_withdrawn(story, one) for one in story.withdrawn]


def _before(story: Story, measurement: Measurement) -> Measurement | None:
    earlier = [one for one in story.measurements if one.scale_id == measurement.scale_id and not one.second_assessment]
    return next((one for one in earlier if one.measured_on < measurement.measured_on), None)


def _entry(story: Story, one: Measurement, before: Measurement | None) -> Entry:
    scale = story.words.scales[one.scale_id]
    names = {level.code: level.name(story.language) for level in scale.levels}
    code = one.level.code
    if one.second_assessment:
        title = _("Second assessment: %(level)s") % {"level": names.get(code, code)}
    elif before is None:
        title = _("First placement: %(level)s") % {"level": names.get(code, code)}
    elif before.level_id == one.level_id:
        title = _("Placement unchanged: %(level)s") % {"level": names.get(code, code)}
    else:
        moved = {"before": before.level.code, "after": code, "level": names.get(code, code)}
        title = _("Placement %(before)s → %(after)s: %(level)s") % moved
    return Entry(
        on=one.measured_on,
        kind=EntryKind.PLACEMENT,
        title=title,
        detail=_detail(story, one),
        by=one.worker.name if one.worker else "",
        url=_url(story, one),
        level=code,
        level_class=level_class(scale, code),
        tag="" if scale.key == story.words.settings["default_scale"] else scale.name(story.language),
        recording=one.recording_id,
        history=reverse("ladder:history", args=[story.client.reference, reference_of(one)]),
    )


def _withdrawn(story: Story, one: Measurement) -> Entry:
    scale = story.words.scales[one.scale_id]
    names = {level.code: level.name(story.language) for level in scale.levels}
    when = day(one.recording.at)
    told = _("withdrawn on %(day)s: %(why)s") if one.why else _("withdrawn on %(day)s")
    return Entry(
        on=one.measured_on,
        kind=EntryKind.PLACEMENT,
        title=_("Placement: %(level)s") % {"level": f"{one.level.code} {names.get(one.level.code, '')}".strip()},
        detail=told % {"day": when, "why": one.why},
        by=one.recording.actor_name,
        tag="" if scale.key == story.words.settings["default_scale"] else scale.name(story.language),
        recording=one.recording_id,
        history=reverse("ladder:history", args=[story.client.reference, reference_of(one)]),
        withdrawn=True,
    )


def _detail(story: Story, one: Measurement) -> str:
    parts = flags_of(one)
    if one.expected_level is not None:
        level = {"level": one.expected_level.code, "day": day(one.expected_by)}
        parts.append((_("can go to %(level)s before %(day)s") if one.expected_by else _("can go to %(level)s")) % level)
    if one.reason:
        parts.append(story.label("placement_reason", one.reason))
    if one.client_level is not None or one.client_view:
        own = " ".join(part for part in (one.client_level.code if one.client_level else "", one.client_view) if part)
        parts.append(_("the client says: %(view)s") % {"view": own})
    if one.why:
        parts.append(_("corrected: %(why)s") % {"why": one.why})
    return "; ".join(parts)


def _url(story: Story, one: Measurement) -> str:
    if not story.actor.may("record_placements"):
        return ""
    correcting = reverse("ladder:correct", args=[story.client.reference, reference_of(one)])
    return f"{correcting}?{urlencode({'next': reverse('dossier:client', args=[story.client.reference])})}"
