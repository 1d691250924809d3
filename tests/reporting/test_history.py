"""Nothing is overwritten: an earlier day and an earlier knowledge come out again after the caseload changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from opstap.config.commands import import_command
from opstap.exchange.models import ImportBatch
from opstap.foundation.dates import clock_at
from tests.reporting.conftest import Load, Report

pytestmark = pytest.mark.django_db


def levels(found: dict[str, Any]) -> dict[str | None, int]:
    return {row["level"]: row["clients"] for row in found["rows"] if row["clients"]}


@pytest.mark.covers("B-14", "A-09")
def test_an_earlier_day_comes_out_again_after_a_new_placement(db: None, load: Load, report: Report) -> None:
    load("2020-03-01", "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja")
    load("2021-03-01", "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2021;3-;nee")
    assert levels(report("placement", "--on", "2020-06-01")) == {"2": 1}
    assert levels(report("placement", "--on", "2021-01-31")) == {"2": 1}
    assert levels(report("placement", "--on", "2021-02-01")) == {"3": 1}
    assert levels(report("placement", "--on", "2020-01-31")) == {None: 1}


@pytest.mark.covers("B-14")
def test_a_correction_changes_what_is_known_now_and_not_what_was_known_then(
    db: None, load: Load, report: Report
) -> None:
    load("2020-03-01", "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja")
    load("2020-05-01", "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2020;4;nee")
    assert levels(report("placement", "--on", "2020-02-15")) == {"4": 1}
    assert levels(report("placement", "--on", "2020-02-15", "--known-at", "2020-04-30")) == {"2": 1}
    assert levels(report("placement", "--on", "2020-02-15", "--known-at", "2020-05-01")) == {"4": 1}
    assert levels(report("placement", "--on", "2020-02-15", "--known-at", "2020-02-29")) == {}


def test_who_left_is_no_longer_counted_from_the_day_after_and_returns_when_they_return(
    db: None, load: Load, report: Report
) -> None:
    load("2020-03-01", "1;Bakker;01-01-1980;01-01-2020;31-05-2020;Pw;01-02-2020;2+;ja")
    spans = {day: report("placement", "--on", day, "--by", "benefit")["rows"] for day in ("2020-05-31", "2020-06-01")}
    groups = {day: {row["group"] for row in rows if row["clients"]} for day, rows in spans.items()}
    assert groups["2020-05-31"] == {"participatiewet"}
    assert "participatiewet" not in groups["2020-06-01"]


def test_an_undone_import_counts_nobody_and_what_was_known_before_the_undoing_stays(
    db: None, load: Load, report: Report
) -> None:
    load("2020-03-01", "1;Bakker;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja")
    with clock_at(datetime(2020, 4, 1, 12, tzinfo=UTC)):
        assert import_command.run(["--undo", ImportBatch.objects.get().reference]) == 0
    assert report("placement", "--on", "2020-03-15")["base"] == 0
    assert report("placement", "--on", "2020-03-15", "--known-at", "2020-03-31")["base"] == 1
