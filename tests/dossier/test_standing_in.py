"""Standing in: the period opens a caseload and closes it; who may ask, arrange and end it; what the log says."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import User
from opstap.audit.models import Access
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused
from opstap.clients.models import Client
from opstap.clients.operations import (
    Absence,
    accept_stand_in,
    arrange_stand_in,
    refuse_stand_in,
    request_stand_in,
    revoke_stand_in,
)
from opstap.clients.permissions import visible_clients
from opstap.foundation.dates import AMSTERDAM, clock_at
from opstap.foundation.ui.templatetags.ui_format import day as in_words
from tests.factories.accounts import a_worker, acting
from tests.factories.desk import Office, days_ago
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
TODAY = days_ago(0)
WEEK = timedelta(days=7)


def a_week(user: User, first: date = TODAY) -> Absence:
    return Absence(user, first, first + WEEK)


def asked(office: Office, first: date = TODAY) -> str:
    """Jo asks Kim to stand in for a week."""
    return request_stand_in(by=acting(office.jo), absence=a_week(office.jo, first), colleague=office.kim, note="Rustig")


def arranged(office: Office, first: date = TODAY) -> str:
    return arrange_stand_in(by=acting(office.leader), absence=a_week(office.jo, first), colleague=office.kim, note="")


def sees(user: User, client: Client) -> bool:
    return visible_clients(acting(user)).filter(pk=client.pk).exists()


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


def test_what_nobody_answered_in_time_waits_for_nobody(office: Office) -> None:
    reference = asked(office)
    office.sign_in(office.kim)
    last = in_words(TODAY + timedelta(days=6))
    assert f"Jo Visser vraagt u om vervanging van {in_words(TODAY)} tot en met {last}." in office.page("/meldingen/")
    for late, waits in ((timedelta(days=6), True), (WEEK, False)):
        with clock_at(at(TODAY + late)):
            page = office.sign_in(office.kim).page("/meldingen/")
            assert ("Jo Visser vraagt u" in page, 'sidenav__count">1<' in page) == (waits, waits)
    with clock_at(at(TODAY + WEEK)):
        assert "Nooit beantwoord" in office.sign_in(office.kim).page(f"/vervanging/{reference}/")


def test_the_caseload_opens_once_it_is_accepted(office: Office) -> None:
    client = office.of(office.jo)
    reference = asked(office)
    assert not sees(office.kim, client)
    accept_stand_in(by=acting(office.kim), reference=reference)
    assert sees(office.kim, client)
    assert sees(office.jo, client)
    assert not sees(office.lee, client)


def test_it_holds_from_the_first_day_up_to_and_including_the_last(office: Office) -> None:
    client = office.of(office.jo)
    first = TODAY + timedelta(days=3)
    accept_stand_in(by=acting(office.kim), reference=asked(office, first))
    for day, open_to in (
        (first - timedelta(days=1), False),
        (first, True),
        (first + timedelta(days=6), True),
        (first + WEEK, False),
    ):
        with clock_at(at(day)):
            assert sees(office.kim, client) is open_to, day


def test_who_stands_in_for_a_stand_in_reaches_that_caseload_only(office: Office) -> None:
    client, own = office.of(office.jo), office.of(office.kim)
    arranged(office)
    accept = request_stand_in(by=acting(office.kim), absence=a_week(office.kim), colleague=office.lee, note="")
    accept_stand_in(by=acting(office.lee), reference=accept)
    assert sees(office.lee, own)
    assert not sees(office.lee, client)


def test_refused_revoked_and_ended_open_nothing_at_the_next_request(office: Office) -> None:
    client = office.of(office.jo)
    refuse_stand_in(by=acting(office.kim), reference=asked(office), why="Zelf vrij")
    assert not sees(office.kim, client)
    reference = asked(office)
    revoke_stand_in(by=acting(office.jo), reference=reference)
    with pytest.raises(AnsweredMeanwhile):
        accept_stand_in(by=acting(office.kim), reference=reference)
    reference = arranged(office)
    browser = signed_in(office.kim)
    assert browser.get(f"/clienten/{client.reference}/").status_code == 200
    revoke_stand_in(by=acting(office.leader), reference=reference)
    assert browser.get(f"/clienten/{client.reference}/").status_code == 404


def test_the_stand_in_and_whoever_is_away_can_end_it(office: Office) -> None:
    for user in (office.kim, office.jo):
        reference = arranged(office)
        revoke_stand_in(by=acting(user), reference=reference)
        assert not sees(office.kim, office.of(office.jo))


def test_who_may_not_can_not(office: Office) -> None:
    reference = asked(office)
    for user in (office.lee, office.jo):
        with pytest.raises(PermissionDenied):
            accept_stand_in(by=acting(user), reference=reference)
    with pytest.raises(PermissionDenied):
        revoke_stand_in(by=acting(office.lee), reference=reference)
    with pytest.raises(PermissionDenied):
        request_stand_in(by=acting(office.kim), absence=a_week(office.jo), colleague=office.kim, note="")
    with pytest.raises(PermissionDenied):
        arrange_stand_in(by=acting(office.jo), absence=a_week(office.jo), colleague=office.kim, note="")
    with pytest.raises(PermissionDenied):
        arrange_stand_in(by=acting(office.leader), absence=a_week(office.lee), colleague=office.kim, note="")
    assert signed_in(office.lee).get(f"/vervanging/{reference}/").status_code == 404
    assert signed_in(office.administrator).get("/vervanging/nieuw/").status_code == 403


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [(0, 0, "ends_before_it_starts"), (-9, -2, "ends_in_the_past"), (0, 400, "too_long")],
)
def test_a_period_that_can_not_be(office: Office, starts: int, ends: int, code: str) -> None:
    absence = Absence(office.jo, TODAY + timedelta(days=starts), TODAY + timedelta(days=ends))
    with pytest.raises(HandingRefused) as refused:
        request_stand_in(by=acting(office.jo), absence=absence, colleague=office.kim, note="")
    assert refused.value.code == code


def test_the_same_is_not_asked_twice(office: Office) -> None:
    asked(office)
    with pytest.raises(HandingRefused) as refused:
        asked(office, TODAY + timedelta(days=2))
    assert refused.value.code == "asked_already"


def test_the_caseload_is_looked_at_by_itself_and_logged_on_behalf(office: Office) -> None:
    of_jo, of_kim = office.of(office.jo, "Vanjo"), office.of(office.kim, "Vankim")
    arranged(office)
    office.sign_in(office.kim)
    own = office.page("/clienten/")
    assert "U vervangt Jo Visser tot" in own
    assert (of_kim.reference in own, of_jo.reference in own) == (True, False)
    path = f"/clienten/?worker={office.jo.reference}"
    theirs = office.page(path)
    assert (of_kim.reference in theirs, of_jo.reference in theirs) == (False, True)
    assert "Caseload van Jo Visser" in theirs
    office.page(f"/clienten/{of_jo.reference}/")
    office.page(f"/clienten/{of_kim.reference}/")
    said = list(Access.objects.filter(user=office.kim.reference).order_by("pk").values_list("on_behalf_of", flat=True))
    assert said == ["", "Jo Visser", "Jo Visser", ""]


def test_a_stand_in_places_and_notes_as_in_their_own(office: Office) -> None:
    client = office.of(office.jo)
    arranged(office)
    page = office.sign_in(office.kim).page(f"/clienten/{client.reference}/")
    assert f"/plaatsen/{client.reference}/" in page
    assert "U vervangt Jo Visser." in page
    assert office.browser.get(f"/contact/{client.reference}/").status_code == 200


def test_today_shows_whom_the_absent_colleague_would_see(office: Office) -> None:
    theirs, own = office.of(office.jo, "Vanjo", agreed_on=TODAY), office.of(office.kim, "Vankim", agreed_on=TODAY)
    office.sign_in(office.kim)
    assert theirs.reference not in office.page("/contact/vandaag/")
    arranged(office)
    page = office.page("/contact/vandaag/")
    assert theirs.reference in page
    assert own.reference in page
    only = office.page(f"/contact/vandaag/?medewerker={office.jo.reference}")
    assert (theirs.reference in only, own.reference in only) == (True, False)
    assert Access.objects.filter(user=office.kim.reference).order_by("-pk")[0].on_behalf_of == "Jo Visser"


def test_asking_and_answering_on_screen(office: Office) -> None:
    office.sign_in(office.jo)
    fields = {
        "colleague": office.kim.reference,
        "first": TODAY.isoformat(),
        "last": TODAY.isoformat(),
        "note": "Rustig",
    }
    page = office.browser.post("/vervanging/nieuw/", fields, follow=True).content.decode()
    assert "Kim Smit vervangt Jo Visser" in page
    assert "Trek in" in page
    office.sign_in(office.kim)
    inbox = office.page("/meldingen/")
    assert f"Jo Visser vraagt u om vervanging van {in_words(TODAY)} tot en met {in_words(TODAY)}." in inbox
    path = next(part.split('"')[0] for part in inbox.split('href="') if part.startswith("/vervanging/"))
    assert "Rustig" in office.page(path)
    assert office.browser.post(path, {"action": "refuse", "why": ""}).status_code == 400
    page = office.browser.post(path, {"action": "accept"}, follow=True).content.decode()
    assert "Naar de caseload van Jo Visser" in page
    again = office.browser.post(path, {"action": "accept"})
    assert again.status_code == 409
    assert "Een ander was u voor: Aangenomen door Kim Smit" in again.content.decode()


def test_a_leader_arranges_it_at_once(office: Office) -> None:
    client = office.of(office.jo)
    page = office.sign_in(office.leader).page(f"/vervanging/nieuw/?absent={office.jo.reference}")
    assert "Lee Bos" not in page
    fields = {
        "absent": office.jo.reference,
        "colleague": office.kim.reference,
        "first": TODAY.isoformat(),
        "last": TODAY.isoformat(),
    }
    assert "Geregeld." in office.browser.post("/vervanging/nieuw/", fields, follow=True).content.decode()
    assert sees(office.kim, client)
    same = office.browser.post("/vervanging/nieuw/", fields | {"colleague": office.jo.reference})
    assert same.status_code == 400
    assert "Kies een andere casemanager" in same.content.decode()


def test_what_waits_stands_in_the_menu_without_a_query_more(office: Office) -> None:
    office.sign_in(office.kim).page("/begin/")
    with CaptureQueriesContext(connection) as without:
        assert "sidenav__count" not in office.page("/begin/")
    asked(office)
    office.page("/begin/")
    with CaptureQueriesContext(connection) as counted:
        assert '<span class="sidenav__count">1<' in office.page("/begin/")
    assert len(counted) == len(without)


def test_only_who_has_a_caseload_of_their_own_can_stand_in(office: Office) -> None:
    outside = a_worker(office.town, "external_consultant", team=office.team, name="Max Extern")
    with pytest.raises(HandingRefused, match="not_a_colleague"):
        request_stand_in(by=acting(office.jo), absence=a_week(office.jo), colleague=outside, note="")
    with pytest.raises(HandingRefused, match="not_a_colleague"):
        arrange_stand_in(by=acting(office.leader), absence=a_week(office.jo), colleague=outside, note="")
    for user in (office.jo, office.leader):
        office.sign_in(user)
        form = office.browser.get("/vervanging/nieuw/").context["form"]
        offered = [name for _reference, name in form.fields["colleague"].choices]
        assert "Kim Smit" in offered
        assert "Max Extern" not in offered
