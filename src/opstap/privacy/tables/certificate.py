"""The certificate of destruction: who erased when, how many of which category, confirmed by whom; of no person."""

from __future__ import annotations

from django.db import connection
from django.template.loader import render_to_string

from opstap.foundation.dates import AMSTERDAM
from opstap.privacy.logic.retention import BACKUP_DAYS, CLOSED, outcome_words
from opstap.privacy.models import Destruction
from opstap.privacy.operations.traces import EMBEDDED
from opstap.privacy.selectors.retention import terms_on


def certificate_html(found: Destruction) -> str:
    """The page that becomes the document: each category with the term that was known when the list was made."""
    town, made_on = found.municipality, found.proposed.at.astimezone(AMSTERDAM).date()
    context = {
        "town": town.name,
        "found": found,
        "categories": [
            (outcome_words()[term.outcome].nl, found.by_outcome[term.outcome], term, term.starts_at == CLOSED)
            for term in terms_on(town.pk, made_on, known=found.proposed.number)
            if found.by_outcome.get(term.outcome)
        ],
        "rows": sum(found.by_table.values()),
        "stayed": found.people - found.erased,
        "backup_days": BACKUP_DAYS,
        "embedded": connection.vendor == EMBEDDED,
    }
    return render_to_string("privacy/certificate_document.html", context)
