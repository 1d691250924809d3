"""*Achtergrondtaken*: what failed, with a way to do it again, what waits, and the schedule."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.administration.operations.jobs import put_job_away, retry_job
from opstap.administration.tables.jobs import failed_jobs, planned_jobs, waiting_jobs
from opstap.administration.views.trails import trail
from opstap.foundation import dates
from opstap.foundation.jobs.working import stands_still_since
from opstap.municipality.models import Municipality


@require_http_methods(["GET", "HEAD", "POST"])
@requires("configure_municipality")
def jobs(request: HttpRequest) -> HttpResponse:
    """Each failed job has its own two buttons."""
    if request.method == "POST":
        return _decided(request)
    now = dates.now()
    context = {
        "failed": failed_jobs(),
        "waiting": waiting_jobs(),
        "planned": planned_jobs(now),
        "still_since": stands_still_since(now),
        "now": now,
        "is_shared": Municipality.objects.count() > 1,
        "trail": trail((_("Background jobs"), "")),
    }
    return render(request, "administration/jobs.html", context)


def _decided(request: HttpRequest) -> HttpResponse:
    try:
        job_id = str(UUID(request.POST.get("job", "")))
    except ValueError:
        raise Http404 from None
    if request.POST.get("decision") == "retry":
        retry_job(by=actor_of(request), job_id=job_id)
        messages.success(request, _("The job is done again. In a minute this page shows what came of it."))
    else:
        put_job_away(by=actor_of(request), job_id=job_id)
        messages.success(request, _("The job is put away. It is not done any more."))
    return redirect("administration:jobs")
