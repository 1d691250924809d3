"""What every page asks first costs as much among many clients as among few."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_for, work_asked_by
from opstap.clients.operations import register_clients
from opstap.foundation import dates
from opstap.municipality.selectors import municipality_with_parts
from tests.factories.accounts import a_coordinator, a_team, a_team_leader
from tests.factories.clients import BY
from tests.factories.municipality import a_municipality

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite counts the steps of a query")
pytestmark = [pytest.mark.django_db, on_sqlite]
FEW, MANY = 20, 2000


def steps(user: User, today: date) -> int:
    """How many steps the database takes to answer what a page of theirs asks first."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    statement = work_asked_by(actor_for(user), user.municipality_id, today)
    connection.ensure_connection()
    connection.connection.set_progress_handler(step, 1)
    try:
        municipality_with_parts(statement)
    finally:
        connection.connection.set_progress_handler(None, 1)
    return taken


@pytest.mark.parametrize("role", ["coordinator", "team_leader"])
def test_it_reads_nothing_of_clients_of_whom_nothing_waits(role: str) -> None:
    municipality = a_municipality()
    user = a_coordinator(municipality) if role == "coordinator" else a_team_leader(a_team(municipality))
    register_clients(by=BY, municipality=municipality, numbers=[f"A{one}" for one in range(FEW)])
    among_few = steps(user, dates.today())
    register_clients(by=BY, municipality=municipality, numbers=[f"B{one}" for one in range(MANY)])
    among_many = steps(user, dates.today())
    assert among_few > 100
    assert among_many < among_few + MANY / 10
