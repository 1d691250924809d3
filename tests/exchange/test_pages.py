"""The pages of the import: four steps, a cell corrected in place, confirmed, downloaded, undone; refused to others."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from opstap.accounts.models import User
from opstap.accounts.operations import NewUser, create_user
from opstap.audit.permissions import command_line
from opstap.clients.models import Client as Followed
from opstap.clients.models import FollowUp, Person
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality
from tests.exchange.faults import planted

pytestmark = pytest.mark.django_db
SNEEK = Path(__file__).resolve().parents[1] / "examples" / "sneek-2010" / "clienten.csv"
HEAD = "Klantnummer;BSN;Achternaam;Geboortedatum;Begin uitkering;Uitkering;Datum meting;Trede;Groeipotentieel\r\n"
GOOD = "1;999986764;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n"
BAD = "2;999924437;Visser;31-02-1980;01-01-2020;Pw;01-02-2020;3-;nee\r\n"
SignIn = Callable[[str], Client]


@pytest.fixture
def town(db: None) -> Municipality:
    return create_municipality(by=command_line(), name="Inleesdorp", since=date(2010, 1, 1))


@pytest.fixture
def as_role(town: Municipality, client: Client) -> SignIn:
    def sign_in(role: str) -> Client:
        user = User.objects.filter(sign_in_name=role).first() or create_user(
            by=command_line(), municipality=town, new=NewUser(role, role, role=role), since=date(2010, 1, 1)
        )
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def offer(client: Client, content: bytes | str, name: str = "bestand.csv") -> str:
    """Offer a file; returns where one is sent."""
    body = content.encode() if isinstance(content, str) else content
    response = client.post("/import/", {"file": SimpleUploadedFile(name, body), "scale": "vng"})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def confirm(client: Client, place: str, **agreed: str) -> str:
    batch = ImportBatch.objects.get(reference=place.split("/")[2])
    response = client.post(f"/import/{batch.reference}/bevestigen/", {"digest": batch.file_digest, **agreed})
    return str(response["Location"])


@pytest.mark.covers("B-18", "B-61", "B-62", page="/import/")
def test_from_file_to_facts_in_four_steps(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, SNEEK.read_bytes())
    assert place.endswith("/kolommen/")
    page = client.get(place).content.decode()
    assert "Klantnummer" in page
    assert "S00001" in page
    check = client.get(place.replace("kolommen", "controle"))
    assert check.context["result"]["new"] == 1166
    assert not Followed.objects.exists()
    done = confirm(client, place)
    assert client.get(done).context["result"]["new"] == 1166
    report = client.get("/rapporten/plaatsing/?on=2010-09-15")
    assert report.context["result"].base == 1166
    assert not StagedRow.objects.exists()


def test_the_same_file_again_changes_nothing(as_role: SignIn) -> None:
    client = as_role("coordinator")
    confirm(client, offer(client, HEAD + GOOD))
    again = offer(client, HEAD + GOOD)
    assert again.endswith("/controle/")
    assert client.get(again).context["result"]["unchanged"] == 1


def test_every_planted_fault_stands_on_the_page_with_its_row_and_way_out(as_role: SignIn) -> None:
    client = as_role("coordinator")
    content, faults = planted()
    place = offer(client, content).replace("kolommen", "controle")
    kinds = client.get(place).context["kinds"]
    shown = {(one.row, one.column) for kind in kinds if kind.is_error for one in kind.problems}
    assert {(fault.row, fault.column) for fault in faults} <= shown
    assert all(one.message and one.fix for kind in kinds for one in kind.problems)
    assert not Followed.objects.exists()


def test_a_cell_is_corrected_in_place_and_checked_again(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD).replace("kolommen", "controle")
    assert client.get(place).context["result"]["refused"] == 1
    where = place.replace("controle", "cel")
    for heading, value in (("Geboortedatum", "28-02-1980"), ("BSN", "999924436")):
        digest = client.get(place).context["batch"].file_digest
        client.post(where, {"row": "3", "heading": heading, "value": value, "digest": digest})
    assert client.get(place).context["result"]["refused"] == 0
    confirm(client, place)
    assert set(Person.objects.current().values_list("surname", "birth_date")) == {
        ("Bakker", date(1980, 1, 1)),
        ("Visser", date(1980, 2, 28)),
    }


def test_a_refused_row_stops_the_import_until_one_agrees_to_leave_it_out(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD)
    back = confirm(client, place)
    assert back.endswith("/controle/")
    assert "niets ingelezen" in client.get(back).content.decode()
    assert not Followed.objects.exists()
    done = confirm(client, place, skip_refused="on")
    assert Followed.objects.count() == 1
    assert "Download de geweigerde rijen" in client.get(done).content.decode()


def test_an_implausibly_large_change_is_asked_about(as_role: SignIn) -> None:
    client = as_role("coordinator")
    head = "Klantnummer;Achternaam;Begin uitkering;Uitkering;Einde begeleiding\r\n"
    people = [f"{n};Naam {n};01-01-2020;Pw;" for n in range(40)]
    confirm(client, offer(client, head + "\r\n".join(people)))
    ended = [row + ("31-12-2020" if place < 25 else "") for place, row in enumerate(people)]
    place = offer(client, head + "\r\n".join(ended)).replace("kolommen", "controle")
    page = client.get(place).content.decode()
    assert "25 van de 40" in page
    assert 'name="accept_large_change"' in page
    back = confirm(client, place)
    assert back.endswith("/controle/")
    assert "verandert veel" in client.get(back).content.decode()
    assert not FollowUp.objects.current().exclude(ends_on=None).exists()
    confirm(client, place, accept_large_change="on")
    assert FollowUp.objects.current().exclude(ends_on=None).count() == 25


def test_the_refused_rows_come_back_as_a_file(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD)
    response = client.get(f"/import/{place.split('/')[2]}/geweigerd/xlsx/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["2", "999924437", "Visser"]
    assert "elfproef" in str(rows[1][-1])


def test_a_column_is_mapped_by_hand_and_remembered(as_role: SignIn) -> None:
    client = as_role("coordinator")
    file = HEAD.replace("Achternaam", "Wie") + GOOD
    place = offer(client, file)
    headings = ImportBatch.objects.get().headings
    known = {"Klantnummer": "client_number", "BSN": "bsn", "Wie": "surname", "Geboortedatum": "birth_date"}
    known |= {"Begin uitkering": "benefit_from", "Uitkering": "benefit_kind", "Datum meting": "measured_on"}
    known |= {"Trede": "level", "Groeipotentieel": "growth"}
    chosen = {f"column-{n}": known[heading] for n, heading in enumerate(headings)}
    sent = client.post(place, chosen | {"digest": ImportBatch.objects.get().file_digest})
    assert sent["Location"].endswith("/controle/")
    confirm(client, place)
    assert Person.objects.get().surname == "Bakker"
    assert offer(client, file + BAD).endswith("/controle/")


def test_an_import_is_undone_and_can_be_done_again(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD)
    done = confirm(client, place)
    page = client.post(done + "terugdraaien/", follow=True)
    assert "teruggedraaid" in page.content.decode()
    assert client.get("/rapporten/plaatsing/?on=2020-06-01").context["result"].base == 0
    again = offer(client, HEAD + GOOD)
    assert client.get(again).status_code == 200
    confirm(client, again)
    assert client.get("/rapporten/plaatsing/?on=2020-06-01").context["result"].base == 1


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "leeg.csv", "leeg"),
        (b"%PDF-1.7 iets", "nep.xlsx", "pdf-document"),
        (b"Klantnummer\r\n1\r\n2\r\n", "een.csv", "kolom"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(as_role: SignIn, content: bytes, name: str, words: str) -> None:
    client = as_role("coordinator")
    response = client.post("/import/", {"file": SimpleUploadedFile(name, content), "scale": "vng"})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("role", ["case_manager", "team_leader", "functional_administrator"])
def test_importing_is_the_coordinators_work(as_role: SignIn, role: str) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD)
    reference = place.split("/")[2]
    client = as_role(role)
    for path in ("/import/", place, place.replace("kolommen", "controle"), f"/import/{reference}/rijen/"):
        assert client.get(path).status_code == 403
    assert client.post(f"/import/{reference}/bevestigen/", {}).status_code == 403
    assert client.post("/import/", {"file": SimpleUploadedFile("x.csv", b"a;b")}).status_code == 403


def test_an_import_of_another_municipality_does_not_exist(as_role: SignIn, client: Client) -> None:
    place = offer(as_role("coordinator"), HEAD + GOOD)
    other = create_municipality(by=command_line(), name="Elders", since=date(2010, 1, 1))
    user = create_user(
        by=command_line(), municipality=other, new=NewUser("X", "x", role="coordinator"), since=date(2010, 1, 1)
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(place).status_code == 404
    assert client.get("/import/aaaaaaaaaaaa/controle/").status_code == 404


def test_an_import_that_is_not_wanted_is_thrown_away(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD)
    page = client.post(f"/import/{place.split('/')[2]}/weggooien/", follow=True)
    assert "weggegooid" in page.content.decode()
    assert not StagedRow.objects.exists()
    assert not Followed.objects.exists()
    confirmed = confirm(client, place)
    assert "al uitgevoerd" in client.get(confirmed, follow=True).content.decode()


def test_refused_rows_say_why(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD)
    rows = client.get(f"/import/{place.split('/')[2]}/rijen/?soort=refused").context["rows"]
    assert [row.number for row in rows] == [3]
    assert any("31-02-1980" in text for text in rows[0].told)


def test_offering_a_file_empties_what_waited_too_long(as_role: SignIn) -> None:
    client = as_role("coordinator")
    offer(client, HEAD + GOOD, "oud.csv")
    old = ImportBatch.objects.get()
    ImportBatch.objects.update(made_at=dates.now() - timedelta(days=31))
    offer(client, HEAD + GOOD, "nieuw.csv")
    assert not StagedRow.objects.filter(batch=old).exists()
    assert StagedRow.objects.count() == 1


def test_a_cell_of_an_import_that_was_carried_out_meanwhile_goes_nowhere(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD)
    digest = ImportBatch.objects.get().file_digest
    confirm(client, place, skip_refused="on")
    cell = {"row": "3", "heading": "Geboortedatum", "value": "28-02-1980", "digest": digest}
    answer = client.post(f"/import/{place.split('/')[2]}/cel/", cell, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/import/{place.split('/')[2]}/"
    assert "al uitgevoerd" in page
    assert "28-02-1980" not in page


def test_two_who_correct_one_import_overwrite_nothing(as_role: SignIn) -> None:
    client = as_role("coordinator")
    place = offer(client, HEAD + GOOD + BAD).replace("kolommen", "controle")
    columns, cells = place.replace("controle", "kolommen"), place.replace("controle", "cel")
    opened = {"digest": client.get(columns).context["batch"].file_digest}
    page = client.get(place).content.decode()
    assert page.count(f'name="digest" value="{opened["digest"]}"') == page.count('class="cell-form"') + 1 > 1
    cell = {"row": "3", "heading": "Geboortedatum", "value": "28-02-1980", **opened}
    assert client.post(columns, {"column-1": "died_on"}).status_code == 409, "it says not of which file"
    client.post(cells, {**cell, "digest": ""})
    assert client.get(columns).context["batch"].file_digest == opened["digest"]
    client.post(cells, cell)  # a colleague
    late = client.post(cells, {**cell, "value": "29-02-1980"})
    assert late.status_code == 409
    told = late.content.decode()
    assert "Een collega heeft deze import intussen gewijzigd." in told
    assert told.count("28-02-1980") == 1, "what the colleague corrected is no problem any more, and stands beside it"
    assert 'name="value" value="29-02-1980"' in told
    assert f'name="digest" value="{late.context["batch"].file_digest}"' in told
    again = {**cell, "value": "29-02-1980", "digest": late.context["batch"].file_digest}
    assert client.post(cells, again).status_code == 302
    assert client.post(cells, {**again, "value": "27-02-1980"}).context["kept"].now == "29-02-1980"
    headings = client.get(columns).context["batch"].headings
    mine = {f"column-{headings.index('Geboortedatum')}": "died_on", **opened}
    answer = client.post(columns, mine)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "Een collega heeft deze import intussen gewijzigd." in told
    chosen = next(one for one in answer.context["columns"] if one["heading"] == "Geboortedatum")
    assert chosen["field"] == "died_on"
    assert f"Uw collega bewaarde: {chosen['saved']}" in told
    assert answer.context["batch"].file_digest != opened["digest"]
    unknown = mine | {"digest": answer.context["batch"].file_digest, "column-1": "no_such_field"}
    assert client.post(columns, unknown).status_code == 400
    client.post(columns, mine | {"digest": answer.context["batch"].file_digest})
    assert client.get(columns).context["batch"].overrides == {"Geboortedatum": "died_on"}
