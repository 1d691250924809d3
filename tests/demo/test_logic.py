"""Statements folded into recording days, recording days, BSNs, and choices as text."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise

import pytest

from opstap.clients.logic import BarrierRow, bsn_is_valid
from opstap.demo.logic.bsn import draw_bsns
from opstap.demo.logic.calendar import Span, moment_of, recording_days
from opstap.demo.logic.chance import stream
from opstap.demo.logic.choices import Choices
from opstap.demo.logic.statements import NOBODY, Life, Placement, Withdrawal, by_recording_day

DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]
BEGAN, ENDED = date(2024, 1, 10), date(2024, 2, 10)
BARRIER = BarrierRow(NOBODY, "health", BEGAN, ENDED)
PLACED = Placement("vng", BEGAN, "2")


def test_an_end_learnt_later_replaces_the_opening() -> None:
    life = Life("1")
    life.say_period(BARRIER, BEGAN, ENDED)
    first, second, third = by_recording_day([life], DAYS)
    assert [(one.row, one.replaces) for one in first] == [(BarrierRow(NOBODY, "health", BEGAN), None)]
    assert [(one.row, one.replaces) for one in second] == [(BARRIER, 0)]
    assert third == []


def test_what_is_replaced_before_it_was_recorded_is_not_recorded() -> None:
    life = Life("1")
    life.say_period(BARRIER, BEGAN, date(2024, 1, 20))
    first, *_ = by_recording_day([life], DAYS)
    assert [(one.row, one.replaces) for one in first] == [(BARRIER, None)]


def test_a_withdrawal_names_what_it_withdraws_unless_that_was_never_recorded() -> None:
    life = Life("1")
    kept, gone = life.say(PLACED, BEGAN), life.say(PLACED, BEGAN)
    life.say(Withdrawal(), ENDED, kept)
    life.say(Withdrawal(), BEGAN, gone)
    first, second, _ = by_recording_day([life], DAYS)
    assert [one.place for one in first] == [kept]
    assert [(type(one.row), one.replaces) for one in second] == [(Withdrawal, kept)]


def test_what_is_learnt_after_the_last_day_is_left_out_with_what_replaces_it() -> None:
    life = Life("1")
    late = life.say(PLACED, date(2024, 4, 1))
    life.say(Withdrawal(), date(2024, 4, 2), late)
    assert by_recording_day([life], DAYS) == [[], [], []]


@pytest.mark.parametrize("until", [date(2026, 3, 31), date(2026, 4, 1), date(2024, 2, 29), date(2025, 12, 15)])
def test_recording_days_go_up_from_six_years_before_to_the_last_day(until: date) -> None:
    span = Span(until)
    days = recording_days(span)
    moments = [moment_of(day, span) for day in days]
    assert days[0] == span.start
    assert days[-1] == until
    assert moments == sorted(set(moments))
    assert max(after - before for before, after in pairwise(days)) <= timedelta(days=31)


def test_bsns_are_valid_different_and_of_the_test_range_as_long_as_that_lasts() -> None:
    few, many = draw_bsns(stream(1, "few"), 500), draw_bsns(stream(1, "many"), 12_000)
    assert len(set(few)) == 500
    assert all(bsn.startswith("9999") and bsn_is_valid(bsn) for bsn in few)
    assert len(set(many)) == 12_000
    assert all(bsn.startswith("9") and bsn_is_valid(bsn) for bsn in many)


def test_the_town_does_not_depend_on_the_order_of_hashes() -> None:
    code = (
        "from datetime import date; from opstap.demo.logic.town import draw_town; import hashlib; "
        "town = draw_town(clients=60, seed=1, until=date(2026, 3, 31), pension_day=lambda born: None); "
        "print(hashlib.sha256(repr(town).encode()).hexdigest())"
    )
    drawn = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": "src", "PYTHONHASHSEED": seed}
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
        drawn.add(ran.stdout)
    assert len(drawn) == 1


def test_choices_are_read_back_as_they_were_written() -> None:
    choices = Choices(date(2026, 3, 31), 60, 7)
    assert Choices.from_text(choices.text) == choices
