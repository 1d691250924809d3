"""Who is with two case managers at once, in one dossier or in two that were merged, counts with one: the one who got
them last. Caseload, team page, dossier, Vandaag, search, reports and the people behind a figure say the same.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from opstap.clients.models import Client
from opstap.clients.operations import merge_clients
from opstap.config.commands import report_command
from opstap.foundation import dates
from tests.factories.clients import BY, a_client, in_caseload
from tests.factories.contacts import agreed
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db
WAYS = ("two at once", "the last entered first", "merged, the kept one last", "merged, the other one last")


def with_two(office: Office, way: str) -> Client:
    """With Jo (Meedoen) for a year and with Lee (Werk) for ten days: Lee is the last."""
    placed_at = days_ago(400)
    jo = (office.jo, office.team, placed_at)
    lee = (office.lee, office.other_team, days_ago(10))
    kept = a_client(office.town, number="K7001", surname="Bakker")
    other = a_client(office.town, number="K7002", surname="Backer") if way.startswith("merged") else None
    if other is not None:
        pairs = [(kept, lee), (other, jo)] if way.endswith("kept one last") else [(kept, jo), (other, lee)]
    else:
        pairs = [(kept, lee), (kept, jo)] if way.endswith("first") else [(kept, jo), (kept, lee)]
    for client, (worker, team, since) in pairs:
        in_caseload(client, worker, team=team, since=since)
    placed(kept, "2", on=placed_at)
    agreed(kept, dates.today())
    if other is not None:
        merge_clients(by=BY, client=other, kept=kept, why="twee keer ingevoerd")
    return kept


def counted(capsys: pytest.CaptureFixture[bytes], *arguments: str) -> dict[str, int]:
    """How many clients each group of a report has; its base under nothing."""
    capsys.readouterr()
    assert report_command.run(["placement", *arguments, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    groups = Counter({"": found["base"]})
    for row in found["rows"]:
        if row.get("group"):
            groups[row["group"]] += row["clients"]
    return {name: clients for name, clients in groups.items() if clients}


@pytest.mark.covers("B-03", page="/team/")
@pytest.mark.parametrize("way", WAYS)
def test_desk_and_report_count_them_with_the_same_worker_and_team(
    office: Office, capsysbinary: pytest.CaptureFixture[bytes], way: str
) -> None:
    with_two(office, way)
    a_setting(office.town, "works_council_consent", "OR 2026-14", days_ago(30))
    office.sign_in(office.coordinator)
    caseloads = office.browser.get("/team/").context["caseloads"]
    assert {one.name: one.clients for one in caseloads.workers if one.clients} == {"Lee Bos": 1}
    assert counted(capsysbinary, "--by", "worker") == {"": 1, "Lee Bos": 1}
    assert counted(capsysbinary, "--by", "team") == {"": 1, "Werk": 1}
    for narrowed in (("--team", "Werk"), ("--where", "team=Werk"), ("--where", "worker=Lee Bos")):
        assert counted(capsysbinary, *narrowed) == {"": 1}, narrowed
    for empty in (("--team", "Meedoen"), ("--where", "team=Meedoen"), ("--where", "worker=Jo Visser")):
        assert counted(capsysbinary, *empty) == {}, empty
    assert office.names(f"/clienten/?team={office.other_team.reference}") == ["Bakker"]
    assert office.names(f"/clienten/?team={office.team.reference}") == []


@pytest.mark.parametrize("way", WAYS)
def test_every_page_names_the_same_worker(office: Office, way: str) -> None:
    client = with_two(office, way)
    a_client(office.town, number="K7999", surname="Bakema")
    office.sign_in(office.coordinator)
    assert [line.worker for line in office.browser.get("/clienten/").context["lines"] if line.worker] == ["Lee Bos"]
    found = str(office.browser.post("/zoeken/", {"q": "bak"})["Location"])
    shown = {person.name: person for person in office.browser.get(found).context["people"]}["Bakker"]
    assert (shown.worker, shown.team, shown.is_followed) == ("Lee Bos", "Werk", True)
    people = office.browser.get("/rapporten/plaatsing/mensen/?level=2").context["people"]
    assert [line.worker for line in people] == ["Lee Bos"]
    head = office.browser.get(f"/clienten/{client.reference}/").context["head"]
    assert (head.worker, head.team) == ("Lee Bos", "Werk")
    assert "Lee Bos" in office.page("/contact/vandaag/").split("<main")[1].split("Bakker")[1]


def test_both_may_open_the_dossier_and_both_leaders_count_it(office: Office) -> None:
    client = with_two(office, "two at once")
    for user in (office.jo, office.lee, office.leader):
        office.sign_in(user)
        assert office.names("/clienten/") == ["Bakker"]
        assert office.browser.get(f"/clienten/{client.reference}/").status_code == 200
        assert client.number in office.page("/rapporten/plaatsing/mensen/?level=2")


@pytest.mark.parametrize("closed", [False, True], ids=["followed", "closed"])
def test_who_is_followed_in_the_merged_dossier_alone_is_found_as_followed(office: Office, *, closed: bool) -> None:
    kept = a_client(office.town, surname="Bakker", followed_since=None)
    until = days_ago(5) if closed else None
    other = a_client(office.town, surname="Backer", followed_since=date(2020, 1, 1), until=until)
    in_caseload(other, office.jo, team=office.team)
    placed(other, "2", on=days_ago(90))
    a_client(office.town, surname="Bakema")
    merge_clients(by=BY, client=other, kept=kept, why="twee keer ingevoerd")
    office.sign_in(office.coordinator)
    found = str(office.browser.post("/zoeken/", {"q": "bak"})["Location"])
    shown = {person.name: person for person in office.browser.get(found).context["people"]}["Bakker"]
    assert (shown.worker, shown.is_followed) == ("Jo Visser", not closed)
    people = office.browser.get("/rapporten/plaatsing/mensen/?level=2").context["people"]
    assert [line.worker for line in people] == ([] if closed else ["Jo Visser"])
