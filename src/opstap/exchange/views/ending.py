"""Step four: confirming, what came of it, and undoing."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.exchange.enums import BatchState, RowClass
from opstap.exchange.forms import ConfirmForm
from opstap.exchange.models import StagedRow
from opstap.exchange.operations import ImportHalted, confirm_batch, discard_import, undo_import
from opstap.exchange.permissions import batch_or_404
from opstap.exchange.selectors.shown import shown_lines
from opstap.exchange.tables.halt_texts import explain_halt
from opstap.exchange.tables.refused_file import refused_file
from opstap.exchange.tables.steps import steps_of
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.foundation.ui.templatetags.ui_format import number


@require_POST
@requires("import_clients")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Carry the import out, or say why not."""
    batch = batch_or_404(actor_of(request), reference)
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    try:
        confirm_batch(
            by=actor_of(request),
            batch=batch,
            file_digest=given["digest"],
            skip_refused=given["skip_refused"],
            accept_large_change=given["accept_large_change"],
        )
    except ImportHalted as halted:
        messages.error(request, explain_halt(halted.code, halted.params))
        return redirect("exchange:check", reference)
    return redirect("exchange:done", reference)


@require_safe
@requires("import_clients")
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """What came of an import."""
    batch = batch_or_404(actor_of(request), reference)
    if batch.state == BatchState.CHECKED:
        return redirect("exchange:check", reference)
    context = {
        "batch": batch,
        "result": batch.result,
        "steps": steps_of("done", batch),
        "is_undone": batch.state == BatchState.UNDONE,
        "is_discarded": batch.state == BatchState.DISCARDED,
        "has_refused": StagedRow.objects.filter(batch=batch, row_class=RowClass.REFUSED.value).exists(),
        "trail": [{"label": _("Import"), "url": reverse("exchange:imports")}, {"label": batch.file_name, "url": ""}],
    }
    return render(request, "exchange/done.html", context)


@require_POST
@requires("import_clients")
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Supersede all that the import added."""
    batch = batch_or_404(actor_of(request), reference)
    try:
        undone = undo_import(by=actor_of(request), batch=batch)
    except ImportHalted as halted:
        messages.error(request, explain_halt(halted.code, halted.params))
        return redirect("exchange:done", reference)
    messages.success(request, _("The import was undone: what it added no longer holds."))
    if undone.left:
        text = ngettext(
            "{count} fact was corrected by somebody since and stays as it is.",
            "{count} facts were corrected by somebody since and stay as they are.",
            undone.left,
        )
        messages.warning(request, text.format(count=number(undone.left)))
    return redirect("exchange:done", reference)


@require_POST
@requires("import_clients")
def discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw away what was not carried out."""
    batch = batch_or_404(actor_of(request), reference)
    try:
        discard_import(by=actor_of(request), batch=batch)
        messages.success(request, _("The import was thrown away; nothing of the file is kept."))
    except ImportHalted as halted:
        messages.error(request, explain_halt(halted.code, halted.params))
    return redirect("exchange:imports")


@require_safe
@requires("import_clients")
def refused_rows(request: HttpRequest, reference: str, file_format: str) -> HttpResponse:
    """The refused rows as a file."""
    batch = batch_or_404(actor_of(request), reference)
    chosen = next((known for known in CONTENT_TYPES if known == file_format), None)
    if chosen is None:
        raise Http404
    lines = shown_lines(batch, row_class=RowClass.REFUSED.value)
    response = HttpResponse(refused_file(batch.headings, lines, chosen), content_type=CONTENT_TYPES[chosen])
    response["Content-Disposition"] = f'attachment; filename="geweigerde-rijen.{chosen}"'
    return response
