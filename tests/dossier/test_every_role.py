"""What each role meets at the desk: whom they see, where a BSN stands, and what is not theirs to do."""

from __future__ import annotations

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.logic import roles
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import deactivate_user, end_role, leave_team
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.clients.models import Client, Handover
from opstap.contacts.models import Contact
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from tests.dossier.desks import Desk, words_of
from tests.factories.accounts import a_team_leader, a_worker, an_intern
from tests.factories.clients import a_bsn, a_client, beside, in_caseload
from tests.factories.desk import days_ago
from tests.factories.ladder import placed
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
NAMELESS = ("reception", "policy", "functional_administrator", "privacy_officer", "researcher")
BY_NAME = ("income_consultant", "matcher", "job_coach", "participation_coach", "external_consultant")
BSN = a_bsn(77)


@pytest.fixture
def known(desk: Desk) -> Client:
    """Somebody with a BSN in the caseload, placed."""
    client = desk.another(number="50001", surname="Dekker", bsn=BSN)
    placed(client, "2", on=days_ago(90))
    return client


def given_to(desk: Desk, client: Client, role: str) -> User:
    """Somebody in this role who sees the client as far as the role can."""
    worker = a_worker(desk.town, role, team=desk.team)
    beside(client, worker)
    return worker


@pytest.mark.covers("C-13", "D-14", page="/clienten/")
@pytest.mark.parametrize("role", BY_NAME)
def test_who_guides_along_sees_only_whom_they_were_given(desk: Desk, known: Client, role: str) -> None:
    desk.sign_in(given_to(desk, known, role))
    page = desk.page("/clienten/")
    assert "Dekker" in page
    assert "Bakker" not in page
    assert "J. Visser" in page  # the case manager
    assert desk.browser.get(f"/clienten/{known.reference}/").status_code == 200
    assert desk.browser.get(desk.url).status_code == 404
    lines = desk.browser.get("/clienten/bestand/csv/").content.decode()
    assert ("Dekker" in lines, "Bakker" in lines) == (True, False)


@pytest.mark.parametrize("role", NAMELESS)
def test_who_has_no_scope_finds_no_way_to_people(desk: Desk, known: Client, role: str) -> None:
    desk.sign_in(given_to(desk, known, role))
    for path in ("/clienten/", f"/clienten/{known.reference}/", "/rapporten/", "/zoeken/", "/clienten/bestand/csv/"):
        assert desk.browser.get(path).status_code == 403, path


@pytest.mark.covers("B-59", page="/begin/")
@pytest.mark.parametrize("role", sorted(roles()))
def test_every_role_lands_on_a_page_of_its_own(desk: Desk, known: Client, role: str) -> None:
    made = {
        "intern": lambda: an_intern(desk.worker),
        "team_leader": lambda: a_team_leader(desk.team),
    }
    desk.sign_in(made.get(role, lambda: given_to(desk, known, role))())
    first = desk.browser.get("/", follow=True)
    assert first.status_code == 200
    assert roles()[role].scope == "none" or "/clienten/" in first.request["PATH_INFO"]
    begin = desk.browser.get("/begin/").content.decode()
    assert "first-day__step" in begin
    for href in re.findall(r'class="button" href="([^"]+)"', begin):
        assert desk.browser.get(href).status_code == 200, href


@pytest.mark.covers("B-59", page="/begin/")
def test_policy_is_told_honestly_that_nothing_was_released(desk: Desk) -> None:
    desk.sign_in(a_worker(desk.town, "policy"))
    first = desk.browser.get("/", follow=True)
    assert first.request["PATH_INFO"] == "/publicaties/"
    assert "Nog niets vastgesteld" in first.content.decode()
    assert "Gegevens van mensen ziet u nooit." in desk.browser.get("/begin/").content.decode()


def pages_of(client: Client) -> list[str]:
    """Every page of the dossier that only shows."""
    slugs = ("begeleiding", "uitkering", "caseload", "adres", "om-heen", "kenmerk", "belemmering", "huishouden")
    own = f"/clienten/{client.reference}/"
    return [own, f"{own}persoon/", *(f"{own}onderdeel/{slug}/" for slug in slugs)]


@pytest.mark.covers("D-14", page="/clienten/<reference>/persoon/")
@pytest.mark.parametrize("role", [role for role in BY_NAME if "find_by_bsn" not in roles()[role].permissions])
def test_without_the_right_a_bsn_stands_nowhere(desk: Desk, known: Client, role: str) -> None:
    desk.sign_in(given_to(desk, known, role))
    for path in [*pages_of(known), "/clienten/", "/clienten/bestand/csv/", "/zoeken/"]:
        page = desk.browser.get(path).content.decode()
        assert BSN not in page, path
        assert "BSN" not in (page if path.endswith("csv/") else words_of(page)), path
        assert "of BSN" not in page, path  # nor does the search box ask for one
    assert desk.browser.get(f"/clienten/{known.reference}/persoon/verbeteren/").status_code == 403
    assert desk.browser.post(f"/clienten/{known.reference}/persoon/nummer-tonen/").status_code == 403


