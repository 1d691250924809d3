"""Whoever reads all publications, one month after the other, knows who came and went and has people of their own: they
recover nothing, and of nobody anything; where no more is hidden than what is small, the same attack finds cells.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from copy import copy
from datetime import date, timedelta

import pytest

from opstap.analytics.disclosure import Rules
from opstap.demo.logic.choices import DEFAULT_CLIENTS
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.municipality.models import Municipality
from opstap.reporting.logic.released import Released, end_of_next_month, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import withdraw_publication
from opstap.reporting.selectors.publications import set_down
from opstap.reporting.selectors.released.attacked import _beside
from opstap.reporting.selectors.released.classes import basis_of
from opstap.reporting.tables.released.anew import anew_line
from tests.demo.towns import build
from tests.drawing import FEWER, seed
from tests.factories.clients import BY
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.publications import a_publication, a_town_to_publish, only_small_hidden
from tests.reporting.attacker import recovered

pytestmark = pytest.mark.django_db
RULES = Rules()
YEAR = 12
ALL_THREES = bool(os.environ.get("OPSTAP_TEST_FULL"))
THREES = random.Random(seed()).sample(range(2, YEAR), YEAR - 2 if ALL_THREES else 2)  # noqa: S311 - a draw, not a secret
"""Months that are laid beside both before them; each of the others beside the one before."""
AFTER = timedelta(days=5)
"""A month is set down so long after its end."""


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
    bare = copy(one)
    bare.figures = only_small_hidden(one).stored()
    return bare


def test_of_two_months_of_the_demo_nothing_is_recovered_and_without_hiding_beside_it_is() -> None:
    made = list(months_of(build(DEFAULT_CLIENTS, until=month_ends_until(dates.today(), 1)[0]), 2))
    assert recovered(made, RULES) == []
    assert recovered([with_only_the_small_hidden(one) for one in made[-1:]], RULES) != []


@pytest.mark.skipif(FEWER > 1, reason="twelve months of the whole demo take minutes: ./test --more")
def test_of_the_months_of_a_year_of_the_whole_demo_nothing_is_recovered_and_without_hiding_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As `opstap demo` builds it, but for the quarter that it sets down itself: each set down some days after its end,
    and attacked beside the one before it, or beside two. Whoever takes somebody over knows them in what was out by
    then, and in what is made next.
    """
    monkeypatch.setattr("opstap.demo.operations.building.set_down_last_quarter", lambda *_given: None)
    town = build(DEFAULT_CLIENTS, until=month_ends_until(dates.today(), 1)[0])
    made: list[Publication] = []
    days: list[date] = []
    for number, on in enumerate(reversed(month_ends_until(dates.today(), YEAR))):
        days.append(on + AFTER)
        monkeypatch.setattr(dates, "today", lambda: days[-1])
        (one,) = months_of(town, 1)
        assert one.on == on
        assert any(count for count in Released.of(one.figures).tables[0].shown.values()), "no levels"
        made.append(one)
        together = 3 if number in THREES else 2
        assert recovered(made[-together:], RULES, [*days[1:], days[-1]][-together:]) == [], on
    assert len(made) == YEAR
    assert recovered([with_only_the_small_hidden(made[-1])], RULES) != []


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


def test_a_withdrawn_month_of_which_two_were_put_right_tells_nothing_of_the_two_and_says_from_when_it_can() -> None:
    town = a_town_to_publish()
    wrong = a_publication(town.town, town.on)
    withdraw_publication(by=BY, publication=wrong, why="Van twee mensen klopte de trede niet.")
    for client in town.people[:2]:
        placed(client, "3", on=town.on)
    anew = a_publication(town.town, town.on)
    if anew.figures:
        assert recovered([wrong, anew], RULES) == []
    else:
        assert anew.why == "not_safe"
        assert day(end_of_next_month(town.on)) in anew_line(anew)


def test_beside_a_publication_lie_all_of_its_day_and_all_of_the_nearest_days_before_and_after_it() -> None:
    """Also where one of these was withdrawn and made anew: who read both knows both."""
    days = [date(2026, month, 28) for month in (7, 7, 6, 6, 5, 4, 4, 3)]
    out = [Publication(on=day, scale="vng") for day in days]
    other = Publication(on=date(2026, 6, 28), scale="groningen")
    basis = basis_of(Publication(on=date(2026, 5, 28), earlier=date(2025, 5, 28), scale="vng", counted=1))
    assert _beside(basis, [*out, other]) == [*out[2:7], other], "on another scale too"


def test_of_a_table_that_was_left_out_in_between_the_nearest_that_has_it_lies_beside_it() -> None:
    """May and July hold the table by team, June does not: who read both sees who came and went."""
    town = a_municipality()
    by_team = {"tables": [["level-by-team", ["level", "team"], []]]}
    out = [
        Publication(pk=number, municipality=town, reference=f"r{number}", on=date(2026, number, 28), scale="vng",
                    figures=by_team if number in {3, 4} else {"tables": []})
        for number in (3, 4, 5)
    ]  # fmt: skip
    basis = basis_of(Publication(on=date(2026, 6, 28), earlier=date(2025, 6, 28), scale="vng", counted=1))
    assert [one.on.month for one in _beside(basis, out, [("level",)])] == [5]
    assert [one.on.month for one in _beside(basis, out, [("level",), ("level", "team")])] == [4, 5]
