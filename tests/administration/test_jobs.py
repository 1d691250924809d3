"""*Achtergrondtaken*: what failed and why, done again or put away; the schedule; a worker that is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from opstap.audit.models import Access, Event
from opstap.audit.selectors.verifying import Verified
from opstap.audit.tasks import verify_access_log
from opstap.foundation import dates
from opstap.foundation.jobs.models import WorkerSeen
from opstap.foundation.jobs.naming import JobFailed
from opstap.foundation.jobs.planning import put_by_what_is_due
from opstap.foundation.jobs.working import STANDS_STILL_AFTER, be_seen
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator, a_functional_administrator
from tests.factories.jobs import do_all
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

PAGE = "/beheer/taken/"


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in(a_functional_administrator(a_municipality()))


@pytest.fixture(autouse=True)
def _log_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests left heads of chains behind that were rolled back."""
    monkeypatch.setattr("opstap.audit.tasks.verify_log", Verified)


@pytest.fixture
def failed(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> str:
    """A job that failed once; the next time it goes well."""

    def wrong(*_: object) -> None:
        raise JobFailed("log_is_wrong")

    verify_access_log.enqueue()
    with monkeypatch.context() as broken:
        broken.setattr("opstap.audit.tasks.verify_log", wrong)
        do_all()
    return str(DBTaskResult.objects.failed().get().pk)


def said(client: Client) -> str:
    return client.get(PAGE).content.decode()


def test_a_failed_job_says_why_and_is_done_again(administrator: Client, failed: str) -> None:
    page = said(administrator)
    assert "Het inzagelogboek nalopen" in page
    assert "Een regel van het inzagelogboek is niet wat er geschreven is." in page
    assert "1 taak is mislukt" in administrator.get(reverse("administration:index")).content.decode()
    again = administrator.post(PAGE, {"job": failed, "decision": "retry"}, follow=True)
    assert "De taak gebeurt opnieuw" in again.content.decode()
    assert Event.objects.filter(verb="retry_job", about=failed).count() == 1
    do_all()
    assert DBTaskResult.objects.get(pk=failed).status == TaskResultStatus.SUCCESSFUL
    assert "Er is niets mislukt." in said(administrator)


def test_a_failed_job_stands_in_the_inbox_until_it_is_decided(administrator: Client, failed: str) -> None:
    inbox = reverse("desk:inbox")
    page = administrator.get(inbox).content.decode()
    assert "Een achtergrondtaak is mislukt: Het inzagelogboek nalopen." in page
    assert f'href="{PAGE}"' in page
    administrator.post(PAGE, {"job": failed, "decision": "away"})
    assert "Er wacht niets op u" in administrator.get(inbox).content.decode()
    assert administrator.get("/")["Location"] == reverse("administration:index"), "no page to begin on"


def test_a_failed_job_is_put_away(administrator: Client, failed: str) -> None:
    administrator.post(PAGE, {"job": failed, "decision": "away"})
    assert not DBTaskResult.objects.exists()
    assert Event.objects.filter(verb="put_job_away").count() == 1


def test_jobs_are_of_all_municipalities_together_and_each_reads_who_put_one_away(
    administrator: Client, failed: str
) -> None:
    assert "van alle gemeenten" not in said(administrator)
    elsewhere = a_municipality("Zuid")
    theirs = a_functional_administrator(elsewhere)
    page = said(signed_in(theirs))
    assert "Het inzagelogboek nalopen" in page
    assert "van alle gemeenten" in page
    signed_in(theirs).post(PAGE, {"job": failed, "decision": "away"})
    assert not DBTaskResult.objects.exists()
    logged = Access.objects.filter(action="administration:jobs", method="POST", user=theirs.reference)
    assert set(logged.values_list("municipality", "on_behalf_of", "result")) == {
        (elsewhere.pk, "", "done"),
        (Municipality.objects.exclude(pk=elsewhere.pk).get().pk, "Zuid", "done"),
    }


@pytest.mark.parametrize("decision", ["retry", "away"])
def test_who_decides_second_or_about_nothing_changes_nothing(administrator: Client, failed: str, decision: str) -> None:
    administrator.post(PAGE, {"job": failed, "decision": "retry"})
    assert administrator.post(PAGE, {"job": failed, "decision": decision}).status_code == 404
    assert administrator.post(PAGE, {"job": "1; DROP", "decision": decision}).status_code == 404
    assert Event.objects.filter(verb__in=["retry_job", "put_job_away"]).count() == 1
    assert DBTaskResult.objects.get(pk=failed).status == TaskResultStatus.READY


def test_the_schedule_says_when_each_was_last_done(administrator: Client) -> None:
    before = said(administrator)
    assert before.count("nog niet") == 10
    assert put_by_what_is_due(dates.now()) == [
        "empty_staging",
        "empty_drafts",
        "clear_sessions",
        "forget_done_jobs",
        "seal_by_new_keys",
        "erase_finer_barriers",
        "erase_judgements",
        "forget_forms",
        "verify_access_log",
        "cut_access_log",
    ]
    assert "gevraagd op" in said(administrator)
    do_all()
    after = said(administrator)
    assert "nog niet" not in after
    assert "Er staat niets klaar." in after


def test_a_job_that_was_not_done_for_two_nights_is_said(administrator: Client) -> None:
    put_by_what_is_due(dates.now())
    do_all()
    assert "twee nachten" not in said(administrator)
    clearing = DBTaskResult.objects.filter(task_path__endswith="clear_sessions")
    clearing.update(finished_at=dates.now() - timedelta(days=1))
    assert "twee nachten" not in said(administrator)
    clearing.update(finished_at=dates.now() - timedelta(days=3))
    assert said(administrator).count("Al twee nachten of langer niet gedaan") == 1
    clearing.update(finished_at=dates.now() + timedelta(days=365))
    assert said(administrator).count("nog niet") == 1, "what a clock that was ahead says is not believed"


def test_a_worker_that_was_not_seen_is_said(administrator: Client) -> None:
    assert "gebeurt er niets" not in said(administrator), "nobody started one yet"
    be_seen(None)
    assert "gebeurt er niets" not in said(administrator)
    WorkerSeen.objects.update(seen_at=dates.now() - STANDS_STILL_AFTER - timedelta(seconds=1))
    assert "gebeurt er niets op de achtergrond" in said(administrator)


def test_the_page_is_for_administrators_and_asks_little(
    administrator: Client, failed: str, django_assert_max_num_queries: object
) -> None:
    assert signed_in(a_coordinator(a_municipality())).get(PAGE).status_code == 403
    with django_assert_max_num_queries(15):  # type: ignore[operator]  # a fixture without a public type
        administrator.get(PAGE)
