"""The scales with their levels, definitions and examples: to read, and to look something up while talking."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.foundation import dates
from opstap.ladder.selectors.crosswalks import crosswalks_on
from opstap.ladder.selectors.scales import scale_on, scales_on
from opstap.ladder.tables import ScaleView
from opstap.ladder.tables.crosswalks import CrosswalkView


@require_safe
@requires("see_scales")
def scales(request: HttpRequest) -> HttpResponse:
    """All scales."""
    language = get_language() or "nl"
    shown = [ScaleView.of(scale, language) for scale in scales_on(dates.today())]
    may_change = actor_of(request).may("configure_municipality")
    return render(request, "ladder/scales.html", {"scales": shown, "may_change": may_change})


@require_safe
@requires("see_scales")
def scale(request: HttpRequest, key: str) -> HttpResponse:
    """One scale with all its levels."""
    found = scale_on(key, dates.today())
    if found is None:
        raise Http404
    language = get_language() or "nl"
    shown = ScaleView.of(found, language)
    crosswalks = [CrosswalkView.of(one, language) for one in crosswalks_on(dates.today()) if one.source.key == key]
    trail = [{"label": _("Scales"), "url": reverse("ladder:scales")}, {"label": shown.name}]
    context = {
        "scale": shown,
        "crosswalks": crosswalks,
        "trail": trail,
        "may_change": actor_of(request).may("configure_municipality"),
    }
    return render(request, "ladder/scale.html", context)
