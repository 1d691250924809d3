"""Which category a dossier falls in by what stands in it, and the day on which the term of each has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.logic.retention import BESIDE, Term, outcome_words, shipped_terms
from opstap.privacy.models import Destruction, RightsRequest
from opstap.privacy.operations import (
    answer_request,
    change_term,
    confirm_destruction,
    erase_listed,
    note_request,
    propose_destruction,
)
from opstap.privacy.selectors.retention import due_on
from opstap.privacy.tables.certificate import certificate_html
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client, on_benefit
from tests.factories.desk import Office
from tests.factories.plans import a_trajectory, an_instrument
from tests.privacy.closing import LONG_AGO, PAGE, an_application, closed, numbers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
ENDED, LAW, HELPED = date(2012, 5, 6), date(2015, 2, 1), date(2016, 5, 6)
FLAT_LAW, FLAT = date(2017, 2, 1), date(2018, 5, 6)


def helped(kind: str, until: date = HELPED, since: date = LAW) -> Callable[[Client], object]:
    return lambda client: an_instrument(a_trajectory(client, since=since, until=until), kind, until=until)


def benefit(kind: str, until: date = ENDED) -> Callable[[Client], object]:
    return lambda client: on_benefit(client, LONG_AGO, until, kind=kind)


def applied(outcome: str, law: str = "participatiewet") -> Callable[[Client], object]:
    return lambda client: an_application(client, date(2012, 2, 1), outcome, ENDED, law)


def objected(outcome: RequestOutcome) -> Callable[[Client], object]:
    def done(client: Client) -> None:
        by, kind = BY, RequestKind.OBJECTION
        reference = note_request(by=by, client=client, kind=kind, received_on=date(2012, 3, 4), words="")
        request = RightsRequest.objects.current().get(reference=reference)
        answer_request(by=by, request=request, outcome=outcome, settled_on=ENDED, reason="uitgelegd")

    return done


@pytest.mark.parametrize(
    ("fact", "category", "passed"),
    [
        (helped("coaching"), "guided", date(2026, 5, 6)),
        (helped("temporary_wage_cost_subsidy"), "guided", date(2026, 5, 6)),
        (helped("wage_cost_subsidy"), "wage_cost_subsidy", date(2036, 5, 6)),
        (helped("flat_wage_cost_subsidy", FLAT, FLAT_LAW), "wage_cost_subsidy", date(2038, 5, 6)),
        (helped("sheltered_work"), "sheltered_work", date(2036, 5, 6)),
        (benefit("participatiewet"), "granted", date(2022, 5, 6)),
        (benefit("sheltered_work"), "sheltered_work", date(2032, 5, 6)),
        (applied("granted"), "granted", date(2022, 5, 6)),
        (applied("granted", "sheltered_work"), "sheltered_work", date(2032, 5, 6)),
        (applied("refused", "sheltered_work"), "refused", date(2015, 5, 6)),
        (applied("not_taken_up"), "not_taken_up", date(2015, 5, 6)),
        (applied("withdrawn"), "withdrawn", date(2013, 5, 6)),
        # On the leap day: a year without one has its last day of February.
        (helped("wage_cost_subsidy", date(2016, 2, 29)), "wage_cost_subsidy", date(2036, 2, 29)),
        (benefit("participatiewet", date(2012, 2, 29)), "granted", date(2022, 2, 28)),
    ],
)
def test_what_stands_in_a_dossier_says_how_long_it_is_kept(
    office: Office, fact: Callable[[Client], object], category: str, passed: date
) -> None:
    client = a_client(office.town, followed_since=None)
    fact(client)
    assert numbers(office, passed - timedelta(days=1)) == []
    (one,) = due_on(office.town.pk, passed)
    assert (one.reference, one.outcome, one.since) == (client.reference, category, passed)


@pytest.mark.parametrize(
    ("outcome", "category", "passed"),
    [
        (RequestOutcome.GRANTED, "objection", date(2019, 5, 6)),
        (RequestOutcome.PARTLY, "objection", date(2019, 5, 6)),
        (RequestOutcome.REFUSED, "objection", date(2019, 5, 6)),
        (RequestOutcome.TAKEN_BACK, "withdrawn", date(2013, 5, 7)),
    ],
)
def test_an_objection_keeps_a_dossier_for_its_own_years(
    office: Office, outcome: RequestOutcome, category: str, passed: date
) -> None:
    """Beside an application that was withdrawn a day later: one year, as for an objection that was taken back."""
    client = a_client(office.town, followed_since=None)
    an_application(client, date(2012, 2, 1), "withdrawn", date(2012, 5, 7))
    objected(outcome)(client)
    assert numbers(office, passed - timedelta(days=1)) == []
    assert [(one.outcome, one.since) for one in due_on(office.town.pk, passed)] == [(category, passed)]


def test_an_objection_alone_makes_no_dossier_shorter_and_does_not_open_it_again(office: Office) -> None:
    client = closed(office, date(2010, 1, 1))
    objected(RequestOutcome.REFUSED)(client)
    (one,) = due_on(office.town.pk, dates.today())
    assert (one.outcome, one.closed_on, one.since) == ("guided", date(2010, 1, 1), date(2020, 1, 1))
    nothing_else = a_client(office.town, followed_since=None)
    objected(RequestOutcome.REFUSED)(nothing_else)
    assert nothing_else.number not in numbers(office, dates.today() + timedelta(days=9 * 365))


def test_the_longest_term_holds_also_when_a_municipality_turns_them_round(office: Office) -> None:
    client = closed(office)
    helped("wage_cost_subsidy")(client)
    benefit("participatiewet")(client)
    assert numbers(office) == []
    shorter = Term("wage_cost_subsidy", 5, "closed", "Besluit 2026-3")
    change_term(by=BY, municipality=office.town, term=shorter, since=dates.today())
    assert [(one.outcome, one.since) for one in due_on(office.town.pk, dates.today())] == [
        ("granted", date(2026, 5, 6))
    ]


@pytest.mark.parametrize(
    ("fact", "category"),
    [
        (benefit("sheltered_work"), "sheltered_work"),
        (applied("granted", "sheltered_work"), "sheltered_work"),
        (applied("refused"), "guided"),
        (helped("sheltered_work"), "guided"),
    ],
)
def test_who_had_any_benefit_was_not_guided_only(
    office: Office, fact: Callable[[Client], object], category: str
) -> None:
    """Also one with a term of its own; sheltered work as help alone is no benefit."""
    client = closed(office, ENDED)
    fact(client)
    longer = Term("guided", 60, "closed", "Besluit 2026-4")
    change_term(by=BY, municipality=office.town, term=longer, since=dates.today())
    (one,) = due_on(office.town.pk, date(2099, 1, 1))
    assert (one.reference, one.outcome) == (client.reference, category)


def test_page_file_and_certificate_say_the_category(office: Office) -> None:
    long_ago = date(2001, 5, 6)
    client = a_client(office.town, followed_since=None)
    on_benefit(client, date(2000, 1, 1), long_ago, kind="sheltered_work")
    office.sign_in(office.coordinator)
    page = office.page(PAGE)
    assert "Loonkostensubsidie (LKS)" in page
    assert "Beschut werk: 1" in page
    assert "Beschut werk" in office.browser.get(f"{PAGE}bestand/csv/").content.decode("utf-8-sig")
    by = acting(office.coordinator)
    made = propose_destruction(by=by, municipality=office.town, outcome="sheltered_work")
    confirm_destruction(by=by, destruction=made)
    erase_listed(by=by, destruction=made, most=10)
    paper = certificate_html(Destruction.objects.get())
    assert "Beschut werk" in paper
    assert "20 jaar na het sluiten van het dossier" in paper
    term = reverse("retention:term", args=["objection"])
    assert "bij het besluit op de aanvraag of het bezwaar" in office.page(term)


def test_every_category_has_words_and_a_term_that_fits_its_column() -> None:
    assert outcome_words().keys() == shipped_terms().keys()
    assert set(shipped_terms()) >= BESIDE
    assert all(len(key) <= 20 for key in shipped_terms())
