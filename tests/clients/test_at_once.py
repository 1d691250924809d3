"""Two who answer one hand-over at the same moment, each on a connection of their own: one wins, the other hears it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client as Browser

from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import Assignment, Handover
from opstap.clients.operations import accept_handover, request_handovers, revoke_handover
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.desk import Office


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a writer begins only once the other is done")
def test_accepting_and_revoking_at_the_same_moment(client: Browser) -> None:
    office = Office(client)
    person = office.of(office.jo, agreed_on=None)
    (batch,) = request_handovers(
        by=acting(office.jo), client_ids=[person.pk], receivers=[office.kim], from_on=dates.today(), note=""
    )
    kim, jo = acting(office.kim), acting(office.jo)
    done = at_once(lambda: accept_handover(by=kim, batch=batch), lambda: revoke_handover(by=jo, batch=batch))
    assert sorted(done) == ["answered meanwhile", "done"]
    state = Handover.objects.current().get(client=person).state
    holder = Assignment.objects.active_on(dates.today()).get(client=person).worker_id
    assert (state, holder) in {(Asked.ACCEPTED, office.kim.pk), (Asked.REVOKED, office.jo.pk)}
    assert Handover.objects.filter(client=person).count() == 2


def at_once(*doings: Callable[[], object]) -> list[str]:
    """What came of each, begun together."""
    barrier, told = Barrier(len(doings)), list[str]()

    def run(doing: Callable[[], object]) -> None:
        try:
            barrier.wait(20)
            doing()
            told.append("done")
        except AnsweredMeanwhile:
            told.append("answered meanwhile")
        finally:
            connection.close()

    threads = [Thread(target=run, args=[doing]) for doing in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return told
