"""Hand-over: asked, accepted, refused, revoked; what each side sees; who is first wins, and reading along ends."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding, User
from opstap.audit.permissions import Actor
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused
from opstap.clients.models import Assignment, Client, Handover
from opstap.clients.operations import (
    Share,
    accept_handover,
    assign_clients,
    protect_dossier,
    refuse_handover,
    request_handovers,
    revoke_handover,
)
from opstap.clients.permissions import visible_clients
from opstap.clients.personal_data import personal_data_of
from opstap.clients.selectors.sealing import opened_words, words_cipher
from tests.factories.accounts import acting
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.keys_changed import Keys, keys

__all__ = ["keys"]

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)
NOTE = "Belt liever 's ochtends; de schuldhulp loopt."


def asked(office: Office, *clients: Client, note: str = NOTE) -> str:
    """Jo asks Kim to take these over."""
    ids = [client.pk for client in clients]
    (batch,) = request_handovers(by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=TODAY, note=note)
    return batch


def holder(client: Client) -> str:
    row = Assignment.objects.active_on(TODAY).select_related("worker").get(client=client)
    return row.worker.name if row.worker else ""


def sees(user: User, client: Client) -> bool:
    return visible_clients(acting(user)).filter(pk=client.pk).exists()


def test_until_it_is_accepted_the_giver_remains_responsible(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    assert holder(client) == "Jo Visser"
    assert (sees(office.jo, client), sees(office.kim, client)) == (True, False)
    accept_handover(by=acting(office.kim), batch=batch)
    assert holder(client) == "Kim Smit"
    assert (sees(office.jo, client), sees(office.kim, client)) == (False, True)
    assert Handover.objects.current().get(client=client).state == Asked.ACCEPTED


def test_who_was_not_asked_can_do_nothing(office: Office) -> None:
    batch = asked(office, office.of(office.jo))
    for stranger in (office.lee, office.leader):
        with pytest.raises(PermissionDenied):
            accept_handover(by=acting(stranger), batch=batch)
        with pytest.raises(PermissionDenied):
            refuse_handover(by=acting(stranger), batch=batch, why="nee")
        with pytest.raises(PermissionDenied):
            revoke_handover(by=acting(stranger), batch=batch)
    with pytest.raises(PermissionDenied):
        accept_handover(by=acting(office.jo), batch=batch)
    with pytest.raises(PermissionDenied):
        revoke_handover(by=acting(office.kim), batch=batch)
    office.sign_in(office.lee)
    assert office.browser.get(f"/overdracht/{batch}/").status_code == 404
    assert office.browser.post(f"/overdracht/{batch}/", {"action": "accept"}).status_code == 404


def _refused(by: Actor, clients: list[Client], receivers: list[User]) -> str:
    with pytest.raises(HandingRefused) as refused:
        request_handovers(
            by=by,
            client_ids=[one.pk for one in clients],
            receivers=receivers,
            from_on=TODAY,
            note="",
        )
    return refused.value.code


def test_only_the_own_caseload_and_only_to_a_case_manager(office: Office) -> None:
    own, other = office.of(office.jo), office.of(office.kim)
    jo = acting(office.jo)
    with pytest.raises(PermissionDenied):
        request_handovers(by=jo, client_ids=[other.pk], receivers=[office.kim], from_on=TODAY, note="")
    assert _refused(acting(office.leader), [own], [office.kim]) == "not_in_caseload"
    assert _refused(jo, [own], [office.jo]) == "not_a_colleague"
    assert _refused(jo, [own], [office.administrator]) == "not_a_colleague"
    assert _refused(jo, [own], []) == "nobody"
    asked(office, own)
    assert _refused(jo, [own], [office.lee]) == "asked_already"


@pytest.mark.parametrize(("first", "second"), [("accept", "revoke"), ("revoke", "accept"), ("refuse", "revoke")])
def test_of_two_at_once_the_first_wins(office: Office, first: str, second: str) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)

    def do(what: str) -> None:
        if what == "accept":
            accept_handover(by=acting(office.kim), batch=batch)
        elif what == "refuse":
            refuse_handover(by=acting(office.kim), batch=batch, why="vol")
        else:
            revoke_handover(by=acting(office.jo), batch=batch)

    do(first)
    before = holder(client)
    with pytest.raises(AnsweredMeanwhile):
        do(second)
    assert holder(client) == before


@pytest.mark.covers("D-24", page="/overdracht/")
def test_the_second_reads_in_words_that_somebody_was_first(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    revoke_handover(by=acting(office.jo), batch=batch)
    answer = office.sign_in(office.kim).browser.post(f"/overdracht/{batch}/", {"action": "accept"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Een ander was u voor: Ingetrokken door Jo Visser" in page
    assert "Wat u koos, is niet gedaan." in page
    assert holder(client) == "Jo Visser"


@pytest.mark.covers("D-24", page="/overdracht/")
def test_the_receiver_sees_the_note_names_and_levels_and_no_dossier(office: Office) -> None:
    client = office.of(office.jo, "Bakker")
    placed(client, "2", on=days_ago(30))
    batch = asked(office, client)
    page = html.unescape(office.sign_in(office.kim).page(f"/overdracht/{batch}/"))
    assert NOTE in page
    assert "Bakker" in page
    assert re.search(r'class="level [^"]*">2<', page)
    assert client.reference not in page
    assert client.number not in page
    assert office.browser.get(f"/clienten/{client.reference}/").status_code == 404
    assert "1 wacht" in re.sub(r"<[^>]+>", "", office.page("/meldingen/")).replace("\n", " ")
    assert "Jo Visser vraagt u per" in office.page("/meldingen/")
    answer = office.browser.post(f"/overdracht/{batch}/", {"action": "accept"}, follow=True)
    assert "1 cliënt komt bij u." in answer.content.decode()
    assert office.browser.get(f"/clienten/{client.reference}/").status_code == 200
    assert "Er wacht niets op u" in office.page("/meldingen/")


def test_a_refusal_says_why_and_changes_nothing(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    office.sign_in(office.kim)
    empty = office.browser.post(f"/overdracht/{batch}/", {"action": "refuse", "why": " "})
    assert empty.status_code == 400
    assert "Zeg in een paar woorden waarom" in empty.content.decode()
    office.browser.post(f"/overdracht/{batch}/", {"action": "refuse", "why": "Mijn buurvrouw"})
    assert holder(client) == "Jo Visser"
    assert "Mijn buurvrouw" in office.sign_in(office.jo).page(f"/overdracht/{batch}/")


def test_note_and_answer_are_stored_encrypted_and_belong_to_the_file(office: Office) -> None:
    client = office.of(office.jo)
    refuse_handover(by=acting(office.kim), batch=asked(office, client), why="Mijn buurvrouw")
    stored = b"".join(
        bytes(row.note_encrypted or b"") + bytes(row.answer_encrypted or b"") for row in Handover.objects.all()
    )
    assert NOTE.encode() not in stored
    assert b"buurvrouw" not in stored
    told = [row.values for row in personal_data_of(client) if row.model == "clients.handover"]
    assert [(row["note"], row["answer"]) for row in told] == [(NOTE, ""), (NOTE, "Mijn buurvrouw")]


def test_whoever_went_elsewhere_meanwhile_stays_there(office: Office) -> None:
    stays, goes = office.of(office.jo), office.of(office.jo)
    batch = asked(office, stays, goes)
    assign_clients(by=acting(office.leader), shares=[Share(stays.pk, None, office.team.pk)], from_on=TODAY, reason="")
    accepted = accept_handover(by=acting(office.kim), batch=batch)
    assert (accepted.clients, accepted.left) == (1, 1)
    assert (holder(stays), holder(goes)) == ("", "Kim Smit")


def test_what_waits_ends_for_whom_somebody_else_has_by_now(office: Office) -> None:
    stays, goes = office.of(office.jo, "Blijver"), office.of(office.jo, "Vertrekker")
    batch, only = asked(office, stays, goes), office.of(office.jo, "Enige")
    alone = asked(office, only)
    for client in (goes, only):
        share = Share(client.pk, office.lee.pk, office.other_team.pk)
        assign_clients(by=acting(office.coordinator), shares=[share], from_on=TODAY, reason="")
    office.sign_in(office.kim)
    page = office.page(f"/overdracht/{batch}/")
    assert ("Blijver" in page, "Vertrekker" in page) == (True, False)
    assert 'value="accept"' in page
    empty = office.page(f"/overdracht/{alone}/")
    assert "Er is niemand meer over te nemen" in empty
    assert ("Enige" in empty, 'value="accept"' in empty) == (False, False)
    inbox = office.page("/meldingen/")
    assert inbox.count("Jo Visser vraagt u") == 1
    assert "vraagt u per" in inbox
    assert "1 cliënt over te nemen" in inbox
    lee = acting(office.lee)
    request_handovers(by=lee, client_ids=[goes.pk], receivers=[office.kim], from_on=TODAY, note="")
    assert _refused(lee, [goes], [office.kim]) == "asked_already"
    assert accept_handover(by=acting(office.kim), batch=batch).left == 1
    assert (holder(stays), holder(goes)) == ("Kim Smit", "Lee Bos")


def test_what_was_asked_before_is_named(office: Office) -> None:
    before, other = office.of(office.jo, "Eerder"), office.of(office.jo, "Ander")
    asked(office, before)
    fields = {"receivers": [office.lee.reference], "from_on": TODAY.isoformat(), "note": ""}
    refused = office.sign_in(office.jo).browser.post("/overdracht/nieuw/", fields)
    assert refused.status_code == 400
    said = re.search(r"Dit is al aan een collega gevraagd[^<]*", html.unescape(refused.content.decode()))
    assert said is not None
    assert ("Eerder" in said[0], "Ander" in said[0]) == (True, False)
    assert not Handover.objects.filter(client=other).exists()


def test_who_has_no_caseload_any_more_takes_nobody_over(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    RoleHolding.objects.filter(user=office.kim).update(role="team_leader", team=office.team)
    with pytest.raises(HandingRefused) as refused:
        accept_handover(by=acting(office.kim), batch=batch)
    assert refused.value.code == "no_caseload"
    told = office.sign_in(office.kim).browser.post(f"/overdracht/{batch}/", {"action": "accept"}, follow=True)
    assert "Bij uw rol hoort hier geen caseload meer" in told.content.decode()
    assert holder(client) == "Jo Visser"
    assert Handover.objects.waiting().filter(batch=batch).exists()
    office.browser.post(f"/overdracht/{batch}/", {"action": "refuse", "why": "ik leid nu het team"})
    assert not Handover.objects.waiting().filter(batch=batch).exists()


def test_who_is_kept_from_the_receiver_stays_with_the_giver(office: Office) -> None:
    plain, hidden = office.of(office.jo), office.of(office.jo, "Geheim")
    batch = asked(office, plain, hidden)
    protect_dossier(
        by=acting(office.leader), client=hidden, reason="colleague", review_on=TODAY + timedelta(days=30), why="x"
    )
    taken = accept_handover(by=acting(office.kim), batch=batch)
    assert (taken.clients, taken.left) == (1, 1)
    assert (holder(plain), holder(hidden)) == ("Kim Smit", "Jo Visser")
    assert not sees(office.kim, hidden)
    told = office.sign_in(office.jo).page(f"/overdracht/{batch}/")
    assert "1 cliënt bleef bij u: uw collega mag het dossier niet zien, of" in told
    assert "De anderen zijn nu bij uw collega" in told


def test_what_is_answered_after_a_change_of_keys_is_sealed_by_the_new_one_whole(office: Office, keys: Keys) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    keys.renew()
    refuse_handover(by=acting(office.kim), batch=batch, why="vol")
    row = Handover.objects.current().get(client=client)
    assert row.note_key == words_cipher().key_id == keys.ring.key("notes").identifier
    for sealed in (row.note_encrypted, row.answer_encrypted):
        assert words_cipher().is_current(bytes(sealed or b""))
    assert (opened_words(row.note_encrypted), opened_words(row.answer_encrypted)) == (NOTE, "vol")
