"""Dossiers that were closed long ago, and whose term has passed."""

from __future__ import annotations

from datetime import date

from opstap.clients.logic import ApplicationRow
from opstap.clients.models import Client
from opstap.clients.operations import record_applications
from opstap.foundation import dates
from opstap.privacy.selectors.retention import due_on
from tests.factories.clients import BY, a_client
from tests.factories.desk import Office

LONG_AGO, PAGE = date(2005, 3, 4), "/bewaren/"


def closed(office: Office, until: date = date(2012, 5, 6)) -> Client:
    return a_client(office.town, followed_since=LONG_AGO, until=until)


def numbers(office: Office, on: date | None = None) -> list[str]:
    """Of whom the term has passed on a day."""
    return [one.number for one in due_on(office.town.pk, on or dates.today())]


def an_application(
    client: Client, reported_on: date, outcome: str = "", decided_on: date | None = None, law: str = "participatiewet"
) -> None:
    row = ApplicationRow(client.pk, reported_on, law, outcome=outcome, decided_on=decided_on)
    record_applications(by=BY, rows=[row])
