"""The review over the log as it is written: ordinary work stays out of it, wide looks and later looks come in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.models import User
from opstap.audit.logic.seen import Seen
from opstap.audit.models import Access
from opstap.audit.operations import log_access
from opstap.audit.selectors import latest_recording
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Client, Person
from opstap.clients.operations.standing_in import Absence, arrange_stand_in, revoke_stand_in
from opstap.config.command import main
from opstap.foundation import dates
from opstap.foundation.dates import AMSTERDAM, clock_at
from opstap.privacy.enums import Reason
from opstap.privacy.logic.unusual import Finding, unusual
from opstap.privacy.selectors.around import around
from opstap.privacy.selectors.log import looks_between
from opstap.privacy.selectors.sampling import sample_of
from tests.factories.accounts import a_worker, acting, an_intern
from tests.factories.desk import Office
from tests.factories.municipality import a_municipality

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PAGE, TODAY = "/inzage/opvallend/", dates.today()


class Reviewed(Office):
    """An office with a receptionist, an intern of Jo's and a privacy officer; looks as pages write them."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self.desk = a_worker(self.town, "reception", name="Rik Balie")
        self.intern = an_intern(self.jo, name="Ida Stage")
        self.officer = a_worker(self.town, "privacy_officer", name="Pien Officier")

    def looks(
        self,
        user: User,
        client: Client | None,
        *,
        at: datetime | None = None,
        action: str = "dossier:client",
        why: str = "",
        listed: list[Client] | None = None,
        method: str = "GET",
    ) -> Access:
        seen = Seen(subject=client.reference if client else "", why=why)
        seen.listed = dict.fromkeys(one.reference for one in listed or [])
        with clock_at(at or datetime.combine(TODAY, datetime.min.time().replace(hour=14), AMSTERDAM)):
            log_access(by=acting(user), action=action, method=method, result="done", seen=seen)
        return Access.objects.order_by("-pk")[0]

    def found(self, most: int = 40) -> list[Finding]:
        around_them = around(latest_recording(), self.town.pk, most)
        return unusual(looks_between(self.town.pk, TODAY, TODAY), around_them).findings

    def page(self, path: str = PAGE) -> str:
        return self.sign_in(self.officer).browser.get(path).content.decode()

    def rows(self, path: str = PAGE) -> list[str]:
        body = self.page(path).partition("<tbody>")[2].partition("</tbody>")[0]
        return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("</tr>")[:-1]]


@pytest.fixture
def office(client: Browser) -> Reviewed:
    return Reviewed(client)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=AMSTERDAM)


def reasons_of(found: list[Finding]) -> list[tuple[str, tuple[Reason, ...]]]:
    return [(one.user, one.reasons) for one in found]


def test_ordinary_work_of_the_desk_of_a_stand_in_and_of_an_intern_is_nothing(office: Reviewed) -> None:
    anna, bert = office.of(office.jo), office.of(office.lee, team=office.other_team)
    arrange_stand_in(
        by=acting(office.coordinator),
        absence=Absence(office.jo, TODAY, TODAY + timedelta(days=7)),
        colleague=office.kim,
        note="",
    )
    for client in (anna, bert):
        office.looks(office.desk, client, action="desk:outside", why="outside", method="POST")
        office.looks(office.desk, client, action="desk:outside-answer", why="outside")
        office.looks(office.officer, client, action="privacy:accesses")
    for user in (office.jo, office.kim, office.intern, office.coordinator, office.leader):
        office.looks(user, anna)
    assert office.found() == []
    for user in (office.kim, office.intern, office.leader):
        office.looks(user, bert)
    told = reasons_of(office.found())
    assert sorted(told) == sorted(
        (one.reference, (Reason.NOT_THEIRS,)) for one in (office.kim, office.intern, office.leader)
    )


def test_who_stood_in_until_it_was_ended_had_a_reason_until_then(office: Reviewed) -> None:
    anna = office.of(office.jo)
    reference = arrange_stand_in(
        by=acting(office.coordinator),
        absence=Absence(office.jo, TODAY, TODAY + timedelta(days=7)),
        colleague=office.kim,
        note="",
    )
    revoke_stand_in(by=acting(office.coordinator), reference=reference)
    office.looks(office.kim, anna)
    assert office.found() == []
    around_them = around(latest_recording(), office.town.pk, 40)
    tomorrow = TODAY + timedelta(days=1)
    assert around_them.is_theirs(office.kim.reference, pseudonym_of(anna.reference), TODAY)
    assert not around_them.is_theirs(office.kim.reference, pseudonym_of(anna.reference), tomorrow)


