"""Letting in somebody whose account another municipality keeps: by whom, how they are named, and who is told."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding, User
from opstap.accounts.operations import (
    HoldingRefused,
    RoleGiven,
    end_role,
    give_role,
    join_team,
    let_in,
    mailing,
)
from opstap.audit.models import Access, Event
from opstap.foundation import dates
from tests.factories.accounts import a_case_manager, a_worker, acting
from tests.factories.region import Region, kim_with_mail, roles_in

pytestmark = pytest.mark.django_db
USERS, LET_IN = "/beheer/gebruikers/", "/beheer/gebruikers/andere-gemeente/"
TODAY = dates.today()


def test_somebody_is_let_in_by_their_mail_address_and_it_stands_in_both_logs(region: Region) -> None:
    kim = kim_with_mail(region)
    region.sign_in(region.other)
    assert "Iemand van een andere gemeente" in region.page(USERS)
    given = {"email": "Kim@Noord.example", "role": "case_manager", "since": TODAY.isoformat()}
    answer = region.browser.post(LET_IN, given)
    assert answer["Location"] == f"{USERS}{kim.reference}/"
    assert (roles_in(kim, region.zuid), roles_in(kim, region.noord)) == ({"case_manager"}, {"case_manager"})
    logged = Access.objects.filter(action="accounts:let-in", method="POST", result="done")
    assert set(logged.values_list("municipality", flat=True)) == {region.noord.pk, region.zuid.pk}
    there = logged.get(municipality=region.noord.pk)
    assert (there.user, there.on_behalf_of, there.why) == (region.other.reference, "Zuid", f"let_in:{kim.reference}")
    assert Event.objects.filter(verb="let_in", about=kim.reference).count() == 1
    officer = a_worker(region.noord, "privacy_officer")
    page = region.sign_in(officer).page("/inzage/")
    assert "Kim Smit: iemand van ons kreeg een rol in een andere gemeente" in page
    assert f"{region.other.name}, voor Zuid" in page
    assert "rol voor iemand van een andere gemeente" in page
    record = region.page(f"/inzage/regel/{there.chain}-{there.position}/")
    assert "Kim Smit: iemand van ons kreeg" in record
    assert f"{region.other.name}, voor Zuid" in record
    officer = a_worker(region.zuid, "privacy_officer")
    page = region.sign_in(officer).page("/inzage/")
    assert "Kim Smit: iemand van een andere gemeente kreeg hier een rol" in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("niemand@noord.example", "Niemand van een andere gemeente heeft dit e-mailadres."),
        ("kim", "geen e-mailadres"),
        ("", "Vul dit in."),
        ("own@zuid.example", "Deze persoon is hier al bekend."),
        ("dicht@noord.example", "Niemand van een andere gemeente heeft dit e-mailadres."),
    ],
)
def test_who_is_not_named_exactly_is_not_let_in(region: Region, address: str, words: str) -> None:
    kim_with_mail(region)
    region.lee.email = "own@zuid.example"
    region.lee.save()
    closed = a_case_manager(region.team_noord)
    closed.email, closed.is_active = "dicht@noord.example", False
    closed.save()
    before = RoleHolding.objects.count()
    given = {"email": address, "role": "case_manager", "since": TODAY.isoformat()}
    refused = region.sign_in(region.other).browser.post(LET_IN, given)
    assert refused.status_code == 400
    assert words in refused.content.decode()
    assert RoleHolding.objects.count() == before


def test_only_an_administrator_lets_in_and_only_where_they_work(region: Region) -> None:
    kim = kim_with_mail(region)
    assert region.sign_in(region.lee).browser.get(LET_IN).status_code == 403
    first = RoleGiven("coordinator", TODAY)
    for by, town in ((acting(region.lee), region.zuid), (acting(region.keeper), region.zuid)):
        with pytest.raises(PermissionDenied):
            let_in(by=by, municipality=town, address="kim@noord.example", first=first)
    with pytest.raises(HoldingRefused, match="team_elsewhere"):
        let_in(
            by=acting(region.other), municipality=region.zuid, address="kim@noord.example",
            first=RoleGiven("team_leader", TODAY, team=region.team_noord),
        )  # fmt: skip
    assert roles_in(kim, region.zuid) == set()
    assert not Access.objects.filter(why__startswith="let_in").exists()


@pytest.fixture
def _mail_goes(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.voorbeeld.example", "opstap@voorbeeld.example"
    settings.OPSTAP_ADDRESS = "https://opstap.voorbeeld.example"


def told(region: Region, user: User, since: date) -> str:
    """Let somebody in from a day on, and have the message go."""
    put_by: list[Any] = []
    job = mailing.mail_about_account
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mailing, "mail_about_account", SimpleNamespace(enqueue=lambda *given: put_by.append(given)))
        first = RoleGiven("matcher", since)
        let_in(by=acting(region.other), municipality=region.zuid, address=user.email or "", first=first)
    (given,) = put_by
    assert given[:2] == (user.reference, mailing.LET_IN)
    job.call(*given)
    (message,) = mail.outbox
    return str(message.body)


@pytest.mark.usefixtures("_mail_goes")
def test_who_is_let_in_is_told_by_mail_where_and_where_to_choose(region: Region) -> None:
    said = told(region, kim_with_mail(region), TODAY)
    assert said.startswith("Zuid heeft u een rol gegeven in Opstap. Na het aanmelden kiest u bovenaan de pagina")
    assert "Meld het meteen" in said


@pytest.mark.usefixtures("_mail_goes")
def test_whose_role_begins_later_is_told_from_when_and_to_choose_only_where_there_is_a_choice(region: Region) -> None:
    kim = kim_with_mail(region)
    RoleHolding.objects.filter(user=kim).update(ends_on=TODAY)
    said = told(region, kim, date(2031, 3, 4))
    assert said.startswith("Zuid heeft u een rol gegeven in Opstap, vanaf 4 mrt 2031.\n\nHad u dit niet verwacht?")


def test_whose_last_role_here_ended_is_let_in_anew_and_given_nothing_otherwise(region: Region) -> None:
    region.jo.email = "jo@noord.example"
    region.jo.save()
    by = acting(region.other)
    again: dict[str, Any] = {"user": region.jo, "role": "coordinator", "team": None, "since": TODAY}
    for held in RoleHolding.objects.filter(user=region.jo, municipality=region.zuid):
        end_role(by=by, holding=held, ends_on=TODAY)
    with pytest.raises(HoldingRefused, match="not_known_here"):
        give_role(by=by, **again)
    with pytest.raises(HoldingRefused, match="not_known_here"):
        join_team(by=by, user=region.jo, team=region.team_zuid, since=TODAY)
    path = f"{USERS}{region.jo.reference}/"
    sent = {"action": "role", "role-role": "coordinator", "role-since": TODAY.isoformat()}
    refused = region.sign_in(region.other).browser.post(path, sent)
    assert refused.status_code == 400
    assert "Geef eerst een rol met het e-mailadres." in refused.content.decode()
    first = RoleGiven("matcher", TODAY + timedelta(days=9))
    let_in(by=by, municipality=region.zuid, address="jo@noord.example", first=first)
    assert Access.objects.filter(municipality=region.noord.pk, why=f"let_in:{region.jo.reference}").count() == 1
    with pytest.raises(HoldingRefused, match="known_here"):
        let_in(by=by, municipality=region.zuid, address="jo@noord.example", first=RoleGiven("coordinator", TODAY))
    give_role(by=by, **again)
    assert roles_in(region.jo, region.zuid) == {"coordinator"}
