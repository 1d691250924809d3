"""One worker in two municipalities: in every page one of them, and a role in the one gives nothing in the other."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding
from opstap.accounts.operations import end_role
from opstap.accounts.permissions import actor_for
from opstap.audit.models import Access, Event
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import HandingRefused
from opstap.clients.models import Assignment, Handover, StandIn
from opstap.clients.operations import accept_handover, request_handovers
from opstap.clients.operations.standing_in import Absence, arrange_stand_in, request_stand_in
from opstap.clients.permissions import require_reach, visible_clients
from opstap.foundation import dates
from opstap.selections.models import WorkingList
from tests.factories.accounts import a_coordinator, acting
from tests.factories.desk import IN_A_MONTH, days_ago
from tests.factories.municipality import a_municipality
from tests.factories.region import Region, also_in, dossier, hidden

pytestmark = pytest.mark.django_db
LISTS = ("/clienten/", "/contact/vandaag/", "/contact/deze-week/", "/meldingen/", "/overdracht/", "/begin/")
NEW = {
    "number": "N1", "surname": "Nieuw", "given_names": "An", "birth_date": "1991-03-02", "ground": "benefit",
    "starts_on": "2026-11-01", "benefit": "participatiewet", "benefit_from": "2026-11-01",
}  # fmt: skip


def test_one_municipality_at_a_time_and_it_stands_on_every_page(region: Region) -> None:
    region.sign_in(region.jo)
    for here, there in ((region.noord, region.zuid), (region.zuid, region.noord)):
        region.choose(here)
        own, others = (region.anna, region.zoe) if here == region.noord else (region.zoe, region.anna)
        surname, hidden_name = ("Noordman", "Zuidhof") if here == region.noord else ("Zuidhof", "Noordman")
        for path in LISTS:
            page = region.page(path)
            assert f'<summary class="town__name">{here.name}<' in page
            assert hidden_name not in page
            assert others.reference not in page
        assert surname in region.page("/clienten/")
        assert surname in region.page(dossier(own))
        for path in (dossier(others), f"/contact/{others.reference}/", f"/plaatsen/{others.reference}/"):
            assert region.browser.get(path).status_code == 404
        assert f"Werken in {there.name}" in region.page("/clienten/")


def test_the_gate_has_the_clients_of_one_municipality(region: Region) -> None:
    for town, own, other in (
        (region.noord, region.anna, region.zoe),
        (region.zuid, region.zoe, region.anna),
    ):
        actor = actor_for(region.jo, town.pk)
        assert list(visible_clients(actor)) == [own]
        require_reach(actor, [own.pk])
        with pytest.raises(PermissionDenied):
            require_reach(actor, [other.pk])
        with pytest.raises(PermissionDenied):
            require_reach(actor, [own.pk, other.pk])


def test_a_role_in_the_one_gives_nothing_in_the_other(region: Region) -> None:
    """A coordinator of Zuid who is a case manager in Noord sees all of Zuid and their own in Noord."""
    also_in(region.jo, region.zuid, "coordinator")
    also_in(region.jo, region.zuid, "functional_administrator")
    of_kim, of_lee = region.of(region.noord, "Kimsma", region.kim), region.of(region.zuid, "Leeman", region.lee)
    assert set(visible_clients(actor_for(region.jo, region.zuid.pk))) == {region.zoe, of_lee}
    in_noord = actor_for(region.jo, region.noord.pk)
    assert list(visible_clients(in_noord)) == [region.anna]
    for permission in ("reach_municipality", "manage_accounts", "assign_clients", "see_authorisations"):
        assert not in_noord.may(permission)
    region.sign_in(region.jo)
    for path in ("/beheer/", "/beheer/gebruikers/", "/team/", dossier(of_kim), dossier(of_lee)):
        assert region.browser.get(path).status_code in {403, 404}, path
    region.choose(region.zuid)
    assert "Leeman" in region.page(dossier(of_lee))
    assert region.browser.get(dossier(of_kim)).status_code == 404
    assert region.browser.get("/beheer/gebruikers/").status_code == 200


def test_who_works_in_one_has_nothing_to_choose(region: Region) -> None:
    page = region.sign_in(region.kim).page("/clienten/")
    assert "Noord" in page
    assert "town__name" not in page
    assert "Zuid" not in page
    before = Event.objects.count()
    for municipality in (region.zuid.reference, "bcdfghjkmnpq", ""):
        assert region.browser.post("/mijn/gemeente/", {"municipality": municipality}).status_code == 404
    assert region.browser.get("/mijn/gemeente/").status_code == 405
    assert Event.objects.count() == before
    assert "Noordman" not in region.page("/clienten/")


def test_choosing_is_logged_where_one_comes_and_the_next_session_begins_there(region: Region) -> None:
    answer = region.sign_in(region.jo).choose(region.zuid)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    row = Access.objects.filter(action="accounts:choose-municipality").latest("pk")
    assert (row.municipality, row.user, row.roles) == (region.zuid.pk, region.jo.reference, "case_manager")
    assert Event.objects.filter(verb="choose_municipality", about=region.zuid.reference).count() == 1
    assert "U werkt nu in Zuid." in region.page("/clienten/")
    region.jo.set_password("een-lang-wachtwoord-9")
    region.jo.save(update_fields=["password"])
    region.browser.logout()
    region.browser.post("/aanmelden/", {"username": region.jo.sign_in_name, "password": "een-lang-wachtwoord-9"})
    assert region.browser.session["works_in"] == region.zuid.pk


def test_ending_the_roles_in_the_one_leaves_the_other_at_the_next_request(region: Region) -> None:
    region.sign_in(region.jo).choose(region.zuid)
    assert "Zuidhof" in region.page(dossier(region.zoe))
    for holding in RoleHolding.objects.filter(user=region.jo, municipality=region.zuid):
        end_role(by=acting(region.other), holding=holding, ends_on=dates.today())
    moved = region.browser.get(dossier(region.zoe))
    assert (moved.status_code, moved["Location"]) == (302, "/")
    page = region.page("/clienten/")
    assert "U hebt geen rol meer in Zuid. Vanaf hier werkt u in Noord." in page
    assert "Noordman" in page
    assert "town__name" not in page
    assert region.browser.get(dossier(region.zoe)).status_code == 404
    assert region.browser.post("/mijn/gemeente/", {"municipality": region.zuid.reference}).status_code == 404


def test_a_dossier_of_the_other_is_not_there_exactly_as_one_that_never_was(region: Region) -> None:
    region.sign_in(region.jo)
    of_other, of_nobody = (region.browser.get(f"/clienten/{one}/") for one in (region.zoe.reference, "bcdfghjkmnpq"))
    assert of_other.status_code == of_nobody.status_code == 404
    words = [one.content.decode().split("<main")[1].split("</main>")[0] for one in (of_other, of_nobody)]
    assert words[0] == words[1]
    assert "U werkt nu in Noord." in words[0]


def test_search_and_known_or_not_are_of_one_municipality(region: Region) -> None:
    region.sign_in(region.jo).choose(region.noord)
    for surname, found in (("Noordman", True), ("Zuidhof", False)):
        answer = region.send(region.noord, "/zoeken/", {"q": surname})
        assert (answer["Location"] == dossier(region.anna)) is found
        assert found or region.zoe.reference not in region.page(answer["Location"])
    region.of(region.zuid, "Leeman", region.lee)
    asked = {"surname": "Leeman", "birth_date": "1980-06-15"}
    assert "Lee Bos" not in _told(region, asked)
    region.choose(region.zuid)
    assert (
        "Lee Bos"
        in region.browser.post(
            "/zoeken/buiten/", {**asked, "shown_in": hidden(region.page("/zoeken/buiten/"))["shown_in"]}, follow=True
        ).content.decode()
    )


def _told(region: Region, asked: dict[str, str]) -> str:
    form = hidden(region.page("/zoeken/buiten/"))
    return region.browser.post("/zoeken/buiten/", {**asked, "shown_in": form["shown_in"]}, follow=True).content.decode()


def test_files_and_reports_count_one_municipality(region: Region) -> None:
    also_in(region.jo, region.noord, "coordinator")
    region.of(region.zuid, "Leeman", region.lee)
    region.of(region.zuid, "Nogeen", region.lee)
    region.sign_in(region.jo)
    own: Any = region.browser.get("/clienten/bestand/csv/")
    text = b"".join(own.streaming_content if own.streaming else [own.content]).decode("utf-8-sig", "replace")
    assert "Noordman" in text
    assert "Zuidhof" not in text
    for slug in ("plaatsing",):
        page = region.page(f"/rapporten/{slug}/")
        assert "Team Zuid" not in page
        assert "Lee Bos" not in page


def test_a_kept_list_is_of_one_municipality(region: Region) -> None:
    region.sign_in(region.jo)
    region.send(region.noord, "/clienten/lijsten/bewaren/", {"name": "Bellen", "list": "trede=2", "next": "/clienten/"})
    region.choose(region.zuid)
    page = region.page("/clienten/")  # nor what was said in Noord and not shown yet
    assert "Bellen" not in page
    assert "U werkt nu in Zuid." in page
    kept = WorkingList.objects.get()
    region.send(region.zuid, f"/clienten/lijsten/{kept.reference}/weg/", {})
    assert WorkingList.objects.filter(pk=kept.pk).exists()
    region.send(region.zuid, "/clienten/lijsten/bewaren/", {"name": "Bellen", "list": "", "next": "/clienten/"})
    assert set(WorkingList.objects.values_list("municipality", flat=True)) == {region.noord.pk, region.zuid.pk}


def test_a_hand_over_is_asked_and_answered_in_one_municipality(region: Region) -> None:
    in_noord, in_zuid = actor_for(region.jo, region.noord.pk), actor_for(region.jo, region.zuid.pk)
    today = dates.today()
    for by, client, colleague in ((in_noord, region.anna, region.lee), (in_zuid, region.zoe, region.kim)):
        with pytest.raises(HandingRefused):
            request_handovers(by=by, client_ids=[client.pk], receivers=[colleague], from_on=today, note="")
    with pytest.raises(PermissionDenied):
        request_handovers(by=in_zuid, client_ids=[region.anna.pk], receivers=[region.lee], from_on=today, note="")
    of_lee = region.of(region.zuid, "Leeman", region.lee)
    (batch,) = request_handovers(
        by=acting(region.lee), client_ids=[of_lee.pk], receivers=[region.jo], from_on=today, note=""
    )
    region.sign_in(region.jo)
    assert "Lee Bos" not in region.page("/meldingen/")
    assert region.browser.get(f"/overdracht/{batch}/").status_code == 404
    with pytest.raises(PermissionDenied):
        accept_handover(by=in_noord, batch=batch)
    region.choose(region.zuid)
    assert "Lee Bos vraagt" in region.page("/meldingen/")
    accept_handover(by=in_zuid, batch=batch)
    held = Assignment.objects.active_on(today).get(client=of_lee)
    assert (held.worker, held.team) == (region.jo, region.team_zuid)
    assert Handover.objects.current().get(batch=batch).state == Asked.ACCEPTED


def test_standing_in_opens_the_caseload_of_one_municipality(region: Region) -> None:
    """Kim works in both too: who stands in for Jo in Noord gets nothing of Jo's caseload in Zuid."""
    also_in(region.kim, region.zuid)
    in_noord, in_zuid = actor_for(region.kim, region.noord.pk), actor_for(region.kim, region.zuid.pk)
    boss = acting(a_coordinator(region.noord))
    arrange_stand_in(by=boss, absence=Absence(region.jo, dates.today(), IN_A_MONTH), colleague=region.kim, note="")
    assert StandIn.objects.get().municipality == region.noord
    assert region.anna in visible_clients(in_noord)
    assert list(visible_clients(in_zuid)) == []
    region.sign_in(region.kim).choose(region.zuid)
    assert "Jo Visser" not in region.page("/clienten/")
    with pytest.raises(HandingRefused):  # Lee holds no role in Noord
        request_stand_in(
            by=actor_for(region.jo, region.noord.pk),
            absence=Absence(region.jo, dates.today(), IN_A_MONTH),
            colleague=region.lee,
            note="",
        )


