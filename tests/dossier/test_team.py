"""Team: who has whom, who waits to be divided, assigning one, many or all of a worker, and the way back."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import RoleHolding, TeamMembership
from opstap.accounts.operations import deactivate_user, leave_team
from opstap.audit.permissions import command_line
from opstap.clients.models import Assignment, Client
from opstap.dossier.logic import divided
from opstap.foundation.dates import years_before
from opstap.ladder.models import Measurement
from tests.factories.accounts import a_case_manager
from tests.factories.desk import Office, days_ago, shown_on_list
from tests.factories.ladder import placed
from tests.factories.municipality import a_setting
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
TEAM, ASSIGN = "/team/", "/team/toewijzen/"


def fields(office: Office, *workers: str) -> dict[str, object]:
    return {"workers": list(workers), "from_on": days_ago(0).isoformat(), "reason": "worker_absent"}


def send(office: Office, path: str, *workers: str) -> Any:
    """Open the form and send it."""
    return office.browser.post(path, fields(office, *workers) | version_at(office.browser, path))


def whose(client: Client) -> str | None:
    row = Assignment.objects.active_on(days_ago(0)).select_related("worker").get(client=client)
    return row.worker.name if row.worker else None


def cells(page: str, name: str) -> list[str]:
    row = re.search(rf"<tr[^>]*>\s*<th[^>]*>(?:<a[^>]*>)?{name}.*?</tr>", page, re.DOTALL)
    assert row is not None
    return re.findall(r'<td class="num[^>]*>([\d.]+)</td>', row[0])


def test_outsiders_and_case_managers_are_refused(office: Office, client: Browser) -> None:
    for path in (TEAM, f"{ASSIGN}?worker=none"):
        assert client.get(path)["Location"].startswith("/aanmelden/")
    for user in (office.jo, office.administrator):
        office.sign_in(user)
        assert office.browser.get(TEAM).status_code == 403
        assert office.browser.post(f"{ASSIGN}?worker=none", fields(office, office.kim.reference)).status_code == 403
    assert 'href="/team/"' not in office.sign_in(office.jo).page("/clienten/")


@pytest.mark.covers("B-03", "B-59", page="/team/")
def test_the_page_counts_whom_everybody_has(office: Office) -> None:
    placed(office.of(office.jo), "2", on=days_ago(30))
    placed(office.of(office.jo), "2", on=days_ago(500))
    office.of(office.jo)
    office.of(None, team=office.team)
    office.of(office.lee, team=office.other_team)
    page = office.sign_in(office.leader).page(TEAM)
    assert cells(page, "Jo Visser") == ["3"]
    assert cells(page, "Kim Smit") == ["0"]
    assert cells(page, "Totaal") == ["4"]
    assert "Geplaatst op “VNG Participatieladder”: 2 van 4, van wie 1 in de laatste 12 maanden." in page
    assert "Vraagt aandacht: 3." in page
    a_setting(office.town, "placement_months", 18, days_ago(0))  # as the report on coverage has it
    assert "2 van 4, van wie 2 in de laatste 18 maanden." in office.page(TEAM)
    a_setting(office.town, "placement_months", 12, days_ago(0))
    a_setting(office.town, "works_council_consent", "OR 2026-14", days_ago(0))
    page = office.page(TEAM)
    assert cells(page, "Jo Visser") == ["3", "2", "1", "2"]
    assert "met instemming van de ondernemingsraad" in page
    a_setting(office.town, "works_council_consent", "", days_ago(0))
    assert "1 wacht op verdeling" in page
    assert "Deze cliënt heeft geen casemanager" in page
    assert "Lee Bos" not in page
    office.of(None)
    page = office.sign_in(office.coordinator).page(TEAM)
    assert cells(page, "Lee Bos") == ["1"]
    assert "2 wachten op verdeling" in page
    assert "Deze cliënten hebben geen casemanager" in page


@pytest.mark.covers("B-03", "A-12", page="/team/")
def test_the_page_and_the_report_of_coverage_count_the_same(office: Office) -> None:
    year_ago = years_before(days_ago(0), 1)
    histories: tuple[tuple[tuple[str, date], ...], ...] = (
        (("0", days_ago(30)),),
        (("3", days_ago(500)), ("0", days_ago(30))),
        (("2", year_ago),),
        (("2", year_ago + timedelta(days=1)),),
        (("2", days_ago(700)), ("3", days_ago(20))),
        (("2", days_ago(0)),),
        (),
    )
    for history in histories:
        client = office.of(office.jo)
        for code, on in history:
            placed(client, code, on=on)
    office.sign_in(office.coordinator)
    page = office.page(TEAM)
    assert "Geplaatst op “VNG Participatieladder”: 5 van 7, van wie 3 in de laatste 12 maanden." in page
    report = office.page(f"/rapporten/dekking/?on={days_ago(0)}").replace("\xa0", " ")
    assert "Van de 7 mensen in begeleiding zijn er 5 (71,4 %) ooit geplaatst op deze ladder; 3 (42,9 %) in" in report


def test_all_of_a_worker_are_divided_evenly_and_taken_back(office: Office) -> None:
    clients = [office.of(office.jo, f"Naam{number}") for number in range(5)]
    office.sign_in(office.leader)
    form = office.page(f"{ASSIGN}?worker={office.jo.reference}")
    assert "Caseload van Jo Visser overdragen" in form
    assert "5 cliënten gaan naar een collega of naar een team." in form
    assert "ziet de casemanager van nu het dossier niet meer" in form
    assert "Jo Visser</label>" not in form
    pat = a_case_manager(office.team, name="Pat Kok")
    response = send(office, f"{ASSIGN}?worker={office.jo.reference}", office.kim.reference, pat.reference)
    assert sorted(map(str, map(whose, clients))) == ["Kim Smit"] * 3 + ["Pat Kok"] * 2
    done = str(response["Location"])
    page = office.page(done)
    assert "5 cliënten zijn toegewezen." in page
    assert page.count("Jo Visser</td>") == 5
    back = office.browser.post(f"{done}terug/")
    assert back["Location"] == TEAM
    assert set(map(whose, clients)) == {"Jo Visser"}
    assert office.browser.get(done).status_code == 404


def test_those_who_wait_go_to_one_colleague(office: Office) -> None:
    waiting = [office.of(None, team=office.team), office.of(None)]
    office.sign_in(office.coordinator)
    form = office.page(f"{ASSIGN}?worker=none")
    assert "Cliënten zonder casemanager verdelen" in form
    assert "2 cliënten gaan naar een collega of naar een team." in form
    assert "ziet de casemanager van nu het dossier niet meer" not in form
    send(office, f"{ASSIGN}?worker=none", office.lee.reference)
    assert set(map(whose, waiting)) == {"Lee Bos"}
    assert Assignment.objects.active_on(days_ago(0)).get(client=waiting[1]).team == office.other_team
    assert office.browser.get(f"{ASSIGN}?worker=none")["Location"] == TEAM


def test_those_who_wait_go_to_a_team_and_its_leader_divides_them(office: Office) -> None:
    waiting = office.of(None, "Adema")
    office.sign_in(office.leader)
    assert f"/clienten/{waiting.reference}/" not in office.page("/clienten/")
    office.sign_in(office.coordinator)
    form = office.page(f"{ASSIGN}?worker=none")
    groups = re.findall(r'role="group" aria-labelledby="(\w+)">\s*<p class="field__group" id="(\w+)">([^<]+)</p>', form)
    assert [heading for _by, _id, heading in groups] == ["Collega&#x27;s", "Teams"]
    assert all(by == own for by, own, _heading in groups)
    to_team = f"team:{office.team.reference}"
    done = str(send(office, f"{ASSIGN}?worker=none", to_team)["Location"])
    assert "1 cliënt is toegewezen." in office.page(done)
    assert "Meedoen</td>" in office.page(done)
    assert Assignment.objects.active_on(days_ago(0)).get(client=waiting).team == office.team
    assert whose(waiting) is None
    send(office, f"{ASSIGN}?worker=none", to_team)
    assert "Er is niets veranderd: zij waren daar al." in office.page(TEAM)
    office.sign_in(office.leader)
    assert "1 wacht op verdeling" in office.page(TEAM)
    assert "team:" not in office.page(f"{ASSIGN}?worker=none")
    send(office, f"{ASSIGN}?worker=none", office.kim.reference)
    assert whose(waiting) == "Kim Smit"


def test_a_client_goes_from_a_worker_back_to_the_team_from_the_list_and_from_the_dossier(office: Office) -> None:
    first, second = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker")
    office.sign_in(office.leader)
    ticked = {"client": [first.reference], "what": "assign", "next": "/clienten/"}
    to_form = str(office.browser.post("/clienten/samen/", ticked)["Location"])
    dossier = office.page(f"/clienten/{second.reference}/onderdeel/caseload/")
    links = [to_form, *(html.unescape(link) for link in re.findall(rf'href="({ASSIGN}[^"]+)"', dossier))]
    assert len(links) == 2
    for link in links:
        assert f'value="team:{office.team.reference}"' in office.page(link)
        assert f'value="team:{office.other_team.reference}"' not in office.page(link)
        assert office.browser.post(link, fields(office, f"team:{office.other_team.reference}")).status_code == 400
        assert send(office, link, f"team:{office.team.reference}").status_code == 302
    for client in (first, second):
        assert whose(client) is None
        assert Assignment.objects.active_on(days_ago(0)).get(client=client).team == office.team
    assert "Wijs toe aan een collega of een team" in office.page(f"/clienten/{second.reference}/")


def test_colleagues_and_a_team_share_evenly(office: Office) -> None:
    clients = [office.of(office.jo) for _ in range(4)]
    office.sign_in(office.leader)
    send(office, f"{ASSIGN}?worker={office.jo.reference}", office.kim.reference, f"team:{office.team.reference}")
    assert sorted(str(whose(client)) for client in clients) == ["Kim Smit", "Kim Smit", "None", "None"]


def test_some_are_ticked_on_the_list_and_assigned(office: Office) -> None:
    first, second = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker")
    office.sign_in(office.leader)
    ticked = {"client": [first.reference], "what": "assign", "next": "/clienten/?sort=-name"}
    to_form = office.browser.post("/clienten/samen/", ticked)["Location"]
    assert "Adema" in office.page(to_form)
    done = send(office, str(to_form), office.kim.reference)["Location"]
    assert (whose(first), whose(second)) == ("Kim Smit", "Jo Visser")
    assert 'href="/clienten/?sort=-name"' in office.page(done)


def test_a_form_that_is_not_complete_says_so(office: Office) -> None:
    office.of(office.jo)
    office.sign_in(office.leader)
    path = f"{ASSIGN}?worker={office.jo.reference}"
    response = office.browser.post(path, {"from_on": "", "reason": ""})
    assert response.status_code == 400
    assert "Kies ten minste één collega of team." in response.content.decode()
    far = fields(office, office.kim.reference) | {"from_on": "2199-01-01"}
    assert "hoogstens een jaar vooruit" in office.browser.post(path, far).content.decode()


def test_a_worker_out_of_reach_does_not_exist(office: Office) -> None:
    office.of(office.lee, team=office.other_team)
    office.sign_in(office.leader)
    assert office.browser.get(f"{ASSIGN}?worker={office.lee.reference}").status_code == 404
    strangers = office.browser.get(f"{ASSIGN}?client={office.of(office.lee, team=office.other_team).reference}")
    assert strangers["Location"] == TEAM


@pytest.mark.parametrize("what", ["left the team", "lost the role", "closed"])
def test_of_who_left_the_caseload_can_still_be_handed_over(office: Office, what: str) -> None:
    client = office.of(office.jo, "Blijver")
    if what == "closed":
        deactivate_user(by=command_line(), user=office.jo)
    elif what == "lost the role":
        RoleHolding.objects.filter(user=office.jo).update(ends_on=days_ago(0))
    else:
        membership = TeamMembership.objects.get(user=office.jo)
        leave_team(by=command_line(), membership=membership, ends_on=days_ago(0))
    page = office.sign_in(office.leader).page(TEAM)
    assert cells(page, "Jo Visser") == ["1"]
    path = f"{ASSIGN}?worker={office.jo.reference}"
    assert path in page
    assert f"absent={office.jo.reference}" not in page
    assert office.names(f"/clienten/?worker={office.jo.reference}") == ["Blijver"]
    listed = office.page(f"/clienten/?worker={office.jo.reference}")
    assert re.search(rf'<option value="{office.jo.reference}" selected[^>]*>Jo Visser', listed)
    assert "Caseload van Jo Visser overdragen" in office.page(path)
    assert send(office, path, office.kim.reference).status_code == 302
    assert whose(client) == "Kim Smit"
    assert office.browser.get(path).status_code == (302 if what == "closed" else 404)
    assert f"absent={office.kim.reference}" in office.page(TEAM)


def test_confirming_those_who_are_ticked_and_taking_it_back(office: Office) -> None:
    first, second, never = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker"), office.of(office.jo, "Dijk")
    for client in (first, second):
        placed(client, "2", on=days_ago(400))
    office.sign_in(office.jo)
    ticked = {
        "client": [first.reference, second.reference, never.reference], "what": "confirm", "next": "/clienten/?page=2",
    }  # fmt: skip
    done = office.browser.post("/clienten/samen/", shown_on_list(office.browser) | ticked)["Location"]
    page = office.page(done)
    assert "De plaatsing van 2 cliënten is bevestigd per vandaag." in page
    assert "1 cliënt is overgeslagen" in page
    assert office.names("/clienten/?attention=placed_long_ago") == []
    placed(second, "3", on=days_ago(0), replaces=_newest(second))
    assert office.browser.post(f"{done}terug/")["Location"] == "/clienten/?page=2"
    assert office.names("/clienten/?attention=placed_long_ago") == ["Adema"]
    assert office.browser.get("/clienten/?level=3").context["lines"][0].name == "Bakker"


def _newest(client: Client) -> Measurement:
    return Measurement.objects.current().filter(client=client).latest("measured_on")


def test_nothing_ticked_or_nothing_to_confirm_says_so(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.jo)
    for given, words in (
        ({"what": "confirm", "next": "/clienten/"}, "Er is niemand aangevinkt"),
        ({"what": "confirm", "next": "https://elders.example/", "client": [client.reference]}, "niets te bevestigen"),
    ):
        response = office.browser.post("/clienten/samen/", given, follow=True)
        assert response.redirect_chain[-1][0] == "/clienten/"
        assert words in response.content.decode()


def test_nobody_is_confirmed_beyond_the_reach(office: Office) -> None:
    other = office.of(office.kim)
    placed(other, "2", on=days_ago(400))
    office.sign_in(office.jo)
    office.browser.post("/clienten/samen/", {"client": [other.reference], "what": "confirm", "next": "/clienten/"})
    assert _newest(other).measured_on == days_ago(400)


def test_queries_are_few_whatever_the_number_of_clients(office: Office) -> None:
    def queries() -> list[int]:
        counts = []
        for path in (TEAM, f"{ASSIGN}?worker={office.jo.reference}"):
            office.page(path)
            with CaptureQueriesContext(connection) as captured:
                office.page(path)
            counts.append(len(captured))
        return counts

    office.of(office.jo)
    office.sign_in(office.leader)
    few = queries()
    for _ in range(30):
        office.of(office.jo)
        office.of(office.kim)
    assert queries() == few
    assert max(few) <= 15


@pytest.mark.parametrize(("among", "sizes"), [(1, [7]), (2, [4, 3]), (3, [3, 2, 2]), (9, [1] * 7 + [0, 0])])
def test_a_division_is_even_and_leaves_nobody_out(among: int, sizes: list[int]) -> None:
    parts = divided(range(7), among)
    assert [len(part) for part in parts] == sizes
    assert sorted(one for part in parts for one in part) == list(range(7))