def found(desk: Desk, typed: str) -> bool:
    """Whether somebody is found by it."""
    location = desk.browser.post("/zoeken/", {"q": typed})["Location"]
    return location.startswith("/clienten/") or bool(desk.browser.get(location).context["people"])


def test_without_the_right_nobody_is_found_by_a_bsn(desk: Desk, known: Client) -> None:
    assert found(desk, BSN)
    desk.sign_in(given_to(desk, known, "external_consultant"))
    assert not found(desk, BSN)
    assert found(desk, "Dekker")
    assert found(desk, "50001")


@pytest.mark.covers("B-59", page="/clienten/<reference>/persoon/")
def test_a_bsn_is_shown_by_its_last_digits_and_whole_by_a_logged_click(desk: Desk, known: Client) -> None:
    path = f"/clienten/{known.reference}/persoon/"
    page = words_of(desk.page(path))
    assert f"eindigt op {BSN[-3:]}" in page
    assert BSN not in page
    whole = desk.browser.post(f"{path}nummer-tonen/")
    assert BSN in whole.content.decode()
    assert Access.objects.filter(action="dossier:bsn", method="POST", user=desk.worker.reference).count() == 1
    assert Event.objects.filter(verb="show_bsn").count() == 1
    assert BSN not in words_of(desk.page(path))


@pytest.mark.covers("C-13", page="/clienten/<reference>/")
def test_an_intern_records_under_their_own_name_with_the_mark(desk: Desk, known: Client) -> None:
    intern = an_intern(desk.worker, name="Sem Veldkamp")
    desk.sign_in(intern)
    note = {
        "held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "settled": "stays",
        "note": "Belde terug.", "looked": "not_discussed", "next_kind": "phone",
    }  # fmt: skip
    answer = desk.browser.post(f"/contact/{known.reference}/", note)
    assert answer.status_code == 302, words_of(answer.content.decode())
    assert Contact.objects.get().worker == intern
    page = words_of(desk.page(f"/clienten/{known.reference}/"))
    assert "Sem Veldkamp (stagiair bij J. Visser)" in page
    assert Access.objects.filter(user=intern.reference).latest("pk").on_behalf_of == "J. Visser"


@pytest.mark.covers("D-24", page="/overdracht/nieuw/")
def test_a_bureau_hands_its_caseload_over_to_the_own_team(desk: Desk) -> None:
    bureau = a_worker(desk.town, "external_consultant", name="Bo Bureau")
    clients = [a_client(desk.town, surname=f"Gegund{place}") for place in range(2)]
    for client in clients:
        in_caseload(client, bureau)
    desk.sign_in(bureau)
    assert "Uw hele caseload: 2 cliënten." in words_of(desk.page("/overdracht/nieuw/"))
    given = {
        "receivers": [desk.worker.reference],
        "from_on": dates.today().isoformat(),
        "note": "Terug naar het team",
    }
    assert "Gevraagd aan J. Visser" in desk.browser.post("/overdracht/nieuw/", given, follow=True).content.decode()
    address = f"/overdracht/{Handover.objects.waiting()[0].batch}/"
    desk.sign_in(desk.worker)
    assert "Terug naar het team" in desk.page(address)
    assert desk.browser.post(address, {"action": "accept"}).status_code == 302
    for user, status in ((desk.worker, 200), (bureau, 404)):
        desk.sign_in(user)
        assert {desk.browser.get(f"/clienten/{one.reference}/").status_code for one in clients} == {status}, user.name


def test_a_bureau_sees_its_caseload_by_name_and_no_figures(desk: Desk) -> None:
    """Figures about a few people who were given by name soon tell of one person, and could be saved as a file."""
    bureau = a_worker(desk.town, "external_consultant", name="Bo Bureau")
    held = [a_client(desk.town, surname=f"Gegund{place}") for place in range(2)]
    for client in held:
        in_caseload(client, bureau)
    desk.sign_in(bureau)
    listed = desk.page("/clienten/")
    assert all(f"Gegund{place}" in listed for place in range(2))
    assert 'href="/rapporten/"' not in listed
    for page in ("/rapporten/", "/rapporten/caseload/", "/rapporten/caseload/bestand/csv/"):
        assert desk.browser.get(page).status_code == 403


