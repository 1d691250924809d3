"""The four steps of an import on one line."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opstap.exchange.enums import BatchState
from opstap.exchange.models import ImportBatch

ORDER = ("file", "columns", "check", "done")


@dataclass(frozen=True)
class Step:
    """One step."""

    label: str
    state: str
    url: str = ""


def steps_of(current: str, batch: ImportBatch | None = None) -> list[Step]:
    """The steps, with where one stands; a step back can be taken until the import is carried out."""
    labels = {"file": _("File"), "columns": _("Columns"), "check": _("Check"), "done": pgettext("import", "Done")}
    place = ORDER.index(current)
    steps = []
    for number, key in enumerate(ORDER):
        state = "done" if number < place else "current" if number == place else "todo"
        steps.append(Step(labels[key], state, _url(key, batch)))
    return steps


def _url(key: str, batch: ImportBatch | None) -> str:
    if batch is None or batch.state != BatchState.CHECKED or key not in {"columns", "check"}:
        return ""
    return reverse(f"exchange:{key}", args=[batch.reference])
