"""What may be known beside the publications: all of the own team, to who leads it; and, between two of them, that
classes were split or joined, or that the scale was another one. With that nothing is recovered, and without reckoning
with it something would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from opstap.accounts.operations import give_role
from opstap.accounts.selectors.people import teams_led
from opstap.analytics.disclosure import Axis, Rules, Shape, Table, Whole, attack, publish
from opstap.clients.logic import PersonRow
from opstap.clients.models import Person
from opstap.clients.operations import record_persons
from opstap.facts.selectors.dimensions import active
from opstap.foundation import dates
from opstap.reporting.logic.released import Released, month_ends_until
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationTerms, ask_publication
from opstap.reporting.operations.publications.making import _made
from opstap.reporting.selectors.released.classes import INSTRUMENT, axes_of, basis_of
from opstap.reporting.selectors.released.links import Side, links_between
from opstap.reporting.selectors.released.people import people_of
from opstap.reporting.selectors.released.viewers import _held, _leading, _of_own_teams
from tests.factories.accounts import a_team, a_team_leader
from tests.factories.clients import BY, in_caseload, on_benefit
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.publications import SetDown, a_publication, a_town_to_publish
from tests.reporting.attacker import recovered

RULES = Rules()
VIEWERS = "opstap.reporting.selectors.released.viewers"
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


def made_now(town: SetDown) -> Publication:
    """What was asked for, with its figures, and not set down."""
    asked = Publication.objects.get(
        reference=ask_publication(by=BY, municipality=town.town, terms=PublicationTerms("De ladder", town.on))
    )
    return with_figures(asked)


def numbers_in(one: Publication) -> int:
    """How many cells it shows."""
    return sum(count is not None for _, _, cells in one.figures["tables"] for *_, count in cells)


def with_figures(asked: Publication) -> Publication:
    one = copy(asked)
    one.figures = _made(asked, basis_of(asked)).stored()
    return one


@pytest.mark.django_db
def test_who_leads_one_of_two_teams_recovers_nothing_and_would_read_more_if_nobody_reckoned_with_it(
    made: SetDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made_now(made)
    assert recovered([whole], RULES) == []
    assert any(count for *_, count in whole.figures["tables"][0][2])
    monkeypatch.setattr(f"{VIEWERS}._leading", lambda *_given: {})
    bare = with_figures(Publication.objects.get(pk=whole.pk))
    assert numbers_in(bare) > numbers_in(whole), "who leads one of both would know too much of the other"


@pytest.mark.django_db
def test_who_takes_somebody_over_after_the_reference_date_recovers_nothing_and_would_if_nobody_reckoned_with_it(
    made: SetDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """60 of the 63 of level 2 come to one team on the next day: to who leads that 65 would say that few others are."""
    for client in made.people[42:102]:
        in_caseload(client, made.workers[0], team=made.teams[0], since=made.on + timedelta(days=1))
    whole = made_now(made)
    assert recovered([whole], RULES) == []
    monkeypatch.setattr(f"{VIEWERS}.between", lambda facts, table, first, _last: active(facts, table, first))
    bare = with_figures(Publication.objects.get(pk=whole.pk))
    assert recovered([bare], RULES) != []


@pytest.mark.django_db
def test_who_handed_somebody_over_in_the_last_month_recovers_nothing_and_would_if_nobody_reckoned_with_it(
    made: SetDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One team had 60 of the 63 of level 2 until the day before: half of them on the reference date itself."""
    start, end = made.on - timedelta(days=20), made.on - timedelta(days=1)
    for client in made.people[42:102]:
        in_caseload(client, made.workers[0], team=made.teams[0], since=start, until=end)
    whole = made_now(made)
    assert recovered([whole], RULES) == []
    monkeypatch.setattr(f"{VIEWERS}._since", lambda basis: basis.on)
    bare = with_figures(Publication.objects.get(pk=whole.pk))
    assert recovered([bare], RULES) != []


