"""The search box: forgiving, through the gate, and without a person in any address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opstap.accounts.models import Session, User
from opstap.accounts.operations.session_store import SessionStore
from opstap.audit.models import Recording
from opstap.audit.operations import undo_recording, writing
from opstap.audit.permissions import command_line
from opstap.clients.logic import PersonRow, bsn_is_valid
from opstap.clients.models import Client, Person
from opstap.clients.operations import merge_clients, record_persons
from opstap.dossier.selectors.searching import ids_matching
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_bsn, an_identity, followed, in_caseload
from tests.factories.desk import Office
from tests.keys_changed import Keys, keys

__all__ = ["keys"]
pytestmark = pytest.mark.django_db
BORN = date(1988, 4, 12)


def somebody(office: Office, worker: User | None = None, number: str = "", **person: object) -> Client:
    """A client with this name in a caseload."""
    client = an_identity(office.town, number)
    given = {"surname": "Voorbeeld", "birth_date": date(1970, 1, 1), **person}
    record_persons(by=BY, municipality=office.town, rows=[PersonRow(client.pk, **given)])  # type: ignore[arg-type]
    followed(client, date(2019, 1, 1))
    in_caseload(client, worker or office.jo, team=office.team if worker != office.lee else office.other_team)
    return client


def search(office: Office, text: str) -> list[str]:
    """The references of those found, whether it led to a dossier or to a list."""
    response = office.browser.post("/zoeken/", {"q": text})
    assert response.status_code == 302, response.content
    location = str(response["Location"])
    if location.startswith("/clienten/"):
        return [location.split("/")[2]]
    return [person.reference for person in office.browser.get(location).context["people"]]


@pytest.mark.parametrize(
    "text",
    [
        "celik", "Çelik", "CELIK", "van der Çelik", "ozge celik", "celik ozge", "cel oz", "vandercelik",
        "Çelik, Özge van der",
        "12-4-1988", "12 apr 1988", "celik 12-04-88", "40213", "402", "40213 celik",
    ],
)  # fmt: skip
def test_accents_prefixes_order_dates_and_numbers_are_forgiven(office: Office, text: str) -> None:
    sought = somebody(
        office, number="40213", surname="Çelik", name_prefix="van der", given_names="Özge", birth_date=BORN
    )
    somebody(office, number="51000", surname="Bakker", given_names="Anna")
    office.sign_in(office.jo)
    assert search(office, text) == [sought.reference]


@pytest.mark.parametrize("sealed_anew", [False, True])
def test_a_bsn_is_found_while_keys_are_renewed(office: Office, keys: Keys, *, sealed_anew: bool) -> None:
    old = somebody(office, bsn=a_bsn(7))
    keys.renew()
    new = somebody(office, bsn=a_bsn(8))
    if sealed_anew:
        keys.seal_all_anew()
    office.sign_in(office.jo)
    assert [search(office, a_bsn(7)), search(office, a_bsn(8))] == [[old.reference], [new.reference]]
    for found, bsn in ((old, a_bsn(7)), (new, a_bsn(8))):
        page = office.browser.get(reverse("dossier:person", args=[found.reference])).content.decode()
        assert f"eindigt op {bsn[-3:]}" in page


def test_a_bsn_is_found_with_points_and_without_its_zero(office: Office) -> None:
    sought = somebody(office, bsn=a_bsn(7))
    somebody(office, bsn=a_bsn(8))
    office.sign_in(office.jo)
    bsn = a_bsn(7)
    for typed in (bsn, f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}", f" {bsn[:4]} {bsn[4:]} "):
        assert search(office, typed) == [sought.reference]


def test_a_prefix_is_no_bar_but_puts_its_bearers_first(office: Office) -> None:
    plain = somebody(office, surname="Berg", given_names="Jan")
    bearer = somebody(office, surname="Berg", given_names="Piet", name_prefix="van den")
    longer = somebody(office, surname="Bergsma", given_names="Aad")
    office.sign_in(office.jo)
    assert search(office, "van den berg") == [bearer.reference, plain.reference, longer.reference]
    assert search(office, "berg") == [plain.reference, bearer.reference, longer.reference]
    assert search(office, "van den") == [bearer.reference]


@pytest.mark.parametrize("text", ["dijk", "60001"])
def test_nobody_outside_the_reach_is_found(office: Office, text: str) -> None:
    other = somebody(office, office.lee, number="60001", surname="Dijk", bsn=a_bsn(9))
    assert search(office.sign_in(office.jo), text) == []
    assert search(office, a_bsn(9)) == []
    page = office.browser.get(office.browser.post("/zoeken/", {"q": text})["Location"]).content.decode()
    assert "Niemand gevonden" in page
    assert search(office.sign_in(office.coordinator), text) == [other.reference]
    assert search(office, a_bsn(9)) == [other.reference]
    elsewhere = Office(office.browser)
    assert search(elsewhere.sign_in(elsewhere.coordinator), text) == []


@pytest.mark.parametrize("text", [".*", "V.*d", "[a-z]+", "%", "_____", "V%d", "\\w+", "' OR '1'='1"])
def test_what_is_typed_is_no_pattern(office: Office, text: str) -> None:
    somebody(office, number="60001", surname="Voorbeeld")
    somebody(office, number="60002", surname="Bakker")
    office.sign_in(office.jo)
    assert search(office, text) == []


def test_what_was_typed_stands_in_no_address_and_is_kept_encrypted(office: Office) -> None:
    somebody(office, surname="Dijk")
    somebody(office, surname="Dijkstra")
    office.sign_in(office.jo)
    before = Recording.objects.count()
    location = office.browser.post("/zoeken/", {"q": "dijk"})["Location"]
    assert "dijk" not in location
    assert len(location.strip("/").split("/")[1]) == 12
    assert 'value="dijk"' in office.page(location)
    kept = str(SessionStore().decode(Session.objects.get().session_data))
    assert "searches" in kept
    assert "dijk" not in kept
    assert Recording.objects.count() == before


def test_a_search_is_the_session_s_own(office: Office, client: Browser) -> None:
    office.sign_in(office.jo)
    location = office.browser.post("/zoeken/", {"q": "dijk"})["Location"]
    stranger = Browser()
    assert stranger.get(location)["Location"].startswith("/aanmelden/")
    stranger.force_login(office.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    response = stranger.get(location)
    assert response.status_code == 404
    assert "Zoek opnieuw" in response.content.decode()
    office.sign_in(office.administrator)
    assert client.post("/zoeken/", {"q": "dijk"}).status_code == 403


def test_fifty_are_shown_and_what_narrows_further(office: Office) -> None:
    for number in range(52):
        somebody(office, surname=f"Jansen{number:02}")
    office.sign_in(office.jo)
    page = office.page(office.browser.post("/zoeken/", {"q": "jansen"})["Location"])
    assert "Meer dan 50 gevonden" in page
    assert "Voeg een voornaam" in page
    assert page.count("row-link__target") == 50


def test_an_empty_box_explains_itself(office: Office) -> None:
    office.sign_in(office.jo)
    for response in (office.browser.post("/zoeken/", {"q": "  "}), office.browser.get("/zoeken/")):
        assert "Delen van een naam zijn genoeg" in response.content.decode()
    assert search(office, "!?,") == []


def test_a_corrected_name_is_found_and_the_old_one_no_longer(office: Office) -> None:
    client = somebody(office, surname="Dijk")
    old = Person.objects.current().get(client=client)
    row = PersonRow(client.pk, "Visser", birth_date=BORN, replaces_id=old.pk)
    with writing(by=command_line(), verb="correct") as corrected:
        record_persons(by=BY, municipality=office.town, rows=[row])
    office.sign_in(office.jo)
    assert search(office, "dijk") == []
    assert search(office, "visser") == [client.reference]
    with writing(by=command_line(), verb="undo") as recording:
        undo_recording(corrected, recording=recording)
    assert search(office, "dijk") == [client.reference]
    assert search(office, "visser") == []


def test_every_page_has_the_box_for_who_may_see_clients(office: Office) -> None:
    assert 'id="search-box"' in office.sign_in(office.jo).page("/rapporten/")
    assert 'id="search-box"' not in office.sign_in(office.administrator).page("/ladders/")


def test_the_list_is_narrowed_by_what_was_typed(office: Office) -> None:
    for surname in ("Dijk", "Dijkstra", "Bakker"):
        somebody(office, surname=surname)
    office.sign_in(office.jo)
    location = office.browser.post("/zoeken/", {"q": "dijk", "list": "sort=-name&level=none"})["Location"]
    assert location.startswith("/clienten/?level=none&search=")
    assert "dijk" not in location
    assert office.names(location) == ["Dijkstra", "Dijk"]
    assert office.names("/clienten/?search=aaaaaaaaaaaa") == []


def test_queries_are_few_whatever_is_found(office: Office) -> None:
    for number in range(30):
        somebody(office, surname=f"Jansen{number:02}")
    office.sign_in(office.jo)
    location = office.browser.post("/zoeken/", {"q": "jansen"})["Location"]
    for path in (location, f"/clienten/?search={location.strip('/').split('/')[1]}"):
        office.page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        assert len(captured) <= 15


@pytest.mark.parametrize("text", ["60001", "600", "60001 dijk", "dijk", "9-9-1966", a_bsn(9), f"{a_bsn(9)} "])
def test_what_the_merged_dossier_says_finds_the_one_that_was_kept(office: Office, text: str) -> None:
    kept = somebody(office, number="40213", surname="Bakker")
    double = somebody(office, number="60001", surname="Dijk", birth_date=date(1966, 9, 9), bsn=a_bsn(9))
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    office.sign_in(office.jo)
    assert search(office, text) == [kept.reference]
    assert ids_matching(acting(office.jo), text, dates.today()) == {kept.pk}
    office.sign_in(office.lee)
    assert search(office, text) == []


def test_who_matches_in_both_dossiers_is_found_once(office: Office) -> None:
    kept, double = (somebody(office, surname="Bakker") for _ in range(2))
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")
    somebody(office, surname="Bakkerman")
    assert search(office.sign_in(office.jo), "bakker").count(kept.reference) == 1


AS_DATE_AND_BSN = [
    day
    for day in (date(1980, 1, 1) + timedelta(days=number) for number in range(731))
    if bsn_is_valid(f"{day:%d%m%Y}".zfill(9))
]


def test_a_birth_date_that_could_be_a_bsn_is_found_as_both(office: Office) -> None:
    assert len(AS_DATE_AND_BSN) > 60
    day = AS_DATE_AND_BSN[0]
    born = somebody(office, surname="Bakker", birth_date=day)
    holder = somebody(office, surname="Dijk", bsn=f"{day:%d%m%Y}".zfill(9))
    somebody(office, surname="Vries")
    office.sign_in(office.jo)
    for text in (f"{day:%d.%m.%Y}", f"{day:%d %m %Y}", f"{day:%d%m%Y}"):
        assert search(office, text) == [born.reference, holder.reference], text
    assert search(office, f"{day:%d-%m-%Y}") == [born.reference]


@pytest.mark.parametrize("text", ["12041988", "19880412", "celik 12041988", "12041988 40213"])
def test_eight_figures_are_read_as_a_birth_date_too(office: Office, text: str) -> None:
    sought = somebody(office, number="40213", surname="Çelik", birth_date=BORN)
    somebody(office, number="40214", surname="Bakker", birth_date=BORN + timedelta(days=1))
    assert search(office.sign_in(office.jo), text) == [sought.reference]


def test_eight_figures_stay_a_client_number(office: Office) -> None:
    numbered = somebody(office, number="12041988")
    somebody(office, number="40214")
    office.sign_in(office.jo)
    assert search(office, "12041988") == [numbered.reference]
    for no_day in ("99999999", "31021980", "12042999", "00000000"):
        assert search(office, no_day) == []
