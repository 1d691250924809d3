"""Crosswalks on screen: made between two scales, changed from a day on, ended; and reports read through them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from opstap.foundation import dates
from opstap.ladder.models import Crosswalk
from opstap.ladder.selectors.crosswalks import crosswalk_on, latest_of
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.clients import a_client, followed
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import Window, version_at

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
NEW = "/beheer/omzettingen/nieuw/?source=rijswijk&target=vng"


@pytest.fixture
def town() -> Any:
    return a_municipality()


@pytest.fixture
def desk(client: Client, town: Any) -> Client:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    return client


def filled_in(**more: str) -> dict[str, str]:
    sent = {"name_nl": "Rijswijk op VNG", "key": "rijswijk-vng", "since": dates.today().isoformat()}
    return sent | {f"level-{code}": "none" for code in "123456"} | {"level-1": "1", "level-2": "3"} | more


@pytest.mark.covers("A-12", page="/rapporten/plaatsing/")
def test_a_crosswalk_is_made_and_a_report_is_read_through_it(desk: Client, town: Any) -> None:
    for number, code in (("K1", "2"), ("K2", "3")):
        person = a_client(town, number=number)
        followed(person, date(2024, 1, 1))
        placed(person, code, on=date(2025, 1, 1), scale="rijswijk")
    page = desk.get(NEW).content.decode()
    assert "geen tegenhanger" in page
    assert 'value="rijswijk-vng"' in page
    refused = desk.post(NEW, filled_in(**{"level-4": ""}))
    assert refused.status_code == 400
    assert "Kies een tegenhanger" in refused.content.decode()
    assert desk.post(NEW, filled_in()).status_code == 302
    assert "Rijswijk op VNG" in desk.get("/beheer/omzettingen/").content.decode()
    desk.force_login(a_coordinator(town), backend=BACKEND)
    report = desk.get("/rapporten/plaatsing/", {"scale": "vng", "crosswalk": "rijswijk-vng"})
    rows = {row.values["level"]: row.values["clients"] for row in report.context["result"].rows}
    assert (rows["3"], rows["no_counterpart"]) == (1, 1)


def test_it_says_something_else_from_a_day_on_and_is_ended(desk: Client) -> None:
    later, end = dates.today() + timedelta(days=5), dates.today() + timedelta(days=9)
    page = "/beheer/omzettingen/groningen-vng/"
    shown = desk.get(page)
    assert "Nieuwe omzetting" not in shown.content.decode()
    sent = {bound.html_name: bound.value() for bound in shown.context["form"] if bound.value() not in (None, False)}
    changed = {**sent, "level-1": "none", "since": later.isoformat(), **version_at(desk, page)}
    assert desk.post(page, changed).status_code == 302
    now, then = crosswalk_on("groningen-vng", dates.today()), crosswalk_on("groningen-vng", later)
    assert now is not None
    assert then is not None
    assert (now.entries["1"], then.entries["1"]) == ("1", None)
    changed |= version_at(desk, page)
    early = {**changed, "since": dates.today().isoformat()}
    assert "Een versie van deze omzetting begon later." in desk.post(page, early).content.decode()
    assert desk.post(page, {**changed, "since": end.isoformat(), "end": "1"}).status_code == 302
    assert crosswalk_on("groningen-vng", end) is None


def test_a_scale_to_itself_and_an_unknown_crosswalk_are_refused(desk: Client) -> None:
    same = desk.get("/beheer/omzettingen/nieuw/", {"source": "vng", "target": "vng"})
    assert same.status_code == 400
    assert "Kies een andere ladder" in same.content.decode()
    assert desk.get("/beheer/omzettingen/geen/").status_code == 404
    assert "korte naam" in desk.post(NEW, filled_in(key="groningen-vng")).content.decode()


def test_only_the_functional_administrator_sets_crosswalks_up(client: Client, town: Any) -> None:
    client.force_login(a_case_manager(a_team(town)), backend=BACKEND)
    for page in ("/beheer/omzettingen/", "/beheer/omzettingen/nieuw/", "/beheer/omzettingen/groningen-vng/"):
        assert client.get(page).status_code == 403


def test_who_saves_a_crosswalk_second_sees_both() -> None:
    town, url = a_municipality(), "/beheer/omzettingen/groningen-vng/"
    colleague = a_functional_administrator(town)
    first, second = Window(signed_in(colleague), url), Window(signed_in(a_functional_administrator(town)), url)
    assert first.send(name_nl="Van Groningen", **{"level-1": "2"}) == 302
    assert second.send(explanation_nl="Afgesproken in het overleg", **{"level-1": "3"}) == 409
    assert f"{colleague.name} heeft dit intussen gewijzigd" in second.words
    assert "Van Groningen hier niet gewijzigd: hieronder overgenomen" in second.words
    held = Crosswalk.objects.get(key="groningen-vng")
    assert (held.name_nl, (latest_of(held) or {})["1"]) == ("Van Groningen", "2")
    assert second.fields["level-1"] == "3"
    assert second.send() == 302
    held.refresh_from_db()
    said = latest_of(held) or {}
    assert (held.name_nl, held.explanation_nl, said["1"]) == ("Van Groningen", "Afgesproken in het overleg", "3")


def test_a_crosswalk_that_comes_back_with_a_fault_is_of_when_it_was_opened() -> None:
    town, url = a_municipality(), "/beheer/omzettingen/groningen-vng/"
    first, second = (Window(signed_in(a_functional_administrator(town)), url) for _ in range(2))
    assert first.send(**{"level-1": "2"}) == 302
    assert second.send(name_nl="", **{"level-1": "3"}) == 400
    assert second.send(name_nl="Anders") == 409
    held = Crosswalk.objects.get(key="groningen-vng")
    assert (held.name_nl != "Anders", (latest_of(held) or {})["1"]) == (True, "2")


@pytest.mark.parametrize("button", [{}, {"end": "1"}])
def test_a_crosswalk_of_which_the_form_lost_its_version_is_not_saved(desk: Client, button: dict[str, str]) -> None:
    before = (latest_of(Crosswalk.objects.get(key="groningen-vng")) or {})["1"]
    window = Window(desk, "/beheer/omzettingen/groningen-vng/")
    assert window.send(name_nl="Anders", version="", **{"level-1": "none"}, **button) == 409
    held = Crosswalk.objects.get(key="groningen-vng")
    assert held.name_nl != "Anders"
    assert (latest_of(held) or {})["1"] == before
    assert crosswalk_on("groningen-vng", dates.today()) is not None
    assert window.send() == 302
    assert Crosswalk.objects.get(key="groningen-vng").name_nl == "Anders"


def test_who_ends_a_crosswalk_that_was_changed_meanwhile_is_told() -> None:
    town, url = a_municipality(), "/beheer/omzettingen/groningen-vng/"
    colleague = a_functional_administrator(town)
    first, second = Window(signed_in(colleague), url), Window(signed_in(a_functional_administrator(town)), url)
    later = (dates.today() + timedelta(days=30)).isoformat()
    assert first.send(since=later, end="1") == 302
    assert second.send(name_nl="Anders") == 409
    assert "Beëindigd" in second.words
    assert Crosswalk.objects.get(key="groningen-vng").name_nl != "Anders"
