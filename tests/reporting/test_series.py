"""The levels over the years: printed before Opstap with its source, then published; entered, corrected, withdrawn."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.models import EarlierFigures
from opstap.reporting.operations.earlier import EarlierRefused, EarlierTerms, correct_earlier, enter_earlier
from opstap.reporting.selectors.series import earlier_figures, series_of
from tests.factories.accounts import a_coordinator, a_worker, acting
from tests.factories.municipality import a_municipality
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
    printed, published = series_of(made.town.pk)
    assert (printed.on, dict(printed.counts), printed.whole) == (date(2019, 1, 1), {"1": 120, "2": 81, "4": 7}, 208)
    assert published.publication == whole
    assert {code: published.counts[code] for code in "123456"} == {
        "1": 40, "2": 65, "3": 25, "4": None, "5": None, "6": None,
    }  # fmt: skip
    browser = signed_in(a_worker(made.town, "policy"))
    page = browser.get(SERIES).content.decode()
    assert "Raadsbrief 2019-14, tabel 2 (niet herberekenbaar)" in page
    assert f'<a href="/publicaties/{whole.reference}/">De ladder</a>' in page
    assert "1 jan 2019 *" in page.replace("\xa0", " ")
    assert ">208</td>" in page
    assert "140\xa0+\xa0<span" in page  # 4, 5 and 6 are hidden: less than there are
    assert "/gedrukt/" not in page  # who makes none corrects none
    rows = browser.get(f"{SERIES}bestand/csv/").content.decode("utf-8-sig").splitlines()
    assert rows[1].split(";")[1:] == [
        "120", "81", "", "7", "", "", "", "208", "niet herberekenbaar", "Raadsbrief 2019-14, tabel 2",
    ]  # fmt: skip
    assert rows[2].split(";")[4] == "verborgen"
    assert "120" in browser.get(f"{SERIES}grafiek/svg/").content.decode()
    assert browser.get(f"{SERIES}grafiek/png/").content[1:4] == b"PNG"
    for wrong in ("bestand/pdf/", "grafiek/gif/"):
        assert browser.get(f"{SERIES}{wrong}").status_code == 404


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
