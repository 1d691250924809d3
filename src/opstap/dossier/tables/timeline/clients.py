"""What the clients room tells: follow-up, benefits, caseloads, households, exemptions, barriers, traits, programmes."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.clients.selectors.held import HeldFact
from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import detail_of, end_of, law_of, outcome_of, title_of
from opstap.dossier.tables.parts import SLUG_OF
from opstap.dossier.tables.timeline.entries import Entry

HELP = {"programme"}
SILENT = {"household_type"}  # told with the household itself


def entries_of(story: Story) -> list[Entry]:
    """Each period as it begins; its end too, unless another of the same kind follows at once."""
    entries = []
    told = [fact for fact in story.facts if fact.what not in SILENT]
    begins = {(*_sort_of(fact), fact.starts_on) for fact in told if not _is_asked(fact)}
    for fact in told:
        entries.append(_begin(story, fact))
        if fact.ends_on is not None and (*_sort_of(fact), fact.ends_on) not in begins:
            entries.append(_end(story, fact))
    return entries


def _sort_of(fact: HeldFact) -> tuple[str, str]:
    return fact.what, fact.texts[0] if fact.what in {"trait", "barrier", "programme"} else ""


def _begin(story: Story, fact: HeldFact) -> Entry:
    return Entry(
        on=fact.starts_on,
        kind=EntryKind.HELP if fact.what in HELP else EntryKind.DETAILS,
        title=_("Application: %(law)s") % {"law": law_of(story, fact)} if _is_asked(fact) else title_of(story, fact),
        detail=_told_at_begin(story, fact),
        by=fact.by,
        url=_url(story, fact),
        tag=_tag(story, fact, fact.starts_on),
        recording=fact.recording,
    )


def _told_at_begin(story: Story, fact: HeldFact) -> str:
    """What was decided on a day that nobody knows has no entry of its own: it stands with the application."""
    decided = outcome_of(story, fact) if _is_asked(fact) and fact.ends_on is None else ""
    return "; ".join(part for part in (decided, detail_of(story, fact)) if part)


def _end(story: Story, fact: HeldFact) -> Entry:
    day = fact.ends_on or fact.starts_on
    title = _("Ends: %(what)s") % {"what": title_of(story, fact)}
    if _is_asked(fact):
        title = _("Decision on the application: %(law)s") % {"law": law_of(story, fact)}
    return Entry(
        on=day,
        kind=EntryKind.HELP if fact.what in HELP else EntryKind.DETAILS,
        title=title,
        detail=outcome_of(story, fact) if _is_asked(fact) else end_of(story, fact),
        by=fact.by,
        url=_url(story, fact),
        tag=_tag(story, fact, day),
        recording=fact.recording,
    )


def _is_asked(fact: HeldFact) -> bool:
    return fact.what == "application"


def _tag(story: Story, fact: HeldFact, day: date) -> str:
    if fact.client_id != story.client.pk and fact.what != "household_type":
        return _("from the merged dossier")
    return _("still to come") if day > story.today else ""


def _url(story: Story, fact: HeldFact) -> str:
    """The part of the dossier it belongs to, with its history."""
    return reverse("dossier:part", args=[story.client.reference, SLUG_OF[fact.what]])
