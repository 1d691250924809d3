"""Whoever reads all publications, one month after the other, knows who came and went and has people of their own: they
recover nothing, and of nobody anything; where no more is hidden than what is small, the same attack finds cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date

import pytest

from opstap.analytics.disclosure import Rules
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic.released import Released, ReleasedTable, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import withdraw_publication
from opstap.reporting.selectors.publications import set_down
from opstap.reporting.selectors.released.attacked import _beside
from opstap.reporting.selectors.released.classes import axes_of, basis_of
from opstap.reporting.selectors.released.exact import closed_list, exact_tables
from opstap.reporting.selectors.released.people import people_of
from tests.demo.towns import build
from tests.drawing import FEWER
from tests.factories.clients import BY
from tests.factories.ladder import placed
from tests.factories.publications import a_publication, a_town_to_publish
from tests.reporting.attacker import recovered

pytestmark = pytest.mark.django_db
RULES = Rules()
PEOPLE = 60
YEAR, AT_ONCE = 12, 3


def months_of(town: Municipality, count: int) -> Iterator[Publication]:
    """The last month ends set down, the first one first; one that the demo set down itself is there already."""
    there = {one.on: one for one in set_down(town.pk)}
    for on in reversed(month_ends_until(dates.today(), count)):
        made = there.get(on) or a_publication(town, on)
        assert made.figures, made.why
        assert any(count for table in Released.of(made.figures).tables for count in table.shown.values()), "too little"
        yield made


def with_only_the_small_hidden(one: Publication) -> Publication:
    """As it would have been without what is hidden beside the small counts."""
    basis = basis_of(one)
    axes = axes_of(basis)
    people = people_of(basis, axes)
    keys = closed_list(axes, people.height)
    tables = tuple(
        ReleasedTable(
            exact.shape.key,
            key,
            {
                cell: None if exact.least_unknown(cell) < RULES.threshold else RULES.rounded(exact.count(cell))
                for cell in exact.shape.cells()
            },
        )
        for key, exact in zip(keys, exact_tables(basis, people, axes, keys), strict=True)
    )
    bare = copy(one)
    bare.figures = Released(axes, tables, {}).stored()
    return bare


def test_of_three_months_of_the_demo_nothing_is_recovered_and_without_hiding_beside_it_is() -> None:
    made = list(months_of(build(PEOPLE, until=month_ends_until(dates.today(), 1)[0]), AT_ONCE))
    assert recovered(made, RULES) == []
    assert recovered([with_only_the_small_hidden(one) for one in made[-1:]], RULES) != []


@pytest.mark.skipif(FEWER > 1, reason="twelve months take minutes: ./test --more")
def test_of_each_three_months_of_a_year_nothing_is_recovered() -> None:
    """What two of them tell three tell too."""
    made: list[Publication] = []
    for one in months_of(build(PEOPLE, seed=2, until=month_ends_until(dates.today(), 1)[0]), YEAR):
        made.append(one)
        assert recovered(made[-AT_ONCE:], RULES) == [], one.on
    assert len(made) == YEAR
    assert recovered([made[0], made[-1]], RULES) == []


def test_a_month_that_was_withdrawn_and_made_anew_tells_no_more() -> None:
    town = a_town_to_publish()
    wrong = a_publication(town.town, town.on)
    withdraw_publication(by=BY, publication=wrong, why="Van veel mensen klopte de trede niet.")
    for client in town.people[::4]:
        placed(client, "3", on=town.on)
    anew = a_publication(town.town, town.on)
    assert anew.figures, anew.why
    withdrawn = Publication.objects.get(reference=wrong.reference, replaced_by__isnull=True)
    assert withdrawn.figures == wrong.figures
    assert recovered([withdrawn, anew], RULES) == []


def test_beside_a_publication_lie_all_of_its_day_and_all_of_the_nearest_days_before_and_after_it() -> None:
    """Also where one of these was withdrawn and made anew: who read both knows both."""
    days = [date(2026, month, 28) for month in (7, 7, 6, 6, 5, 4, 4, 3)]
    out = [Publication(on=day, scale="vng") for day in days]
    other = Publication(on=date(2026, 6, 28), scale="groningen")
    basis = basis_of(Publication(on=date(2026, 5, 28), earlier=date(2025, 5, 28), scale="vng", counted=1))
    assert _beside(basis, [*out, other]) == out[2:7]
