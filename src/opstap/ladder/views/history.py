"""Looking back at one placement: every version of it, with who recorded it when and why; a withdrawn one too."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.clients.permissions import client_or_404, narrowed
from opstap.clients.selectors.asked import asked_beside
from opstap.foundation import dates
from opstap.ladder.selectors.measurements import versions_of
from opstap.ladder.selectors.placing import lists_on, placeable
from opstap.ladder.selectors.scales import scales_on
from opstap.ladder.tables.history import version_views
from opstap.ladder.views.page import trail_of


@require_safe
@requires("see_clients")
def history(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """What stands now first, and below it what stood there before."""
    actor = actor_of(request)
    client = client_or_404(actor, reference, reading=True)
    actor = narrowed(actor, client)
    chain = versions_of(placement, client.pk)
    if not chain:
        raise Http404
    today, language = dates.today(), get_language() or "nl"
    scales = {scale.id: scale for scale in scales_on(today)}
    person = placeable(client, today)
    versions = version_views(chain, scales, lists_on(today, language), language)
    may_record = actor.may("record_placements")
    context = {
        "person": person,
        "versions": versions,
        "standing": versions[0].placed if versions[0].stands and may_record else None,
        "may_record": may_record,
        "may_ask": actor.may("record_clients"),
        "client": client,
        "asked": asked_beside(actor, client, "measurement", {one.pk for one in chain}),
        "trail": trail_of(person, _("History")),
    }
    return render(request, "ladder/history.html", context)