def test_lists_searches_and_files_are_reviewed_too(office: Reviewed) -> None:
    everybody = [office.of(office.kim, agreed_on=None) for _ in range(4)]
    office.looks(office.coordinator, None, action="dossier:caseload-file", listed=everybody)
    office.looks(office.kim, None, action="dossier:caseload-file", listed=everybody)
    office.looks(office.kim, None, action="dossier:caseload", listed=everybody, at=at(23))
    for minute in range(4):
        office.looks(office.lee, None, action="desk:search", method="POST", at=at(9, minute))
    office.looks(office.lee, None, action="desk:search", at=at(9, 5))
    office.looks(office.administrator, None, action="administration:index", at=at(23))
    assert reasons_of(office.found(most=3)) == [
        (office.lee.reference, (Reason.SEARCHES,)),
        (office.coordinator.reference, (Reason.WIDE,)),
        (office.kim.reference, (Reason.NIGHT,)),
    ]
    (only,) = office.found(most=4)
    assert (only.reasons, only.people, only.looks) == ((Reason.NIGHT,), 4, 1)
    assert re.findall("Kim Smit|4 mensen op een lijst", office.rows()[0]) == ["Kim Smit", "4 mensen op een lijst"]


def test_the_sample_draws_lists_too(office: Reviewed) -> None:
    clients = [office.of(office.jo, agreed_on=None) for _ in range(3)]
    office.looks(office.jo, None, action="dossier:caseload", listed=clients, at=datetime(2031, 5, 2, 12, tzinfo=UTC))
    office.looks(office.jo, None, action="dossier:caseload", at=datetime(2031, 5, 2, 12, tzinfo=UTC))
    with clock_at(datetime(2031, 6, 3, 12, tzinfo=UTC)):
        (row,) = office.rows("/inzage/steekproef/")
        assert "3 mensen op een lijst" in row
    with clock_at(datetime(2031, 7, 3, 12, tzinfo=UTC)):
        assert "In deze maand heeft niemand iemand bekeken" in office.page("/inzage/steekproef/")


def test_a_judgement_counts_for_the_looks_that_came_before_it(office: Reviewed) -> None:
    office.of(office.jo, surname="Ander")
    namesake = office.of(office.kim, surname="Visser")
    first = office.looks(office.jo, namesake, at=at(9))

    def judge(record: Access, moment: datetime) -> None:
        with time_machine.travel(moment), clock_at(moment):  # at any hour a session lasts as long as the clock says
            browser = office.sign_in(office.officer).browser
            address = reverse("privacy:record", args=[f"{record.chain}-{record.position}"])
            answer = browser.post(address, {"verdict": "in_order", "remark": ""})
            assert not answer["Location"].startswith("/aanmelden/")

    judge(first, at(10))
    with clock_at(at(23, 50)):
        (row,) = office.rows()
        assert "te beoordelen" not in row
        later = office.looks(office.jo, namesake, at=at(23, 30))
        (row,) = office.rows()
        assert "te beoordelen" in row
        assert "tussen tien uur" in row
        assert f"{later.chain}-{later.position}" in office.page()
        judge(later, at(23, 40))
        (row,) = office.rows()
        assert "te beoordelen" not in row


def test_what_is_still_to_judge_comes_before_what_was_judged_however_it_weighs(office: Reviewed) -> None:
    heavy, light = office.of(office.lee, surname="Visser"), office.of(office.jo, surname="Visser")
    record = office.looks(office.jo, heavy, at=at(9))
    office.looks(office.jo, light, at=at(9))
    with clock_at(at(20)):
        assert f"cliënt {heavy.number}" in office.rows()[0]
        address = reverse("privacy:record", args=[f"{record.chain}-{record.position}"])
        office.sign_in(office.officer).browser.post(address, {"verdict": "asked", "remark": "Aan Jo gevraagd"})
        first, second = office.rows()
        assert f"cliënt {light.number}" in first
        assert "nagevraagd" in second


