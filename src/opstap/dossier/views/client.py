"""The dossier: one client on one page."""

from __future__ import annotations

from dataclasses import replace

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from opstap.accounts.permissions import actor_of, parts_of, requires
from opstap.audit.permissions import Actor
from opstap.clients.permissions import dossier_or_404, narrowed, visible_clients
from opstap.clients.selectors.asked import asked_of
from opstap.clients.selectors.grants import way_to
from opstap.clients.selectors.merged import kept_of
from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.asking import reasons_in
from opstap.dossier.selectors.story import Story, story_of
from opstap.dossier.tables.about import head_of, near_of, side_of
from opstap.dossier.tables.asking import asks_of
from opstap.dossier.tables.standing import standings_of
from opstap.dossier.tables.timeline import tabs_of, timeline_of
from opstap.dossier.tables.timeline.contacts import next_contact_of
from opstap.dossier.tables.timeline.entries import Entry
from opstap.dossier.tables.timeline.plans import running_help
from opstap.dossier.views.leading import dossier_url, trail_to, way_back
from opstap.foundation import dates

PAGE_SIZE = 30
PART_OF_KIND = {EntryKind.CONTACT: "contacts", EntryKind.HELP: "plans"}


@require_safe
@requires("see_clients")
def client(request: HttpRequest, reference: str) -> HttpResponse:
    """Where someone stands, what is next, and the whole story; narrowed to one kind by `soort`."""
    actor = actor_of(request)
    try:
        found, merged = dossier_or_404(actor, reference, reading=True)
    except Http404:
        kept = kept_of(visible_clients(actor), reference)
        if kept is None:
            raise
        return redirect("dossier:client", kept.reference)
    whole, actor = actor, narrowed(actor, found)
    story = story_of(actor, found, merged, today=dates.today(), language=get_language() or "nl")
    kind = request.GET.get("soort", "")
    kind = kind if kind in set(EntryKind) else ""
    parts = parts_of(request)
    entries, back = _told(story, parts), way_back(request)
    shown = [entry for entry in entries if not kind or entry.kind == kind]
    standings, head = standings_of(story), head_of(story)
    tabs = [(tab, dossier_url(found, soort=tab.code, van=back.path)) for tab in tabs_of(entries, kind)]
    here, unnarrowed = dossier_url(found, soort=kind, van=back.path), dossier_url(found, van=back.path)
    return render(
        request,
        "dossier/client.html",
        {
            "client": found,
            "head": head,
            "way": way_to(found),
            "asks": asks_of(actor, found, reasons_in(story, parts), unnarrowed, story.words.placement_months),
            "standings": standings,
            "now": standings[0] if standings else None,
            "near": near_of(story),
            "side": side_of(story),
            "asked": asked_of(actor, found),
            "tabs": tabs,
            "page_obj": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("page")),
            "page_url": f"{here}{'&' if '?' in here else '?'}page=",
            "here": unnarrowed,
            "help": running_help(story),
            "next_contact": next_contact_of(story),
            "merged": story.merged,
            "today": story.today,
            **_allowed(actor, parts),
            "may_note": (whole if way_to(found).notes else actor).may("record_contacts") and "contacts" in parts,
            "trail": [trail_to(actor, back), {"label": head.name}],
        },
    )


def _allowed(actor: Actor, parts: frozenset[str]) -> dict[str, bool]:
    """What can be done from here."""
    return {
        "knows_bsn": actor.may("find_by_bsn"),
        "may_record": actor.may("record_clients"),
        "may_plan": actor.may("record_plans"),
        "may_agree": actor.may("record_contacts") and "contacts" in parts,
        "may_close": actor.may("close_dossiers"),
        "may_assign": actor.may("assign_clients"),
        "may_hold": actor.may("destroy_dossiers"),
        "may_answer": actor.may("answer_requests"),
        "may_protect": actor.may("protect_dossiers"),
        "may_merge": actor.may("merge_clients"),
        "may_place": actor.may("record_placements"),
    }


def _told(story: Story, parts: frozenset[str]) -> list[Entry]:
    """The timeline; what was recorded in a part that is off is still told, and leads nowhere."""
    off = {kind for kind, part in PART_OF_KIND.items() if part not in parts}
    return [replace(entry, url="", history="") if entry.kind in off else entry for entry in timeline_of(story)]
