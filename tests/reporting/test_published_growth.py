"""What became of the growth potential of a year before, as it is published: counted by hand, and attacked as one with
movement, of which it is another look at the same ways.
"""

from __future__ import annotations

from collections import Counter

import pytest

from opstap.analytics.disclosure import Axis, PublishedTable, Rules, Shape, attack
from opstap.foundation import dates
from opstap.ladder.operations import record_measurements
from opstap.reporting.logic.released import BECAME, GROWN, LEVEL, PART, Released, ReleasedAxis
from opstap.reporting.operations import PublicationRefused
from opstap.reporting.selectors.released.again import made_again
from opstap.reporting.selectors.released.classes import axes_of, basis_of
from opstap.reporting.selectors.released.exact import exact_tables
from opstap.reporting.selectors.released.people import counts_of, people_of
from opstap.reporting.tables.released.overview import overview_of
from tests.factories.accounts import a_worker
from tests.factories.ladder import a_placement
from tests.factories.pages import signed_in
from tests.factories.publications import BY, SetDown, a_publication, a_table, a_town_to_publish, levels

pytestmark = pytest.mark.django_db
RULES = Rules(10)
THEN = (
    # the level now, the one then, the growth potential that was seen then, the level that was expected
    *[("1", "1", "yes", "2")] * 12,  # stayed
    *[("1", "2", "yes", "3")] * 14,  # fell
    *[("1", "1", "no", "")] * 16,
    *[("2", "1", "yes", "2")] * 20,  # came as far as expected
    *[("2", "1", "yes", "3")] * 13,  # higher, less far
    *[("2", "1", "yes", "")] * 5,  # any higher level is as far as expected
    *[("2", "1", "no", "")] * 10,
    *[("2", "2", "unknown", "")] * 15,
)


@pytest.fixture
def made() -> SetDown:
    """The town of publications, in which the first 105 stood somewhere fifteen months ago."""
    made = a_town_to_publish()
    first = dates.months_before(made.on, 15)
    rows = [
        a_placement(client, then, first, growth=growth, expected=expected)
        for client, (_now, then, growth, expected) in zip(made.people, THEN, strict=False)
    ]
    assert [now for now, *_rest in THEN] == levels()[:105]
    record_measurements(by=BY, rows=rows)
    return made


BY_HAND = {"same": 12, "fallen": 14, "reached": 20 + 5, "risen": 13, "without": 145 - 12 - 14 - 20 - 5 - 13}


def test_each_class_is_what_was_counted_by_hand(made: SetDown) -> None:
    basis = basis_of(a_publication(made.town, made.on))
    people = people_of(basis, axes_of(basis))
    assert counts_of(people, [GROWN]) == {(code,): count for code, count in BY_HAND.items()}
    by_level = Counter(
        {("1", "same"): 12, ("1", "fallen"): 14, ("2", "reached"): 25, ("2", "risen"): 13, ("1", "without"): 16}
    )
    counted = counts_of(people, [LEVEL, GROWN])
    assert {cell: counted[cell] for cell in by_level} == by_level


def test_who_was_not_placed_again_or_lost_the_level_rose_nowhere(made: SetDown) -> None:
    old = dates.months_before(made.on, 14)
    waiting = made.people[133:]  # never placed
    record_measurements(
        by=BY,
        rows=[
            *[a_placement(one, "2", old, growth="yes", expected="4") for one in waiting[:3]],
            *[a_placement(one, "2", old, growth="yes", expected="4") for one in waiting[3:5]],
            *[a_placement(one, "0", made.before) for one in waiting[3:5]],
        ],
    )
    basis = basis_of(a_publication(made.town, made.on))
    counted = counts_of(people_of(basis, axes_of(basis)), [GROWN])
    assert counted["not-again",] == 3
    assert counted["without",] == BY_HAND["without"] - 3


def test_what_is_shown_is_rounded_and_its_shares_are_of_who_was_placed_again(made: SetDown) -> None:
    one = a_publication(made.town, made.on)
    released = Released.of(one.figures)
    table = released.table(GROWN)
    assert table is not None
    assert all(count in {None, RULES.rounded(BY_HAND.get(code, 0))} for (code,), count in table.shown.items())
    assert table.shown["reached",] == 25
    found = {
        line.measure.key: line.found
        for line in overview_of(released, one.threshold)
        if line.shares.sheet.table is table
    }
    assert set(found) >= {"reached", "higher", "not-higher"}


