"""What colleagues ask each other at the end of the history: hand-overs that wait or are settled, and standing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from opstap.accounts.models import User
from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment
from opstap.clients.operations import (
    Absence,
    accept_handover,
    accept_stand_in,
    break_glass,
    leave_call_back,
    refuse_handover,
    request_handovers,
    request_stand_in,
)
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.staff import WORKERS
from opstap.demo.operations.staffing import Setup

FENNA, JERREL, DAWIT, SAMIRA, HARM, AGNIESZKA = 5, 6, 8, 10, 11, 12
WARM = (
    "Ze komt elke dinsdag naar de taalgroep en belt zelf als er iets is. Liever geen brieven: die blijven liggen. "
    "Schuldhulp loopt via het wijkteam; het volgende gesprek daar is over twee weken."
)
SHORT = "Gaat verhuizen naar jouw wijk en wil graag iemand die daar bekend is."
LEAVE = "In het dossier van iedereen staat de laatste afspraak. Twee mensen wachten op een plek bij de kringloop."
GLASS = "Stond overstuur aan de balie; Agnieszka was ziek. Ik moest weten of er een noodadres is."
CALLED = "Kan donderdag niet komen. Wil graag een andere dag."


def ask_colleagues(by: Actor, setup: Setup, span: Span) -> None:
    """Two hand-overs that wait, one that was accepted, one refused; a stand-in of now and one asked; a note to call
    somebody back; a dossier that was opened in an emergency and waits to be judged.
    """
    users = {user.pk: user for user in User.objects.filter(pk__in=setup.worker_ids)}

    def worker(place: int) -> User:
        return users[setup.worker_ids[place]]

    def acting(place: int) -> Actor:
        return replace(
            by, user_id=worker(place).pk, name=WORKERS[place].name, reference=worker(place).reference,
            municipality_id=setup.municipality.pk,
        )  # fmt: skip

    def asked(giver: int, receiver: int, first: int, many: int, note: str) -> str:
        own = Assignment.objects.for_caseload_of(worker(giver).pk, span.until).order_by("client__number")
        ids = list(own.values_list("client", flat=True)[first : first + many])
        batches = request_handovers(
            by=acting(giver), client_ids=ids, receivers=[worker(receiver)], from_on=span.until, note=note
        )
        return batches[0] if batches else ""

    asked(JERREL, FENNA, 0, 2, WARM)
    asked(FENNA, DAWIT, 3, 1, SHORT)
    accept_handover(by=acting(AGNIESZKA), batch=asked(SAMIRA, AGNIESZKA, 0, 1, WARM))
    refuse_handover(by=acting(HARM), batch=asked(SAMIRA, HARM, 1, 1, SHORT), why="Hij is mijn achterneef.")
    week = timedelta(days=7)
    away = Absence(worker(DAWIT), span.until, span.until + 2 * week)
    stand_in = request_stand_in(by=acting(DAWIT), absence=away, colleague=worker(FENNA), note=LEAVE)
    accept_stand_in(by=acting(FENNA), reference=stand_in)
    own = Assignment.objects.for_caseload_of(worker(FENNA).pk, span.until).order_by("client__number")
    caller = own.select_related("client")[4].client
    leave_call_back(by=acting(JERREL), client=caller, phone="06 00 00 00 17", text=CALLED)
    others = Assignment.objects.for_caseload_of(worker(AGNIESZKA).pk, span.until).order_by("client__number")
    in_need = others.select_related("client")[2].client
    break_glass(by=acting(JERREL), client=in_need, reason="client_waits", why=GLASS)
    holiday = Absence(worker(JERREL), span.until + 3 * week, span.until + 5 * week)
    request_stand_in(by=acting(JERREL), absence=holiday, colleague=worker(FENNA), note="")
