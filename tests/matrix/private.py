"""What two colleagues have between them, or one has in a browser of their own: nobody else's business."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.models import Acquaintance, Client, Protection
from opstap.clients.operations import (
    Absence,
    break_glass,
    leave_call_back,
    protect_dossier,
    request_handovers,
    request_stand_in,
    say_known,
)
from opstap.dossier.selectors.protected import reference_of
from opstap.foundation import dates
from tests.factories.accounts import a_case_manager, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.desk import shown_on_list
from tests.factories.ladder import placed
from tests.factories.pages import signed_in

WORDS = "tussen twee collega's"
Names = dict[str, str]  # what stands in an address


def private_things(team: Team) -> dict[str, Names]:
    """By the name of the address: made by and for two case managers of this team."""
    return between(a_case_manager(team), a_case_manager(team), team)[0]


def between(one: User, other: User, team: Team) -> tuple[dict[str, Names], Browser]:
    """The same of these two, with the browser of the first."""
    browser, town, today = signed_in(one), team.municipality, dates.today()
    held, theirs, known, hidden = (a_client(town, surname="Tussenbeide") for _each in range(4))
    for client, worker in ((held, one), (theirs, other), (known, one), (hidden, other)):
        in_caseload(client, worker, team=team)
    placed(held, "2", on=today - timedelta(days=40))
    (batch,) = request_handovers(by=acting(one), client_ids=[held.pk], receivers=[other], from_on=today, note=WORDS)
    absence = Absence(one, today, today + timedelta(days=9))
    stand_in = request_stand_in(by=acting(one), absence=absence, colleague=other, note=WORDS)
    asked = _last(browser.post(reverse("desk:outside"), {"number": theirs.number})["Location"])
    found = _last(browser.post(reverse("desk:search"), {"q": "Tussenbeide"})["Location"])
    ticked = shown_on_list(browser) | {"client": [held.reference], "what": "confirm"}
    done = _last(browser.post(reverse("dossier:together"), ticked)["Location"])
    by = acting(one)
    call_back = leave_call_back(by=by, client=theirs, phone="030 123", text=WORDS)
    glass = break_glass(by=by, client=theirs, reason="danger", why=WORDS)
    say_known(by=by, client=known, why=WORDS)
    review_on = today + timedelta(days=30)
    protect_dossier(by=command_line(), client=hidden, reason="colleague", review_on=review_on, why=WORDS)
    answer, confirmed, guarded = {"reference": asked}, {"reference": done}, {"fact": _protection(hidden)}
    things = {
        "desk:outside-answer": answer,
        "desk:break-glass": answer,
        "desk:found": {"reference": found},
        "desk:done": confirmed,
        "desk:take-back": confirmed,
        "desk:call-back": {"reference": call_back},
        "desk:glass": {"reference": glass.reference},
        "desk:handover": {"batch": batch},
        "desk:stand-in": {"reference": stand_in},
        "desk:unknown": {"fact": reference_of(Acquaintance.objects.get(client=known))},
        "desk:review-protection": guarded,
        "desk:end-protection": guarded,
    }
    return things, browser


def _protection(client: Client) -> str:
    return reference_of(Protection.objects.get(client=client))


def _last(address: str) -> str:
    return address.rstrip("/").rsplit("/", 1)[1]
