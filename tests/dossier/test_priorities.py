"""Priorities: given from a list, from a dossier and from behind a figure, seen by who may see the client, and ended."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import User
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import HeldAlready, PriorityRow, RowsRefused
from opstap.clients.models import Client, Priority
from opstap.clients.operations import (
    mark_priorities,
    merge_clients,
    record_held_fact,
    take_back_priorities,
    undo_merge,
)
from opstap.clients.operations import priorities as operations
from opstap.clients.selectors.priorities import priorities_of, sealed_note
from opstap.dossier.operations.leaving import close_dossier
from opstap.dossier.selectors.caseload import ORDERS
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.clients import BY
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed

pytestmark = pytest.mark.django_db
LIST = "/clienten/"
GIVE = "/prioriteit/"
WHY = "Groeipotentieel gezien, nog geen traject"


def give(office: Office, *clients: Client, why: str = WHY, follow: bool = True) -> str:
    """As the form sends it; the page that comes after."""
    asked = "&".join(f"client={client.reference}" for client in clients)
    answer = office.browser.post(f"{GIVE}?{asked}&next={LIST}", {"note": why}, follow=follow)
    return answer.content.decode()


def mark(by: User, *clients: Client, note: str = WHY, on: date | None = None) -> operations.Marked:
    ids = [client.pk for client in clients]
    return mark_priorities(by=acting(by), client_ids=ids, note=note, on=on or dates.today())


def part_of(client: Client) -> str:
    return f"{LIST}{client.reference}/onderdeel/prioriteit/"


def link_to(client: Client, verb: str, page: str) -> str:
    return str(re.findall(rf'href="({part_of(client)}[^"]+/{verb}/)"', page)[0])


@pytest.mark.covers("B-49", page="/clienten/")
def test_a_case_manager_puts_some_first_from_the_list_and_finds_them_there(office: Office) -> None:
    first, second, third = (office.of(office.jo, name) for name in ("Aarts", "Bos", "Claes"))
    office.sign_in(office.jo)
    assert "Mijn prioriteiten" not in office.page(LIST)
    ticked = {"client": [first.reference, second.reference], "what": "priority", "next": LIST}
    page = office.browser.post("/clienten/samen/", ticked, follow=True).content.decode()
    assert "2 cliënten krijgen vanaf vandaag prioriteit" in page
    assert "Opstap geeft zelf niemand prioriteit" in page
    done = give(office, first, second)
    assert "2 cliënten hebben prioriteit." in done
    page = office.page(LIST)
    assert "Mijn prioriteiten" in page
    assert page.count(WHY) == 2
    assert office.names(f"{LIST}?priority=yes") == office.names(f"{LIST}?attention=priority") == ["Aarts", "Bos"]
    assert "3 " not in re.findall(r"Mijn prioriteiten.*?</a>", page, re.DOTALL)[0]
    tab = next(tab for tab in office.browser.get(LIST).context["tabs"] if tab.value == "priority")
    assert (tab.count, tab.current) == (2, False)
    assert third.reference not in office.page(f"{LIST}?priority=yes")


@pytest.mark.covers("B-49", page="/prioriteit/")
def test_the_page_says_who_has_it_already_and_gives_it_to_the_others_alone(office: Office) -> None:
    had, new = office.of(office.jo, "Aarts"), office.of(office.jo, "Bos")
    mark(office.jo, had, note="Eerder")
    page = office.sign_in(office.jo).page(f"{GIVE}?client={had.reference}&client={new.reference}&next={LIST}")
    assert "1 cliënt heeft al prioriteit, en dat blijft zo: Aarts" in page
    assert "1 cliënt krijgt vanaf vandaag prioriteit" in page
    done = give(office, had, new)
    assert "1 cliënt heeft prioriteit." in done
    assert "1 cliënt had al prioriteit." in done
    held = priorities_of([had.pk, new.pk], dates.today())
    assert (held[had.pk].note, held[new.pk].note) == ("Eerder", WHY)
    assert "Er is niets veranderd" in give(office, had, new)
    assert 'type="submit">Prioriteit geven' not in office.page(f"{GIVE}?client={had.reference}")


def test_it_needs_a_reason_and_somebody(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.jo)
    answer = office.browser.post(f"{GIVE}?client={client.reference}", {"note": " "})
    assert answer.status_code == 400
    assert "Zeg in een paar woorden waarom." in answer.content.decode()
    assert "Er is niemand aangevinkt" in office.browser.get(f"{GIVE}?next={LIST}", follow=True).content.decode()
    with pytest.raises(RowsRefused):
        mark(office.jo, client, note="  ")
    assert not Priority.objects.exists()


def test_who_cannot_see_the_client_cannot_put_them_first(office: Office) -> None:
    client = office.of(office.lee, team=office.other_team)
    with pytest.raises(PermissionDenied):
        mark(office.jo, client)
    office.sign_in(office.jo)
    assert "Er is niemand aangevinkt" in give(office, client)
    with pytest.raises(PermissionDenied):
        mark(office.administrator, client)
    assert office.sign_in(office.administrator).browser.get(f"{GIVE}?client={client.reference}").status_code == 403
    assert not Priority.objects.exists()


@pytest.mark.covers("B-49", page="/clienten/")
def test_the_team_leader_sees_those_of_the_team_and_gives_it_too(office: Office) -> None:
    of_jo, of_kim = office.of(office.jo, "Aarts"), office.of(office.kim, "Bos")
    elsewhere = office.of(office.lee, "Claes", team=office.other_team)
    mark(office.jo, of_jo)
    mark(office.lee, elsewhere)
    office.sign_in(office.leader)
    give(office, of_kim, why="Graag deze week")
    assert office.names(f"{LIST}?priority=yes") == ["Aarts", "Bos"]
    page = office.page(LIST)
    assert "Prioriteiten" in page
    assert "Mijn prioriteiten" not in page
    assert "Graag deze week" in office.sign_in(office.kim).page(LIST)
    assert office.names(f"{LIST}?priority=yes") == ["Bos"]


@pytest.mark.covers("B-49", page="/clienten/*/onderdeel/prioriteit/")
def test_the_dossier_gives_ends_and_remembers_it(office: Office) -> None:
    client = office.of(office.jo, "Aarts")
    office.sign_in(office.jo)
    page = office.page(f"{LIST}{client.reference}/")
    assert f'href="{part_of(client)}nieuw/"' in page
    given = {"note": WHY, "starts_on": days_ago(9).isoformat(), "ends_on": ""}
    assert office.browser.post(f"{part_of(client)}nieuw/", given).status_code == 302
    assert f"Prioriteit: {WHY}" in office.page(f"{LIST}{client.reference}/")
    page = office.page(part_of(client))
    ends, corrects = (
        re.findall(rf'href="({part_of(client)}[^"]+/{verb}/)"', page)[0] for verb in ("beeindigen", "verbeteren")
    )
    assert WHY in office.page(corrects)
    better = {**given, "note": "Beter gezegd", "why": "Tikfout"}
    assert office.browser.post(corrects, better).status_code == 302
    ends = link_to(client, "beeindigen", office.page(part_of(client)))
    given = {"ends_on": dates.today().isoformat(), "result": "help_arranged"}
    assert office.browser.post(ends, given).status_code == 302
    page = office.page(part_of(client))
    assert "hulp of een instrument geregeld" in page
    assert page.count(WHY) == 1  # what stood there before the correction
    assert page.count("Beter gezegd") >= 2
    assert "Jo Visser" in page
    assert office.names(f"{LIST}?priority=yes") == []
    story = office.page(f"{LIST}{client.reference}/")
    assert "Einde: Prioriteit: Beter gezegd" in story


def test_it_ends_with_the_follow_up(office: Office) -> None:
    client, double = office.of(office.jo, "Aarts"), office.of(office.jo, "Aarts-2")
    mark(office.jo, client, on=days_ago(5))
    mark(office.jo, double, on=dates.today())
    merge_clients(by=BY, client=double, kept=client, why="Dezelfde")
    close_dossier(by=acting(office.jo), client=client, ends_on=dates.today(), reason="goal_reached")
    assert priorities_of([client.pk], dates.today()) == {}
    (ended,) = Priority.objects.current()
    assert (ended.client_id, ended.ends_on, ended.result) == (client.pk, dates.today(), "")


def test_what_came_of_it_may_be_left_open(office: Office) -> None:
    client = office.of(office.jo)
    mark(office.jo, client, on=days_ago(5))
    ends = link_to(client, "beeindigen", office.sign_in(office.jo).page(part_of(client)))
    assert office.browser.post(ends, {"ends_on": dates.today().isoformat(), "result": ""}).status_code == 302
    assert priorities_of([client.pk], dates.today()) == {}
    assert mark(office.jo, client).clients == 1  # and it can be given again


def test_one_at_a_time(office: Office) -> None:
    client = office.of(office.jo)
    mark(office.jo, client)
    with pytest.raises(HeldAlready):
        record_held_fact(
            by=acting(office.jo), what="priority", row=PriorityRow(client.pk, dates.today(), **sealed_note("Nog een"))
        )
    assert mark(office.leader, client).number is None


def test_it_can_be_taken_back_but_for_whom_somebody_changed_it(office: Office) -> None:
    stays, goes = office.of(office.jo, "Aarts"), office.of(office.jo, "Bos")
    office.sign_in(office.jo)
    done = give(office, stays, goes)
    back = re.findall(r'action="(/gedaan/[^"]+/terug/)"', done)[0]
    row = Priority.objects.current().get(client=stays)
    changed = PriorityRow(stays.pk, row.starts_on, **sealed_note("Anders"), replaces_id=row.pk)
    record_held_fact(by=acting(office.leader), what="priority", row=changed, why="Beter zo")
    page = office.browser.post(back, follow=True).content.decode()
    assert "Ongedaan gemaakt voor 1 cliënt." in page
    assert set(priorities_of([stays.pk, goes.pk], dates.today())) == {stays.pk}
    with pytest.raises(PermissionDenied):
        take_back_priorities(by=acting(office.leader), number=row.recording_id)


def test_who_is_marked_meanwhile_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    client = office.of(office.jo)
    real, asked = priorities_of, []

    def second_time_somebody_was_first(ids: object, day: date) -> object:
        asked.append(day)
        found = real(ids, day)  # type: ignore[arg-type]
        return {client.pk: None} if len(asked) == 2 else found

    monkeypatch.setattr(operations, "priorities_of", second_time_somebody_was_first)
    with pytest.raises(ReplacedMeanwhile):
        mark(office.jo, client)
    asked.clear()
    office.sign_in(office.jo)
    assert "Een collega gaf een van hen zojuist prioriteit." in give(office, client)
    assert not Priority.objects.exists()


def test_of_who_has_two_dossiers_it_is_one(office: Office) -> None:
    client, double = office.of(office.jo, "Aarts"), office.of(office.jo, "Aarts-2")
    mark(office.jo, double)
    merge_clients(by=BY, client=double, kept=client, why="Dezelfde")
    assert set(priorities_of([client.pk], dates.today())) == {client.pk}
    office.sign_in(office.jo)
    assert office.names(f"{LIST}?priority=yes") == ["Aarts"]
    assert WHY in office.page(part_of(client))
    assert mark(office.jo, client).number is None
    undo_merge(by=BY, client=double, why="Toch niet")
    assert office.names(f"{LIST}?priority=yes") == ["Aarts-2"]


@pytest.mark.covers("B-49", page="/rapporten/plaatsing/mensen/")
def test_the_people_behind_a_figure_are_put_first_all_at_once_or_some(office: Office) -> None:
    for surname in ("Aarts", "Bos", "Claes"):
        placed(office.of(office.jo, surname), "2", on=days_ago(30), growth="yes")
    office.sign_in(office.jo)
    path = "/rapporten/plaatsing/mensen/?level=2&growth=with"
    page = office.page(path)
    listed = re.findall(r'name="listed" value="([^"]+)"', page)
    assert len(listed) == 3
    some = office.page(f"{GIVE}?next={path}&client={listed[0]}&" + "&".join(f"listed={one}" for one in listed))
    assert "1 cliënt krijgt vanaf vandaag prioriteit" in some
    asked = f"{GIVE}?next=/rapporten/&all=yes&" + "&".join(f"listed={one}" for one in listed)
    assert "3 cliënten krijgen vanaf vandaag prioriteit" in office.page(asked)
    office.browser.post(asked, {"note": WHY})
    assert len(office.names(f"{LIST}?priority=yes")) == 3
    assert office.page(path).count(">prioriteit</span>") == 3


def test_the_list_costs_two_queries_more_at_most(office: Office) -> None:
    clients = [office.of(office.jo, f"Naam {number}") for number in range(6)]
    office.sign_in(office.jo)
    office.page(LIST)
    with CaptureQueriesContext(connection) as without:
        office.page(LIST)
    mark(office.jo, *clients)
    office.page(LIST)
    with CaptureQueriesContext(connection) as having:
        office.page(LIST)
    assert len(having) <= len(without) + 1


def test_a_kept_list_may_be_about_priorities(office: Office) -> None:
    mark(office.jo, office.of(office.jo, "Aarts"))
    office.of(office.jo, "Bos")
    office.sign_in(office.jo)
    office.browser.post("/clienten/lijsten/bewaren/", {"name": "Eerst", "list": "priority=yes", "next": LIST})
    line = next(line for line in office.browser.get(LIST).context["lists"] if line.name == "Eerst")
    assert office.names(f"{LIST}?{line.query}") == ["Aarts"]


def test_why_stands_sealed(office: Office) -> None:
    mark(office.jo, a := office.of(office.jo))
    row = Priority.objects.get(client=a)
    assert WHY.encode() not in bytes(row.note_encrypted or b"")
    assert row.note_key


def test_a_file_of_the_list_says_since_when_and_not_why(office: Office) -> None:
    mark(office.jo, office.of(office.jo, "Aarts"), on=days_ago(3))
    office.of(office.jo, "Bos")
    office.sign_in(office.jo)
    for kind in ("csv", "xlsx", "ods"):
        assert office.browser.get(f"/clienten/bestand/{kind}/").status_code == 200
    text = office.browser.get("/clienten/bestand/csv/").content.decode("utf-8-sig")
    rows = {row["Naam"].split(",")[0]: row["Prioriteit sinds"] for row in csv.DictReader(StringIO(text), delimiter=";")}
    assert rows == {"Aarts": f"{days_ago(3):%d-%m-%Y}", "Bos": ""}
    assert WHY not in text


def test_nothing_is_put_in_order_by_it(office: Office) -> None:
    clients = [office.of(office.jo, name) for name in ("Aarts", "Bos", "Claes", "Dijk")]
    for client, level in zip(clients, ("3", "1", "2", "1"), strict=True):
        placed(client, level, on=days_ago(30))
    office.sign_in(office.jo)
    pages = [f"{LIST}?sort={sign}{key}" for key in (*ORDERS, "priority") for sign in ("", "-")]
    pages += [LIST, f"{LIST}?attention=any"]
    figures = "/rapporten/plaatsing/mensen/"

    def orders() -> list[list[str]]:
        people = [row.reference for row in office.browser.get(figures).context["page_obj"].object_list]
        file = office.browser.get("/clienten/bestand/csv/").content.decode("utf-8-sig")
        listed = [row["Naam"] for row in csv.DictReader(StringIO(file), delimiter=";")]
        return [*(office.names(page) for page in pages), people, listed]

    before = orders()
    mark(office.jo, clients[3], clients[1])
    assert orders() == before
    assert "priority" not in ORDERS
    assert before[pages.index(f"{LIST}?sort=priority")] == before[pages.index(LIST)]
