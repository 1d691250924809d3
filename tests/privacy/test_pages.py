"""The pages of the privacy officer: the log in words, what stands out, the sample, and judging a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import get_resolver, reverse

from opstap.audit.logic.seen import Seen
from opstap.audit.models import Access
from opstap.audit.operations import accesses, cut_log, log_access
from opstap.audit.permissions import background_jobs, command_line
from opstap.clients.operations import merge_clients
from opstap.foundation.dates import AMSTERDAM, clock_at
from opstap.privacy.logic.actions import actions
from opstap.privacy.models import Judgement
from opstap.privacy.personal_data import personal_data_of
from tests.architecture.test_urls import leaves
from tests.factories.accounts import a_worker
from tests.factories.clients import BY, a_bsn, a_client, in_caseload
from tests.factories.desk import Office
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db

LOG = "/inzage/"


@pytest.fixture(autouse=True)
def _own_log(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.OPSTAP_LOG_HEADS = tmp_path / "heads"
    accesses._chains.clear()
    yield
    accesses._chains.clear()


class Reviewed(Office):
    """An office with a privacy officer."""

    def __init__(self, browser: Browser) -> None:
        super().__init__(browser)
        self.officer = a_worker(self.town, "privacy_officer", name="Pien Officier")

    def looked(self, user: Any, client: Any) -> Access:
        self.sign_in(user).browser.get(reverse("dossier:client", args=[client.reference]))
        return Access.objects.order_by("-pk")[0]

    def page(self, address: str = LOG) -> str:
        response = self.sign_in(self.officer).browser.get(address)
        assert response.status_code == 200, address
        return str(response.content.decode())


@pytest.fixture
def office(client: Browser) -> Reviewed:
    return Reviewed(client)


def test_every_address_has_its_words() -> None:
    named = {name for name, _route, _pattern in leaves(get_resolver().url_patterns)}
    known = {name for name in actions() if not name.startswith(("command:", "log:"))}
    assert named == known, "privacy/actions.toml names every address, and no other"


def test_the_log_says_who_looked_at_whom_without_a_name(office: Reviewed) -> None:
    anna = office.of(office.jo, surname="Kanarie")
    office.looked(office.jo, anna)
    page = office.page()
    assert "Jo Visser" in page
    assert "casemanager" in page
    assert f"cliënt {anna.number}" in page
    assert "Kanarie" not in page
    assert anna.reference not in page


def test_only_who_reviews_may_see_it(office: Reviewed) -> None:
    record = office.looked(office.jo, office.of(office.jo))
    addresses = [
        LOG,
        f"{LOG}opvallend/",
        f"{LOG}steekproef/",
        f"{LOG}bestand/csv/",
        f"{LOG}regel/{record.chain}-{record.position}/",
    ]
    for user in (office.jo, office.leader, office.coordinator, office.administrator):
        for address in addresses:
            assert office.sign_in(user).browser.get(address).status_code == 403


def test_the_officer_sees_no_dossier(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.officer)
    assert office.browser.get(reverse("dossier:client", args=[anna.reference])).status_code == 403
    assert office.browser.get(reverse("dossier:caseload")).status_code == 403


def test_who_looked_at_one_client_also_in_a_list_and_in_a_merged_dossier(office: Reviewed) -> None:
    anna, other = office.of(office.jo), office.of(office.kim)
    office.looked(office.jo, anna)
    office.looked(office.kim, other)
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    merge_clients(by=BY, client=other, kept=anna, why="dezelfde")
    office.sign_in(office.officer)
    response = office.browser.post(LOG, {"number": anna.number})
    assert response.status_code == 302
    assert anna.number not in response.headers["Location"]
    page = office.browser.get(response.headers["Location"]).content.decode()
    assert page.count('<tr class="row-link">') == 3
    assert "1 persoon op een lijst" in page
    assert "Kim Smit" in page


def test_a_bsn_finds_nobody_and_that_is_said_in_the_same_words(office: Reviewed) -> None:
    """Who reviews the log may not learn from a BSN whether somebody is a client, nor who."""
    bsn = a_bsn(7)
    anna = a_client(office.town, bsn=bsn)
    in_caseload(anna, office.jo, team=office.team)
    office.looked(office.jo, anna)
    office.sign_in(office.officer)
    assert office.browser.post(LOG, {"number": anna.number}).headers["Location"].endswith(f"client={anna.reference}")
    for typed in (bsn, "999"):
        response = office.browser.post(LOG, {"number": typed})
        assert response.status_code == 400
        assert "Niemand in deze gemeente heeft dit cliëntnummer" in response.content.decode()
        assert anna.reference not in response.content.decode()


def test_the_list_is_narrowed_by_worker_way_result_and_day(office: Reviewed) -> None:
    anna = office.of(office.jo)
    with clock_at(datetime(2031, 5, 2, 12, tzinfo=UTC)):
        office.looked(office.jo, anna)
    office.looked(office.kim, anna)
    for query, shown, hidden in (
        (f"user={office.kim.reference}", "Kim Smit", "Jo Visser"),
        ("result=out_of_reach", "Kim Smit", "Jo Visser"),
        ("first=2031-05-02&last=2031-05-02", "2 mei 2031", "Kim Smit"),
        ("way=file", "Geen regels", "Kim Smit"),
    ):
        page = office.page(f"{LOG}?{query}")
        rows = page.partition("<tbody>")[2] or page.partition('class="empty')[2]
        assert shown in rows, query
        assert hidden not in rows, query


def test_that_old_records_were_removed_is_told(office: Reviewed) -> None:
    with clock_at(datetime(2024, 5, 2, 12, tzinfo=UTC)):
        accesses.ensure_log()
    with clock_at(datetime(2031, 5, 2, 12, tzinfo=UTC)):
        assert cut_log(by=background_jobs(), before=datetime(2026, 5, 2, tzinfo=AMSTERDAM)) == 1
    page = office.sign_in(office.officer).page(LOG)
    row = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("2 mei 2031") :].split("</tr>")[0]))
    for said in ("Opstap zelf", "oude regels na hun termijn weggehaald", "1 regel van vóór 2 mei 2026", "weggehaald"):
        assert said in row
    assert "oude regels na hun termijn" not in office.page(f"{LOG}?way=page")


def test_another_municipality_is_not_in_it(office: Reviewed) -> None:
    town = a_municipality("Elders")
    officer = a_worker(town, "privacy_officer")
    record = office.looked(office.jo, office.of(office.jo))
    office.sign_in(officer)
    assert "Jo Visser" not in office.browser.get(LOG).content.decode()
    assert office.browser.get(f"{LOG}regel/{record.chain}-{record.position}/").status_code == 404


def test_what_a_command_did_to_all_leads_to_its_own_record(office: Reviewed) -> None:
    log_access(by=command_line(), action="command:facts", method="", result="done", seen=Seen())
    page = office.sign_in(office.officer).page(LOG)
    record = Access.objects.get(action="command:facts")
    address = f"{LOG}regel/{record.chain}-{record.position}/"
    assert address in page
    assert "opdracht" in office.page(address)
    elsewhere = replace(command_line(), municipality_id=a_municipality("Elders").pk)
    log_access(by=elsewhere, action="command:facts", method="", result="done", seen=Seen())
    other = Access.objects.filter(action="command:facts").latest("pk")
    assert office.browser.get(f"{LOG}regel/{other.chain}-{other.position}/").status_code == 404


def test_the_file_is_the_answer_to_a_client(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.looked(office.jo, anna)
    office.sign_in(office.officer)
    response = office.browser.get(f"{LOG}bestand/csv/?client={anna.reference}")
    text = response.content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("Moment;Wie;Rollen;Wat;Over wie")
    assert "Jo Visser" in text
    assert f"cliënt {anna.number}" in text


def test_what_stands_out_is_told_with_its_reason_and_judged(office: Reviewed) -> None:
    namesake = office.of(office.jo, surname="Visser")
    record = office.looked(office.jo, namesake)
    page = office.page(f"{LOG}opvallend/")
    assert "dezelfde achternaam" in page
    assert f"cliënt {namesake.number}" in page
    assert "te beoordelen" in page
    address = f"{LOG}regel/{record.chain}-{record.position}/"
    refused = office.browser.post(address, {"verdict": "misuse", "remark": " ", "next": f"{LOG}opvallend/"})
    assert refused.status_code == 400
    assert "Zeg in een paar woorden wat er gevraagd of gevonden is." in refused.content.decode()
    assert not Judgement.objects.exists()
    response = office.browser.post(address, {"verdict": "in_order", "remark": "", "next": f"{LOG}opvallend/"})
    assert response.headers["Location"] == f"{LOG}opvallend/"
    assert "te beoordelen" not in office.page(f"{LOG}opvallend/")
    assert "Eerdere oordelen" in office.page(address)


def test_the_sample_of_a_month_is_judged_look_by_look(office: Reviewed) -> None:
    anna = office.of(office.jo)
    with clock_at(datetime(2031, 5, 2, 12, tzinfo=UTC)):
        record = office.looked(office.jo, anna)
    with clock_at(datetime(2031, 6, 3, 12, tzinfo=UTC)):
        page = office.page(f"{LOG}steekproef/")
        assert "0 van 1 inzagen van mei 2031 zijn beoordeeld." in page, page[page.index("<h1") :][:600]
        office.browser.post(
            f"{LOG}regel/{record.chain}-{record.position}/", {"verdict": "asked", "remark": "Aan Jo gevraagd"}
        )
        page = office.page(f"{LOG}steekproef/?month=2031-05")
        assert "1 van 1" in page
        assert "nagevraagd, wacht op antwoord" in page
    with clock_at(datetime(2031, 7, 3, 12, tzinfo=UTC)):
        assert "In deze maand heeft niemand iemand bekeken" in office.page(f"{LOG}steekproef/")


def test_nobody_judges_a_look_of_their_own(office: Reviewed) -> None:
    office.page()
    own = Access.objects.filter(user=office.officer.reference).order_by("-pk")[0]
    address = f"{LOG}regel/{own.chain}-{own.position}/"
    assert "Dit is een eigen inzage" in office.page(address)
    assert office.browser.post(address, {"verdict": "in_order"}).status_code == 403


def test_the_officer_is_in_the_log_as_well(office: Reviewed) -> None:
    anna = office.of(office.jo)
    office.sign_in(office.officer).browser.get(f"{LOG}?client={anna.reference}")
    assert Access.objects.get(user=office.officer.reference).action == "privacy:accesses"


@pytest.mark.parametrize("address", [LOG, f"{LOG}opvallend/", f"{LOG}steekproef/"])
def test_the_pages_ask_as_many_queries_for_any_number(
    office: Reviewed, address: str, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        office.looked(office.jo, office.of(office.jo))
    office.page(address)
    with django_assert_max_num_queries(9), django_assert_max_num_queries(6, using="log"):
        office.browser.get(address)  # signed in before: what signing in asks isn't the page's


def test_a_judgement_on_a_list_is_not_given_to_who_stood_on_it(office: Reviewed) -> None:
    client = a_client(office.town)
    in_caseload(client, office.jo, team=office.team)
    own = office.looked(office.jo, client)
    office.sign_in(office.jo).browser.get(reverse("dossier:caseload"))
    listed = Access.objects.order_by("-pk")[0]
    for record in (own, listed):
        address = f"{LOG}regel/{record.chain}-{record.position}/"
        assert office.sign_in(office.officer).browser.post(address, {"verdict": "in_order"}).status_code == 302
    given = [row.values for row in personal_data_of(client) if row.model == "privacy.judgement"]
    assert [(row["chain"], row["position"]) for row in given] == [(own.chain, own.position)]
