"""Finer kinds of barriers: off without a ground, seen by who holds the right alone, and gone after their own term."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.logic import roles
from opstap.accounts.logic.composing import may_be_chosen
from opstap.accounts.models import RoleHolding, User
from opstap.accounts.operations import Composition, compose_role, end_role, give_role
from opstap.audit.logic.seen import Seen
from opstap.audit.operations import log_access
from opstap.audit.permissions import command_line
from opstap.clients.logic import BarrierRow, RowsRefused
from opstap.clients.models import Barrier, Client, FinerBarrier
from opstap.clients.operations import merge_clients, record_barrier
from opstap.clients.personal_data import personal_data_of
from opstap.foundation import dates
from opstap.foundation.jobs.naming import JobFailed
from opstap.privacy.logic.requests import months_after
from opstap.privacy.operations import erase_old_finer_barriers, finer, hold_dossier, let_go
from opstap.privacy.tasks import erase_finer_barriers
from tests.dossier.desks import FIRST, Desk
from tests.dossier.test_secret_everywhere import paths, read
from tests.factories.accounts import a_worker, acting
from tests.factories.clients import BY, a_client
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db
GROUND, DAY = "finer_barriers_ground", date(2024, 1, 1)
PART, NEW = "onderdeel/belemmering/", "onderdeel/belemmering/nieuw/"
ILL = FIRST | {"kind": "health", "finer": "psychological"}
FINER = "gezondheid: psychisch"


def specialist(desk: Desk) -> User:
    """A leader of the team in a role of the municipality's own, with the right."""
    permissions = [*roles()["team_leader"].permissions | {"record_clients", "see_finer_barriers"}]
    new = Composition("zorgregisseur", "Kent de zorg.", permissions)
    role = compose_role(by=command_line(), municipality=desk.town, base="team_leader", new=new)
    user = a_worker(desk.town, "reception")
    end_role(by=command_line(), holding=RoleHolding.objects.get(user=user), ends_on=dates.today())
    give_role(by=command_line(), user=user, role=role.base, own_role=role, team=desk.team, since=dates.today())
    return user


@pytest.fixture
def knowing(desk: Desk) -> User:
    user = specialist(desk)
    a_setting(desk.town, "second_factor_roles", "none")
    a_setting(desk.town, GROUND, "Besluit van B en W 2026-14, AVG artikel 9")
    return user


@pytest.fixture
def ill(desk: Desk, knowing: User) -> Client:
    del knowing
    record_barrier(by=BY, row=BarrierRow(desk.client.pk, "health", DAY), finer="psychological")
    return desk.client


def test_no_role_that_opstap_brings_holds_the_right_and_who_may_get_it() -> None:
    known = roles()
    assert not [key for key, role in known.items() if "see_finer_barriers" in role.permissions]
    may = {key for key, role in known.items() if may_be_chosen(role, "see_finer_barriers")}
    assert {"case_manager", "coordinator"} <= may
    assert not may & {"intern", "external_consultant", "functional_administrator", "privacy_officer"}


def test_without_a_ground_nothing_finer_is_asked_or_recorded(desk: Desk) -> None:
    user = specialist(desk)
    a_setting(desk.town, "second_factor_roles", "none")
    desk.sign_in(user)
    assert 'name="finer"' not in desk.page(NEW)
    assert "Fijnere soorten belemmeringen staan uit" in desk.words(PART)
    assert desk.browser.post(f"{desk.url}{NEW}", ILL).status_code == 302
    assert Barrier.objects.get().kind == "health"
    assert not FinerBarrier.objects.exists()
    with pytest.raises(RowsRefused):
        record_barrier(by=acting(user), row=BarrierRow(desk.client.pk, "other", DAY), finer="justice")


def test_who_holds_the_right_records_corrects_and_takes_it_back(desk: Desk, knowing: User) -> None:
    desk.sign_in(knowing)
    wrong = desk.browser.post(f"{desk.url}{NEW}", ILL | {"kind": "money"})
    assert wrong.status_code == 400
    assert "hoort bij een andere belemmering" in wrong.content.decode()
    assert desk.browser.post(f"{desk.url}{NEW}", ILL).status_code == 302
    assert FINER in desk.words(PART)
    assert FINER in desk.words()
    assert b"psych" not in bytes(FinerBarrier.objects.get().kind_encrypted)
    correct = corrected(desk)
    assert 'value="psychological" selected' in desk.page(correct)
    desk.browser.post(correct, ILL | {"finer": "physical", "why": "verkeerd gehoord"})
    assert "gezondheid: lichamelijk" in desk.words(PART)
    assert FINER in desk.words(PART), "in the history"
    desk.browser.post(corrected(desk), ILL | {"finer": "", "why": "niet nodig"})
    assert "gezondheid: lichamelijk" not in desk.words()
    assert not FinerBarrier.objects.current().exists()


def corrected(desk: Desk) -> str:
    found = re.search(r'href="([^"]+/verbeteren/)"', desk.page(PART))
    assert found is not None
    return found[1]


def test_who_lacks_the_right_corrects_the_barrier_and_the_finer_kind_goes_along(
    desk: Desk, ill: Client, knowing: User
) -> None:
    assert 'name="finer"' not in desk.page(corrected(desk))
    changed = {"kind": "health", "starts_on": "2024-02-01", "ends_on": "", "finer": "physical", "why": "datum"}
    assert desk.browser.post(corrected(desk), changed).status_code == 302
    assert FinerBarrier.objects.count() == 1
    with pytest.raises(PermissionDenied):
        record_barrier(by=acting(desk.worker), row=BarrierRow(ill.pk, "other", DAY), finer="justice")
    desk.sign_in(knowing)
    assert FINER in desk.words()