def test_the_attack_knows_what_movement_and_growth_say_together(made: SetDown) -> None:
    one = a_publication(made.town, made.on)
    released, basis = Released.of(one.figures), basis_of(one)
    assert attack(list(released.published(basis.population)), RULES) == []
    axes = axes_of(basis)
    people = people_of(basis, axes)
    exact = exact_tables(basis, people, axes, [(BECAME,), (GROWN,)])
    named = {table.shape.key: table.shape.dimensions for table in exact}
    assert named[BECAME] == named[GROWN]
    for became, grown in people.select(BECAME, GROWN).unique().iter_rows():
        held = {leaf for one in axes[BECAME].classes if one.code == became for leaf in one.leaves}
        assert len(held & {leaf for one in axes[GROWN].classes if one.code == grown for leaf in one.leaves}) == 1


def test_a_hidden_class_that_follows_from_both_is_recovered_by_the_attack() -> None:
    """Some 40 rose, some 35 of them as far as was expected: so the others are fewer than ten."""
    rose = Axis("way", {"risen": ("far", "less"), "other": ("rest",)})
    grown = Axis("way", {"far": ("far",), "less": ("less",), "not": ("rest",)})
    shown = [
        PublishedTable(Shape("became", "p", (rose,)), {("risen",): 40, ("other",): None}),
        PublishedTable(Shape("grown", "p", (grown,)), {("far",): 35, ("less",): None, ("not",): None}),
    ]
    assert ("less",) in {cell for found in attack(shown, RULES) if found.table == "grown" for cell in found.cells}
    apart = PublishedTable(Shape("became", "p", (Axis.of("became", ("risen", "other")),)), shown[0].shown)
    assert attack([apart, shown[1]], RULES) == []  # as if they told of other things


def test_it_is_kept_and_made_again_to_the_digit_and_one_of_before_comes_out_by_its_own_classes(made: SetDown) -> None:
    one = a_publication(made.town, made.on)
    released = Released.of(one.figures)
    assert released.axes[GROWN].finest == released.axes[BECAME].finest != ""
    assert Released.of(released.stored()) == released
    again = made_again(one)
    assert (again.differing, again.cells > 0) == (0, True)
    before = {**one.figures}
    before["axes"] = [axis[:4] for axis in one.figures["axes"] if axis[0] not in {GROWN, PART}]
    for axis in before["axes"]:
        axis[3] = [words[:3] for words in axis[3]]
    before["tables"] = [table for table in one.figures["tables"] if not {GROWN, PART} & {*table[1]}]
    one.figures = before
    assert Released.of(before).axes[BECAME].finest == ""
    assert made_again(one).differing == 0
    assert attack(list(Released.of(before).published("then")), RULES) == []


def test_movement_and_growth_are_not_asked_for_in_one_table(made: SetDown) -> None:
    whole = a_publication(made.town, made.on)
    with pytest.raises(PublicationRefused, match="both_ways"):
        a_table(whole, BECAME, GROWN)
    policy = signed_in(a_worker(made.town, "policy"))
    sent = {"question": "Hoe ging het?", "asker": "fractie X", "dimensions": [BECAME, GROWN]}
    assert "Kies er één" in policy.post(f"/publicaties/{whole.reference}/tabel/", sent).content.decode()


def test_its_page_says_what_became_of_growth_and_that_levels_are_those_of_now(made: SetDown) -> None:
    one = a_publication(made.town, made.on)
    policy = signed_in(a_worker(made.town, "policy"))
    page = policy.get(f"/publicaties/{one.reference}/?table={LEVEL}-by-{GROWN}").content.decode()
    assert "naar trede nu" in page
    alone = policy.get(f"/publicaties/{one.reference}/?table={GROWN}").content.decode()
    assert "kwam zo ver als verwacht" in alone.lower()
    assert "<svg" in alone


def test_a_dimension_without_others_keeps_its_own_classes() -> None:
    axis = ReleasedAxis.of("age", "leeftijd", "age", [["old", "oud", "old"]])
    assert axis.stored() == ["age", "leeftijd", "age", [["old", "oud", "old"]]]
    assert axis.attacked.classes == {"old": ("old",)}
