"""Step one: the file. Below it the imports there have been."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.exchange.enums import BatchState
from opstap.exchange.forms import FileForm
from opstap.exchange.logic import ColumnsRefused
from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import empty_old_staging, stage_file
from opstap.exchange.permissions import visible_batches
from opstap.exchange.tables.problem_texts import describe_code
from opstap.exchange.tables.refusal_texts import describe_refusal
from opstap.exchange.tables.steps import steps_of
from opstap.foundation import dates
from opstap.foundation.spreadsheets.tables import SpreadsheetRefused
from opstap.ladder.selectors.scales import scales_on
from opstap.municipality.selectors import setting_on

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires("import_clients")
def imports(request: HttpRequest) -> HttpResponse:
    """Offer a file; see what was imported before."""
    scales = [(scale.key, scale.name(get_language() or "nl")) for scale in scales_on(dates.today())]
    default = str(setting_on(municipality_of(request).pk, "default_scale", dates.today()))
    form = FileForm(request.POST or None, request.FILES or None, scales=scales, initial={"scale": default})
    if request.method == "POST" and form.is_valid():
        batch = _staged(request, form)
        if batch is not None:
            step = "check" if batch.overrides or _is_known(request, batch) else "columns"
            return redirect(f"exchange:{step}", batch.reference)
    page = Paginator(visible_batches(actor_of(request)), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "steps": steps_of("file"),
        "page_obj": page,
        "page_url": "?page=",
    }
    return render(request, "exchange/imports.html", context, status=400 if form.errors else 200)


def _staged(request: HttpRequest, form: FileForm) -> ImportBatch | None:
    """The file as staged, or None with the reason on the form."""
    upload = form.cleaned_data["file"]
    if not isinstance(upload, UploadedFile):
        raise TypeError
    actor = actor_of(request)
    empty_old_staging(by=actor, now=dates.now())
    try:
        return stage_file(
            by=actor,
            municipality=municipality_of(request),
            content=upload.read(),
            file_name=upload.name or "",
            scale=form.cleaned_data["scale"] or None,
            reference_date=form.cleaned_data["reference_date"],
        )
    except SpreadsheetRefused as refused:
        told = describe_refusal(refused.code, refused.params)
    except ColumnsRefused as refused:
        told = describe_code(refused.code, refused.params)
    form.add_error("file", f"{told.message} {told.fix}")
    return None


def _is_known(request: HttpRequest, batch: ImportBatch) -> bool:
    """Whether a file with these headings was imported before, so that nobody need look at the columns again."""
    usable = not any(problem["severity"] == "error" for problem in batch.result.get("column_problems", []))
    before = visible_batches(actor_of(request)).filter(source=batch.source, state=BatchState.CONFIRMED)
    return usable and before.exists()
