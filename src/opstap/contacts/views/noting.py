"""Noting a contact: the form with its draft, the placement at the contact and the next one, all saved at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.operations import discard_draft, save_draft
from opstap.accounts.permissions import actor_of, requires
from opstap.accounts.selectors import DraftFound, draft_of
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.permissions import written_about_or_404
from opstap.contacts.enums import Looked, Outcome
from opstap.contacts.forms import SETTLES, STAYS, ContactForm
from opstap.contacts.logic import ContactRow, ContactsRefused, NextContactRow
from opstap.contacts.operations import record_contact
from opstap.contacts.tables.contacts import day_and_time, fault_words
from opstap.contacts.views.late import what_was_written, written_late
from opstap.contacts.views.page import (
    DRAFT,
    SHOW_DAY,
    Desk,
    contact_row,
    desk_of,
    last_saved,
    next_of,
    noting_desk,
    on_to,
    page_number,
    version_on,
)
from opstap.foundation.ui.conflicts import VERSION, Conflict, Line, Opened, sent_version
from opstap.foundation.ui.templatetags.ui_format import day as day_words
from opstap.foundation.ui.templatetags.ui_format import moment
from opstap.foundation.versions import as_version
from opstap.ladder.logic import MeasurementsRefused, Remark
from opstap.ladder.tables.confirming import placement_met, placement_version
from opstap.ladder.tables.placing import fault_words as placement_faults
from opstap.ladder.tables.placing import warning_words

PLACEMENT = "placement"  # the hidden field with the placement that was shown


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a contact, above the contacts of this client."""
    try:
        desk = noting_desk(request, reference)
    except Http404:
        return written_late(request, reference)
    if request.method == "POST" and SHOW_DAY not in request.POST:
        return _saved(request, desk)
    draft = draft_of(desk.actor.user_id, DRAFT, reference) if request.method != "POST" else None
    content = dict(request.POST.lists()) if request.method == "POST" else draft.content if draft else None
    start = _start(desk, request, content)
    form = _form(desk, str(start["held_on"]), initial=start)
    sent = request.POST if request.method == "POST" else None
    return _page(request, desk, form, draft, state=_begun_on(desk, content), placement=_shown(desk, sent))


def _begun_on(desk: Desk, content: Mapping[str, Sequence[str]] | None) -> Opened:
    """What the form was opened on when it was begun: a draft meets what a colleague agreed since, as a page does."""
    if content is None:
        return Opened(version_on(desk))
    return Opened(as_version(content.get(VERSION, [""])[-1]))


def _shown(desk: Desk, sent: QueryDict | None) -> str:
    """The placement that the form shows, as a version; of one that comes back still that which it showed at first."""
    return placement_version(desk.person.held) if sent is None else as_version(sent.get(PLACEMENT, ""))