@pytest.mark.parametrize("role", ["case_manager", "coordinator"])
def test_it_stands_nowhere_for_who_lacks_the_right(desk: Desk, ill: Client, role: str) -> None:
    desk.sign_in(desk.worker if role == "case_manager" else desk.coordinator)
    met = [path for path in paths(ill) if _tells(read(desk, path))]
    assert not [path for path in met if not path.startswith("/verzoeken/dossier/")], "what the client gets"


def test_who_has_it_reads_it_in_the_dossier_and_in_no_report_or_file(desk: Desk, ill: Client, knowing: User) -> None:
    desk.sign_in(knowing)
    met = [path for path in paths(ill) if _tells(read(desk, path))]
    assert {f"/clienten/{ill.reference}/", f"/clienten/{ill.reference}/{PART}"} <= set(met)
    assert not [path for path in met if "bestand" in path or "rapporten" in path]


def _tells(page: str) -> bool:
    return FINER in page or "psychological" in page


def test_when_the_ground_ends_nothing_finer_is_shown_and_the_client_still_gets_it(
    desk: Desk, ill: Client, knowing: User
) -> None:
    a_setting(desk.town, GROUND, "", dates.today())
    desk.sign_in(knowing)
    assert "Fijnere soorten belemmeringen staan uit" in desk.words(PART)
    for page in ("", PART, NEW):
        assert "psychisch" not in desk.words(page)
    (row,) = [one for one in personal_data_of(ill) if one.model == "clients.finerbarrier"]
    assert (row.values["kind"], row.values["barrier"]) == ("psychological", "health")


def test_it_is_erased_after_its_own_term_and_the_barrier_stays(desk: Desk, ill: Client, knowing: User) -> None:
    desk.sign_in(knowing)
    desk.browser.post(corrected(desk), ILL | {"finer": "physical", "why": "verkeerd gehoord"})
    due = months_after(dates.today(), 12)
    assert erase_old_finer_barriers(by=BY, today=due - timedelta(days=1)) == 0
    hold_dossier(by=BY, client=ill, why="bezwaar", until=due + timedelta(days=1))
    assert erase_old_finer_barriers(by=BY, today=due) == 0
    assert erase_old_finer_barriers(by=BY, today=due + timedelta(days=1)) == 2, "with its correction"
    assert erase_old_finer_barriers(by=BY, today=due + timedelta(days=1)) == 0
    assert not FinerBarrier.objects.exists()
    assert "gezondheid" in desk.words(PART)
    assert "lichamelijk" not in desk.words(PART)
    with pytest.raises(PermissionDenied):
        erase_old_finer_barriers(by=acting(desk.worker), today=due)


@pytest.mark.parametrize("kept_there", [True, False])
def test_a_hold_on_one_of_two_merged_dossiers_holds_the_finer_kind_in_the_other(
    desk: Desk, ill: Client, *, kept_there: bool
) -> None:
    other, due = a_client(desk.town, number="40214"), months_after(dates.today(), 12)
    hold_dossier(by=BY, client=other, why="bezwaar", until=None)
    merge_clients(by=BY, client=ill if kept_there else other, kept=other if kept_there else ill, why="dezelfde")
    assert erase_old_finer_barriers(by=BY, today=due) == 0
    let_go(by=BY, client=ill)
    assert erase_old_finer_barriers(by=BY, today=due) == 1


def test_its_term_begins_on_the_day_in_amsterdam(desk: Desk, knowing: User) -> None:
    with dates.clock_at(datetime(2041, 7, 2, 0, 30, tzinfo=dates.AMSTERDAM)):  # in UTC it is the first still
        record_barrier(by=BY, row=BarrierRow(desk.client.pk, "health", DAY), finer="psychological")
    assert erase_old_finer_barriers(by=BY, today=date(2042, 7, 1)) == 0
    assert erase_old_finer_barriers(by=BY, today=date(2042, 7, 2)) == 1


def test_the_municipality_sets_the_term(desk: Desk, ill: Client) -> None:
    a_setting(desk.town, "finer_barriers_months", 3)
    assert erase_old_finer_barriers(by=BY, today=months_after(dates.today(), 3)) == 1
    assert not FinerBarrier.objects.filter(client=ill).exists()


def test_a_clock_that_jumped_ahead_erases_none(desk: Desk, ill: Client) -> None:
    """Nothing was written in the log a month before such a night; once a month was worked with it, it was no jump."""
    night = datetime(2041, 7, 2, 1, 40, tzinfo=dates.AMSTERDAM)
    with dates.clock_at(night), pytest.raises(JobFailed, match="clock_is_ahead"):
        erase_finer_barriers.func()
    assert FinerBarrier.objects.filter(client=ill).exists()
    with dates.clock_at(night - timedelta(days=40)):
        log_access(by=acting(desk.worker), action="dossier:client", method="GET", result="done", seen=Seen())
    with dates.clock_at(night):
        assert erase_finer_barriers.func() == 1


def test_none_past_its_term_asks_nothing_of_the_clock(desk: Desk, ill: Client) -> None:
    assert erase_finer_barriers.func() == 0


def test_the_file_of_an_embedded_database_is_written_anew_after_it(
    desk: Desk, ill: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_by: list[str] = []
    monkeypatch.setattr(finer, "write_anew_later", lambda: put_by.append("written"))
    due = months_after(dates.today(), 12)
    assert erase_old_finer_barriers(by=BY, today=due - timedelta(days=1)) == 0
    assert put_by == []
    assert erase_old_finer_barriers(by=BY, today=due) == 1
    assert put_by == ["written"]
