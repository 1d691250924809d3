"""Classes that were split or joined between two months: sums of them are laid beside each other."""

from __future__ import annotations

from opstap.analytics.disclosure import Axis, Link, PublishedTable, Rules, Table, attack, publish
from opstap.analytics.disclosure.tables import Shape

RULES = Rules()


def years(population: str, *classes: str) -> Shape:
    return Shape(population, population, (Axis.of("years", classes),))


MAY, JUNE = years("may", "<1", "1-2", ">=2"), years("june", "<2", ">=2")
SPLIT = (((("<1",), ("1-2",)), (("<2",),)), (((">=2",),), ((">=2",),)))
SHOWN = [
    PublishedTable(MAY, {("<1",): 20, ("1-2",): None, (">=2",): 60}),
    PublishedTable(JUNE, {("<2",): 25, (">=2",): 60}),
]


def test_what_a_joined_class_tells_of_its_parts_is_recovered_where_little_changed() -> None:
    """At most 22 were shorter than one year and 27 shorter than two; at least 18, and 23."""
    assert attack(SHOWN, RULES, links=[Link("may", "june", 0, 0)]) == []
    (found,) = attack(SHOWN, RULES, links=[Link("may", "june", 0, 0, SPLIT)])
    assert (found.table, found.cells, found.low, found.high) == ("may", (("1-2",),), 1, 9)
    assert attack(SHOWN, RULES, links=[Link("may", "june", 15, 15, SPLIT)]) == []


def test_the_other_way_round_a_class_that_is_split_tells_of_its_parts_too() -> None:
    later = PublishedTable(years("july", "<1", "1-2", ">=2"), {("<1",): 20, ("1-2",): None, (">=2",): 60})
    turned = tuple((after, before) for before, after in SPLIT)
    (found,) = attack([SHOWN[1], later], RULES, links=[Link("june", "july", 0, 0, turned)])
    assert (found.table, found.low, found.high) == ("july", 1, 9)


def test_beside_one_that_is_out_a_joined_class_is_hidden_where_it_would_tell_of_its_parts() -> None:
    june = Table(JUNE, {("<2",): 24, (">=2",): 60})
    link = Link("may", "june", 0, 0, SPLIT)
    assert publish([june], RULES, before=SHOWN[:1]).table("june").hidden == frozenset()
    made = publish([june], RULES, before=SHOWN[:1], links=[link])
    assert made.table("june").hidden == {("<2",)}
    assert attack([SHOWN[0], *made.tables], RULES, links=[link]) == []


def test_what_was_hidden_before_stays_hidden_in_the_class_that_holds_just_that() -> None:
    may = PublishedTable(MAY, {("<1",): None, ("1-2",): None, (">=2",): None})
    june = Table(JUNE, {("<2",): 24, (">=2",): 60})
    made = publish([june], RULES, before=[may], links=[Link("may", "june", 0, 0, SPLIT)])
    assert made.table("june").hidden == {("<2",), (">=2",)}
    finer = Table(years("july", "<1", "1-2", ">=2"), {("<1",): 20, ("1-2",): 15, (">=2",): 60})
    whole = PublishedTable(JUNE, {("<2",): None, (">=2",): 60})
    turned = tuple((after, before) for before, after in SPLIT)
    shown = publish([finer], RULES, before=[whole], links=[Link("june", "july", 0, 0, turned)]).table("july").shown
    assert shown[">=2",] == 60
