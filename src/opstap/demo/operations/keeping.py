"""Dossiers of before the town's history whose term has passed: some erased already, one held back, the others due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from opstap.accounts.models import User
from opstap.audit.permissions import Actor
from opstap.clients.logic import BenefitSpellRow, FollowUpRow, PersonRow
from opstap.clients.models import Client
from opstap.clients.operations import (
    record_benefit_spells,
    record_follow_ups,
    record_persons,
    register_clients,
)
from opstap.demo.logic.calendar import Span
from opstap.demo.operations.staffing import Setup
from opstap.foundation.dates import years_before
from opstap.privacy.operations import (
    confirm_destruction,
    erase_listed,
    hold_dossier,
    propose_destruction,
)

HOLD = "Er loopt een beroep bij de rechtbank over de terugvordering van 2013."


@dataclass(frozen=True)
class Old:
    """Somebody whose follow-up of two years ended so many years and days before the last day."""

    surname: str
    given: str
    sex: str
    years: int
    days: int


ERASED = (
    Old("Terpstra", "Sjoerd", "male", 13, 40),
    Old("Bouzidi", "Karima", "female", 12, 200),
    Old("Oosting", "Geesje", "female", 14, 15),
)
HELD = Old("Winkelman", "Roel", "male", 11, 90)
DUE = (
    Old("Kamminga", "Trijntje", "female", 12, 11),
    Old("Haddou", "Rachid", "male", 11, 260),
    Old("Postma", "Anneke", "female", 11, 130),
    Old("De Wit", "Cor", "male", 10, 75),
    Old("Sahin", "Elif", "female", 10, 12),
)


def keep_and_erase(by: Actor, setup: Setup, span: Span) -> None:
    """A list that was erased, with its certificate; then who waits for the next one. Each is a recording of its own."""
    coordinator = User.objects.get(municipality=setup.municipality, role_holdings__role="coordinator")
    acting = replace(
        by,
        user_id=coordinator.pk,
        name=coordinator.name,
        reference=coordinator.reference,
        municipality_id=setup.municipality.pk,
    )
    _registered(by, setup, span, ERASED, first=1)
    made = propose_destruction(by=acting, municipality=setup.municipality, outcome="granted")
    confirm_destruction(by=acting, destruction=made)
    erase_listed(by=acting, destruction=made, most=len(ERASED))
    ids = _registered(by, setup, span, (HELD, *DUE), first=1 + len(ERASED))
    hold_dossier(by=acting, client=Client.objects.get(pk=ids[0]), why=HOLD, until=None)


def _registered(by: Actor, setup: Setup, span: Span, people: tuple[Old, ...], first: int) -> list[int]:
    numbers = [f"oud-{place:03}" for place in range(first, first + len(people))]
    ids = register_clients(by=by, municipality=setup.municipality, numbers=numbers)
    rows = [
        PersonRow(pk, one.surname, given_names=one.given, sex=one.sex, birth_date=_before(span, 45 + place, one.days))
        for place, (pk, one) in enumerate(zip(ids, people, strict=True))
    ]
    record_persons(by=by, municipality=setup.municipality, rows=rows)
    for pk, one in zip(ids, people, strict=True):
        closed = _before(span, one.years, one.days)
        begun = years_before(closed, 2)
        record_follow_ups(by=by, rows=[FollowUpRow(pk, begun, closed, end_reason="benefit_ended")])
        record_benefit_spells(by=by, rows=[BenefitSpellRow(pk, "wwb", begun, closed)])
    return ids


def _before(span: Span, years: int, days: int) -> date:
    return years_before(span.until, years) - timedelta(days=days)
