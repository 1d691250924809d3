"""Two dossiers of one person, side by side, merged with a reason, and parted again."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.audit.selectors import latest_recording
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.people import Choice, people_on
from tests.dossier.desks import Desk
from tests.factories.clients import a_bsn, a_client, with_barrier
from tests.factories.ladder import placed
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 1)


def _counted(desk: Desk, recording: int) -> int:
    return people_on(facts_of(desk.town.pk, recording=recording), DAY, Choice()).height


def test_two_dossiers_become_one_and_two_again(desk: Desk) -> None:
    double = desk.another(number="K7", surname="Backer")
    with_barrier(double, "travel")
    placed(double, "3", on=date(2025, 5, 1))
    desk.sign_in(desk.leader)
    before = latest_recording()
    assert _counted(desk, before) == 2
    url = f"{desk.url}samenvoegen/"
    given = {"number": "K7", "why": "twee keer ingevoerd"}
    shown = desk.browser.post(url, given).content.decode()
    assert "Is dit één persoon?" in shown
    assert "Backer" in shown
    assert _counted(desk, latest_recording()) == 2
    assert desk.browser.post(url, given | {"agreed": double.reference})["Location"] == desk.url
    assert _counted(desk, latest_recording()) == 1
    assert _counted(desk, before) == 2
    text = desk.words()
    for part in ("Cliëntnummer K7 is op", "vervoer", "uit het samengevoegde dossier", "3 Deelname aan"):
        assert part in text
    assert desk.browser.get(f"/clienten/{double.reference}/")["Location"] == desk.url
    undoing = f"{url}{double.reference}/ongedaan/"
    assert "krijgt weer een eigen dossier" in desk.words(undoing)
    desk.browser.post(undoing, {"why": "toch twee zussen"})
    assert _counted(desk, latest_recording()) == 2
    assert "vervoer" not in desk.words()
    assert desk.browser.get(f"/clienten/{double.reference}/").status_code == 200


def test_merging_is_refused_in_words(desk: Desk) -> None:
    desk.sign_in(desk.leader)
    url = f"{desk.url}samenvoegen/"
    hidden = a_client(desk.town, number="K8")
    for number, words in (
        ("40213", "Dit is het nummer van dit dossier zelf."),
        (hidden.number, "Er is niemand met dit cliëntnummer binnen uw bereik."),
    ):
        assert words in desk.browser.post(url, {"number": number, "why": "x"}).content.decode()
    desk.sign_in(desk.worker)
    assert desk.browser.get(url).status_code == 403


def test_undoing_says_what_becomes_of_a_bsn_that_stands_in_both(desk: Desk) -> None:
    double = desk.another(number="K7", surname="Backer", bsn=a_bsn(4))
    desk.sign_in(desk.leader)
    merge = {"number": "K7", "why": "twee keer ingevoerd", "agreed": double.reference}
    assert desk.browser.post(f"{desk.url}samenvoegen/", merge).status_code == 302
    undoing, words = f"{desk.url}samenvoegen/{double.reference}/ongedaan/", "Een BSN dat in beide staat"
    assert words not in desk.words(undoing)
    given = {"surname": "Bakker", "bsn": a_bsn(4), "why": "van het pasje"}
    correcting = f"{desk.url}persoon/verbeteren/"
    assert desk.browser.post(correcting, given | version_at(desk.browser, correcting)).status_code == 302
    assert words in desk.words(undoing)
