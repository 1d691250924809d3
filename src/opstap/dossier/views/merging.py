"""Two dossiers of one person: shown side by side, merged with the reason, and parted again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients, undo_merge
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.merged import merged_into, saying_the_bsn_of_the_other, with_merged
from opstap.dossier.forms.people import MergeForm, UndoForm
from opstap.dossier.selectors.story import Story, story_of
from opstap.dossier.tables.merging import compared
from opstap.dossier.views.opened import form_page, led_on, opened, say_refusal, trail_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("merge_clients")
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """First who is meant, with both side by side; then they are one, and the dossier at hand is kept."""
    story = opened(request, reference)
    form = MergeForm(request.POST or None)
    other: Story | None = None
    if request.method == "POST" and form.is_valid():
        other = _other(request, story, form)
        agreed = other is not None and form.cleaned_data["agreed"] == other.client.reference
        if other is not None and agreed and _merged(request, story.client, other.client, form):
            messages.success(request, _("The two dossiers are one from now on. It can be undone below."))
            return redirect("dossier:client", story.client.reference)
    context = {
        "client": story.client,
        "name": story.name,
        "form": form,
        "other": other,
        "lines": compared(story, other) if other else [],
        "trail": trail_of(story, (_("Merge two dossiers"), "")),
    }
    return render(request, "dossier/merge.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("merge_clients")
def undo(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """They were two persons after all."""
    story = opened(request, reference)
    alias = merged_into(story.client).filter(client__reference=other).first()
    if alias is None:
        raise Http404
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_merge(by=actor_of(request), client=alias.client, why=form.cleaned_data["why"])
        except RowsRefused as refused:
            say_refusal(form, "follow_up", refused)
        else:
            messages.success(request, _("The merge is undone: each dossier stands by itself again."))
            return led_on(request, story)
    about = _("Client number %(number)s gets a dossier of its own again, with everything that was recorded there.") % {
        "number": alias.client.number
    }
    if saying_the_bsn_of_the_other(alias.client):
        both = _("A BSN that stands in both stays with the one that had it first. Check both afterwards.")
        about = f"{about} {both}"
    return form_page(
        request, story, form, title=_("Undo the merge"), about=about, save=_("Undo the merge"), danger=True
    )


def _other(request: HttpRequest, story: Story, form: MergeForm) -> Story | None:
    actor = actor_of(request)
    number = form.cleaned_data["number"].strip()
    own = visible_clients(actor).filter(municipality=story.client.municipality_id)
    known = own.filter(number=number).values_list("reference", flat=True).first()
    note_listed([known] if known else [])
    opened_one = with_merged(own, known) if known else None
    if opened_one is None:
        form.add_error("number", _("There is nobody with this client number whom you may see. Check the number."))
        return None
    found, merged = opened_one
    if found.pk == story.client.pk:
        form.add_error("number", _("This is the number of this very dossier. Fill in that of the other one."))
        return None
    return story_of(actor, found, merged, today=story.today, language=story.language)


def _merged(request: HttpRequest, kept: Client, client: Client, form: MergeForm) -> bool:
    try:
        merge_clients(by=actor_of(request), client=client, kept=kept, why=form.cleaned_data["why"])
    except RowsRefused as refused:
        say_refusal(form, "follow_up", refused)
        return False
    return True
