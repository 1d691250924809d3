"""*Beheer*: what can be set up, one line each, and what waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors import never_invited
from opstap.administration.tables.index import groups_for
from opstap.foundation import dates
from opstap.municipality.logic import SETTINGS
from opstap.municipality.selectors import periods_of


@require_safe
@requires("configure_municipality")
def index(request: HttpRequest) -> HttpResponse:
    """Every page of administration that this person may use."""
    municipality = municipality_of(request)
    context = {"groups": groups_for(actor_of(request), _waiting(municipality.pk))}
    return render(request, "administration/index.html", context)


def _waiting(municipality_id: int) -> dict[str, str]:
    """What waits, by page."""
    today, waiting = dates.today(), {}
    uninvited = never_invited(municipality_id)
    if uninvited:
        waiting["accounts:users"] = ngettext(
            "%(n)d worker can't sign in yet", "%(n)d workers can't sign in yet", uninvited
        ) % {"n": uninvited}
    failed = DBTaskResult.objects.failed().count()
    if failed:
        waiting["administration:jobs"] = ngettext("%(n)d job failed", "%(n)d jobs failed", failed) % {"n": failed}
    for page, keys in (
        ("administration:settings", [key for key, one in SETTINGS.items() if not one.is_part]),
        ("administration:parts", [key for key, one in SETTINGS.items() if one.is_part]),
    ):
        periods = periods_of(municipality_id, keys)
        later = sum(one.holds and one.starts_on > today for listed in periods.values() for one in listed)
        if later:
            waiting[page] = ngettext("%(n)d change starts later", "%(n)d changes start later", later) % {"n": later}
    return waiting
