"""Steps two and three: what the columns are, and what is wrong with the rows, corrected in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.exchange.enums import BatchState, RowClass
from opstap.exchange.forms import CellForm, field_choices
from opstap.exchange.logic import ColumnsRefused, recognise
from opstap.exchange.logic.fields import FIELDS
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations import ImportHalted, change_cell, change_mapping
from opstap.exchange.permissions import batch_or_404
from opstap.exchange.selectors.changes import is_large_change
from opstap.exchange.selectors.shown import line_at, lines_with_problems, note_lines, shown_lines
from opstap.exchange.selectors.staging import StagedLine
from opstap.exchange.selectors.terms import parts_off
from opstap.exchange.tables.check_page import column_problems, kept_cell, problem_kinds, row_view, texts_of
from opstap.exchange.tables.halt_texts import explain_halt
from opstap.exchange.tables.problem_texts import describe_code
from opstap.exchange.tables.refusal_texts import describe_note
from opstap.exchange.tables.steps import steps_of
from opstap.foundation import dates

LOOKED_AT = 400
SAMPLES = 3
PAGE_SIZE = 50
DIGEST = "digest"  # the hidden field with the file as the page showed it


@require_http_methods(["GET", "HEAD", "POST"])
@requires("import_clients")
def columns(request: HttpRequest, reference: str) -> HttpResponse:
    """Which heading is which field."""
    batch = batch_or_404(actor_of(request), reference)
    if batch.state != BatchState.CHECKED:
        return redirect("exchange:done", reference)
    refusal, status, saved = "", 200, None
    if request.method == "POST":
        chosen, status = _chosen(request, batch), 400
        try:
            change_mapping(by=actor_of(request), batch=batch, overrides=chosen, opened_on=request.POST.get(DIGEST, ""))
            return redirect("exchange:check", reference)
        except ColumnsRefused as refused:
            told = describe_code(refused.code, refused.params)
            refusal = f"{told.message} {told.fix}"
            batch.overrides = _that_exist(chosen)
        except ImportHalted as halted:
            refusal, status = explain_halt(halted.code, halted.params), 409
            batch = batch_or_404(actor_of(request), reference)
            saved, batch.overrides = batch.overrides, _that_exist(chosen)
    context = {
        "batch": batch,
        "steps": steps_of("columns", batch),
        "columns": _columns(batch, saved),
        "choices": field_choices(parts_off(batch.municipality, dates.today())),
        "problems": column_problems(batch),
        "refusal": refusal,
        "trail": _trail(batch, _("Columns")),
    }
    return render(request, "exchange/columns.html", context, status=status)


@require_safe
@requires("import_clients")
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """What the file would do, and what is wrong with it: problems first, grouped by kind."""
    batch = batch_or_404(actor_of(request), reference)
    if batch.state != BatchState.CHECKED:
        return redirect("exchange:done", reference)
    return render(request, "exchange/check.html", _checked(batch, request.GET.get("soort", "")))


@require_POST
@requires("import_clients")
def cell(request: HttpRequest, reference: str) -> HttpResponse:
    """Correct one cell; the whole file is checked again. Where a colleague came before, what was typed stays."""
    batch = batch_or_404(actor_of(request), reference)
    form = CellForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            change_cell(
                by=actor_of(request),
                batch=batch,
                row_number=given["row"],
                heading=given["heading"],
                value=given["value"],
                opened_on=request.POST.get(DIGEST, ""),
            )
            messages.success(request, _("Row {row} was changed and the file checked again.").format(row=given["row"]))
        except KeyError:
            messages.error(request, _("This cell is not in the file. Nothing was changed."))
        except ImportHalted as halted:
            return _halted(request, reference, given, explain_halt(halted.code, halted.params))
    else:
        messages.error(request, _("The value is too long. Nothing was changed."))
    kind = form.cleaned_data.get("kind", "")
    return redirect(f"{reverse('exchange:check', args=[reference])}?soort={kind}#soort-{kind}")


def _halted(request: HttpRequest, reference: str, given: Mapping[str, Any], told: str) -> HttpResponse:
    """The check as it is by now, with the cell as it was filled in; an import that is over has no cells any more."""
    batch = batch_or_404(actor_of(request), reference)
    line = line_at(batch, given["row"]) if batch.state == BatchState.CHECKED else None
    if line is None or given["heading"] not in batch.headings:
        messages.error(request, told)
        return redirect("exchange:check", reference)
    kept = kept_cell(batch, line, given["heading"], given["value"])
    context = _checked(batch, given["kind"], line) | {"kept": kept, "told": told}
    return render(request, "exchange/check.html", context, status=409)


def _checked(batch: ImportBatch, opened: str, *beside: StagedLine) -> dict[str, Any]:
    """What the page of the check shows, with one kind of problems open; and which rows it shows something of beside."""
    refused, warned = lines_with_problems(batch, LOOKED_AT)
    kinds = problem_kinds(batch, [*refused, *warned])
    shown = {problem.row for kind in kinds for problem in kind.problems}
    told = {line.number: line for line in (*refused, *warned) if line.number in shown}
    note_lines(batch, (told | {line.number: line for line in beside}).values())
    change = batch.result["large_change"]
    return {
        "batch": batch,
        "result": batch.result,
        "steps": steps_of("check", batch),
        "kinds": kinds,
        "column_problems": column_problems(batch),
        "is_partial": batch.result["refused"] > LOOKED_AT or len(warned) == LOOKED_AT,
        "notes": [describe_note(note["code"], note) for note in batch.notes],
        "opened": opened,
        "good_rows": batch.result["rows"] - batch.result["refused"],
        "change": change,
        "is_large": is_large_change(batch.municipality, change),
        "kept": None,
        "told": "",
        "trail": _trail(batch, _("Check")),
    }


@require_safe
@requires("import_clients")
def rows(request: HttpRequest, reference: str) -> HttpResponse:
    """The rows of one class as in the file, 50 on a page."""
    batch = batch_or_404(actor_of(request), reference)
    wanted = request.GET.get("soort", RowClass.NEW.value)
    if wanted not in set(RowClass):
        raise Http404
    page = Paginator(StagedRow.objects.filter(batch=batch, row_class=wanted).order_by("number"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    start = (page.number - 1) * PAGE_SIZE
    lines = shown_lines(batch, row_class=wanted, start=start, stop=start + PAGE_SIZE)
    context = {
        "batch": batch,
        "wanted": wanted,
        "page_obj": page,
        "page_url": f"?soort={wanted}&page=",
        "rows": [row_view(batch, line) for line in lines],
        "counts": [(one.value, batch.result[one.value]) for one in RowClass],
        "trail": [
            {"label": _("Import"), "url": reverse("exchange:imports")},
            {"label": f"{batch.file_name}: {_('Check').lower()}", "url": reverse("exchange:check", args=[reference])},
            {"label": _("Rows"), "url": ""},
        ],
    }
    return render(request, "exchange/rows.html", context)


def _chosen(request: HttpRequest, batch: ImportBatch) -> dict[str, str]:
    """The field of each heading that was chosen; an unknown field name is passed on to be refused."""
    chosen = {}
    for place, heading in enumerate(batch.headings):
        name = request.POST.get(f"column-{place}")
        if name is not None:
            chosen[heading] = name
    return chosen


def _that_exist(chosen: Mapping[str, str]) -> dict[str, str]:
    """What was chosen, to be shown again, without a field that there is none of."""
    return {heading: name for heading, name in chosen.items() if name in FIELDS or not name}


def _columns(batch: ImportBatch, saved: Mapping[str, str] | None) -> list[dict[str, Any]]:
    """Each heading with its field and the first values below it; and what stands `saved` of it, where a colleague chose
    otherwise meanwhile.
    """
    off = parts_off(batch.municipality, dates.today())
    found = recognise(batch.headings, overrides=batch.overrides, off=off)
    fields = {place: field for field, place in found.places.items()}
    now = found if saved is None else recognise(batch.headings, overrides=saved, off=off)
    theirs = {place: field for field, place in now.places.items()}
    names = dict(field_choices(off))
    left_out = {place for place, _reason in found.left_out}
    samples = [texts_of(line.cells) for line in shown_lines(batch, stop=SAMPLES)]
    return [
        {
            "place": place,
            "heading": heading,
            "field": fields.get(place, ""),
            "saved": names.get(theirs.get(place, ""), "") if theirs.get(place) != fields.get(place) else "",
            "is_left_out": place in left_out,
            "is_off": place in found.off,
            "is_known": fields.get(place, "") in FIELDS,
            "samples": [row[place] for row in samples if place < len(row) and row[place]],
        }
        for place, heading in enumerate(batch.headings)
    ]


def _trail(batch: ImportBatch, label: str) -> list[dict[str, str]]:
    return [
        {"label": _("Import"), "url": reverse("exchange:imports")},
        {"label": f"{batch.file_name}: {label.lower()}", "url": ""},
    ]
