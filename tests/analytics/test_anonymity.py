"""k-anonymity: nobody stands out in what leaves, nobody is lost silently, and the order of merging is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.anonymity import LEAST, OTHER, Anonymous, Merging, anonymous
from opstap.analytics.counted import DoesNotClose, Sum, check_closes

COLUMNS = ("growth", "age", "level")
AGES = {"20-29": "<40", "30-39": "<40", "40-49": ">=40", "50-59": ">=40"}
STEPS = (Merging("growth"), Merging("age", {**AGES, "<40": "<40", ">=40": ">=40"}), Merging("age"), Merging("level"))
Row = tuple[str | None, str | None, str | None]
Rows = Sequence[Row]

one_row = st.tuples(
    st.sampled_from(["yes", "no", None]),
    st.sampled_from([*AGES, None]),
    st.sampled_from(["1", "2", "3", "4", "5", "6", None]),
)
any_rows = st.lists(one_row, max_size=160)


def made(rows: Rows, *, least: int = LEAST, multiple: int = 1) -> Anonymous:
    keyed = [(f"p{number:04}", *row) for number, row in enumerate(rows)]
    schema = {"key": pl.String, **dict.fromkeys(COLUMNS, pl.String)}
    frame = pl.DataFrame(keyed, schema=schema, orient="row")
    return anonymous(nw.from_native(frame.lazy()), COLUMNS, STEPS, least=least, multiple=multiple)


def combinations(found: Anonymous) -> Counter[tuple[str, ...]]:
    return Counter(row[1:] for row in found.rows)


@settings(max_examples=30)
@given(any_rows, st.integers(2, 25))
def test_every_combination_in_what_leaves_occurs_often_enough(rows: Rows, least: int) -> None:
    assert all(count >= least for count in combinations(made(rows, least=least)).values())


@settings(max_examples=30)
@given(any_rows, st.integers(1, 12))
def test_every_combination_occurs_a_whole_number_of_times(rows: Rows, multiple: int) -> None:
    plain, found = combinations(made(rows)), combinations(made(rows, multiple=multiple))
    whole = {values: count - count % multiple for values, count in plain.items()}
    assert found == {values: count for values, count in whole.items() if count >= LEAST}


def test_one_person_more_changes_no_number_unless_a_whole_number_is_reached() -> None:
    """Thirteen others beside forty or fourteen is the same extract; only fifteen is another."""
    many: list[Row] = [("yes", "20-29", "2")] * 40
    counts = [combinations(made([*many, *[("no", "50-59", "4")] * others], multiple=5)) for others in (13, 14, 15)]
    assert counts[0] == counts[1] == {("yes", "20-29", "2"): 40, ("no", "50-59", "4"): 10}
    assert counts[2] == {("yes", "20-29", "2"): 40, ("no", "50-59", "4"): 15}


@settings(max_examples=30)
@given(any_rows)
def test_nobody_is_lost_silently_and_nobody_is_added(rows: Rows) -> None:
    found = made(rows)
    keys = [row[0] for row in found.rows]
    assert len(set(keys)) == len(keys)
    assert set(keys) <= {f"p{number:04}" for number in range(len(rows))}
    assert (found.base, len(found.rows) + found.left_out) == (len(rows), len(rows))
    check_closes(found.sums())


@settings(max_examples=30)
@given(any_rows)
def test_fewer_than_the_least_are_left_out_when_the_last_step_merges_all(rows: Rows) -> None:
    assert made(rows).left_out < LEAST


@settings(max_examples=30)
@given(any_rows, st.randoms(use_true_random=False))
def test_the_same_people_give_the_same_rows_in_whatever_order_they_come(rows: Rows, draw: object) -> None:
    keyed = [(f"p{number:04}", *row) for number, row in enumerate(rows)]
    shuffled = list(keyed)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    schema = {"key": pl.String, **dict.fromkeys(COLUMNS, pl.String)}
    both = [
        anonymous(nw.from_native(pl.DataFrame(one, schema=schema, orient="row").lazy()), COLUMNS, STEPS, multiple=1)
        for one in (keyed, shuffled)
    ]
    assert both[0] == both[1]


@settings(max_examples=30)
@given(any_rows)
def test_a_value_is_the_own_one_or_one_it_is_merged_into(rows: Rows) -> None:
    for key, growth, age, level in made(rows).rows:
        own = rows[int(key[1:])]
        assert growth in {own[0] or OTHER, OTHER}
        assert age in {own[1] or OTHER, AGES.get(own[1] or "", OTHER), OTHER}
        assert level in {own[2] or OTHER, OTHER}


@settings(max_examples=30)
@given(any_rows)
def test_who_was_among_enough_from_the_start_keeps_everything(rows: Rows) -> None:
    whole = [tuple(value or OTHER for value in row) for row in rows]
    often = Counter(whole)
    found = {row[0]: row[1:] for row in made(rows).rows}
    for number, row in enumerate(whole):
        if often[row] >= LEAST:
            assert found[f"p{number:04}"] == row


def test_nothing_in_is_nothing_out() -> None:
    found = made([])
    assert (found.rows, found.base, found.left_out) == ((), 0, 0)


def test_nine_are_left_out_and_ten_are_not() -> None:
    nine, ten = made([("yes", "20-29", "2")] * 9), made([("yes", "20-29", "2")] * 10)
    assert (nine.rows, nine.left_out) == ((), 9)
    assert (len(ten.rows), ten.left_out) == (10, 0)
    assert set(combinations(ten)) == {("yes", "20-29", "2")}


def test_the_steps_are_taken_in_their_order_and_only_where_they_are_needed() -> None:
    """Six who grow and six who don't are alike without it; five of another age need their age merged too."""
    rows: Rows = [("yes", "20-29", "2")] * 6 + [("no", "20-29", "2")] * 6
    assert combinations(made(rows)) == {(OTHER, "20-29", "2"): 12}
    rows = [("yes", "20-29", "2")] * 5 + [("yes", "30-39", "2")] * 5 + [("no", "50-59", "4")] * 10
    assert combinations(made(rows)) == {(OTHER, "<40", "2"): 10, ("no", "50-59", "4"): 10}


def test_two_runs_of_one_column_are_two_steps() -> None:
    rows: Rows = [("yes", "20-29", "2")] * 5 + [("yes", "50-59", "2")] * 5
    assert combinations(made(rows)) == {(OTHER, OTHER, "2"): 10}


def test_what_can_not_be_meant_is_refused() -> None:
    frame = nw.from_native(pl.DataFrame({"key": ["a", "a"], "age": ["1", "1"]}).lazy())
    with pytest.raises(ValueError, match="no such columns"):
        anonymous(frame, ["age"], [Merging("sex")])
    with pytest.raises(ValueError, match="no columns"):
        anonymous(frame, [], [])
    with pytest.raises(ValueError, match="hides nobody"):
        anonymous(frame, ["age"], [], least=1)
    with pytest.raises(ValueError, match="hides nobody"):
        anonymous(frame, ["age"], [], multiple=0)
    with pytest.raises(ValueError, match="once"):
        anonymous(frame, ["age"], [])


def test_the_check_of_sums_can_fail() -> None:
    with pytest.raises(DoesNotClose):
        check_closes([Sum("anonymous rows", (1, 1), 3)])