@pytest.mark.covers("C-13", page="/clienten/<reference>/")
def test_an_intern_does_not_confirm_close_or_merge(desk: Desk, known: Client) -> None:
    desk.sign_in(an_intern(desk.worker))
    own = f"/clienten/{known.reference}/"
    page = desk.page(own)
    assert "Begeleiding sluiten" not in page
    assert "Samenvoegen met" not in page
    assert reverse("ladder:confirm", args=[known.reference]) not in desk.page(f"/plaatsen/{known.reference}/")
    for path in (f"/plaatsen/{known.reference}/bevestigen/", f"{own}sluiten/", f"{own}verhuisd/", f"{own}overleden/",
                 f"{own}samenvoegen/"):  # fmt: skip
        assert desk.browser.post(path, {}).status_code == 403, path
    together = desk.browser.post("/clienten/samen/", {"client": [known.reference], "what": "confirm"})
    assert together.status_code == 403
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize("role", ["income_consultant", "matcher"])
def test_who_places_nobody_is_asked_for_no_level_at_a_contact(desk: Desk, known: Client, role: str) -> None:
    desk.sign_in(given_to(desk, known, role))
    page = desk.page(f"/contact/{known.reference}/")
    assert "klopt nog" not in page
    assert 'value="anew"' not in page
    note = {
        "held_on": dates.today().isoformat(), "kind": "phone", "outcome": "held", "settled": "stays", "note": "x",
        "looked": "anew", "next_kind": "phone",
    }  # fmt: skip
    answer = desk.browser.post(f"/contact/{known.reference}/", note)
    assert answer.status_code == 302
    assert "plaatsen" not in answer["Location"]
    assert Contact.objects.get().looked == ""


def statuses(browser: Browser, *paths: str) -> list[int]:
    return [browser.get(path).status_code for path in paths]


def test_a_change_of_rights_holds_at_the_next_request_of_the_same_session(desk: Desk, known: Client) -> None:
    own = f"/clienten/{known.reference}/"
    leader = a_team_leader(desk.team)
    desk.sign_in(leader)
    assert statuses(desk.browser, own, "/team/") == [200, 200]
    RoleHolding.objects.create(
        user=leader, municipality=leader.municipality, role="policy", starts_on=dates.today()
    )  # stays, as something else
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=leader, role="team_leader"), ends_on=dates.today())
    assert statuses(desk.browser, own, "/team/") == [403, 403]
    desk.sign_in(desk.worker)
    assert statuses(desk.browser, own) == [200]
    membership = TeamMembership.objects.get(user=desk.worker)
    leave_team(by=command_line(), membership=membership, ends_on=dates.today())
    assert statuses(desk.browser, own) == [200]  # the caseload is what counts, and that is still theirs
    a_worker(desk.town, "functional_administrator")  # somebody has to stay
    deactivate_user(by=command_line(), user=desk.worker)
    assert statuses(desk.browser, own) == [302]  # to the sign-in


@pytest.mark.covers("D-14", page="/team/meebegeleiden/")
def test_a_leader_lets_a_coach_guide_along(desk: Desk, known: Client) -> None:
    coach = a_worker(desk.town, "job_coach", name="Rik Coach")
    desk.sign_in(desk.leader)
    ticked = {"client": [known.reference], "what": "beside", "next": "/clienten/"}
    path = desk.browser.post("/clienten/samen/", ticked)["Location"]
    assert "ziet 1 cliënt naast de casemanager" in words_of(desk.page(path))
    wrong = desk.browser.post(path, {"worker": coach.reference, "from_on": "2020-02-02", "until": "2020-02-02"})
    assert wrong.status_code == 400
    assert "Kies als wat." in wrong.content.decode()
    assert "Het einde ligt voor het begin." in wrong.content.decode()
    given = {"worker": coach.reference, "role": "job_coach", "from_on": dates.today().isoformat(), "until": ""}
    done = desk.browser.post(path, given | version_at(desk.browser, path), follow=True).content.decode()
    assert "Rik Coach" in done
    assert "jobcoach: Rik Coach" in desk.page(f"/clienten/{known.reference}/onderdeel/caseload/")
    desk.sign_in(coach)
    assert "Mijn cliënten" in desk.page("/clienten/")
    assert "Dekker" in desk.page("/clienten/")


def test_without_anybody_to_guide_along_the_page_says_whom_to_ask(desk: Desk, known: Client) -> None:
    desk.sign_in(desk.leader)
    page = desk.page(f"/team/meebegeleiden/?client={known.reference}")
    assert "Er is nog niemand die kan meebegeleiden" in page
