"""Research that somebody else permits: for what, how long, and who ends it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from opstap.accounts.models import RoleHolding
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.reporting.logic import Quarter, quarters_until
from opstap.reporting.models import ResearchPermit
from opstap.reporting.operations import ResearchRefused, ResearchTerms, end_research, permit_research
from opstap.reporting.selectors.research import open_research, permit_history
from tests.factories.accounts import a_coordinator, a_worker, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.research import FIRST, LAST, LIST, Study, a_permit

pytestmark = pytest.mark.django_db
PERMITS = "/onderzoek/toestaan/"
FILLED = {
    "name": "Wie stijgt er?",
    "institution": "Hogeschool Voorbeeld",
    "ground": "AVG artikel 89, overeenkomst 7",
    "purpose": "Nagaan wie er stijgt.",
    "first_day": "2026-01-01",
    "earlier": FIRST.key,
    "later": LAST.key,
    "scale": "vng",
}


@pytest.fixture
def study() -> Study:
    return Study()


def test_quarters_end_before_the_day_and_the_latest_is_first() -> None:
    found = quarters_until(date(2026, 1, 1), 5)
    assert [one.key for one in found] == ["2025-4", "2025-3", "2025-2", "2025-1", "2024-4"]
    assert [one.last_day for one in found[:2]] == [date(2025, 12, 31), date(2025, 9, 30)]
    assert quarters_until(date(2026, 3, 31), 1)[0].last_day == date(2025, 12, 31)


def test_before_and_after_its_period_the_research_is_not_there(study: Study) -> None:
    begins_later = a_permit(study.town, begins=1)
    own = study.permit
    for day, open_then in ((0, {own}), (1, {own, begins_later}), (59, {own, begins_later})):
        with time_machine.travel(dates.now() + timedelta(days=day)):
            assert {one.reference for one in open_research(acting(study.researcher), dates.today())} == open_then
    assert study.browser.get(f"{LIST}uittreksel/{begins_later}/").status_code == 404
    with time_machine.travel(dates.now() + timedelta(days=60)):
        browser = signed_in(study.researcher)
        assert browser.get(study.page).status_code == 404
        assert browser.get(f"{study.page}bestand/csv/").status_code == 404
        assert "Geen lopend onderzoek" in browser.get(LIST).content.decode()


def test_a_researcher_can_not_permit_and_who_permits_can_not_take(study: Study) -> None:
    assert study.browser.get(PERMITS).status_code == 403
    assert study.browser.post(PERMITS, FILLED).status_code == 403
    with pytest.raises(PermissionDenied):
        a_permit(study.town, by=acting(study.researcher))
    for role in ("coordinator", "privacy_officer"):
        browser = signed_in(a_worker(study.town, role))
        assert browser.get(LIST).status_code == 403
        assert browser.get(f"{study.page}bestand/csv/").status_code == 403
        assert browser.get(PERMITS).status_code == 200


def test_with_both_roles_one_takes_no_extract_of_what_one_permitted_oneself(study: Study) -> None:
    both = a_worker(study.town, "researcher")
    RoleHolding.objects.create(
        user=both, municipality=both.municipality, role="privacy_officer", starts_on=date(2020, 1, 1)
    )
    own = a_permit(study.town, by=acting(both))
    browser = signed_in(both)
    assert browser.get(f"{LIST}uittreksel/{own}/").status_code == 404
    assert browser.get(study.page).status_code == 200
    assert own in {one.reference for one in open_research(acting(study.researcher), dates.today())}


@pytest.mark.covers("B-59", page="/onderzoek/toestaan/")
def test_a_privacy_officer_permits_and_ends_research_and_its_history_stays(study: Study) -> None:
    browser = signed_in(a_worker(study.town, "privacy_officer", name="Pien Officier"))
    last = dates.today() + timedelta(days=90)
    answer = browser.post(PERMITS, {**FILLED, "last_day": last.isoformat()})
    made = ResearchPermit.objects.current().get(name="Wie stijgt er?")
    assert answer["Location"] == f"{PERMITS}{made.reference}/"
    assert made.ends_on == last + timedelta(days=1)
    assert "Wie stijgt er?" in study.browser.get(LIST).content.decode()
    page = browser.get(answer["Location"]).content.decode()
    assert "AVG artikel 89, overeenkomst 7" in page
    browser.post(answer["Location"], {})
    assert "Wie stijgt er?" not in study.browser.get(LIST).content.decode()
    told = browser.get(answer["Location"]).content.decode()
    assert "Beëindig dit onderzoek" not in told
    assert told.count("Pien Officier:") == 2
    assert [one.ends_on for one in permit_history(study.town.pk, made.reference)] == [made.ends_on, dates.today()]
    verbs = set(Event.objects.filter(about=made.reference).values_list("verb", flat=True))
    assert verbs == {"permit_research", "end_research"}


def test_what_is_filled_in_wrong_is_said_beside_its_field(study: Study) -> None:
    browser = signed_in(a_coordinator(study.town))
    today = dates.today()
    for last, words in (
        (today - timedelta(days=1), "De laatste dag is voorbij"),
        (today + timedelta(days=900), "Onderzoek wordt voor hoogstens twee jaar toegestaan"),
    ):
        given = {**FILLED, "first_day": today.isoformat(), "last_day": last.isoformat()}
        answer = browser.post(PERMITS, given)
        assert answer.status_code == 400
        assert words in answer.content.decode()
    empty = browser.post(PERMITS, {}).content.decode()
    assert "Zeg in een paar woorden waarvoor het onderzoek is." in empty
    swapped = {**FILLED, "last_day": today.isoformat(), "earlier": LAST.key, "later": FIRST.key}
    answer = browser.post(PERMITS, swapped)
    assert answer.status_code == 400
    assert "Kies een tweede moment na het eerste." in answer.content.decode()
    assert ResearchPermit.objects.count() == 0


def test_moments_that_have_not_passed_and_scales_that_are_not_there_are_refused(study: Study) -> None:
    with pytest.raises(ResearchRefused, match="moments_not_in_order"):
        a_permit(study.town, later=Quarter(dates.today().year + 1, 1))
    with pytest.raises(ResearchRefused, match="moments_not_in_order"):
        a_permit(study.town, later=FIRST)
    today = dates.today()
    terms = ResearchTerms("a", "b", "c", "d", today, today + timedelta(days=9), FIRST, LAST, "geen")
    with pytest.raises(ResearchRefused, match="no_such_scale"):
        permit_research(by=command_line(), municipality=study.town, terms=terms)


def test_research_that_has_yet_to_begin_is_withdrawn_and_ends_once(study: Study) -> None:
    reference = a_permit(study.town, begins=10)
    by = acting(a_coordinator(study.town))
    end_research(by=by, permit=ResearchPermit.objects.current().get(reference=reference))
    latest = permit_history(study.town.pk, reference)[-1]
    assert latest.withdrawn
    with pytest.raises(ResearchRefused):
        end_research(by=by, permit=latest)
    page = signed_in(a_coordinator(study.town)).get(PERMITS).content.decode()
    assert "beëindigd voordat het begon" in page


def test_another_municipality_neither_sees_nor_ends_it(study: Study) -> None:
    stranger = a_coordinator(a_municipality())
    browser = signed_in(stranger)
    assert browser.get(f"{PERMITS}{study.permit}/").status_code == 404
    assert browser.post(f"{PERMITS}{study.permit}/").status_code == 404
    assert study.permit not in browser.get(PERMITS).content.decode()
    found = ResearchPermit.objects.current().get(reference=study.permit)
    with pytest.raises(PermissionDenied):
        end_research(by=acting(stranger), permit=found)
    with pytest.raises(PermissionDenied):
        a_permit(study.town, by=acting(stranger))