def test_what_was_agreed_before_there_was_a_choice_holds_where_the_absent_has_the_account(region: Region) -> None:
    also_in(region.kim, region.zuid)
    boss = acting(a_coordinator(region.noord))
    arrange_stand_in(by=boss, absence=Absence(region.jo, days_ago(0), IN_A_MONTH), colleague=region.kim, note="")
    row = StandIn.objects.get()
    before = StandIn.objects.model(
        recording=row.recording, reference="bcdfghjkmnpq", absent=row.absent, stand_in=region.lee, asked_by=None,
        starts_on=row.starts_on, ends_on=row.ends_on, state=row.state,
    )  # fmt: skip
    StandIn.objects.bulk_create([before])
    also_in(region.lee, region.noord)
    assert region.anna in visible_clients(actor_for(region.lee, region.noord.pk))
    assert region.zoe not in visible_clients(actor_for(region.lee, region.zuid.pk))


def test_questions_are_kept_by_municipality(region: Region) -> None:
    """The kept SQL of a page belongs to who asks and where: changing about gives each its own."""
    region.sign_in(region.jo)
    for _round in range(3):
        for town, name in ((region.noord, "Noordman"), (region.zuid, "Zuidhof")):
            region.choose(town)
            page = region.page("/clienten/")
            assert name in page
            assert f'<summary class="town__name">{town.name}<' in page


