"""The access log as a list, narrowed by worker, client, day, way and result; and as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import municipality_of, requires
from opstap.audit.logic.seen import note_asked
from opstap.audit.models import Access
from opstap.audit.selectors import latest_recording
from opstap.foundation import dates
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES, FileFormat
from opstap.privacy.selectors.around import references_of, subjects_of
from opstap.privacy.selectors.log import Wanted, wanted_records
from opstap.privacy.selectors.people import names_in, number_of, reference_at, user_names
from opstap.privacy.tables.records import RecordRow, record_rows, records_file
from opstap.privacy.tables.words import RESULTS, WAYS

ROWS, MOST_IN_A_FILE = 50, 50_000


@require_http_methods(["GET", "HEAD", "POST"])
@requires("review_access_log")
def accesses(request: HttpRequest) -> HttpResponse:
    """Who saw, asked or did what. A client is named in a posted form, so that no number stands in an address."""
    municipality = municipality_of(request)
    wanted = Wanted.of((request.POST or request.GET).dict())
    typed = request.POST.get("number", "").strip()
    nobody = ""
    if request.method == "POST":
        found = reference_at(municipality.pk, typed) if typed else ""
        if found or not typed:
            return redirect(f"{reverse('privacy:accesses')}?{urlencode(replace(wanted, client=found).query)}")
        nobody = _("Nobody in this municipality has this client number. Check what you typed.")
    number, records = _asked(municipality.pk, wanted)
    page = Paginator(records, ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "rows": _rows(list(page.object_list), municipality.pk),
        "page_obj": page,
        "page_url": f"?{urlencode(wanted.query | {'page': ''})}",
        "query": urlencode(wanted.query),
        "wanted": wanted,
        "number": typed or number,
        "nobody": nobody,
        "users": user_names(latest_recording(), municipality.pk),
        "results": RESULTS,
        "ways": WAYS,
        "formats": list(CONTENT_TYPES),
        "years": settings.OPSTAP_LOG_YEARS,
        "trail": [{"label": _("Access log"), "url": ""}],
    }
    return render(request, "privacy/accesses.html", context, status=400 if nobody else 200)


@require_safe
@requires("review_access_log")
def accesses_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The same records as a file, for instance to answer a client who asks who looked."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    kind: FileFormat = next(known for known in CONTENT_TYPES if known == file_format)
    municipality = municipality_of(request)
    wanted = Wanted.of(request.GET.dict())
    number, records = _asked(municipality.pk, wanted)
    rows = _rows(list(records[:MOST_IN_A_FILE]), municipality.pk)
    about = [_("Client {number}").format(number=number)] if number else []
    left = ngettext("Only the latest record.", "Only the latest {count} records.", MOST_IN_A_FILE)
    notes = [*about, *([left.format(count=MOST_IN_A_FILE)] if len(rows) == MOST_IN_A_FILE else [])]
    response = HttpResponse(records_file(rows, notes, kind), content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="inzage-{dates.today().isoformat()}.{kind}"'
    return response


def _asked(municipality_id: int, wanted: Wanted) -> tuple[str, Any]:
    """The number of the client who is asked about, and the records."""
    if not wanted.client:
        return "", wanted_records(municipality_id, wanted)
    note_asked(wanted.client)
    dossiers = references_of(municipality_id, wanted.client)
    return number_of(municipality_id, wanted.client), wanted_records(municipality_id, wanted, dossiers)


def _rows(records: list[Access], municipality_id: int) -> list[RecordRow]:
    latest = latest_recording()
    names = names_in(records, user_names(latest, municipality_id))
    return record_rows(records, subjects_of(latest, municipality_id), names, get_language() or "nl")
