"""A hand-over that waits while one of its clients turns out to have two dossiers: it is about the one kept."""

from __future__ import annotations

import html

import pytest

from opstap.accounts.models import User
from opstap.clients.logic.handing import HandingRefused
from opstap.clients.models import Assignment, Client, Handover
from opstap.clients.operations import (
    Accepted,
    Share,
    accept_handover,
    assign_clients,
    merge_clients,
    request_handovers,
    undo_merge,
)
from opstap.clients.permissions import offered_clients, visible_clients
from opstap.clients.selectors.handing import still_offered
from opstap.clients.selectors.same_person import kept_client
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client
from tests.factories.desk import Office, days_ago
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)


class Merged:
    """Jo asked Kim to take somebody over; since then their dossier was merged into another."""

    def __init__(self, office: Office) -> None:
        self.double, self.kept = office.of(office.jo, "Dubbel"), a_client(office.town, surname="Gebleven")
        self.batch = asked(office, self.double)
        merge_clients(by=BY, client=self.double, kept=self.kept, why="dubbel")
        self.path = f"/overdracht/{self.batch}/"


@pytest.fixture
def merged(office: Office) -> Merged:
    return Merged(office)


def asked(office: Office, *clients: Client) -> str:
    ids = [client.pk for client in clients]
    (batch,) = request_handovers(
        by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=TODAY, note="Ik ga weg."
    )
    return batch


def holders(client: Client) -> set[str]:
    rows = Assignment.objects.active_on(TODAY).annotate(whose=kept_client()).filter(whose=client.pk)
    return {row.worker.name if row.worker else "" for row in rows.select_related("worker")}


def sees(user: User, client: Client) -> bool:
    return visible_clients(acting(user)).filter(pk=client.pk).exists()


def test_the_person_stands_there_once_and_comes_over(office: Office, merged: Merged) -> None:
    assert list(offered_clients(acting(office.kim), merged.batch)) == [merged.kept]
    office.sign_in(office.kim)
    page = html.unescape(office.page(merged.path))
    assert ("Gebleven" in page, "Dubbel" in page) == (True, False)
    done = office.browser.post(merged.path, {"action": "accept"}, follow=True).content.decode()
    assert "1 cliënt komt bij u." in done
    assert "komt niet naar u" not in done
    assert holders(merged.kept) == {"Kim Smit"}
    assert (sees(office.jo, merged.kept), sees(office.kim, merged.kept)) == (False, True)
    told = office.sign_in(office.jo).page(merged.path)
    assert "hun dossiers zijn voor u gesloten" in told
    assert "bij u:" not in told


def test_who_asked_reads_along_by_the_dossier_that_was_kept(office: Office) -> None:
    a_setting(office.town, "former_reads_days", 14, TODAY)
    merged = Merged(office)
    accept_handover(by=acting(office.kim), batch=merged.batch)
    office.sign_in(office.jo)
    assert merged.kept.reference in office.page(merged.path)
    assert "mag meelezen tot" in office.page(f"/clienten/{merged.kept.reference}/")


def test_it_is_asked_already_under_the_kept_dossier(office: Office, merged: Merged) -> None:
    with pytest.raises(HandingRefused) as refused:
        request_handovers(
            by=acting(office.jo), client_ids=[merged.kept.pk], receivers=[office.lee], from_on=TODAY, note=""
        )
    assert (refused.value.code, refused.value.client_ids) == ("asked_already", frozenset({merged.kept.pk}))


def test_two_that_were_asked_together_and_are_one_count_as_one(office: Office) -> None:
    one, two, other = office.of(office.jo, "Wegval"), office.of(office.jo, "Blijver"), office.of(office.jo, "Ander")
    batch = asked(office, one, two, other)
    merge_clients(by=BY, client=one, kept=two, why="dubbel")
    office.sign_in(office.kim)
    page = html.unescape(office.page(f"/overdracht/{batch}/"))
    assert ("Wegval" in page, "Blijver" in page, "Ander" in page) == (False, True, True)
    assert "2 cliënten over te nemen" in office.page("/meldingen/")
    assert accept_handover(by=acting(office.kim), batch=batch) == Accepted(2, 0)
    assert holders(two) == {"Kim Smit"}
    assert Assignment.objects.active_on(TODAY).filter(client__in=[one, two]).count() == 1


def test_it_is_still_theirs_to_give_by_either_dossier(office: Office, merged: Merged) -> None:
    """Assigning after the merge writes at the dossier that was kept: while that is to Jo it waits, and then no more."""
    give(office, merged.kept, office.lee)
    assert not still_offered(TODAY).exists()
    give(office, merged.kept, office.jo)
    assert still_offered(TODAY).get().batch == merged.batch
    assert accept_handover(by=acting(office.kim), batch=merged.batch) == Accepted(1, 0)
    assert holders(merged.kept) == {"Kim Smit"}


def test_who_went_elsewhere_as_the_kept_dossier_stays_there(office: Office, merged: Merged) -> None:
    give(office, merged.kept, office.lee)
    assert accept_handover(by=acting(office.kim), batch=merged.batch) == Accepted(0, 1)
    assert holders(merged.kept) == {"Lee Bos"}


def test_undone_it_is_about_each_by_itself_again(office: Office, merged: Merged) -> None:
    undo_merge(by=BY, client=merged.double, why="toch twee mensen")
    assert list(offered_clients(acting(office.kim), merged.batch)) == [merged.double]
    assert accept_handover(by=acting(office.kim), batch=merged.batch) == Accepted(1, 0)
    assert (holders(merged.double), holders(merged.kept)) == ({"Kim Smit"}, set())
    assert Handover.objects.current().get().client == merged.double


def give(office: Office, client: Client, worker: User) -> None:
    assign_clients(
        by=acting(office.coordinator), shares=[Share(client.pk, worker.pk, office.team.pk)], from_on=TODAY, reason=""
    )
