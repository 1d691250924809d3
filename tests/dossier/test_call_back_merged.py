"""A note to call back whose client turns out to have two dossiers: it waits on, opens at the one kept, is settled."""

from __future__ import annotations

import pytest

from opstap.accounts.models import User
from opstap.clients.enums import CallBackState
from opstap.clients.models import CallBack, Client
from opstap.clients.operations import Share, assign_clients, leave_call_back, merge_clients, undo_merge
from opstap.clients.selectors.outside import call_backs_for
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client
from tests.factories.desk import Office, days_ago

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)


class Merged:
    """Somebody of Jo called; since then their dossier was merged into another."""

    def __init__(self, office: Office) -> None:
        self.double, self.kept = office.of(office.jo, "Dubbel"), office.of(None, "Gebleven", agreed_on=None)
        self.reference = leave_call_back(by=BY, client=self.double, phone="06 12 34 56 78", text="")
        merge_clients(by=BY, client=self.double, kept=self.kept, why="dubbel")
        self.path = f"/terugbellen/{self.reference}/"


@pytest.fixture
def merged(office: Office) -> Merged:
    return Merged(office)


def waits_with(user: User) -> bool:
    return call_backs_for(acting(user)).exists()


def test_the_note_opens_at_the_kept_dossier_and_is_settled(office: Office, merged: Merged) -> None:
    office.sign_in(office.jo)
    inbox = office.page("/meldingen/")
    assert merged.path in inbox
    assert "Gebleven" in inbox
    page = office.page(merged.path)
    assert "06 12 34 56 78" in page
    assert "Gebleven" in page
    assert f"/clienten/{merged.kept.reference}/" in page
    assert f"/contact/{merged.kept.reference}/" in page
    assert merged.double.reference not in page
    today = office.page("/contact/vandaag/")
    assert ("06 12 34 56 78" in today, f'{merged.path}">Gebleven' in today) == (True, True)
    assert office.browser.post(merged.path)["Location"] == "/meldingen/"
    assert CallBack.objects.current().get().state == CallBackState.DONE
    assert "Er wacht niets op u" in office.page("/meldingen/")
    assert office.browser.post(merged.path).status_code == 302  # a colleague did this before


def test_it_waits_with_who_gets_the_kept_dossier(office: Office, merged: Merged) -> None:
    give(office, merged.kept, office.kim)
    assert [waits_with(one) for one in (office.kim, office.jo, office.leader, office.coordinator)] == [
        True, False, False, False,
    ]  # fmt: skip
    office.sign_in(office.kim)
    assert "06 12 34 56 78" in office.page(merged.path)
    assert office.browser.post(merged.path)["Location"] == "/meldingen/"
    assert not CallBack.objects.waiting().exists()


def test_it_waits_with_who_has_yet_another_dossier_of_them(office: Office, merged: Merged) -> None:
    third = a_client(office.town)
    give(office, merged.kept, None)
    give(office, third, office.lee, office.other_team)
    merge_clients(by=BY, client=third, kept=merged.kept, why="nog een")
    assert (waits_with(office.lee), waits_with(office.leader)) == (True, False)
    assert "06 12 34 56 78" in office.sign_in(office.lee).page(merged.path)


def test_nobody_else_opens_it_and_undone_it_is_theirs_again(office: Office, merged: Merged) -> None:
    office.sign_in(office.lee)
    assert (office.browser.get(merged.path).status_code, office.browser.post(merged.path).status_code) == (404, 404)
    undo_merge(by=BY, client=merged.double, why="toch twee mensen")
    page = office.sign_in(office.jo).page(merged.path)
    assert f"/clienten/{merged.double.reference}/" in page
    assert merged.kept.reference not in page


def give(office: Office, client: Client, worker: User | None, team: object = None) -> None:
    share = Share(client.pk, worker.pk if worker else None, getattr(team or office.team, "pk", None))
    assign_clients(by=acting(office.coordinator), shares=[share], from_on=TODAY, reason="")
