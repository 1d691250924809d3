"""Emergency access to a dossier of another team, one Wednesday at ten."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from opstap.accounts.models import User
from opstap.clients.models import BrokenGlass, Client
from tests.factories.desk import Office

NOW = datetime(2027, 6, 9, 10, tzinfo=UTC)  # a Wednesday
HOUR = timedelta(minutes=60)
SECOND = timedelta(seconds=1)
ASK = "/zoeken/buiten/"
GIVEN = {"reason": "danger", "why": "Belt in paniek, dreigt met zelfdoding"}


def words(page: bytes) -> str:
    text = page.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[text.index("<main") :]))


def asked(office: Office, client: Client, user: User) -> str:
    """The address of the answer to the question whether this client is known."""
    return str(office.sign_in(user).browser.post(ASK, {"number": client.number})["Location"])


def broken(office: Office, client: Client, user: User | None = None) -> BrokenGlass:
    """The glass of a client of Lee, broken by Jo on screen."""
    address = asked(office, client, user or office.jo)
    answer = office.browser.post(f"{address}openen/", GIVEN)
    assert answer.status_code == 302, words(answer.content)[:1500]
    assert answer["Location"] == f"/clienten/{client.reference}/"
    return BrokenGlass.objects.current().latest("pk")