def test_who_tried_from_another_municipality_is_told_here_and_there(office: Reviewed) -> None:
    anna = office.of(office.jo)
    south = a_municipality("Zuid")
    stranger = a_worker(south, "case_manager", name="Zus Zuider")
    officer = a_worker(south, "privacy_officer")
    office.sign_in(stranger)
    assert office.browser.get(reverse("dossier:client", args=[anna.reference])).status_code == 404
    tried = Access.objects.get(user=stranger.reference)
    with clock_at(tried.at):
        log_access(by=acting(stranger), action="home", method="GET", result="done", seen=Seen())

    page = office.page(f"/inzage/?client={anna.reference}")
    assert "Zus Zuider" in page
    assert "niet getoond: buiten bereik" in page
    address = reverse("privacy:record", args=[f"{tried.chain}-{tried.position}"])
    assert address in page
    around_it = office.page(address)
    assert "Zus Zuider" in around_it
    assert "beginpagina" not in around_it, "what they did there is told there"
    assert "Zus Zuider" not in office.page("/inzage/")

    theirs = office.sign_in(officer).browser.get(PAGE).content.decode()
    assert "Zus Zuider" in theirs
    assert "iemand van een andere gemeente" in theirs
    assert anna.number not in theirs


def test_a_command_stands_in_the_log_of_its_municipality_and_is_reviewed_there(
    office: Reviewed, tmp_path: Path
) -> None:
    anna, elsewhere = office.of(office.jo), a_municipality("Elders")
    officer = a_worker(elsewhere, "privacy_officer")
    out = str(tmp_path / "dossier.json")
    assert main(["privacy", "access", anna.number, "--out", out, "--municipality", office.town.name]) == 0
    begun, ended = Access.objects.filter(action="command:privacy").order_by("pk")
    assert (begun.result, ended.result) == ("begun", "done")
    assert begun.municipality == ended.municipality == office.town.pk
    assert "opdracht privacy" in office.page("/inzage/")
    assert "opdracht privacy" not in office.sign_in(officer).browser.get("/inzage/").content.decode()
    assert office.browser.get(reverse("privacy:record", args=[f"{ended.chain}-{ended.position}"])).status_code == 404

    (row,) = office.rows()
    assert row.startswith("opdracht een dossier opgehaald met een opdracht op de computer zelf")
    address = reverse("privacy:record", args=[f"{ended.chain}-{ended.position}"])
    assert office.browser.post(address, {"verdict": "in_order", "remark": ""}).status_code == 302
    assert "te beoordelen" not in office.rows()[0]
    assert [one.pk for one in sample_of(office.town.pk, ended.at.date().replace(day=1), 25)] == [ended.pk]


def test_a_command_that_names_no_municipality_stands_in_each(office: Reviewed) -> None:
    a_municipality("Elders")
    assert main(["facts", "export", "--municipality", "Nergens"]) != 0
    assert set(Access.objects.filter(action="command:facts").values_list("municipality", flat=True)) == {None}
    assert "opdracht facts" in office.page("/inzage/")


def test_a_client_who_is_entered_while_the_review_reads_is_left_for_later(
    office: Reviewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bert = office.of(office.jo), office.of(office.jo)
    office.looks(office.kim, anna)
    before = Client.objects.exclude(pk=bert.pk)
    monkeypatch.setattr("opstap.privacy.selectors.around.Client.objects", before)
    assert Person.objects.current().filter(client=bert).exists()
    (only,) = office.found()
    assert only.subject == pseudonym_of(anna.reference)


def test_the_looks_come_one_by_one_and_by_user(office: Reviewed) -> None:
    anna = office.of(office.jo)
    for hour, user in ((9, office.kim), (10, office.jo), (11, office.kim)):
        office.looks(user, anna, at=at(hour))
    looks: Any = looks_between(office.town.pk, TODAY, TODAY)
    assert not hasattr(looks, "__len__")
    listed = list(looks)
    assert [one.user for one in listed] == sorted(one.user for one in listed)
    assert [one.at.hour for one in listed if one.user == office.kim.reference] == [9, 11]
