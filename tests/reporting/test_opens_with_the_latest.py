"""The list of publications opens with what the latest says; a table of which hardly anything is left says so."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from opstap.reporting.logic.released import Released, ReleasedTable
from opstap.reporting.models import Publication
from opstap.reporting.operations import withdraw_publication
from opstap.reporting.tables.released.words import hardly_shown
from tests.factories.accounts import a_worker
from tests.factories.pages import signed_in
from tests.factories.publications import BY, a_publication, a_town_to_publish

pytestmark = pytest.mark.django_db
LIST = "/publicaties/"


def test_the_list_opens_with_what_the_latest_publication_says_and_its_chart() -> None:
    made = a_town_to_publish()
    policy = signed_in(a_worker(made.town, "policy"))
    assert 'id="latest"' not in policy.get(LIST).content.decode()
    whole = a_publication(made.town, made.on, title="De ladder nu")
    page = policy.get(LIST).content.decode()
    assert f'<h2 id="latest"><a href="{LIST}{whole.reference}/">De ladder nu</a></h2>' in page
    assert "2 Sociale contacten buitenshuis, 65 mensen." in page
    assert page.index("<svg") < page.index("<table")
    assert ">65<" in page
    withdraw_publication(by=BY, publication=whole, why="Verkeerde maand")
    assert 'id="latest"' not in policy.get(LIST).content.decode()


@pytest.mark.parametrize(("within", "what"), [("", "publicatie"), ("abc", "tabel")])
@pytest.mark.parametrize(
    ("shown", "of", "said"),
    [
        (0, 30, "In deze {what} is niets te zien: alle 30 aantallen zijn verborgen."),
        (3, 120, "In deze {what} is bijna niets te zien: 3 van de 120 aantallen."),
        (5, 30, ""),
    ],
)
def test_where_hardly_anything_is_left_it_says_so(shown: int, of: int, said: str, within: str, what: str) -> None:
    cells: dict[tuple[str, ...], int | None] = {(str(number),): 10 if number < shown else None for number in range(of)}
    table = ReleasedTable("age", ("age",), cells)
    with override("nl"):
        told = hardly_shown(Publication(within=within, figures=Released({}, (table,), {}).stored()))
    assert told.startswith(said.format(what=what))
    assert bool(told) is bool(said)
    if told:
        assert ("Vraag een tabel met minder kenmerken" in told) is bool(within)
        assert ("nodig om andere aantallen verborgen te houden" in told) is (not within)
