"""The half-yearly list of roles: who sees, prepares and signs it, what is taken away, and the file."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.models import AuthorisationReview, ReviewedRole, RoleHolding, Session, User
from opstap.accounts.operations import HoldingRefused, Judged, prepare_authorisations, sign_authorisations
from opstap.accounts.selectors.authorisations import LIST, authorisations_on, state_of_list
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.foundation.versions import version_of_values
from opstap.municipality.models import Municipality
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_functional_administrator,
    a_team,
    a_team_leader,
    a_worker,
    acting,
)
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
PAGE = "/autorisaties/"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def worker(town: Municipality) -> User:
    return a_case_manager(a_team(town, "Meedoen"), name="Cas Manager")


@pytest.fixture
def admin(town: Municipality) -> User:
    return a_functional_administrator(town)


@pytest.fixture
def officer(town: Municipality) -> User:
    return a_worker(town, "privacy_officer", name="Petra Privacy")


def form_of(town: Municipality, action: str, **gone: str) -> dict[str, str]:
    """The form as it stands, with a reason for each worker whose role is taken away."""
    sent = {"action": action, "next_on": (dates.today() + timedelta(days=180)).isoformat()}
    sent["version"] = version_of_values(LIST, state_of_list(town.pk))
    for one in authorisations_on(town.pk, dates.today()):
        remark = gone.get(one.name.replace(" ", "_"))
        sent[f"stays-{one.holding}"] = "yes" if remark is None else "no"
        sent[f"remark-{one.holding}"] = remark or ""
    return sent


def judged(town: Municipality) -> dict[int, Judged]:
    return {one.holding: Judged(stays=True) for one in authorisations_on(town.pk, dates.today())}


def test_the_list_is_for_who_prepares_or_signs(town: Municipality, worker: User, admin: User, officer: User) -> None:
    for user in (admin, officer, a_coordinator(town)):
        assert signed_in(user).get(PAGE).status_code == 200
        assert signed_in(user).get(f"{PAGE}bestand/csv/").status_code == 200
    for user in (worker, a_team_leader(worker.memberships.get().team)):
        assert signed_in(user).get(PAGE).status_code == 403
        assert signed_in(user).get(f"{PAGE}bestand/csv/").status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_it_shows_each_role_with_its_team_sign_in_and_second_step(worker: User, admin: User) -> None:
    never = signed_in(admin).get(PAGE).content.decode()
    assert "Cas Manager" in never
    assert "nooit" in never
    assert "Meedoen" in never
    signed_in(worker)
    lines = {line.name: line for line in signed_in(admin).get(PAGE).context["lines"]}
    assert lines["Cas Manager"].last_sign_in is not None
    assert lines["Cas Manager"].role == "casemanager"
    assert not lines["Cas Manager"].has_factor


def test_people_of_another_municipality_are_not_on_it(worker: User) -> None:
    elsewhere = a_functional_administrator(a_municipality())
    assert "Cas Manager" not in signed_in(elsewhere).get(PAGE).content.decode()


def test_one_prepares_and_another_signs_and_what_is_taken_away_ends(
    town: Municipality, worker: User, admin: User, officer: User
) -> None:
    preparing, signing, out = signed_in(admin), signed_in(officer), signed_in(worker)
    assert "Onderteken" not in signing.get(PAGE).content.decode()
    said = preparing.post(PAGE, form_of(town, "prepare", Cas_Manager="Werkt hier niet meer"), follow=True)
    assert "klaar om te ondertekenen" in said.content.decode()
    waits = f"{admin.name} heeft de lijst met autorisaties klaargezet."
    assert waits in signing.get("/meldingen/").content.decode()
    assert "klaargezet" not in preparing.get("/meldingen/").content.decode(), "who prepared it does not sign it"
    page = signing.get(PAGE).content.decode()
    assert "Werkt hier niet meer" in page
    assert "Onderteken deze lijst" in page
    answer = signing.post(PAGE, form_of(town, "sign", Cas_Manager="Werkt hier niet meer"), follow=True)
    assert "Er vervalt 1 rol" in answer.content.decode()
    assert "Laatst ondertekend door Petra Privacy" in answer.content.decode()
    assert RoleHolding.objects.get(user=worker).ends_on == dates.today()
    assert not Session.objects.filter(user=worker).exists()
    assert out.get("/clienten/").status_code == 302
    review = AuthorisationReview.objects.get()
    assert (review.prepared_by, review.signed_by) == (admin, officer)
    assert "klaargezet" not in signing.get("/meldingen/").content.decode()
    assert ReviewedRole.objects.get(review=review, stays=False).remark == "Werkt hier niet meer"
    assert Event.objects.filter(verb="sign_authorisations").count() == 1
    assert Event.objects.filter(verb="end_role", about=worker.reference).count() == 1


def test_taking_away_asks_a_reason_and_saves_nothing_without(town: Municipality, worker: User, admin: User) -> None:
    answer = signed_in(admin).post(PAGE, form_of(town, "prepare", Cas_Manager=""))
    assert answer.status_code == 400
    assert "waarom" in answer.content.decode()
    assert not AuthorisationReview.objects.exists()
    assert RoleHolding.objects.get(user=worker).ends_on is None


def test_who_prepared_it_does_not_sign_it(town: Municipality) -> None:
    both = a_functional_administrator(town)
    RoleHolding.objects.create(
        user=both, municipality=both.municipality, role="privacy_officer", starts_on=dates.today()
    )
    browser = signed_in(both)
    browser.post(PAGE, form_of(town, "prepare"))
    assert "Onderteken deze lijst" not in browser.get(PAGE).content.decode()
    answer = browser.post(PAGE, form_of(town, "sign"))
    assert answer.status_code == 409
    assert "Dat doet een ander" in answer.content.decode()


def test_signing_asks_that_it_was_prepared_and_that_nothing_changed(
    town: Municipality, admin: User, officer: User
) -> None:
    with pytest.raises(HoldingRefused, match="not_prepared"):
        sign_authorisations(by=acting(officer), municipality=town, judged=judged(town), next_on=dates.today())
    before = judged(town)
    prepare_authorisations(by=acting(admin), municipality=town, judged=before)
    a_case_manager(a_team(town))
    with pytest.raises(HoldingRefused, match="roles_changed"):
        sign_authorisations(by=acting(officer), municipality=town, judged=before, next_on=dates.today())
    assert AuthorisationReview.objects.get().signed_at is None


def test_who_prepares_second_sees_what_the_first_prepared(town: Municipality, worker: User, admin: User) -> None:
    first = Window(signed_in(a_worker(town, "functional_administrator", name="Ans Eerst")), PAGE)
    second = Window(signed_in(admin), PAGE)
    held = RoleHolding.objects.get(user=worker).pk
    gone = {f"stays-{held}": "no", f"remark-{held}": "weg per mei", "action": "prepare"}
    assert first.send(**gone) == 302
    assert second.send(**gone | {f"remark-{held}": "werkt elders"}) == 409
    assert "Ans Eerst heeft dit intussen gewijzigd" in second.words
    assert "haal weg: weg per mei haal weg: werkt elders" in second.words
    assert second.fields[f"remark-{held}"] == "werkt elders"
    assert ReviewedRole.objects.get(stays=False).remark == "weg per mei"
    assert second.send(action="prepare") == 302
    assert ReviewedRole.objects.get(stays=False).remark == "werkt elders"


def test_a_list_of_which_the_form_lost_its_version_is_neither_prepared_nor_signed(
    town: Municipality, admin: User, officer: User
) -> None:
    prepare, sign = ({**form_of(town, action), "version": ""} for action in ("prepare", "sign"))
    assert signed_in(admin).post(PAGE, prepare).status_code == 409
    assert not AuthorisationReview.objects.exists()
    prepare_authorisations(by=acting(admin), municipality=town, judged=judged(town))
    assert signed_in(officer).post(PAGE, sign).status_code == 409
    assert AuthorisationReview.objects.get().signed_at is None


def test_nobody_signs_what_was_prepared_anew_unseen(
    town: Municipality, worker: User, admin: User, officer: User
) -> None:
    prepare_authorisations(by=acting(admin), municipality=town, judged=judged(town))
    signing = Window(signed_in(officer), PAGE)
    held = RoleHolding.objects.get(user=worker).pk
    Window(signed_in(admin), PAGE).send(**{f"stays-{held}": "no", f"remark-{held}": "weg", "action": "prepare"})
    wrong = dates.today().isoformat()
    assert signing.send(action="sign", next_on=wrong) == 400
    in_half_a_year = (dates.today() + timedelta(days=180)).isoformat()
    assert signing.send(action="sign", next_on=in_half_a_year) == 409, "a page with a fault is of when it was opened"
    assert f"{admin.name} heeft dit intussen gewijzigd" in signing.words
    assert "haal weg: weg blijft" in signing.words
    assert AuthorisationReview.objects.get().signed_at is None
    assert RoleHolding.objects.get(user=worker).ends_on is None
    assert signing.send(**{f"stays-{held}": "no", f"remark-{held}": "weg", "action": "sign"}) == 302
    assert RoleHolding.objects.get(user=worker).ends_on == dates.today()
    assert signing.send(action="sign") == 409, "signed already"


def test_the_last_administrator_stays(town: Municipality, admin: User, officer: User) -> None:
    prepare_authorisations(by=acting(admin), municipality=town, judged=judged(town))
    sent = form_of(town, "sign", **{admin.name.replace(" ", "_"): "Weg"})
    answer = signed_in(officer).post(PAGE, sent)
    assert answer.status_code == 409
    assert AuthorisationReview.objects.get().signed_at is None
    assert RoleHolding.objects.get(user=admin).ends_on is None


def test_each_has_a_right_of_its_own(town: Municipality, admin: User, officer: User) -> None:
    with pytest.raises(PermissionDenied):
        prepare_authorisations(by=acting(officer), municipality=town, judged={})
    with pytest.raises(PermissionDenied):
        sign_authorisations(by=acting(admin), municipality=town, judged={}, next_on=dates.today())
    with pytest.raises(HoldingRefused, match="nobody"):
        prepare_authorisations(by=command_line(), municipality=town, judged={})


def test_the_next_time_lies_within_a_year(town: Municipality, admin: User, officer: User) -> None:
    prepare_authorisations(by=acting(admin), municipality=town, judged=judged(town))
    for wrong in (dates.today(), dates.today() + timedelta(days=400)):
        sent = {**form_of(town, "sign"), "next_on": wrong.isoformat()}
        assert signed_in(officer).post(PAGE, sent).status_code == 400


def test_the_file_holds_the_same_in_three_kinds(town: Municipality, worker: User, admin: User) -> None:
    prepare_authorisations(
        by=acting(admin),
        municipality=town,
        judged={**judged(town), RoleHolding.objects.get(user=worker).pk: Judged(stays=False, remark="=1+1")},
    )
    browser = signed_in(admin)
    text = browser.get(f"{PAGE}bestand/csv/").content.decode("utf-8-sig")
    assert "Cas Manager" in text
    assert ";'=1+1" in text
    for kind in ("xlsx", "ods"):
        answer = browser.get(f"{PAGE}bestand/{kind}/")
        assert zipfile.is_zipfile(io.BytesIO(answer.content))
        assert f".{kind}" in answer.headers["Content-Disposition"]
    assert browser.get(f"{PAGE}bestand/pdf/").status_code == 404


def test_the_list_asks_as_many_queries_for_many_people(
    town: Municipality, admin: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        a_case_manager(a_team(town))
    browser = signed_in(admin)
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # a fixture of pytest-django
        browser.get(PAGE)
