"""The people behind a cell, for who may see them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, requires
from opstap.clients.selectors.priorities import priorities_of
from opstap.foundation import dates
from opstap.reporting.logic import QuestionRefused
from opstap.reporting.selectors.handed import WITHIN
from opstap.reporting.selectors.people import ListedPerson, listed_people, unlisted_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.files import circumstances
from opstap.reporting.tables.people import people_table
from opstap.reporting.tables.refusals import explain
from opstap.reporting.views.asking import asked_of, is_there, language_of_screen, query_of, question_of, report_or_404

PAGE_SIZE = 50


@require_safe
@requires("see_reports")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is counted in a cell of a report, 50 on a page; how many they are is a figure of that report."""
    report = report_or_404(slug)
    if not is_there(request, report):
        return render(request, "part_off.html", status=404)
    definition = report.definition
    asked = asked_of(request, definition)
    given = {key: text for key in (*definition.cell, "group") if (text := request.GET.get(key, ""))}
    try:
        question = question_of(request, definition, also=(*definition.cell, "group", "page"))
        cell = {**given, "group": _group(question, given.get("group", ""))}
        question = report.asks(question, cell)
        ids = report.people(question, cell)
    except QuestionRefused as refused:
        return render(request, "reporting/refused.html", {"refusal": explain(refused)}, status=400)
    listed = listed_people(actor_of(request), ids, question)
    page: Page[ListedPerson] = Paginator(listed, PAGE_SIZE).get_page(request.GET.get("page"))
    report_url = f"{reverse('reporting:report', args=[slug])}?{query_of(asked)}"
    return render(
        request,
        "reporting/people.html",
        {
            "definition": definition,
            "question": question,
            "page_obj": page,
            "people": people_table(page.object_list, question, language_of_screen()),
            "page_url": f"?{query_of(asked)}&{urlencode(given)}&page=",
            "cell": report.cell_words(question, cell, language_of_screen()),
            "behind": len(ids),
            "unlisted": unlisted_of(ids, listed, question),
            "may_prioritise": actor_of(request).may("record_clients"),
            "first": _first(page),
            "facts": circumstances(question),
            "today": dates.today(),
            "here": quote(request.get_full_path()),
            "trail": [
                {"label": _("Reports"), "url": reverse("reporting:index")},
                {"label": definition.title, "url": report_url},
                {"label": _("People")},
            ],
        },
    )


def _first(page: Page[ListedPerson]) -> set[str]:
    """The references of those on the page who have priority today."""
    held = priorities_of([person.client_id for person in page.object_list], dates.today())
    return {person.reference for person in page.object_list if person.client_id in held}


def _group(question: Question, public: str) -> str:
    if not public:
        return ""
    words = question.words.get(question.by or "", {})
    if public == WITHIN and question.by == "worker":
        return WITHIN
    for group in words.values():
        if group.public == public:
            return group.code
    raise QuestionRefused("group_unknown", public, tuple(group.label for group in words.values()))
