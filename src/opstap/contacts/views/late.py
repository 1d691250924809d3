"""What was written behind emergency access and comes in when that has ended: nothing of the dossier is shown then."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.accounts.operations import discard_draft, save_draft
from opstap.accounts.permissions import actor_of
from opstap.accounts.selectors import draft_of
from opstap.clients.permissions import noted_clients, written_about_or_404
from opstap.contacts.forms import NoteForm
from opstap.contacts.logic import ContactsRefused
from opstap.contacts.operations import record_contact
from opstap.contacts.tables.contacts import fault_words
from opstap.contacts.views.page import DRAFT, SHOW_DAY, Desk, contact_row
from opstap.foundation import dates

BESIDE = {"csrfmiddlewaretoken", "next"}


def what_was_written(request: HttpRequest) -> dict[str, list[str]]:
    """The fields of the form, for a draft."""
    return {key: request.POST.getlist(key) for key in request.POST if key not in BESIDE}


def written_late(request: HttpRequest, reference: str) -> HttpResponse:
    """Saved within a quarter of an hour, and the draft can be sent in as long; what comes later stands there to copy,
    and is kept for who opens the dossier again.
    """
    actor = actor_of(request)
    client = written_about_or_404(actor, reference)
    desk = Desk(actor, client, (client.pk,), get_language() or "nl", dates.today())
    may_save = noted_clients(actor).filter(pk=client.pk).exists()
    if request.method != "POST":
        draft = draft_of(actor.user_id, DRAFT, client.reference) if may_save else None
        if draft is None:
            raise Http404
        return _page(request, _shown(desk, draft.content), may_save=True)
    if SHOW_DAY in request.POST:
        return _page(request, _shown(desk, what_was_written(request)), may_save=may_save)
    form = NoteForm(request.POST, kinds=desk.kinds_on(request.POST.get("held_on", "")))
    if not may_save:
        save_draft(by=actor, kind=DRAFT, about=client.reference, content=what_was_written(request))
        return _page(request, form, may_save=False, status=403)
    if not form.is_valid() or not _saved(desk, form):
        return _page(request, form, may_save=True, status=400)
    discard_draft(by=actor, kind=DRAFT, about=client.reference)
    messages.success(request, _("The contact is saved. Emergency access to the dossier has ended."))
    return redirect("contacts:today")


def _saved(desk: Desk, form: NoteForm) -> bool:
    """Whether it is saved; else the form says why not."""
    row = contact_row(desk, form.cleaned_data)
    try:
        record_contact(by=desk.actor, client=desk.client, row=row, scale_id=desk.words.scale.id)
    except ContactsRefused as refused:
        for fault in refused.faults:
            form.add_error(None, fault_words(fault.code))
        return False
    except PermissionDenied:  # it ended this instant
        form.add_error(None, _("The quarter of an hour is over. Send it once more: then it is kept as your draft."))
        return False
    return True


def _shown(desk: Desk, content: dict[str, list[str]]) -> NoteForm:
    start = {name: values[-1] for name, values in content.items() if values}
    return NoteForm(kinds=desk.kinds_on(start.get("held_on", "")), initial=start)


def _page(request: HttpRequest, form: NoteForm, *, may_save: bool, status: int = 200) -> HttpResponse:
    return render(request, "contacts/note_late.html", {"form": form, "may_save": may_save}, status=status)
