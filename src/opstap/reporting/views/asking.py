"""From an address to a question: shared by the page, the export and the list of people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.accounts.permissions import actor_of, municipality_of, parts_of
from opstap.reporting.logic import Asked, QuestionRefused
from opstap.reporting.selectors.questions import Question, understand
from opstap.reporting.tables.definitions import ReportDefinition
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.reports import answered, by_slug
from opstap.reporting.tables.results import Result

KEPT = ("on", "compared_with", "known_at", "scale", "crosswalk", "by", "team", "decimals", "shares")


def report_or_404(slug: str) -> Report:
    """The report at an address."""
    report = by_slug(slug)
    if report is None:
        raise Http404
    return report


def is_there(request: HttpRequest, report: Report) -> bool:
    """Whether the municipality works with the part that a report is about."""
    return report.definition.part in {"", *parts_of(request)}


def asked_of(request: HttpRequest, definition: ReportDefinition) -> Asked:
    """What the address asks; a word may be written as on the command line, `known-at` for `known_at`."""
    spelled = {key: (key, key.replace("_", "-")) for key in KEPT}
    given = {key: next(filter(None, (request.GET.get(one, "").strip() for one in spelled[key])), "") for key in KEPT}
    where = tuple(text for text in dict.fromkeys(request.GET.getlist("where")) if text)
    return Asked(report=definition.key, where=where, **given)


def question_of(request: HttpRequest, definition: ReportDefinition, *, also: Collection[str] = ()) -> Question:
    """The question of the address, for who is signed in; QuestionRefused when it can't be understood.

    `also` are the words that this page knows besides those of a question. Another word is refused: who misspells one
    would get an answer to another question.
    """
    _refuse_unknown(request, definition, also)
    return understand(
        asked_of(request, definition),
        actor=actor_of(request),
        municipality=municipality_of(request),
        language=language_of_screen(),
        parameters=definition.parameters,
    )


def _refuse_unknown(request: HttpRequest, definition: ReportDefinition, also: Collection[str]) -> None:
    known = {*KEPT, "where", *also}
    for key in request.GET:
        if key.replace("-", "_") not in known:
            right = (one for one in (*definition.parameters, *also) if one.replace("-", "_") in known)
            raise QuestionRefused("word_unknown", key, tuple(right))


def result_of(request: HttpRequest, definition: ReportDefinition, *, also: Collection[str] = ()) -> Result:
    """The answer to that question, refused alike."""
    _refuse_unknown(request, definition, also)
    return answered(
        asked_of(request, definition),
        actor=actor_of(request),
        municipality=municipality_of(request),
        language=language_of_screen(),
    )


def query_of(asked: Asked, *, without_where: str = "", **extra: str) -> str:
    """The same question as an address."""
    pairs = [(key, getattr(asked, key)) for key in KEPT if getattr(asked, key)]
    pairs.extend(("where", text) for text in asked.where if text != without_where)
    pairs.extend((key, value) for key, value in extra.items() if value)
    return urlencode(pairs)


def language_of_screen() -> str:
    """`nl` or `en`."""
    return get_language() or "nl"


def trail_of(definition: ReportDefinition) -> list[dict[str, Any]]:
    """The way from the list of reports."""
    return [{"label": _("Reports"), "url": reverse("reporting:index")}, {"label": definition.title}]
