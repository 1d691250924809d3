"""A publication that is made with somebody in it and one that is made without them: whoever may only read publications
sees no difference, or none but that a number is rounded to the next five. So nobody learns of a person by their coming.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest

from opstap.analytics.disclosure import Rules
from opstap.reporting.logic.released import LEVEL, Released
from opstap.reporting.models import Publication
from opstap.reporting.selectors.released.classes import axes_of, basis_of
from opstap.reporting.selectors.released.people import counts_of, people_of
from opstap.reporting.tables.released.files import as_json
from tests.demo.towns import for_a_while
from tests.factories.accounts import a_worker
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.publications import SetDown, a_publication, a_town_to_publish
from tests.reporting.attacker import recovered

pytestmark = pytest.mark.django_db
RULES = Rules(10)
AT = re.compile(r"Bekend op: [^.]*\.")
Cells = dict[tuple[str, tuple[str, ...]], int | None]


@pytest.fixture(params=[("Werk",), ("Noord", "Zuid")], ids=["one team", "two teams"])
def made(request: pytest.FixtureRequest) -> SetDown:
    return a_town_to_publish(*request.param)


class Told:
    """Of one publication all that a policy worker reads, how many really stand on each level, and what is found out."""

    def __init__(self, made: SetDown) -> None:
        one = a_publication(made.town, made.on)
        basis = basis_of(one)
        self.pages = list(_read(made, one))
        self.cells: Cells = {
            (table.key, cell): count for table in Released.of(one.figures).tables for cell, count in table.shown.items()
        }
        self.counted = {code: count for (code,), count in counts_of(people_of(basis, axes_of(basis)), [LEVEL]).items()}
        self.recovered = recovered([one], RULES)


def _read(made: SetDown, one: Publication) -> Iterator[str]:
    """Pages, files and JSON, without what is another at each making: the reference, and when it was made."""
    policy = signed_in(a_worker(made.town, "policy"))
    page = f"/publicaties/{one.reference}/"
    for table in Released.of(one.figures).tables:
        yield policy.get(f"{page}bestand/csv/?table={table.key}").content.decode("utf-8-sig")
        whole = policy.get(f"{page}?table={table.key}").content.decode()
        main = whole[whole.index('<div class="stack">') : whole.index("Geschiedenis</h2>")]
        yield AT.sub("", main.replace(one.reference, ""))
    first = policy.get(page).content.decode()
    yield first[first.index('<p class="answer">') : first.index('<p class="meta">')].replace(one.reference, "")
    yield json.dumps({key: said for key, said in as_json(one).items() if key not in {"reference", "known_at"}})


def with_and_without(made: SetDown, level: str) -> tuple[Told, Told]:
    """What is told of everybody there is, and with one more on this level: a 74th in the first team of two."""
    with for_a_while():
        before = Told(made)
    with for_a_while():
        more = a_client(made.town, born=date(1968, 8, 8))
        in_caseload(more, made.workers[0], team=made.teams[0])
        placed(more, level, on=made.before, growth="yes", expected="4")
        after = Told(made)
    assert after.counted == {**before.counted, level: before.counted.get(level, 0) + 1}
    assert (before.recovered, after.recovered) == ([], [])
    return before, after


@pytest.mark.parametrize("level", ["3", "4", "5"])
def test_who_comes_where_all_numbers_round_alike_changes_nothing_that_is_read(made: SetDown, level: str) -> None:
    """On level 3 stand 24, of whom 25 is said; on level 4 stand four and on level 5 nobody, which is hidden."""
    before, after = with_and_without(made, level)
    assert after.cells == before.cells
    assert after.pages == before.pages
    assert any(before.cells.values()), "something is shown"


def test_who_comes_where_a_number_rounds_up_changes_it_by_five_and_shows_no_small_one(made: SetDown) -> None:
    """Of 42 it says 40, of 43 it says 45: so one more can be seen to have come there, or up to four."""
    before, after = with_and_without(made, "1")
    assert (before.cells[LEVEL, ("1",)], after.cells[LEVEL, ("1",)]) == (40, 45)
    both = {key: (count, after.cells[key]) for key, count in before.cells.items()}
    shown = [(one, other) for one, other in both.values() if one is not None and other is not None]
    assert {other - one for one, other in shown} == {0, 5}
    assert all(count is None or count >= 10 for pair in both.values() for count in pair)
    assert before.cells[LEVEL, ("4",)] is None
    assert after.cells[LEVEL, ("4",)] is None
