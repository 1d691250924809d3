"""What has ended is offered no more in the forms of a dossier; what is held stays readable, and a choice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.audit.permissions import command_line
from opstap.clients.models import Programme
from opstap.foundation import dates
from opstap.municipality.models import Code
from opstap.municipality.operations import end_code
from tests.dossier.desks import Desk

pytestmark = pytest.mark.django_db


def ended(list_key: str, code: str) -> None:
    end_code(by=command_line(), code=Code.objects.get(code_list__key=list_key, code=code), ends_on=dates.today())


def choices(desk: Desk, path: str, name: str) -> tuple[set[str], dict[str, str]]:
    """The codes that a field of a form offers for today, and with their words those of other days."""
    field: Any = desk.browser.get(f"{desk.url}{path}").context["form"].fields[name]
    return split(field.choices)


def split(listed: Any) -> tuple[set[str], dict[str, str]]:
    now = {str(code) for code, words in listed if not isinstance(words, list)}
    return now, {code: said for _, words in listed if isinstance(words, list) for code, said in words}


def offered(desk: Desk, path: str, name: str) -> set[str]:
    return choices(desk, path, name)[0]


def test_an_ended_code_is_offered_for_earlier_days_only(desk: Desk) -> None:
    assert "ioaw" in offered(desk, "onderdeel/uitkering/nieuw/", "kind")
    ended("benefit_kind", "ioaw")
    now, other = choices(desk, "onderdeel/uitkering/nieuw/", "kind")
    assert "ioaw" not in now
    assert other["wwb"] == "Wet werk en bijstand (WWB) (vanaf 1 jan 2004 tot 1 jan 2015)"
    intake = split(desk.browser.get("/clienten/nieuw/").context["form"].fields["benefit"].choices)
    assert ("ioaw" in intake[0], "ioaw" in intake[1]) == (False, True)


@pytest.mark.parametrize(
    ("kind", "starts_on", "said"),
    [
        ("wwb", "2016-03-01", "Op 1 mrt 2016 kon dit niet meer worden gekozen: het liep tot 1 jan 2015."),
        ("wwb", "2012-03-01", ""),
        ("participatiewet", "2012-03-01", ""),  # a benefit goes on under the law that followed
    ],
)
def test_a_law_is_looked_at_on_the_days_of_the_benefit(desk: Desk, kind: str, starts_on: str, said: str) -> None:
    answer = desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", {"kind": kind, "starts_on": starts_on})
    assert answer.status_code == (400 if said else 302)
    assert not said or said in answer.content.decode()


def test_a_law_that_came_after_a_benefit_had_ended_is_refused(desk: Desk) -> None:
    fields = {"kind": "participatiewet", "starts_on": "2012-03-01", "ends_on": "2013-03-01"}
    answer = desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", fields)
    assert answer.status_code == 400
    assert "Op 1 mrt 2012 kon dit nog niet worden gekozen: het begint op 1 jan 2015." in answer.content.decode()


def test_a_reason_is_looked_at_on_the_day_of_the_end(desk: Desk) -> None:
    end_code(
        by=command_line(),
        code=Code.objects.get(code_list__key="exit_reason", code="moved_out"),
        ends_on=date(2024, 6, 1),
    )
    desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", {"kind": "ioaw", "starts_on": "2024-01-01"})
    ending = next(link for link in desk.page("onderdeel/uitkering/").split('"') if link.endswith("/beeindigen/"))
    late = desk.browser.post(ending, {"exit_reason": "moved_out", "ends_on": "2024-08-01"})
    assert (late.status_code, "Kies een ander" in late.content.decode()) == (400, True)
    assert desk.browser.post(ending, {"exit_reason": "moved_out", "ends_on": "2024-05-01"}).status_code == 302


def test_what_is_held_stays_readable_and_can_be_kept_in_a_correction(desk: Desk) -> None:
    desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", {"kind": "ioaw", "starts_on": "2024-01-01"})
    for code in ("ioaw", "bbz"):
        end_code(
            by=command_line(), code=Code.objects.get(code_list__key="benefit_kind", code=code), ends_on=date(2020, 1, 1)
        )
    assert "Ioaw" in desk.words("onderdeel/uitkering/")
    correcting = next(link for link in desk.page("onderdeel/uitkering/").split('"') if link.endswith("/verbeteren/"))
    now, other = split(desk.browser.get(correcting).context["form"].fields["kind"].choices)
    assert ("ioaw" in now, "bbz" in now, "bbz" in other) == (True, False, True)
    fields = {"kind": "ioaw", "starts_on": "2024-02-01", "why": "dag verkeerd"}
    assert desk.browser.post(correcting, fields).status_code == 302
    correcting = next(link for link in desk.page("onderdeel/uitkering/").split('"') if link.endswith("/verbeteren/"))
    assert desk.browser.post(correcting, fields | {"kind": "bbz"}).status_code == 400


def test_an_ended_programme_is_not_offered(desk: Desk) -> None:
    going = Programme.objects.create(municipality=desk.town, name="Op weg")
    over = Programme.objects.create(municipality=desk.town, name="Voorbij", ended_on=dates.today())
    choices = offered(desk, "onderdeel/programma/nieuw/", "programme_id")
    assert str(going.pk) in choices
    assert str(over.pk) not in choices
