"""The help of one client on one page, and what was recorded about one thing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import requires
from opstap.plans.enums import Part
from opstap.plans.selectors.help import help_of, versions_of
from opstap.plans.tables.help import help_views, part_words, version_views
from opstap.plans.views.page import desk_of


@require_safe
@requires("see_clients")
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The trajectories with what hangs under them: running first, ended below."""
    desk = desk_of(request, reference, reading=True)
    views = help_views(help_of(*desk.dossiers), desk.labels, desk.today)
    context = desk.context(
        running=[view for view in views if not view.is_over],
        ended=[view for view in views if view.is_over],
        may_record=desk.actor.may("record_plans"),
        here=desk.url,
    )
    return render(request, "plans/help.html", context)


@require_safe
@requires("see_clients")
def history(request: HttpRequest, reference: str, item: str) -> HttpResponse:
    """Everything that was recorded about one thing, corrected and withdrawn rows too."""
    desk = desk_of(request, reference, reading=True)
    for part in Part:
        versions = versions_of(part, desk.dossiers, item)
        if versions:
            views = version_views(versions, desk.labels)
            context = desk.context(_("History"), part=part_words(part), versions=views, title=views[0].text)
            return render(request, "plans/history.html", context)
    raise Http404
