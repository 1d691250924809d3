"""The query of a dossier is composed and compiled once for all who may the same, and asks of each their own."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import connections

from opstap.clients.models import Client
from opstap.clients.permissions import (
    _dossier,
    _housemates,
    dossier_or_404,
    opened_clients,
    visible_clients,
    withheld_clients,
)
from opstap.clients.selectors.asked import with_asked
from opstap.clients.selectors.grants import with_way
from opstap.clients.selectors.households import rows_of_housemates
from opstap.clients.selectors.merged import rows_with_merged
from opstap.foundation import dates
from opstap.foundation.prepared.compiled import asked, compiled
from opstap.foundation.prepared.slots import Slots, filled
from tests.accounts.test_asked_first import HELD, an_actor
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
AT = datetime(2031, 5, 2, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.mark.parametrize("reading", [False, True], ids=["to-write", "to-read"])
@pytest.mark.parametrize("keys", HELD, ids="+".join)
def test_it_is_what_composing_it_for_oneself_gives(keys: tuple[str, ...], *, reading: bool) -> None:
    today = dates.today()
    for actor in (an_actor(100, *keys), an_actor(2000, *keys)):
        slots = Slots()
        alike, word, moment = actor.in_slots(slots), slots.word("abc"), slots.moment(AT)
        kept = _dossier(alike, word, moment, today, reading).statement
        clients = opened_clients(actor, AT) if reading else visible_clients(actor)
        own = compiled(rows_with_merged(with_asked(with_way(clients, actor, AT)), "abc")).statement
        assert (kept and filled(kept, slots.stands_for)) == own


@pytest.mark.parametrize("keys", HELD, ids="+".join)
def test_of_a_household_as_well(keys: tuple[str, ...]) -> None:
    for actor in (an_actor(100, *keys), an_actor(2000, *keys)):
        slots = Slots()
        kept = _housemates(actor.in_slots(slots), slots.some([7]), dates.today()).statement
        own = compiled(rows_of_housemates([7], visible_clients(actor), withheld_clients(actor))).statement
        assert (kept and filled(kept, slots.stands_for)) == own


def test_a_second_case_manager_composes_nothing() -> None:
    town = a_municipality()
    team = a_team(town)
    for number in range(2):
        worker, client = a_case_manager(team), a_client(town)
        in_caseload(client, worker)
        if number == 0:
            _dossier.cache_clear()
        assert dossier_or_404(acting(worker), client.reference)[0] == client
    assert _dossier.cache_info().misses == 1


def test_each_thread_asks_on_its_own_connection() -> None:
    kept, answers = compiled(Client.objects.filter(pk=-1)), list[list[Client]]()

    def ask() -> None:
        answers.append(asked(kept, {}))
        connections.close_all()

    ask_here, thread = asked(kept, {}), Thread(target=ask)
    thread.start()
    thread.join()
    assert answers == [ask_here] == [[]]
