"""How long dossiers are kept, whose term has passed, and proposing to erase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_listed
from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.foundation.spreadsheets.columns import Column
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES, FileFormat, write_table
from opstap.foundation.ui.conflicts import Opened, Saved, begun_on, met, saved_by, sent_version
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of_values
from opstap.privacy.forms.retention import TermForm
from opstap.privacy.logic.retention import Term, outcome_words
from opstap.privacy.models import Destruction
from opstap.privacy.operations import (
    ALONE,
    DestructionRefused,
    change_term,
    propose_destruction,
)
from opstap.privacy.selectors.retention import TERM, Due, due_for, last_term, last_term_change, terms_on

ROWS, LATEST = 50, 20
REFUSALS = {
    "nobody_due": gettext_lazy("Nobody's term has passed, or a hold keeps them. Nothing to propose."),
    "second_person_needed": gettext_lazy(
        "More than fifty dossiers in seven days: somebody else than who proposed it confirms."
    ),
    "confirmed_already": gettext_lazy("This list was confirmed already."),
    "not_confirmed": gettext_lazy("This list was not confirmed yet."),
    "ledger_broken": gettext_lazy(
        "The ledger of who was erased can't be trusted. Nobody more is erased: tell your administrator."
    ),
    "list_gone": gettext_lazy("A colleague took this list away meanwhile."),
    "erased_already": gettext_lazy("Of this list somebody was erased already: it stays, as the proof."),
}


@require_safe
@requires("destroy_dossiers")
def retention(request: HttpRequest) -> HttpResponse:
    """The terms, the lists that were made, and a dry run: who would go today, and why."""
    town, today, language = municipality_of(request), dates.today(), get_language() or "nl"
    due = due_for(actor_of(request), town.pk, today)
    page = Paginator(due, ROWS).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    note_listed(one.reference for one in shown)
    lists = Destruction.objects.filter(municipality=town).select_related("proposed", "confirmed", "finished")
    context = {
        "terms": [(term, outcome_words()[term.outcome].words(language)) for term in terms_on(town.pk, today)],
        "rows": [(one, outcome_words()[one.outcome].words(language)) for one in shown],
        "page_obj": page,
        "page_url": "?page=",
        "due": len(due),
        "outcomes": _may_go(due, language),
        "held": sum(1 for one in due if one.held),
        "lists": list(lists.order_by("-pk")[:LATEST]),
        "formats": list(CONTENT_TYPES),
        "alone": ALONE,
    }
    return render(request, "privacy/retention.html", context)


def _may_go(due: list[Due], language: str) -> list[tuple[str, str, int]]:
    """Of each outcome: key, words, and how many may go."""
    counts = Counter(one.outcome for one in due if not one.held)
    return [(key, outcome_words()[key].words(language), counts[key]) for key in outcome_words() if counts[key]]


@require_safe
@requires("destroy_dossiers")
def due_file(request: HttpRequest, file_format: str) -> HttpResponse:
    """The dry run as a file."""
    if file_format not in CONTENT_TYPES:
        raise Http404
    kind: FileFormat = next(known for known in CONTENT_TYPES if known == file_format)
    due = due_for(actor_of(request), municipality_of(request).pk, dates.today())
    language = get_language() or "nl"
    note_listed(one.reference for one in due)
    columns = [
        Column("number", _("Client number"), "text"),
        Column("outcome", _("Outcome"), "text"),
        Column("closed_on", _("Closed"), "text"),
        Column("since", _("Term passed"), "text"),
        Column("held", _("Held back"), "text"),
    ]
    rows: list[dict[str, Any]] = [
        {
            "number": one.number,
            "outcome": outcome_words()[one.outcome].words(language),
            "closed_on": one.closed_on.isoformat(),
            "since": one.since.isoformat(),
            "held": _("yes") if one.held else "",
        }
        for one in due
    ]
    content = write_table(columns, rows, file_format=kind, title=_("Dossiers whose term has passed"), notes=[])
    name = f"bewaartermijn-{dates.today().isoformat()}.{kind}"
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("destroy_dossiers")
def term(request: HttpRequest, outcome: str) -> HttpResponse:
    """Another term for an outcome, from a day on."""
    town, today = municipality_of(request), dates.today()
    held = next((one for one in terms_on(town.pk, today) if one.outcome == outcome), None)
    if held is None:
        raise Http404

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> TermForm:
        return TermForm(sent, initial=dict(values))

    values = {"years": held.years, "starts_at": held.starts_at, "source": held.source, "since": today}
    form = made(values, request.POST or None)
    state = begun_on(request.POST if request.method == "POST" else None, _version(town.pk, outcome))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = Term(outcome, given["years"], given["starts_at"], given["source"])
        opened_on = sent_version(request.POST)
        try:
            change_term(by=actor_of(request), municipality=town, term=wanted, since=given["since"], opened_on=opened_on)
        except ReplacedMeanwhile:
            form, state = _term_met(request.POST, town.pk, outcome, made, values)
        if state.conflict is None or state.is_settled:
            messages.success(request, _("The term is kept. It holds from %(day)s.") % {"day": day(given["since"])})
            return redirect("retention:terms")
    name = outcome_words()[outcome].words(get_language() or "nl")
    context = {"form": form, "name": name, "opened": state, "trail": [above(), {"label": name, "url": ""}]}
    return render(request, "privacy/term.html", context, status=state.status(form))


def _term_met(
    sent: QueryDict,
    municipality_id: int,
    outcome: str,
    made: Callable[[Mapping[str, Any], QueryDict | None], TermForm],
    shipped: Mapping[str, Any],
) -> tuple[TermForm, Opened]:
    """Somebody else changed the term while the form was open; or the form says no version, and nobody did."""
    last = last_term(municipality_id, outcome)
    newest, saved = shipped, saved_by(None)
    if last is not None:
        newest = {"years": last.years, "starts_at": last.starts_at, "source": last.source, "since": last.starts_on}
        saved = Saved(last.recording.actor_name, last.recording.at)
    return met(made, sent, opened=None, newest=newest, version=_version(municipality_id, outcome), saved=saved)


def _version(municipality_id: int, outcome: str) -> str:
    return version_of_values(TERM, last_term_change(municipality_id, outcome))


@require_POST
@requires("destroy_dossiers")
def propose(request: HttpRequest) -> HttpResponse:
    """Put everybody who is due on a list; nothing is erased yet."""
    try:
        made = propose_destruction(
            by=actor_of(request), municipality=municipality_of(request), outcome=request.POST.get("outcome", "")
        )
    except DestructionRefused as refused:
        messages.error(request, REFUSALS[refused.code])
        return redirect("retention:terms")
    note_listed(made.lines.values_list("client__reference", flat=True))
    return redirect("retention:list", made.reference)


def above() -> dict[str, str]:
    """The page that the others stand under."""
    return {"label": _("Retention"), "url": reverse("retention:terms")}