@pytest.mark.django_db
def test_where_two_teams_became_one_after_the_reference_date_no_less_is_shown(
    made: SetDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has everybody today may see all: hidden for them, nothing at all would be published."""
    together = a_team(made.town, "Samen")
    for client in made.people:
        in_caseload(client, team=together, since=made.on + timedelta(days=1))
    with monkeypatch.context() as patched:
        patched.setattr(f"{VIEWERS}.between", lambda facts, table, first, _last: active(facts, table, first))
        before = made_now(made).figures["tables"][0]
    after = with_figures(Publication.objects.latest("pk"))
    assert after.figures["tables"][0] == before
    assert any(count for *_, count in before[2])
    assert recovered([after], RULES) == []


@pytest.mark.django_db
def test_where_one_team_became_two_after_the_reference_date_who_had_everybody_then_is_asked_nothing() -> None:
    made = a_town_to_publish("Noord")
    other = a_team(made.town, "Zuid")
    in_caseload(made.people[0], team=other, since=made.on + timedelta(days=1))
    terms = PublicationTerms("De ladder", made.on)
    basis = basis_of(Publication.objects.get(reference=ask_publication(by=BY, municipality=made.town, terms=terms)))
    held = _held(basis, people_of(basis, axes_of(basis)))
    assert set(_leading(basis, held)) == {f"team {other.reference}"}


@pytest.mark.django_db
def test_where_one_team_became_two_within_the_month_who_had_everybody_before_is_asked_nothing(made: SetDown) -> None:
    """Also where somebody came to the new team after that: without this nothing could be set down of such a month."""
    terms = PublicationTerms("De ladder", made.on)
    basis = basis_of(Publication.objects.get(reference=ask_publication(by=BY, municipality=made.town, terms=terms)))
    split, always, ever = made.on - timedelta(days=20), date(2020, 1, 1), date(9999, 12, 31)
    rows = [("Noord", person, always, ever) for person in range(50)]
    rows += [("Noord", person, always, split) for person in range(50, 100)]
    rows += [("Zuid", person, split, ever) for person in range(50, 100)]
    newcomer = ("Zuid", 100, made.on - timedelta(days=10), ever)
    held = pl.DataFrame([*rows, newcomer], ["team", "client_id", "starts_on", "ends_on"], orient="row")
    assert set(_leading(basis, held)) == {"team Zuid"}


@pytest.mark.django_db
def test_joined_classes_of_time_on_benefit_recover_nothing(made: SetDown) -> None:
    """Of level 2 there are 20 on benefit for less than a year, 4 for one to two, and all others longer."""
    earlier = month_ends_until(dates.today(), 2)[1]
    for number, client in enumerate(made.people):
        place = number - 42  # on level 2 begin those after the 42 of level 1
        months = 6 if 0 <= place < 20 else 18 if 20 <= place < 24 else 40
        on_benefit(client, dates.months_before(earlier, months))
    first = a_publication(made.town, earlier)
    a_setting(made.town, "duration_classes", "2,5,10", since=made.on)
    second = made_now(made)
    assert [code for code, *_ in _classes(first)][:3] == ["<1", "1-2", "2-5"]
    assert [code for code, *_ in _classes(second)][:2] == ["<2", "2-5"]
    assert recovered([first, second], RULES) == []


def test_what_a_joined_class_tells_is_hidden_and_would_be_shown_if_only_equal_ones_were_compared() -> None:
    """20 for less than a year and 4 for one to two: 24 for less than two would tell of the 4."""
    classes = [("<1",)] * 20 + [("1-2",)] * 4 + [(">=2",)] * 60
    years = ("benefit-duration",)
    earlier = side("vng", years, *classes)
    later = side("vng", years, *(("<2",) if code != ">=2" else (code,) for (code,) in classes))
    links = [link._replace(earlier="may", later="june") for link in links_between(earlier, later)]
    out = publish([_table("may", Counter(classes))], RULES).tables
    june = _table("june", Counter({("<2",): 24, (">=2",): 60}))
    hides = publish([june], RULES, before=out, links=links).tables
    assert attack([*out, *hides], RULES, links=links) == []
    plain = publish([june], RULES, before=out, links=links[:1]).tables
    assert plain[0].shown["<2",] == 25
    assert {one.cells for one in attack([*out, *plain], RULES, links=links)} == {(("1-2",),)}


def _table(month: str, counts: Mapping[tuple[str, ...], int]) -> Table:
    return Table(Shape(month, month, (Axis.of("benefit-duration", tuple(code for (code,) in counts)),)), counts)


def _classes(one: Publication) -> list[list[str]]:
    """The codes of time on benefit, each with its words."""
    found: list[list[str]] = next(axis[3] for axis in one.figures["axes"] if axis[0] == "benefit-duration")
    return found


@pytest.mark.django_db
def test_on_another_scale_nothing_is_recovered_and_the_months_are_laid_beside_each_other(made: SetDown) -> None:
    first = a_publication(made.town, month_ends_until(dates.today(), 2)[1])
    a_setting(made.town, "default_scale", "groningen", since=made.on)
    second = made_now(made)
    assert (first.scale, second.scale) == ("vng", "groningen")
    assert recovered([first, second], RULES) == []


def side(
    scale: str, dimensions: tuple[str, ...], *people: tuple[str, ...], also: tuple[tuple[str, ...], ...] = ()
) -> Side:
    """A publication of one table, of people numbered in order."""
    frame = pl.DataFrame(people, schema=list(dimensions), orient="row").with_row_index("client_id")
    cells = sorted({*people, *also})
    parts = {"1": "1-2", "2": "1-2", "3": "3-4", "4": "3-4"} if "part-of-ladder" in dimensions else {}
    return Side(frame, {dimensions: ("table", cells)}, date(2025, 5, 31), scale, parts)


def test_time_on_benefit_is_compared_by_the_years_that_both_have_as_ends() -> None:
    before = side("vng", ("benefit-duration",), ("<1",), ("1-2",), ("2-5",), (">=5",), ("unknown",))
    after = side("vng", ("benefit-duration",), ("<2",), ("<2",), ("<2",), (">=5",), ("unknown",), also=(("2-5",),))
    plain, sums = links_between(before, after)
    assert (plain.entered, plain.left, plain.alike) == (0, 1, ())
    assert (sums.entered, sums.left) == (1, 1), "one was longer than two years and is not"
    assert dict(sums.alike) == {
        (("1-2",), ("<1",)): (("<2",),),
        (("2-5",),): (("2-5",),),
        ((">=5",),): ((">=5",),),
        (("unknown",),): (("unknown",),),
    }
    back, again = links_between(after, before)
    assert (back.entered, again.entered) == (1, 1)
    assert ((("<2",),), (("1-2",), ("<1",))) in again.alike
    (same,) = links_between(before, before)
    assert same.alike == ()


def test_of_other_dimensions_what_only_one_has_is_compared_with_what_only_the_other_has() -> None:
    """A team that was split in two; who left is in neither."""
    before = side("vng", ("level", "team"), ("1", "west"), ("1", "west"), ("2", "east"), ("left-a", "left-a"))
    after = side("vng", ("level", "team"), ("1", "north"), ("1", "south"), ("2", "east"), ("left-b", "left-b"))
    _plain, sums = links_between(before, after)
    assert (sums.entered, sums.left) == (0, 0)
    assert dict(sums.alike) == {
        (("1", "west"),): (("1", "north"), ("1", "south")), (("2", "east"),): (("2", "east"),),
    }  # fmt: skip


def test_where_nobody_is_unknown_any_more_that_is_compared_with_no() -> None:
    key = ("level", INSTRUMENT)
    before = side("vng", key, ("1", "yes"), ("1", "no"), ("1", "unknown"), ("2", "unknown"), ("left-a", "left-a"))
    after = side("vng", key, ("1", "yes"), ("1", "no"), ("1", "no"), ("2", "no"), ("left-b", "left-b"))
    _plain, sums = links_between(before, after)
    assert (sums.entered, sums.left) == (0, 0)
    assert dict(sums.alike) == {
        (("1", "yes"),): (("1", "yes"),), (("1", "no"), ("1", "unknown")): (("1", "no"),),
        (("2", "unknown"),): (("2", "no"),),
    }  # fmt: skip
    (same,) = links_between(before, before)
    assert same.alike == ()


def test_by_level_in_the_one_is_compared_with_two_levels_at_a_time_in_the_other() -> None:
    """One went from level 2 to 3, one came to level 4, and one without a level left."""
    rows = [("1", "<27"), ("2", "<27"), ("2", "<27"), ("2", "27-44"), ("none", "27-44"), ("left-a", "left-a")]
    before = side("vng", ("level", "age"), *rows, also=(("3", "<27"), ("4", "<27")))
    parts = [
        ("1-2", "<27"),
        ("1-2", "<27"),
        ("3-4", "<27"),
        ("1-2", "27-44"),
        ("left-b", "left-b"),
        ("left-b", "left-b"),
    ]
    after = side("vng", ("part-of-ladder", "age"), *parts, ("3-4", "<27"), also=(("none", "27-44"),))
    (sums,) = links_between(before, after)
    assert (sums.entered, sums.left) == (2, 2)
    assert dict(sums.alike) == {
        (("1", "<27"), ("2", "<27")): (("1-2", "<27"),),
        (("3", "<27"), ("4", "<27")): (("3-4", "<27"),),
        (("2", "27-44"),): (("1-2", "27-44"),),
        (("none", "27-44"),): (("none", "27-44"),),
    }
    (back,) = links_between(after, before)
    assert (back.entered, back.left) == (2, 2)
    assert ((("1-2", "<27"),), (("1", "<27"), ("2", "<27"))) in back.alike
    (other,) = links_between(before, replace(after, scale="groningen"))
    young = (tuple((level, "<27") for level in "1234"), (("1-2", "<27"), ("3-4", "<27")))
    assert young in other.alike


@pytest.mark.django_db
def test_a_month_by_level_and_one_by_two_levels_recover_nothing_together(
    made: SetDown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine of level 1 and all 42 who are on level 2 and as old tell of each other with who is on either."""
    earlier, by_age = month_ends_until(dates.today(), 2)[1], "opstap.reporting.selectors.released"
    young = {client.pk for client in (*made.people[:9], *made.people[42:84])}
    held = Person.objects.current().filter(client__in=made.people)
    ages = [(one, date(2003, 1, 1) if one.client_id in young else date(1970, 1, 1)) for one in held]
    record_persons(
        by=BY,
        municipality=made.town,
        rows=[PersonRow(one.client_id, "Voorbeeld", birth_date=born, replaces_id=one.pk) for one, born in ages],
    )
    with monkeypatch.context() as patched:
        patched.setattr(f"{by_age}.exact.PER_CELL", 0)
        first = a_publication(made.town, earlier)
    assert Released.of(first.figures).table("level-by-age") is not None
    second = made_now(made)
    assert Released.of(second.figures).table("part-of-ladder-by-age") is not None
    assert recovered([first, second], RULES) == []
    monkeypatch.setattr(
        f"{by_age}.links._of_the_same", lambda mine, theirs: [(key, key) for key in mine if key in theirs]
    )
    bare = with_figures(Publication.objects.get(pk=second.pk))
    assert {one.table for one in recovered([first, bare], RULES)} != set()


def test_on_another_scale_everybody_on_any_level_is_compared_and_nothing_of_movement() -> None:
    ages = ("level", "age")
    before = side("vng", ages, ("1", "<27"), ("2", "<27"), ("2", "27-44"), ("none", "27-44"), ("left-a", "left-a"))
    after = side("groningen", ages, ("a", "<27"), ("b", "<27"), ("b", "27-44"), ("b", "<27"), ("left-b", "left-b"))
    (sums,) = links_between(before, after)
    assert (sums.entered, sums.left) == (1, 1)
    assert dict(sums.alike) == {
        (("1", "<27"), ("2", "<27")): (("a", "<27"), ("b", "<27")),
        (("2", "27-44"), ("none", "27-44")): (("b", "27-44"),),
    }
    moved = ("level", "became")
    assert list(links_between(side("vng", moved, ("1", "same")), side("groningen", moved, ("a", "same")))) == []


def test_who_leads_a_team_knows_each_cell_of_it_and_that_nobody_else_is_there() -> None:
    counts = {("1", "a"): 4, ("1", "b"): 9, ("2", "b"): 1, ("1", "unknown"): 2}
    cells = [(level, team) for level in "12" for team in ("a", "b", "c", "unknown")] + [("left-x", "left-x")]
    leading = {"team b": {"b"}, "team c": {"c"}, "leads 7": {"a", "b"}, "leads 8": {"elsewhere"}}
    found = dict(_of_own_teams(Counter(counts), cells, 1, leading))
    assert set(found) == {"team b", "team c", "leads 7"}
    assert found["team b"] == {("1", "b"): 9, ("2", "b"): 1}
    assert found["team c"] == {("1", "c"): 0, ("2", "c"): 0}
    assert set(found["leads 7"]) == {(level, team) for level in "12" for team in "ab"}
    assert all(isinstance(count, Whole) for own in found.values() for count in own.values())


@pytest.mark.django_db
def test_who_leads_more_than_one_team_is_known_by_their_roles() -> None:
    town = a_municipality()
    north, south = a_team(town), a_team(town)
    a_team_leader(north)
    leader = a_team_leader(north)
    assert teams_led(town.pk, dates.today()) == {}
    give_role(by=BY, user=leader, role="team_leader", team=south, since=dates.today(), municipality=town)
    assert teams_led(town.pk, dates.today()) == {leader.pk: {north.reference, south.reference}}
    assert teams_led(town.pk, dates.today() - timedelta(days=1)) == {}


@pytest.mark.django_db
def test_a_single_team_is_no_dimension_as_its_leader_would_find_who_has_none() -> None:
    def dimensions(town: Any) -> set[str]:
        asked = ask_publication(
            by=BY, municipality=town, terms=PublicationTerms("De ladder", month_ends_until(dates.today(), 1)[0])
        )
        return set(axes_of(basis_of(Publication.objects.get(reference=asked))))

    one, two = a_municipality(), a_municipality()
    for town in (one, two, two):
        a_team(town)
    assert "team" not in dimensions(one)
    assert "team" in dimensions(two)
