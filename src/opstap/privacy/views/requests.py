"""What clients ask about their own data: the register, noting a request, and answering it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.logic.seen import note_asked, note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.privacy.enums import RequestKind
from opstap.privacy.forms import RequestForm
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import extend_request, note_request
from opstap.privacy.selectors.records import url_of
from opstap.privacy.selectors.requests import opened_texts, register_of, request_at
from opstap.privacy.tables.requests import is_late, request_lines
from opstap.privacy.tables.words import OUTCOMES, REQUEST_KINDS
from opstap.privacy.views.answering import Answering, answering, extending, keep_answer

ROWS = 50


@require_safe
@requires("answer_requests")
def requests(request: HttpRequest) -> HttpResponse:
    """The register: what is too late on top, then what waits, then what was answered."""
    today, found = dates.today(), register_of(actor_of(request))
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    note_listed(one.client.reference for one in shown)
    context = {
        "lines": request_lines(shown, _names([one.client_id for one in shown]), today),
        "page_obj": page,
        "page_url": "?page=",
        "waiting": sum(1 for one in found if not one.outcome),
        "late": sum(1 for one in found if is_late(one, today)),
        "today": today,
    }
    return render(request, "privacy/requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("answer_requests")
def new_request(request: HttpRequest, reference: str) -> HttpResponse:
    """Note what a client asks."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    form = RequestForm(request.POST or None, initial={"received_on": dates.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = note_request(
            by=actor,
            client=client,
            kind=RequestKind(given["kind"]),
            received_on=given["received_on"],
            words=given["words"],
        )
        messages.success(request, _("The request is noted."))
        return redirect("rights:request", made)
    name = _names([client.pk]).get(client.pk, client.number)
    context = {
        "form": form,
        "client": client,
        "name": name,
        "trail": [_register(), {"label": _("New request"), "url": ""}],
    }
    return render(request, "privacy/request_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("answer_requests")
def one_request(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: what was asked, by when, the dossier to give, and the answer."""
    found = request_at(actor_of(request), reference)
    if found is None:
        raise Http404
    note_asked(found.client.reference)
    more = "extend" in request.POST
    sent = request.POST if request.method == "POST" else None
    answer, extension = answering(found, None if more else sent), extending(found, sent if more else None)
    if sent is None:
        return _page(request, answer, extension)
    actor = actor_of(request)
    again = extension.send(sent, partial(_extend, actor)) if more else answer.send(sent, partial(keep_answer, actor))
    if again is None:
        messages.success(request, _("Two months were added.") if more else _("The answer is kept."))
        return redirect("rights:request", reference)
    return _page(request, answering(again.found, None), again) if more else _page(request, again, extension)


def _extend(actor: Actor, found: RightsRequest, given: dict[str, Any]) -> None:
    extend_request(by=actor, request=found, why=given["extension"])


def _page(request: HttpRequest, answer: Answering, extension: Answering) -> HttpResponse:
    """The request as it stands, with both forms; one of them perhaps with what it met."""
    status = max(answer.status, extension.status)
    return render(request, "privacy/request.html", _told(answer.found, answer, extension), status=status)


def _told(found: RightsRequest, answer: Answering, extension: Answering) -> dict[str, Any]:
    return {
        "found": found,
        "client": found.client,
        "name": _names([found.client_id]).get(found.client_id, found.client.number),
        "kind": REQUEST_KINDS[found.kind],
        "outcome": OUTCOMES[found.outcome] if found.outcome else "",
        "texts": opened_texts(found),
        "record_url": url_of(found.client, found.about, found.about_row) if found.about_row else "",
        "is_late": is_late(found, dates.today()),
        "form": answer.form,
        "opened": answer.opened,
        "extension": extension.form,
        "more": extension.opened,
        "may_extend": not found.outcome and not opened_texts(found).extension,
        "trail": [_register(), {"label": _("Request"), "url": ""}],
    }


def _register() -> dict[str, str]:
    return {"label": _("Requests"), "url": reverse("rights:requests")}


def _names(client_ids: list[int]) -> dict[int, str]:
    people = Person.objects.current().filter(client__in=client_ids)
    return {person.client_id: person.list_name for person in people}
