"""Asking for figures to be set down or for a table beside them, and withdrawing what is not right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.logic import DEFAULT_SCALE, DISCLOSURE_THRESHOLD
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import settings_on
from opstap.reporting.logic.released import PART, TEAM, WAYS, Released, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations.publications.making import make_publication
from opstap.reporting.operations.publications.rows import (
    PublicationRefused,
    PublicationRow,
    refuse_text,
    refuse_while_made,
    require_own,
    row_of,
)
from opstap.reporting.selectors.publications import set_down, tables_within
from opstap.reporting.selectors.released.classes import INSTRUMENT, OF_PERSON

MONTHS: Final = 36
A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """What is set down: the state at the end of a month, under a title, and the promise to the council it settles."""

    title: str
    on: date
    promise: str = ""


@dataclass(frozen=True, slots=True)
class TableTerms:
    """A table for a question: whose it is, what is asked, and the dimensions, one to three."""

    question: str
    asker: str
    dimensions: tuple[str, ...]


def ask_publication(*, by: Actor, municipality: Municipality, terms: PublicationTerms) -> str:
    """Have the figures of a month end set down, as known now; returns the reference. The attack follows."""
    by.require("make_publications")
    require_own(by, municipality.pk)
    refuse_text(terms.title, terms.promise)
    days = month_ends_until(dates.today(), MONTHS + A_YEAR)
    if terms.on not in days[:MONTHS]:
        raise PublicationRefused("no_month_end")
    refuse_while_made(municipality.pk)
    if any(one.on == terms.on for one in set_down(municipality.pk) if not one.withdrawn):
        raise PublicationRefused("is_there")
    held = settings_on(municipality.pk, [DEFAULT_SCALE, DISCLOSURE_THRESHOLD], dates.today())
    row = PublicationRow(
        municipality_id=municipality.pk,
        reference=new_reference(),
        within="",
        title=terms.title.strip(),
        promise=terms.promise.strip(),
        asker="",
        on=terms.on,
        earlier=days[days.index(terms.on) + A_YEAR],
        counted=0,
        scale=str(held[DEFAULT_SCALE]),
        threshold=int(held[DISCLOSURE_THRESHOLD]),
        dimensions=[],
        figures={},
        why="",
    )
    return _ask(by, row, "ask_publication")


def ask_table(*, by: Actor, publication: Publication, terms: TableTerms) -> str:
    """Have a table made beside a publication, of the same people as known then; returns its reference."""
    by.require("ask_for_tables")
    require_own(by, publication.municipality_id)
    refuse_text(terms.question, terms.asker)
    if publication.withdrawn or not publication.figures or publication.within:
        raise PublicationRefused("no_publication")
    axes = Released.of(publication.figures).axes
    chosen = tuple(key for key in axes if key in terms.dimensions)
    if not 1 <= len(chosen) <= 3 or len(chosen) != len(set(terms.dimensions)):
        raise PublicationRefused("dimensions")
    if {*chosen} >= WAYS:
        raise PublicationRefused("both_ways")
    if WAYS & {*chosen} and TEAM in chosen:
        raise PublicationRefused("team_of_now")
    if PART in chosen and not {*chosen} <= {PART, INSTRUMENT, *OF_PERSON}:
        raise PublicationRefused("traits_alone")
    if chosen in _made_before(publication):
        raise PublicationRefused("is_there")
    refuse_while_made(publication.municipality_id)
    row = replace(
        row_of(publication),
        reference=new_reference(),
        within=publication.reference,
        title=terms.question.strip(),
        promise="",
        asker=terms.asker.strip(),
        dimensions=list(chosen),
        figures={},
        why="",
        replaces_id=None,
    )
    return _ask(by, row, "ask_table")


def withdraw_publication(*, by: Actor, publication: Publication, why: str) -> None:
    """Say that a publication, with its tables, or one table is not right. Its figures stay known: the attack reckons
    with them.
    """
    by.require("make_publications")
    require_own(by, publication.municipality_id)
    if not why.strip():
        raise PublicationRefused("why_missing")
    refuse_text(why)
    if publication.withdrawn or not publication.figures:
        raise PublicationRefused("withdrawn_already")
    beside = tables_within(publication.municipality_id, publication.reference)
    with writing(by=by, verb="withdraw_publication", about=publication.reference) as recording:
        require_standing(Publication, [publication.pk])
        ids = [publication.pk, *(one.pk for one in beside if one.figures and not one.withdrawn)]
        withdraw_facts(Publication, ids, recording=recording, said={"why": why.strip()})


def _made_before(publication: Publication) -> set[tuple[str, ...]]:
    """The dimensions of the tables that it has, and of those that were made beside it."""
    beside = tables_within(publication.municipality_id, publication.reference)
    found = {table.dimensions for table in Released.of(publication.figures).tables}
    return found | {tuple(one.dimensions) for one in beside}


def _ask(by: Actor, row: PublicationRow, verb: str) -> str:
    with writing(by=by, verb=verb, about=row.reference) as recording:
        refuse_while_made(row.municipality_id)  # somebody else may have asked since
        append_facts(Publication, [row], recording=recording)
        make_publication.enqueue(row.reference)
    return row.reference
