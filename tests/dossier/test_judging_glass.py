"""Broken glass is judged: who is told, who judges, once and in words, and nobody their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import User
from opstap.clients.enums import GlassVerdict
from opstap.clients.models import BrokenGlass, Client, GlassReview
from opstap.clients.operations import judge_glass, protect_dossier, say_known
from opstap.foundation.dates import clock_at
from tests.dossier.glasses import NOW, broken, words
from tests.factories.accounts import a_team_leader, a_worker, acting
from tests.factories.clients import BY
from tests.factories.desk import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]


def test_leader_and_privacy_officer_are_told_at_once(office: Office, client_of_lee: Client) -> None:
    officer = a_worker(office.town, "privacy_officer")
    strange = a_team_leader(office.other_team)
    glass = broken(office, client_of_lee)
    for user in (office.leader, officer):
        page = words(office.sign_in(user).page("/meldingen/").encode())
        assert "Jo Visser heeft een dossier geopend met noodtoegang" in page
        assert "16 jun 2027" in page
        told = words(office.page(f"/noodtoegang/{glass.reference}/").encode())
        assert "er is gevaar voor de cliënt of een ander" in told
        assert "Belt in paniek" in told
        assert client_of_lee.number in told
    assert office.sign_in(strange).browser.get(f"/noodtoegang/{glass.reference}/").status_code == 404
    assert "Er wacht niets op u" in office.page("/meldingen/")
    assert client_of_lee.number in office.sign_in(officer).page("/inzage/noodtoegang/")
    assert office.sign_in(office.leader).browser.get("/inzage/noodtoegang/").status_code == 403


def test_the_leader_judges_once_and_in_words(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee)
    path = f"/noodtoegang/{glass.reference}/"
    office.sign_in(office.leader)
    empty = office.browser.post(path, {"action": "judge", "verdict": "not_in_order", "remark": ""})
    assert empty.status_code == 400
    assert "Zeg wat er niet in orde was" in words(empty.content)
    given = {"action": "judge", "verdict": "not_in_order", "remark": "Had tot morgen kunnen wachten"}
    assert office.browser.post(path, given).status_code == 302
    assert "niet in orde" in office.page(path)
    assert "Er wacht niets op u" in office.page("/meldingen/")
    again = office.browser.post(path, {"action": "judge", "verdict": "in_order"})
    assert again.status_code == 409
    assert GlassReview.objects.count() == 1
    assert b"morgen" not in bytes(GlassReview.objects.get().note_encrypted or b"")


def test_nobody_judges_their_own(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee, office.leader)
    with pytest.raises(PermissionDenied):
        judge_glass(by=acting(office.leader), reference=glass.reference, verdict=GlassVerdict.IN_ORDER, remark="")
    with pytest.raises(PermissionDenied):
        judge_glass(by=acting(office.jo), reference=glass.reference, verdict=GlassVerdict.IN_ORDER, remark="")
    judge_glass(by=acting(office.coordinator), reference=glass.reference, verdict=GlassVerdict.IN_ORDER, remark="")
    assert GlassReview.objects.get().reviewer == office.coordinator


def keeps_silent(office: Office, glass: BrokenGlass, user: User) -> bool:
    """Whether this user meets it nowhere: not in the inbox, not on its page, and can't judge it."""
    office.sign_in(user)
    assert office.browser.post(f"/noodtoegang/{glass.reference}/", {"action": "judge"}).status_code == 404
    with pytest.raises(PermissionDenied):
        judge_glass(by=acting(user), reference=glass.reference, verdict=GlassVerdict.IN_ORDER, remark="")
    shown = office.browser.get(f"/noodtoegang/{glass.reference}/")
    return shown.status_code == 404 and "Er wacht niets op u" in office.page("/meldingen/")


def test_a_leader_meets_no_glass_of_whom_they_know_and_the_coordinator_judges(
    office: Office, client_of_lee: Client
) -> None:
    sister = office.of(office.kim, "Zuster")
    glass = broken(office, sister)
    assert "Jo Visser" in office.sign_in(office.leader).page("/meldingen/")
    say_known(by=acting(office.leader), client=sister)
    assert keeps_silent(office, glass, office.leader)
    say_known(by=acting(office.coordinator), client=client_of_lee)
    broken(office, client_of_lee, office.kim)
    given = {"action": "judge", "verdict": "in_order"}
    path = f"/noodtoegang/{glass.reference}/"
    assert office.sign_in(office.coordinator).browser.post(path, given).status_code == 302
    assert "Er wacht niets op u" in office.page("/meldingen/")  # Kim's is of whom the coordinator knows
    assert "Kim Smit" in office.sign_in(office.leader).page("/meldingen/")


def test_what_was_protected_after_it_is_kept_from_the_leader_and_judged_by_the_coordinator(
    office: Office, client_of_lee: Client
) -> None:
    officer = a_worker(office.town, "privacy_officer")
    glass = broken(office, client_of_lee)
    protect_dossier(by=BY, client=client_of_lee, reason="relative", review_on=date(2027, 12, 1), why="x")
    assert keeps_silent(office, glass, office.leader)
    for user in (office.jo, officer):
        assert "Belt in paniek" in office.sign_in(user).page(f"/noodtoegang/{glass.reference}/")
    assert "Jo Visser" in office.sign_in(officer).page("/meldingen/")
    judge_glass(by=acting(office.coordinator), reference=glass.reference, verdict=GlassVerdict.IN_ORDER, remark="")
    assert "Er wacht niets op u" in office.sign_in(officer).page("/meldingen/")


def test_what_is_late_stands_on_top(office: Office, client_of_lee: Client) -> None:
    officer = a_worker(office.town, "privacy_officer")
    broken(office, client_of_lee)
    with clock_at(NOW + timedelta(days=7)):
        assert "te laat" not in office.sign_in(office.leader).page("/meldingen/")
    with clock_at(NOW + timedelta(days=8)):
        broken(office, office.of(office.lee, team=office.other_team), office.kim)
        page = words(office.sign_in(office.leader).page("/meldingen/").encode())
        assert "1 is te laat" in page
        assert page.index("Jo Visser") < page.index("Kim Smit")
        rows = office.sign_in(officer).page("/inzage/noodtoegang/")
        assert rows.index("Jo Visser") < rows.index("Kim Smit")
