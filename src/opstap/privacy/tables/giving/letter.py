"""The document that a client gets: the letter, and their dossier in plain words."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string

from opstap.foundation import dates
from opstap.municipality.logic import PRIVACY_DESK
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on
from opstap.privacy.logic.retention import CLOSED, outcome_words
from opstap.privacy.selectors.giving import Whole, colleagues
from opstap.privacy.selectors.retention import terms_on
from opstap.privacy.tables.giving.document import look_lines, reading_of, sections_of


def dossier_html(whole: Whole, municipality: Municipality, on: date) -> str:
    """The page that becomes the document; always in Dutch."""
    reading = reading_of(colleagues(municipality.pk), on, "nl")
    context = {
        "town": municipality.name,
        "name": _full_name(whole),
        "numbers": ", ".join(client.number for client in whole.clients),
        "made_on": on,
        "sections": sections_of(whole, reading),
        "looks": look_lines(whole.looks, reading),
        "terms": [
            (outcome_words()[term.outcome].nl, term.years, term.starts_at == CLOSED, term.source)
            for term in terms_on(municipality.pk, on)
        ],
        "desk": setting_on(municipality.pk, PRIVACY_DESK, dates.today()),
    }
    return render_to_string("privacy/dossier_document.html", context)


def _full_name(whole: Whole) -> str:
    person = whole.person
    parts = (person.given_names, person.name_prefix, person.surname) if person else ()
    return " ".join(part for part in parts if part)