def _form(desk: Desk, day: str, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> ContactForm:
    """The form with the kinds of its day; the next contact has those of today."""
    return ContactForm(data, kinds=desk.kinds_on(day), next_kinds=desk.words.choices, initial=initial)


def _page(
    request: HttpRequest,
    desk: Desk,
    form: ContactForm,
    draft: DraftFound | None = None,
    *,
    state: Opened,
    placement: str,
) -> HttpResponse:
    context = desk.context() | desk.list_context(page_number(request))
    context |= {"form": form, "draft": draft, "next": next_of(request), "opened": state, "placement": placement}
    return render(request, "contacts/note.html", context, status=state.status(form))


def _start(desk: Desk, request: HttpRequest, content: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    """What the form starts with: the draft or what was filled in, else what was agreed and the kind that is at hand."""
    waiting = desk.waiting
    kinds = list(desk.words.choices)
    kind = waiting.kind if waiting else "phone"
    start: dict[str, Any] = {
        "held_on": desk.today,
        "kind": kind if kind in kinds else kinds[0],
        "outcome": Outcome.HELD.value,
        "settled": SETTLES if waiting and waiting.planned_on <= desk.today else STAYS,
        "next_kind": kind if kind in kinds else kinds[0],
        "next_agreed": True,
    }
    if content is not None:
        start |= {name: values[-1] for name, values in content.items() if values}
        start["next_agreed"] = "next_agreed" in content
    elif request.GET.get("soort") in kinds:
        start["kind"] = request.GET["soort"]
    return start


def _saved(request: HttpRequest, desk: Desk) -> HttpResponse:
    form = _form(desk, request.POST.get("held_on", ""), request.POST)
    begun_on, shown = _begun_on(desk, dict(request.POST.lists())), _shown(desk, request.POST)
    if not form.is_valid():
        return _page(request, desk, form, state=begun_on, placement=shown)
    row, following = _rows(desk, form.cleaned_data, _looked(desk, request.POST, form.cleaned_data["outcome"]))
    try:
        remarks = record_contact(
            by=actor_of(request),
            client=desk.client,
            row=row,
            scale_id=desk.words.scale.id,
            settles=desk.agrees and form.cleaned_data["settled"] == SETTLES,
            following=following if desk.agrees else None,
            opened_on=sent_version(request.POST),
            placement=shown,
        )
    except ReplacedMeanwhile:
        desk = desk_of(request, desk.client.reference, reading=True)
        if row.looked == Looked.CONFIRMED and shown != placement_version(desk.person.held):
            return _meets_placement(request, desk, form, shown)
        return _meets(request, desk, form, following)
    except (ContactsRefused, MeasurementsRefused) as refused:
        words = fault_words if isinstance(refused, ContactsRefused) else placement_faults
        for fault in refused.faults:
            form.add_error(None, words(fault.code))
        return _page(request, desk, form, state=begun_on, placement=shown)
    discard_draft(by=desk.actor, kind=DRAFT, about=desk.client.reference)
    _tell(request, row, following, remarks)
    return redirect(_to_place(request, desk, row.held_on) if row.looked == Looked.ANEW else on_to(request, desk))


def _meets(request: HttpRequest, desk: Desk, form: ContactForm, following: NextContactRow | None) -> HttpResponse:
    """Somebody else agreed, moved or cancelled the next contact while the form was open."""
    theirs = day_and_time(desk.waiting.planned_on, desk.waiting.planned_time) if desk.waiting else "–"
    mine = day_and_time(following.planned_on, following.planned_time) if following else "–"
    line = Line(_("Next contact"), "", theirs, mine, touched=True)
    state = Opened(version_on(desk), Conflict(last_saved(desk), (line,)))
    return _page(request, desk, form, state=state, placement=_shown(desk, request.POST))


def _meets_placement(request: HttpRequest, desk: Desk, form: ContactForm, shown: str) -> HttpResponse:
    """Somebody else placed them while the form was open: what still holds is asked again, of where they stand now."""
    conflict = placement_met(desk.client_ids, desk.words.scale, desk.language, shown=shown, held=desk.person.held)
    state = Opened(sent_version(request.POST), conflict)
    return _page(request, desk, form, state=state, placement=placement_version(desk.person.held))


def _looked(desk: Desk, given: QueryDict, outcome: str) -> str:
    """What was done with the placement, said by the button; nothing is asked when no conversation was held, nor of who
    places nobody.
    """
    looked = given.get("looked", "") if desk.actor.may("record_placements") else ""
    return looked if outcome == Outcome.HELD and looked in set(Looked) else ""


def _rows(desk: Desk, given: dict[str, Any], looked: str) -> tuple[ContactRow, NextContactRow | None]:
    return contact_row(desk, given, looked), next_row(desk, given) if given["next_on"] else None


def next_row(desk: Desk, given: dict[str, Any]) -> NextContactRow:
    """The next contact as the form holds it."""
    return NextContactRow(
        client_id=desk.client.pk,
        planned_on=given["next_on"],
        kind=given["next_kind"],
        planned_time=given["next_time"],
        place=given["next_place"],
        agreed=given["next_agreed"],
        worker_id=desk.actor.user_id,
    )


def _to_place(request: HttpRequest, desk: Desk, day: date) -> str:
    """The form of a placement, for the day of the contact, and back."""
    query = {"ladder": desk.words.scale.key, "op": day.isoformat(), "next": on_to(request, desk)}
    return f"{reverse('ladder:place', args=[desk.client.reference])}?{urlencode(query)}"


def _tell(request: HttpRequest, row: ContactRow, following: NextContactRow | None, remarks: list[Remark]) -> None:
    said = [_("The contact is saved.")]
    if row.looked == Looked.CONFIRMED:
        said.append(_("The placement is confirmed as of %(day)s.") % {"day": day_words(row.held_on)})
    if following is not None:
        when = day_and_time(following.planned_on, following.planned_time)
        said.append(_("Next contact: %(when)s.") % {"when": when})
    messages.success(request, " ".join(said))
    for remark in remarks:
        messages.warning(request, warning_words(remark.code))


@require_POST
@requires("record_contacts")
def keep_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the form as it stands; answers with the words that stand beside the button."""
    try:
        client = noting_desk(request, reference).client
    except Http404:
        client = written_about_or_404(actor_of(request), reference)
    content = what_was_written(request)
    kept = save_draft(by=actor_of(request), kind=DRAFT, about=client.reference, content=content)
    return HttpResponse(_("Draft kept, %(moment)s") % {"moment": moment(kept)}, content_type="text/plain")


@require_POST
@requires("record_contacts")
def drop_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw the draft away and begin anew."""
    desk = noting_desk(request, reference)
    discard_draft(by=desk.actor, kind=DRAFT, about=desk.client.reference)
    return redirect("contacts:note", desk.client.reference)
