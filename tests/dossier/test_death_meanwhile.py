"""Two people who got the same notice: the death that the first recorded is not taken back by the second."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.logic import PersonRow
from opstap.clients.models import FollowUp, Person
from opstap.clients.operations import correct_person, record_death
from opstap.dossier.operations import record_departure
from tests.dossier.desks import Desk
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
MAY, NOTICE = date(2026, 5, 1), "bericht van de familie"


def both(desk: Desk) -> tuple[Window, Window]:
    """The window of the colleague and one's own, both opened on what stands now."""
    url = f"{desk.url}overleden/"
    return Window(signed_in(desk.leader), url), Window(desk.browser, url)


def died_on(desk: Desk) -> date | None:
    return Person.objects.current().get(client=desk.client).died_on


def test_the_same_death_saved_by_two_stands(desk: Desk) -> None:
    first, second = both(desk)
    assert first.send(died_on="2026-05-01", why=NOTICE) == 302
    assert second.send(died_on="2026-05-01", why="bericht van de gemeente") == 302
    assert died_on(desk) == MAY
    assert "Dit stond er al zo." in desk.words()
    assert Person.objects.get(why=NOTICE).died_on == MAY
    assert not Person.objects.filter(why="bericht van de gemeente").exists()


def test_another_day_shows_both_and_keeps_what_was_typed(desk: Desk) -> None:
    first, second = both(desk)
    first.send(died_on="2026-05-01", why=NOTICE)
    assert second.send(died_on="2026-05-02", why="bericht van de gemeente") == 409
    assert died_on(desk) == MAY
    assert f"{desk.leader.name} heeft dit intussen gewijzigd" in second.words
    assert f"Genoemde reden: {NOTICE}" in second.words
    assert "Overleden op 1 mei 2026 2 mei 2026" in second.words
    assert "Haal het overlijden weg en leg het daarna opnieuw vast" in second.words
    assert (second.fields["died_on"], second.fields["why"]) == ("2026-05-02", "bericht van de gemeente")
    assert second.send() == 409
    assert (died_on(desk), FollowUp.objects.current().get().ends_on) == (MAY, date(2026, 5, 2))


def test_what_a_colleague_corrected_beside_it_stops_no_death(desk: Desk) -> None:
    _, own = both(desk)
    held = Person.objects.current().get(client=desk.client)
    row = PersonRow(desk.client.pk, "Bakker", phone="0611111111", replaces_id=held.pk)
    correct_person(by=command_line(), client=desk.client, given=row, why="ander nummer")
    assert own.send(died_on="2026-05-01", why=NOTICE) == 302
    assert died_on(desk) == MAY


def test_who_takes_it_back_second_is_told_that_it_is_gone(desk: Desk) -> None:
    record_death(by=command_line(), client=desk.client, died_on=MAY, why=NOTICE)
    first, second = both(desk)
    assert first.send(why="verkeerde persoon") == 302
    assert second.send(why="vergissing") == 409
    assert f"{desk.leader.name} heeft dit intussen ingetrokken" in second.words
    assert "Genoemde reden: verkeerde persoon" in second.words
    assert second.fields["why"] == "vergissing"
    assert (died_on(desk), Person.objects.filter(why="vergissing").count()) == (None, 0)


def test_another_death_than_the_one_that_was_shown_is_not_taken_back(desk: Desk) -> None:
    record_death(by=command_line(), client=desk.client, died_on=MAY, why=NOTICE)
    first, second = both(desk)
    first.send(why="verkeerde dag")
    first = Window(first.browser, first.url)
    first.send(died_on="2026-05-03", why="akte")
    assert second.send(why="vergissing") == 409
    assert died_on(desk) == date(2026, 5, 3)
    assert "Overleden op 1 mei 2026 3 mei 2026" in second.words
    assert second.send() == 302
    assert died_on(desk) is None


def test_a_form_without_a_version_saves_nothing_yet(desk: Desk) -> None:
    _, own = both(desk)
    assert own.send(died_on="2026-05-01", why=NOTICE, version=None) == 409
    assert died_on(desk) is None
    assert own.send() == 302
    assert died_on(desk) == MAY
    _, own = both(desk)
    assert own.send(why="vergissing", version=None) == 409
    assert died_on(desk) == MAY


def test_a_fault_keeps_the_version_that_the_form_was_opened_on(desk: Desk) -> None:
    first, second = both(desk)
    first.send(died_on="2026-05-01", why=NOTICE)
    assert second.send(died_on="2026-05-02", why="") == 400
    assert second.send(why="toch ingevuld") == 409
    assert died_on(desk) == MAY


def test_the_operation_compares_what_stands_when_it_writes(desk: Desk) -> None:
    record_death(by=command_line(), client=desk.client, died_on=MAY, why=NOTICE)
    for day in (MAY, None):
        with pytest.raises(ReplacedMeanwhile):
            record_death(by=command_line(), client=desk.client, died_on=day, why="?", opened_on="")
    with pytest.raises(ReplacedMeanwhile):
        record_departure(by=command_line(), client=desk.client, died_on=MAY, why="?", opened_on="")
    assert Person.objects.count() == 2
