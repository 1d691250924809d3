"""The levels over the years: printed before Opstap with its source, then published; entered, corrected, withdrawn."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.people import Choice, people_on, placed_on
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.municipality.models import Municipality
from opstap.reporting.models import EarlierFigures
from opstap.reporting.operations.earlier import EarlierRefused, EarlierTerms, correct_earlier, enter_earlier
from opstap.reporting.selectors.released.classes import basis_of
from opstap.reporting.selectors.series import counted_from, earlier_figures, series_of
from tests.factories.accounts import a_coordinator, a_worker, acting
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.publications import BY, a_publication, a_town_to_publish, an_earlier_table

pytestmark = pytest.mark.django_db
SERIES = "/publicaties/reeks/"
NEW = f"{SERIES}invoeren/"
SENT = {
    "on": "2018-01-01",
    "source": "Raadsbrief 2018-3, tabel 1",
    "level-1": "130",
    "level-2": "70",
    "level-none": "0",
}


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def coordinator(town: Municipality) -> Browser:
    return signed_in(a_coordinator(town))


def test_what_was_printed_stands_first_and_then_what_is_published() -> None:
    made = a_town_to_publish()
    an_earlier_table(made.town)
    whole = a_publication(made.town, made.on)
    printed, published = series_of(made.town.pk, in_full=True)
    assert (printed.on, dict(printed.counts), printed.whole) == (date(2019, 1, 1), {"1": 120, "2": 81, "4": 7}, 208)
    assert published.publication == whole
    assert {code: published.counts[code] for code in "123456"} == {
        "1": 40, "2": 65, "3": 25, "4": None, "5": None, "6": None,
    }  # fmt: skip
    browser = signed_in(a_coordinator(made.town))
    page = browser.get(SERIES).content.decode()
    assert "Raadsbrief 2019-14, tabel 2 (niet herberekenbaar)" in page
    assert f'<a href="/publicaties/{whole.reference}/">De ladder</a>' in page
    assert "1 jan 2019 *" in page.replace("\xa0", " ")
    assert ">208</td>" in page
    assert "130\xa0+\xa0<span" in page  # 4 to 6 and who has no level are hidden: less than there are
    rows = browser.get(f"{SERIES}bestand/csv/").content.decode("utf-8-sig").splitlines()
    assert rows[1].split(";")[1:] == [
        "120", "81", "", "7", "", "", "", "208", "niet herberekenbaar", "Raadsbrief 2019-14, tabel 2",
    ]  # fmt: skip
    assert rows[2].split(";")[3:5] == ["25", "verborgen"]
    assert "120" in browser.get(f"{SERIES}grafiek/svg/").content.decode()
    assert browser.get(f"{SERIES}grafiek/png/").content[1:4] == b"PNG"
    for wrong in ("bestand/pdf/", "grafiek/gif/"):
        assert browser.get(f"{SERIES}{wrong}").status_code == 404


def test_who_sees_publications_alone_never_reads_a_small_printed_number() -> None:
    made = a_town_to_publish()
    an_earlier_table(made.town)  # 120, 81 and 7
    policy = signed_in(a_worker(made.town, "policy"))
    page = policy.get(SERIES).content.decode()
    assert ">120</td>" in page
    assert "201\xa0+\xa0<span" in page
    assert not re.search(r">\s*(7|208)\s*<", page)
    assert "Aantallen onder de 10 uit een gedrukte tabel ziet alleen wie publicaties maakt." in page
    assert "/gedrukt/" not in page  # who makes none corrects none
    row = policy.get(f"{SERIES}bestand/csv/").content.decode("utf-8-sig").splitlines()[1]
    assert row.split(";")[1:9] == ["120", "81", "", "verborgen", "", "", "", "201"]
    chart = policy.get(f"{SERIES}grafiek/svg/").content.decode()
    assert "120" in chart
    assert not re.search(r">\s*(7|208)\s*<", chart)
    a_setting(made.town, "disclosure_threshold", 5)
    assert policy.get(f"{SERIES}bestand/csv/").content.decode("utf-8-sig").splitlines()[1].split(";")[4] == "7"


def test_of_a_day_that_opstap_counts_itself_nothing_is_entered() -> None:
    made = a_town_to_publish()
    browser = signed_in(a_coordinator(made.town))
    answer = browser.post(NEW, {**SENT, "on": made.before.isoformat()})
    assert answer.status_code == 400
    said = str(day(made.before))
    assert f"Vanaf {said} telt Opstap zelf. Vul een dag van daarvoor in." in answer.content.decode()
    assert earlier_figures(made.town.pk) == []
    the_day_before = made.before - timedelta(days=1)
    browser.post(NEW, {**SENT, "on": the_day_before.isoformat()})
    assert [one.on for one in earlier_figures(made.town.pk)] == [the_day_before]
    page = f"{SERIES}gedrukt/{earlier_figures(made.town.pk)[0].reference}/"
    assert browser.post(page, {**SENT, "on": made.on.isoformat()}).status_code == 400


def test_the_year_before_a_publication_is_counted_too() -> None:
    made = a_town_to_publish()
    one = a_publication(made.town)
    assert counted_from(made.town.pk) == one.earlier < made.before


def test_what_was_entered_of_a_day_that_is_counted_since_is_for_who_makes_publications(town: Municipality) -> None:
    reference = an_earlier_table(town)
    placed(a_client(town), "2", on=date(2018, 6, 1))
    policy, coordinator = signed_in(a_worker(town, "policy")), signed_in(a_coordinator(town))
    assert series_of(town.pk, in_full=False) == []
    assert "Raadsbrief" not in policy.get(SERIES).content.decode()
    page = coordinator.get(SERIES).content.decode()
    assert "Deze regel ziet alleen wie publicaties maakt: van deze dag telt Opstap zelf." in page
    assert reference in page


def test_a_printed_table_is_entered_corrected_and_withdrawn_on_its_page(
    town: Municipality, coordinator: Browser
) -> None:
    assert "Nog niets in de reeks" in coordinator.get(SERIES).content.decode()
    assert coordinator.post(NEW, SENT)["Location"] == SERIES
    (found,) = earlier_figures(town.pk)
    assert found.counts == {"1": 130, "2": 70, "none": 0}
    page = f"{SERIES}gedrukt/{found.reference}/"
    assert page in coordinator.get(SERIES).content.decode()
    assert 'value="130"' in coordinator.get(page).content.decode()
    coordinator.post(page, {**SENT, "level-1": "131"})
    assert earlier_figures(town.pk)[0].counts["1"] == 131
    coordinator.post(page, {"withdraw": "1"})
    assert earlier_figures(town.pk) == []
    assert EarlierFigures.objects.count() == 3  # what was said before stays known
    assert coordinator.get(page).status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"on": ""}, "Vul de dag in."),
        ({"on": "31-02-2019"}, "Dit is geen dag."),
        ({"on": (dates.today() + timedelta(days=400)).isoformat()}, "Deze dag moet nog komen."),
        ({"source": " "}, "Vul in waar het gedrukt stond."),
        ({"level-1": "veel"}, "Vul een heel aantal mensen in, of laat het leeg."),
        ({"level-1": "-3"}, "Vul een heel aantal mensen in, of laat het leeg."),
        ({"level-1": "", "level-2": "", "level-none": ""}, "Vul voor minstens één trede een aantal in."),
        ({"on": "2019-01-01"}, "Van deze dag is al een gedrukte tabel ingevoerd."),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(
    town: Municipality, coordinator: Browser, given: dict[str, str], said: str
) -> None:
    an_earlier_table(town)
    answer = coordinator.post(NEW, {**SENT, **given})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert len(earlier_figures(town.pk)) == 1


def test_nobody_enters_them_without_the_permission_or_elsewhere(town: Municipality) -> None:
    policy = signed_in(a_worker(town, "policy"))
    reference = an_earlier_table(town)
    for path in (NEW, f"{SERIES}gedrukt/{reference}/"):
        assert policy.get(path).status_code == 403
    terms = EarlierTerms(date(2017, 1, 1), "Raadsbrief", {"1": 3})
    elsewhere = acting(a_coordinator(a_municipality()))
    with pytest.raises(PermissionDenied):
        enter_earlier(by=elsewhere, municipality=town, terms=terms)
    with pytest.raises(PermissionDenied):
        correct_earlier(by=elsewhere, figures=earlier_figures(town.pk)[0], terms=terms)
    for counts in ({"9": 3}, {"1": -1}):
        with pytest.raises(EarlierRefused, match="no_such_number"):
            enter_earlier(by=BY, municipality=town, terms=EarlierTerms(date(2017, 1, 1), "Raadsbrief", counts))


def test_nobody_stands_on_the_same_placement_in_a_printed_table_and_in_a_publication() -> None:
    """Decision 74: so they are tied by nothing, and the attack needs no printed table to find what it finds."""
    made = a_town_to_publish()
    first = counted_from(made.town.pk)
    assert first is not None
    printed = first - timedelta(1)
    an_earlier_table(made.town, printed)  # the latest that can be entered
    with pytest.raises(EarlierRefused, match="is_counted"):
        an_earlier_table(made.town, first)
    whole = a_publication(made.town, made.on)
    basis, known = basis_of(whole), facts_of(made.town.pk)
    for told_of in (basis.on, basis.earlier):
        placements = placed_on(known, people_on(known, told_of, Choice()), told_of, basis.reading)["measured_on"]
        assert all(since > printed for since in placements.drop_nulls())
        assert len(placements.drop_nulls()) == (133 if told_of == basis.on else 0)
    assert basis.earlier < printed, "it looks back beyond the printed day"
    shown = [[one.on for one in series_of(made.town.pk, in_full=in_full)] for in_full in (True, False)]
    assert shown == [[printed, made.on], [made.on]], "and is for who makes publications alone from then on"
