"""Where people stand beside where they are expected: counted by hand from the published caseload."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from django.test import Client

from opstap.municipality.models import Municipality
from tests.reporting.conftest import SNEEK, Report

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
ON = ("--on", "2010-09-15")
PAGE = "/rapporten/nu-en-verwacht/?on=2010-09-15"


def by_hand() -> list[tuple[str, str]]:
    """Level and goal of everyone, as the file has them."""
    with SNEEK.open(encoding="utf-8-sig", newline="") as stream:
        return [(row["Trede"], row["Doel"]) for row in csv.DictReader(stream, delimiter=";")]


def whole(code: str) -> str | None:
    return code[:1] or None


def mean(codes: list[str]) -> float:
    """Ten times the level, and five for an upper half, over ten; rounded half up on two decimals."""
    tens = [10 * int(code[0]) + (5 if code.endswith("+") else 0) for code in codes if code]
    exact = Fraction(sum(tens), 10 * len(tens))
    return float((Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.covers("A-12", "A-13", "A-16", "A-19")
def test_the_command_counts_what_the_file_holds(sneek: Municipality, report: Report) -> None:
    found = report("current-expected", *ON)
    people = by_hand()
    assert {tuple(row) for row in found["rows"]} == {
        ("level", "name", "current", "current_share", "expected", "expected_share")
    }
    counted = {row["level"]: (row["current"], row["expected"]) for row in found["rows"]}
    now, goal = Counter(whole(level) for level, _ in people), Counter(whole(goal) for _, goal in people)
    assert counted == {code: (now[code], goal[code]) for code in ("1", "2", "3", "4", "5", "6", None)}
    assert found["rows"][-1]["level"] is None
    shifts = {(one["from"], one["to"]): one["clients"] for one in found["shifts"] if one["clients"]}
    assert shifts == Counter((whole(level), whole(goal)) for level, goal in people)
    totals = found["totals"]
    both = [(level, goal) for level, goal in people if level and goal]
    assert 0 < totals["both_known"] == len(both) < len([level for level, _ in people if level])
    assert totals["mean_current"] == mean([level for level, _ in both])
    assert totals["mean_expected"] == mean([goal for _, goal in both])
    known = [(int(level[0]), int(goal[0])) for level, goal in people if level and goal]
    assert totals["higher"] == sum(goal > level for level, goal in known)
    assert totals["same"] == sum(goal == level for level, goal in known)
    assert totals["lower"] == sum(goal < level for level, goal in known)
    assert totals["higher"] + totals["same"] + totals["lower"] + totals["unknown"] == found["base"] == 1166


def test_groups_add_up_and_have_their_own_shifts(sneek: Municipality, report: Report) -> None:
    found = report("current-expected", *ON, "--by", "team")
    assert sum(row["current"] for row in found["rows"]) == 1166
    assert sum(one["clients"] for one in found["shifts"]) == 1166
    assert {one["group"] for one in found["shifts"]} == {row["group"] for row in found["rows"]}


def test_a_grouping_has_no_mean(sneek: Municipality, report: Report) -> None:
    totals = report("current-expected", *ON, "--scale", "steenwijkerland")["totals"]
    assert "mean_current" not in totals
    assert totals["unknown"] == 1166
    assert {"same", "other"} <= set(totals)


@pytest.mark.covers("A-13", "A-16", "A-19", page="/rapporten/nu-en-verwacht/")
def test_the_page_shows_both_distributions_and_the_shifts(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    page = client.get(PAGE)
    text = page.content.decode()
    assert "1.166 mensen in begeleiding. Van " in text
    both = f"{sum(bool(level and goal) for level, goal in by_hand()):,}".replace(",", ".")
    assert f"Van de {both} mensen van wie beide bekend zijn, is de gemiddelde trede nu " in text
    assert "Een hoge halve trede telt daarin een half meer." in text
    distribution, matrix, expected = (table for _picture, table in page.context["sections"])
    assert [cell.text for cell in distribution.rows[0].cells][:3] == ["Geïsoleerd", "107", "9,2\xa0%"]
    assert distribution.rows[-1].cells[0].text == f"Gemiddelde trede van wie beide bekend zijn ({both})"
    from_two = next(row for row in matrix.rows if row.cells[0].level == "2")
    assert from_two.cells[-1].text == "436"
    assert [row.cells[0].text for row in expected.rows][:2] == ["▲ Een hogere trede", "= Dezelfde trede"]
    charts = [picture.svg for picture, _table in page.context["sections"] if picture]
    assert len(charts) == 2
    assert "Verwacht" in charts[1]


def test_every_cell_leads_to_as_many_people_as_it_says(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    urls = {
        cell.url: cell.text
        for _picture, table in client.get(PAGE).context["sections"]
        for row in table.rows
        for cell in row.cells
        if cell.url
    }
    assert len(urls) > 25
    for url, text in urls.items():
        count = client.get(url).context["page_obj"].paginator.count
        assert f"{count:,}".replace(",", ".") == text, url


@pytest.mark.covers("A-16", page="/rapporten/nu-en-verwacht/mensen/")
def test_the_people_of_a_shift(sneek: Municipality, signed_in: SignedIn) -> None:
    client = signed_in(sneek, "coordinator")
    page = client.get("/rapporten/nu-en-verwacht/mensen/?on=2010-09-15&current=1&expected=2")
    by_file = sum(whole(level) == "1" and whole(goal) == "2" for level, goal in by_hand())
    assert page.context["page_obj"].paginator.count == by_file
    assert "nu 1 Geïsoleerd, verwacht 2 Sociale contacten" in page.content.decode()
    for wrong in ("current=9", "shift=sideways"):
        assert client.get(f"/rapporten/nu-en-verwacht/mensen/?on=2010-09-15&{wrong}").status_code == 400


def test_a_file_has_both_columns_and_the_mean(sneek: Municipality, signed_in: SignedIn) -> None:
    content = signed_in(sneek, "coordinator").get("/rapporten/nu-en-verwacht/bestand/csv/?on=2010-09-15").content
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Trede", "Naam", "Nu", "Nu %", "Verwacht", "Verwacht %"]
    assert rows[1][:4] == ["1", "Geïsoleerd", "107", "9,2"]
    assert rows[-1][1].startswith("Gemiddelde trede van wie beide bekend zijn (")
