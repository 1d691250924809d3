"""What the pages of a placement show: the form with the ladder around it, and the placements that stand."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of
from opstap.foundation import dates
from opstap.ladder.forms import PlacementForm
from opstap.ladder.logic import MeasurementsRefused
from opstap.ladder.selectors.measurements import withdrawn_of
from opstap.ladder.selectors.placing import Placeable
from opstap.ladder.tables.confirming import placement_version
from opstap.ladder.tables.placing import Choice, fault_words, keys_of, placed_view, steps_of
from opstap.ladder.views.asked import WAS, Asked, came_for


def page_of(request: HttpRequest, asked: Asked, form: PlacementForm) -> dict[str, Any]:
    """Everything the page shows."""
    today = dates.today()
    person, reasons = asked.person, asked.lists["placement_reason"]
    scales = {scale.id: scale for scale in asked.scales}
    standing = [placed_view(one, scales, reasons, asked.language) for one in asked.standing]
    own = [one for one in standing if one.scale == asked.scale.name(asked.language)]
    current = next((one for one in own if not one.is_second), None)
    steps, chosen = steps_of(asked.scale, asked.language), form["level"].value() or ""
    keys = keys_of(asked.scale)
    return {
        "person": person,
        "scale": asked.scale,
        "scale_name": asked.scale.name(asked.language),
        "scales": [(scale.key, scale.name(asked.language)) for scale in scales.values()],
        "steps": steps,
        "has_questions": bool(asked.questions),
        "by_questions": asked.by_questions,
        "asking": asked.asking(),
        "form": form,
        "chosen": chosen,
        "focus": "" if asked.by_questions else chosen or (current.level if current else steps[0].choices[0].code),
        "chosen_expected": form["expected"].value() or "",
        "expected_choices": [
            Choice(code, growth_position=asked.scale.growth_position(code) or "", key=keys.get(code, ""))
            for code in form.offered["expected"]
        ],
        "own_traits": [form[trait.code] for trait in asked.own_traits],
        "started_with": [(WAS + name, asked.started_with(name)) for name in asked.trait_names],
        "allows_support": any(level.has_support for level in asked.scale.levels),
        "allows_aftercare": any(level.has_aftercare for level in asked.scale.levels),
        "asks_same_day": form.taken is not None,
        "previous": current,
        "confirms": placement_version(asked.held),
        "may_confirm": actor_of(request).may("confirm_placements"),
        "placements": standing,
        "withdrawn": [placed_view(one, scales, reasons, asked.language) for one in withdrawn_of(asked.client.pk)],
        "otherwise": [],
        "corrects": asked.corrected is not None,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "reason": request.GET.get("reason", ""),
        "on": request.GET.get("op", ""),
        "came_for": came_for(request.GET),
        "today": today,
        "trail": trail_of(person),
    }


FIELDS = {
    "measured_in_future": "measured_on",
    "measured_before_birth": "measured_on",
    "level_unknown": "level",
    "expected_level_unknown": "expected",
    "client_level_unknown": "client_level",
    "placed_twice_on_one_day": "same_day",
    "second_by_the_same_worker": "same_day",
    "override_without_reason": "override_reason",
    "no_support_on_this_level": "with_support",
    "no_aftercare_on_this_level": "with_aftercare",
}


def show_faults(form: Form, refused: MeasurementsRefused) -> None:
    """Each fault at its field, if the form has it."""
    for fault in refused.faults:
        field = FIELDS.get(fault.code, "")
        form.add_error(field if field in form.fields else None, fault_words(fault.code))


def trail_of(person: Placeable, *further: str) -> list[dict[str, str]]:
    """The way to this page, by the dossier; `further` are the pages below that of placing."""
    reference = person.client.reference
    trail = [
        {"label": person.name, "url": reverse("dossier:client", args=[reference])},
        {"label": _("Place"), "url": reverse("ladder:place", args=[reference]) if further else ""},
    ]
    return trail + [{"label": label, "url": ""} for label in further]
