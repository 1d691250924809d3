"""Two administrators with one form open: nothing is overwritten, what was typed is kept, and both are shown."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.accounts.models import Team, User
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.models import Programme
from opstap.clients.operations import create_programme
from opstap.foundation.versions import version_of_values
from opstap.municipality.logic import PART_PREFIX, TraitDesign
from opstap.municipality.models import CodeLabel, CodeList, Municipality, Setting, TraitDefinition
from opstap.municipality.operations import (
    add_code,
    change_municipality,
    change_setting,
    define_trait,
    end_code,
    end_trait,
)
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db


def windows(town: Municipality, url: str, asks: str = "") -> tuple[User, Window, Window]:
    """A colleague, their window and one's own, both opened on what stands now."""
    colleague, oneself = a_functional_administrator(town), a_functional_administrator(town)
    return colleague, Window(signed_in(colleague), url, asks), Window(signed_in(oneself), url, asks)


def meets(colleague: User, second: Window, changes: dict[str, str]) -> None:
    """The second to save sees who was first and keeps what was typed."""
    assert second.send(**changes) == 409
    assert f"{colleague.name} heeft dit intussen gewijzigd" in second.words
    assert changes.items() <= second.fields.items()


def test_the_municipality() -> None:
    town = a_municipality()
    colleague, first, second = windows(town, "/beheer/gemeente/")
    assert first.send(banner="Let op: onderhoud", cbs_code="0344") == 302
    meets(colleague, second, {"banner": "Mijn tekst"})
    assert "0344 hier niet gewijzigd: hieronder overgenomen" in second.words
    town.refresh_from_db()
    assert (town.banner, town.cbs_code) == ("Let op: onderhoud", "0344")
    assert second.send() == 302
    town.refresh_from_db()
    assert (town.banner, town.cbs_code) == ("Mijn tekst", "0344")


def test_a_setting() -> None:
    town = a_municipality()
    colleague, first, second = windows(town, "/beheer/instellingen/benefit_gap_days/")
    assert first.send(value="20", since="2026-01-01") == 302
    meets(colleague, second, {"value": "40", "since": "2026-01-01"})
    assert "Waarde 20 40" in second.words
    standing = Setting.objects.current().filter(municipality=town, key="benefit_gap_days")
    assert [str(one.value) for one in standing] == ["20"]
    assert second.send() == 302
    assert [str(one.value) for one in standing.all()] == ["40"]


def test_a_user() -> None:
    town = a_municipality()
    user = a_case_manager(a_team(town), name="Jan Visser")
    colleague, first, second = windows(town, f"/beheer/gebruikers/{user.reference}/", "change-name")
    assert first.send(**{"change-staff_code": "JV01"}) == 302
    meets(colleague, second, {"change-name": "Jan de Visser"})
    user.refresh_from_db()
    assert (user.name, user.staff_code) == ("Jan Visser", "JV01")
    assert second.send() == 302
    user.refresh_from_db()
    assert (user.name, user.staff_code) == ("Jan de Visser", "JV01")


def test_a_team() -> None:
    town = a_municipality()
    team = a_team(town, "Noord")
    colleague, first, second = windows(town, f"/beheer/teams/{team.reference}/")
    assert first.send(name="Noordoost") == 302
    meets(colleague, second, {"name": "Noordwest"})
    assert Team.objects.get(pk=team.pk).name == "Noordoost"
    assert second.send() == 302
    assert Team.objects.get(pk=team.pk).name == "Noordwest"


def test_a_programme() -> None:
    town = a_municipality()
    programme = create_programme(by=command_line(), municipality=town, name="Nieuwkomers")
    colleague, first, second = windows(town, f"/beheer/programmas/{programme.reference}/")
    assert first.send(meaning="Wie hier net woont.", ended_on="2027-01-01") == 302
    meets(colleague, second, {"name": "Statushouders"})
    assert Programme.objects.get().name == "Nieuwkomers"
    assert second.send() == 302
    held = Programme.objects.get()
    assert (held.name, held.meaning, held.ended_on) == ("Statushouders", "Wie hier net woont.", date(2027, 1, 1))


def test_the_same_sent_twice_is_no_conflict() -> None:
    _colleague, _first, second = windows(a_municipality(), "/beheer/gemeente/")
    assert [second.send(banner="Onderhoud") for _ in range(2)] == [302, 302]


def test_the_operations_compare_under_their_lock() -> None:
    town, by = a_municipality(), command_line()
    given = {"name": town.name, "cbs_code": "", "environment": town.environment}
    with pytest.raises(ReplacedMeanwhile):
        change_municipality(by=by, municipality=town, banner="x", opened_on="oud", **given)
    with pytest.raises(ReplacedMeanwhile):
        change_setting(
            by=by, municipality=town, key="benefit_gap_days", value=40, since=date(2026, 1, 1), opened_on="oud"
        )
    town.refresh_from_db()
    assert town.banner == ""
    assert not Setting.objects.filter(key="benefit_gap_days").exists()


def an_own_trait(town: Municipality) -> TraitDefinition:
    design = TraitDesign(
        "car", "choice", "Auto", date(2026, 1, 1), "Car", (("own", "eigen", "own"), ("no", "geen", "no"))
    )
    return define_trait(by=command_line(), municipality=town, design=design)


