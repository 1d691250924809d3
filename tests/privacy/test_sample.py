"""The sample of a month: the same for whoever draws it, and not to be steered. What was judged goes after its term."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from opstap.audit.models import Access
from opstap.foundation import dates
from opstap.foundation.jobs.naming import JobFailed
from opstap.privacy.enums import Verdict
from opstap.privacy.logic.sample import drawn
from opstap.privacy.models import Judgement
from opstap.privacy.operations import erase_old_judgements, judge_look
from opstap.privacy.tasks import erase_judgements
from tests.factories.accounts import a_worker, acting
from tests.factories.desk import Office

DIGESTS = [(("chain", number), number.to_bytes(32, "big")) for number in range(500)]


def test_the_same_month_draws_the_same_and_another_draws_others() -> None:
    may, june = drawn(DIGESTS, date(2031, 5, 1), 25), drawn(DIGESTS, date(2031, 6, 1), 25)
    assert len(may) == len(set(may)) == 25
    assert may == drawn(reversed(DIGESTS), date(2031, 5, 1), 25)
    assert set(may) != set(june)


def test_a_small_month_is_drawn_whole() -> None:
    assert len(drawn(DIGESTS[:7], date(2031, 5, 1), 25)) == 7
    assert drawn([], date(2031, 5, 1), 25) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("own_files")
def test_what_was_judged_goes_after_the_term_of_the_log(office: Office, settings: Any) -> None:
    settings.OPSTAP_LOG_YEARS = 5
    client = office.of(office.jo)
    office.sign_in(office.jo).page(reverse("dossier:client", args=[client.reference]))
    look = Access.objects.exclude(subject=b"").order_by("-pk")[0]
    officer = acting(a_worker(office.town, "privacy_officer"))
    for day in (date(2028, 2, 29), date(2028, 3, 1)):
        with dates.clock_at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
            judge_look(by=officer, municipality=office.town, access=look, verdict=Verdict.MISUSE, remark="Geen reden")
    with dates.clock_at(datetime(2033, 2, 28, 23, 30, tzinfo=dates.AMSTERDAM)):
        assert erase_judgements.func() == 0
    with (
        dates.clock_at(datetime(2033, 3, 1, 0, 30, tzinfo=dates.AMSTERDAM)),
        pytest.raises(JobFailed, match="clock_is_ahead"),
    ):
        erase_judgements.func()
    with dates.clock_at(datetime(2033, 1, 15, 12, tzinfo=UTC)):
        office.sign_in(office.jo).page(reverse("dossier:client", args=[client.reference]))
    with dates.clock_at(datetime(2033, 3, 1, 0, 30, tzinfo=dates.AMSTERDAM)):
        assert erase_judgements.func() == 1
        assert erase_judgements.func() == 0
    assert Judgement.objects.get().recording.at.date() == date(2028, 3, 1)
    with pytest.raises(PermissionDenied):
        erase_old_judgements(by=officer, before=dates.now())
