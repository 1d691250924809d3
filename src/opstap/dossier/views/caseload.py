"""Mijn caseload: the list and its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.steering import notices_for
from opstap.audit.permissions import Actor
from opstap.clients.selectors.priorities import Prioritised, priorities_of, priority_ids_in
from opstap.dossier.selectors.attention import Desk, desk_of
from opstap.dossier.selectors.caseload import Caseload, CaseloadRow, caseload
from opstap.dossier.selectors.groups import ids_of_group
from opstap.dossier.selectors.reached import CaseloadsReached, caseloads_reached
from opstap.dossier.selectors.searching import ids_matching
from opstap.dossier.selectors.staff import Staff, staff_of
from opstap.dossier.tables.attention import MARKED, PRIORITY, Tab, attention_tabs
from opstap.dossier.tables.caseload import CaseloadLine, headings_of, lines_of, selects_of
from opstap.dossier.tables.caseload_file import caseload_file
from opstap.dossier.tables.lists import lists_in_words
from opstap.dossier.views.leading import caseload_words
from opstap.dossier.views.searching import typed
from opstap.foundation import dates
from opstap.foundation.spreadsheets.writing import CONTENT_TYPES
from opstap.selections.logic import ANY, Criteria
from opstap.selections.selectors import Mark, lists_for, marks_of, starred, teams_of

PAGE_SIZE = 50
Marks = Mapping[int, Mark]


@dataclass(frozen=True)
class Asked:
    """A list that is asked for: by whom, on which desk, by which choices."""

    actor: Actor
    criteria: Criteria
    desk: Desk
    staff: Staff
    listed: Caseload
    marks: Marks
    caseloads: CaseloadsReached
    priorities: frozenset[int]

    @property
    def leads(self) -> bool:
        """Whether somebody steers more than the own caseload."""
        return self.actor.may("reach_team") or self.actor.may("reach_municipality")

    @property
    def begins(self) -> bool:
        """Whether it is the list on which a leader's work begins: nothing was chosen yet."""
        return self.leads and not self.criteria.query

    @property
    def with_worker(self) -> bool:
        """Whether the list says who the case manager is: where it need not be oneself."""
        return self.leads or self.actor.may("reach_batch")


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks."""
    actor = actor_of(request)
    criteria = Criteria.of(request.GET.dict())
    if criteria.attention == MARKED:
        criteria = criteria.but(attention="", marked="yes")
    if criteria.attention == PRIORITY:
        criteria = criteria.but(attention="", priority="yes")
    desk = desk_of(municipality_of(request).pk, dates.today(), criteria.scale)
    staff = staff_of(actor, desk.recording, desk.day)
    marks = marks_of(actor.user_id)
    priorities = priority_ids_in(municipality_of(request).pk, desk.day)
    within = _within(request, actor, criteria, desk, marks)
    if criteria.priority:
        within["priority"] = priorities
    caseloads = caseloads_reached(actor, desk, criteria.worker)
    listed = caseload(actor, desk, criteria, staff, within, caseloads=caseloads, priorities=priorities)
    return Asked(actor, criteria, desk, staff, listed, marks, caseloads, priorities)


def _within(
    request: HttpRequest, actor: Actor, criteria: Criteria, desk: Desk, marks: Marks
) -> dict[str, frozenset[int]]:
    """Choices that are known by the people they mean."""
    found: dict[str, frozenset[int]] = {}
    if criteria.search:
        text = typed(request, criteria.search)
        found["search"] = frozenset() if text is None else ids_matching(actor, text, desk.day)
    if criteria.group:
        found["group"] = ids_of_group(desk, criteria.group)
    if criteria.marked:
        found["marked"] = starred(marks)
    return found


@require_safe
@requires("see_clients")
def caseload_page(request: HttpRequest) -> HttpResponse:
    """Who needs me today: 50 on a page, its order, filters and page in the address."""
    asked = asked_of(request)
    page: Page[CaseloadRow] = Paginator(asked.listed, PAGE_SIZE).get_page(request.GET.get("page"))
    language = get_language() or "nl"
    teams = teams_of(asked.actor, asked.desk.day)
    context: dict[str, Any] = {
        "asked": asked.criteria,
        "typed": typed(request, asked.criteria.search) or "",
        "leads": asked.leads,
        "caseloads": asked.caseloads,
        "may_hand_over": asked.actor.may("hand_over") and asked.caseloads.chosen is None,
        "with_worker": asked.with_worker,
        "heading": caseload_words(asked.actor),
        "contacts": "contacts" in asked.desk.parts,
        "scale": asked.desk.scale.key,
        "may_confirm": asked.actor.may("confirm_placements"),
        "may_prioritise": asked.actor.may("record_clients"),
        "may_begin": asked.actor.may("begin_dossiers"),
        "may_assign": asked.actor.may("assign_clients"),
        "page_obj": page,
        "lines": _lines(request, asked, page),
        "page_url": f"?{asked.criteria.query}&page=" if asked.criteria.query else "?page=",
        "everyone": asked.listed.counts[""],
        "attention": asked.listed.counts[ANY],
        "tabs": _tabs(asked),
        "lists": lists_in_words(
            lists_for(asked.actor, teams),
            asked.actor.user_id,
            asked.criteria,
            asked.desk.parts,
            asked.desk.scale.key,
        ),
        "own_teams": teams,
        "headings": headings_of(
            asked.criteria, with_worker=asked.with_worker, with_contact="contacts" in asked.desk.parts
        ),
        "selects": selects_of(asked.criteria, asked.desk, asked.staff, language),
        "kept": [
            pair
            for pair in asked.criteria.pairs
            if pair[0] in {"attention", "sort", "marked", "priority", "group", "search"}
        ],
        "narrow_kept": asked.criteria.but(attention="", marked="", priority="").pairs,
        "narrowed": bool(asked.criteria.but(attention="", sort="").query),
        "formats": list(CONTENT_TYPES),
        "next_query": urlencode({"next": request.get_full_path()}),
        "today": asked.desk.day,
    }
    return render(request, "dossier/caseload.html", context | _noticed(request, asked))


def _tabs(asked: Asked) -> list[Tab]:
    counts, months, marked = asked.listed.counts, asked.desk.placement_months, len(starred(asked.marks))
    return attention_tabs(counts, asked.criteria, marked, placement_months=months, leads=asked.leads)


def _noticed(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    town, recording = municipality_of(request), asked.desk.recording
    return {"notices": notices_for(asked.actor, town, recording) if asked.begins else []}


def _priorities(asked: Asked, rows: Iterable[CaseloadRow]) -> dict[int, Prioritised]:
    first = [row.client_id for row in rows if row.client_id in asked.priorities]
    return priorities_of(first, asked.desk.day) if first else {}


def _lines(request: HttpRequest, asked: Asked, page: Page[CaseloadRow]) -> list[CaseloadLine]:
    return lines_of(
        page.object_list,
        asked.desk,
        asked.staff,
        get_language() or "nl",
        here=request.get_full_path(),
        marks=asked.marks,
        priorities=_priorities(asked, page.object_list),
        confirms=asked.actor.may("confirm_placements"),
    )


@require_safe
@requires("see_clients")
def caseload_export(request: HttpRequest, file_format: str) -> HttpResponse:
    """The whole list as a file, in its order."""
    chosen = next((known for known in CONTENT_TYPES if known == file_format), None)
    if chosen is None:
        raise Http404
    asked = asked_of(request)
    language = get_language() or "nl"
    rows = asked.listed[:]
    lines = lines_of(rows, asked.desk, asked.staff, language, priorities=_priorities(asked, rows))
    response = HttpResponse(caseload_file(lines, asked.desk, chosen, language), content_type=CONTENT_TYPES[chosen])
    response["Content-Disposition"] = f'attachment; filename="caseload-{asked.desk.day.isoformat()}.{chosen}"'
    return response