def test_a_trait_of_ones_own() -> None:
    town = a_municipality()
    made = an_own_trait(town)
    colleague, first, second = windows(town, f"/beheer/kenmerken/{made.reference}/")
    more = "own = eigen = own\nno = geen = no\nlease = lease = lease"
    assert first.send(name_nl="Vervoer", choices=more) == 302
    meets(colleague, second, {"name_en": "Transport"})
    assert "Vervoer hier niet gewijzigd: hieronder overgenomen" in second.words
    assert second.fields["choices"].replace("\r\n", "\n") == more
    assert second.send() == 302
    made.refresh_from_db()
    assert (made.name_nl, made.name_en, len(made.choices)) == ("Vervoer", "Transport", 3)


def test_the_end_of_a_trait() -> None:
    town = a_municipality()
    made = an_own_trait(town)
    opened_on = version_of_values("trait-end", {"ends_on": None})
    end_trait(by=command_line(), definition=made, ends_on=date(2027, 1, 1), opened_on=opened_on)
    browser = signed_in(a_functional_administrator(town))
    sent = {"ends_on": "2028-01-01", "end": "1", "version": opened_on}
    answer = browser.post(f"/beheer/kenmerken/{made.reference}/", sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "heeft dit intussen gewijzigd" in page
    assert "1 jan 2027" in page
    made.refresh_from_db()
    assert made.ends_on == date(2027, 1, 1)


def test_a_part() -> None:
    town = a_municipality()
    colleague, first, second = windows(town, "/beheer/onderdelen/")
    assert {"part", "version"} <= first.fields.keys()
    part = first.fields["part"]
    assert first.send(switch="off", since="2026-01-01") == 302
    assert second.send(switch="off", since="2026-02-01") == 409
    assert f"{colleague.name} heeft dit intussen gewijzigd" in second.words
    assert "uit, 1 jan 2026 uit, 1 feb 2026" in second.words
    assert (second.fields["part"], second.fields["since"], second.fields["switch"]) == (part, "2026-02-01", "off")
    standing = Setting.objects.current().filter(municipality=town, key=PART_PREFIX + part)
    assert [one.starts_on for one in standing] == [date(2026, 1, 1)]
    assert second.send() == 302
    assert {one.starts_on for one in standing.all()} >= {date(2026, 2, 1)}


def test_a_part_that_is_switched_twice_is_switched_once() -> None:
    town = a_municipality()
    _colleague, first, second = windows(town, "/beheer/onderdelen/")
    sent = {"switch": "off", "since": "2026-01-01"}
    assert (first.send(**sent), second.send(**sent)) == (302, 302)
    assert Setting.objects.filter(municipality=town, key=PART_PREFIX + first.fields["part"]).count() == 1


def test_what_a_code_is_called() -> None:
    town = a_municipality()
    url = "/beheer/codelijsten/benefit_kind/participatiewet/"
    colleague, first, second = windows(town, url)
    assert first.fields["action"] == "label"
    assert first.send(**{"label-nl": "bijstand", "label-en": "assistance", "label-since": "2026-01-01"}) == 302
    mine = {"label-nl": "P-wet", "label-en": "P act", "label-since": "2026-01-01"}
    meets(colleague, second, mine)
    assert "bijstand P-wet" in second.words
    labels = CodeLabel.objects.filter(code__code="participatiewet", is_own=True)
    assert [one.nl for one in labels] == ["bijstand"]
    assert second.send() == 302
    assert {one.nl for one in labels.all()} == {"bijstand", "P-wet"}


def test_the_end_of_a_code() -> None:
    town = a_municipality()
    code = add_code(
        by=command_line(),
        code_list=CodeList.objects.get(key="contact_kind"),
        nl="wandeling",
        en="walk",
        since=date(2020, 1, 1),
    )
    opened_on = version_of_values("code-end", {"ends_on": None})
    end_code(by=command_line(), code=code, ends_on=date(2027, 1, 1), opened_on=opened_on)
    browser = signed_in(a_functional_administrator(town))
    sent = {"action": "end", "end-ends_on": "2028-01-01", "version": opened_on}
    answer = browser.post(f"/beheer/codelijsten/contact_kind/{code.code}/", sent)
    page = answer.content.decode()
    assert (answer.status_code, "heeft dit intussen gewijzigd" in page, "1 jan 2027" in page) == (409, True, True)
    assert 'value="2028-01-01"' in page
    code.refresh_from_db()
    assert code.ended_on == date(2027, 1, 1)


def test_a_form_that_lost_its_version_saves_nothing() -> None:
    town = a_municipality()
    team, trait = a_team(town, "Noord"), an_own_trait(town)
    user = a_case_manager(team, name="Jan Visser")
    programme = create_programme(by=command_line(), municipality=town, name="Nieuwkomers")
    browser = signed_in(a_functional_administrator(town))
    sent = {
        "/beheer/gemeente/": {"name": "Anders", "environment": town.environment},
        f"/beheer/teams/{team.reference}/": {"name": "Anders"},
        f"/beheer/gebruikers/{user.reference}/": {"action": "change", "change-name": "Anders"},
        f"/beheer/programmas/{programme.reference}/": {"name": "Anders"},
        f"/beheer/kenmerken/{trait.reference}/": {"end": "1", "ends_on": "2027-01-01"},
    }
    answers = {url: browser.post(url, given) for url, given in sent.items()}
    assert {url: answer.status_code for url, answer in answers.items()} == dict.fromkeys(sent, 409)
    for row in (town, team, user, programme):
        before = row.name
        row.refresh_from_db()
        assert row.name == before
