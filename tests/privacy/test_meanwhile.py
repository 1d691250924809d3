"""What others record while somebody is about to be erased keeps them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client, Residue
from opstap.foundation import dates
from opstap.privacy.models import Destruction
from opstap.privacy.operations import HeldBack, confirm_destruction, erase_client, hold_dossier, propose_destruction
from opstap.privacy.operations import erasing as erasing_one
from opstap.privacy.operations import retention as operations
from opstap.privacy.selectors.residue import residue_of
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client, followed
from tests.factories.desk import Office
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES = tmp_path / "erasures.ledger"


def test_who_was_held_or_changed_while_it_began_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others write until the recording is taken: what they wrote then counts."""
    client = a_client(a_municipality())

    def held_meanwhile(*given: Any, **named: Any) -> Any:
        left = residue_of(*given, **named)
        hold_dossier(by=BY, client=client, why="bezwaar", until=None)
        return left

    monkeypatch.setattr(erasing_one, "residue_of", held_meanwhile)
    with pytest.raises(HeldBack):
        erase_client(by=BY, client=client)
    assert Client.objects.filter(pk=client.pk).exists()


def test_who_is_recorded_about_since_it_was_judged_stays() -> None:
    client = a_client(a_municipality(), until=date(2022, 5, 6))
    judged = latest_recording()
    followed(client, dates.today())
    with pytest.raises(ReplacedMeanwhile):
        erase_client(by=BY, client=client, judged=judged)
    assert Client.objects.filter(pk=client.pk).exists()


def test_two_who_erase_one_person_leave_them_once() -> None:
    client = a_client(a_municipality())
    placed(client, "3", on=date(2024, 3, 4))
    erase_client(by=BY, client=client)
    rows = Residue.objects.count()
    with pytest.raises(ReplacedMeanwhile):
        erase_client(by=BY, client=client)
    assert Residue.objects.count() == rows


def test_who_is_followed_again_while_others_are_erased_stays(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is judged once for all of a turn; what is recorded about somebody meanwhile keeps them."""
    office = Office(client)
    first, second = (a_client(office.town, followed_since=date(2005, 3, 4), until=date(2012, 5, 6)) for _ in range(2))
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town)
    confirm_destruction(by=by, destruction=made)

    def reopening(**named: Any) -> dict[str, int]:
        gone = erase_client(**named)
        if named["client"] == first:
            followed(second, date(2024, 1, 1))
        return gone

    monkeypatch.setattr(operations, "erase_client", reopening)
    assert operations.erase_listed(by=by, destruction=Destruction.objects.get(), most=10) == 0
    assert list(Client.objects.filter(pk__in=[first.pk, second.pk])) == [second]
    assert Destruction.objects.get().erased == 1