def test_a_municipality_that_is_not_there_or_not_ones_own_is_nowhere(region: Region) -> None:
    third = a_municipality("Oost")
    region.sign_in(region.jo)
    assert region.choose(third).status_code == 404
    session = region.browser.session
    session["works_in"] = third.pk  # as if a session could say so
    session.save()
    moved = region.browser.get("/clienten/")
    assert (moved.status_code, moved["Location"]) == (302, "/")
    assert "Noordman" in region.page("/clienten/")


def test_what_was_asked_and_done_in_the_one_is_forgotten_in_the_other(region: Region) -> None:
    """Searches, answers and what can be taken back stand in the session: none of it comes along."""
    region.sign_in(region.jo)
    also_in(region.jo, region.noord, "coordinator")
    searched = region.send(region.noord, "/zoeken/", {"q": "niemand"})["Location"]
    asked = {"surname": "Kimsma", "birth_date": "1980-06-15"}
    region.of(region.noord, "Kimsma", region.kim)
    answered = region.send(region.noord, "/zoeken/buiten/", asked)["Location"]
    for path in (searched, answered):
        assert region.browser.get(path).status_code == 200
    region.choose(region.zuid)
    assert region.browser.get(searched).status_code == 404
    assert region.browser.get(answered).status_code == 302
    assert set(region.browser.session.keys()) >= {"works_in", "_auth_user_id", "signed_in"}
    region.choose(region.noord)
    assert region.browser.get(searched).status_code == 404
