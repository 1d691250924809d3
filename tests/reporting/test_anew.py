"""A month whose figures were withdrawn or could not be set down: what can be done with it, and from when."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic.released import end_of_next_month, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationTerms, ask_publication, withdraw_publication
from opstap.reporting.tables.released.anew import anew_line
from tests.factories.accounts import a_coordinator, a_worker
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.publications import BY, a_publication

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 10, 31), date(2026, 11, 30)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2027, 12, 31), date(2028, 1, 31)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 31)),
    ],
)
def test_the_end_of_the_next_month_is_its_last_day(day: date, end: date) -> None:
    assert end_of_next_month(day) == end


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def test_a_withdrawn_month_says_that_it_can_be_set_down_anew_and_from_when_the_next_can(town: Municipality) -> None:
    on = month_ends_until(dates.today(), 1)[0]
    whole = a_publication(town, on)
    page = f"/publicaties/{whole.reference}/"
    coordinator, policy = signed_in(a_coordinator(town)), signed_in(a_worker(town, "policy"))
    assert "opnieuw vaststellen" not in coordinator.get(page).content.decode()
    withdraw_publication(by=BY, publication=whole, why="Team Zuid ontbrak.")
    following = end_of_next_month(on)
    first = (following.replace(day=1) + (date(2026, 2, 1) - date(2026, 1, 1))).replace(day=1)
    shown = coordinator.get(page).content.decode()
    assert f"U kunt de stand van {said(on)} nu opnieuw vaststellen." in shown
    assert f"Vanaf {said(first)} kunt u de stand van {said(following)} vaststellen" in shown
    assert "Cijfers vaststellen" in shown
    assert "opnieuw vaststellen" not in policy.get(page).content.decode(), "who makes none needs no way on"
    anew = a_publication(town, on)
    assert anew.figures
    assert "opnieuw vaststellen" not in coordinator.get(page).content.decode(), "it has been done"
    assert anew_line(anew) == ""


def said(on: date) -> str:
    months = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
    return f"{on.day} {months[on.month - 1]} {on.year}"


def test_of_a_month_longer_ago_the_next_one_can_be_set_down_as_well(town: Municipality) -> None:
    later, on = month_ends_until(dates.today(), 2)
    whole = a_publication(town, on)
    withdraw_publication(by=BY, publication=whole, why="Team Zuid ontbrak.")
    line = anew_line(Publication.objects.get(reference=whole.reference, replaced_by__isnull=True))
    assert "You can set" in line or "U kunt" in line
    assert str(later.year) in line
    assert "anaf" not in line
    assert "From" not in line


def test_of_one_that_could_not_be_set_down_stands_from_when_the_next_month_can_be(town: Municipality) -> None:
    on = month_ends_until(dates.today(), 1)[0]
    asked = ask_publication(by=BY, municipality=town, terms=PublicationTerms("De ladder", on))
    one = Publication.objects.get(reference=asked)
    assert anew_line(one) == "", "it is being made"
    one.why = "not_safe"
    assert str(end_of_next_month(on).year) in anew_line(one)
    one.within = "bcdfghjkmnpq"
    assert anew_line(one) == "", "of a table that is for its own page to say"
