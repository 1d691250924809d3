"""What has ended is offered no more in the forms of a dossier; what is held stays readable, and a choice."""

from __future__ import annotations

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


def offered(desk: Desk, path: str, name: str) -> set[str]:
    """The codes that a field of a form lets one choose."""
    field: Any = desk.browser.get(f"{desk.url}{path}").context["form"].fields[name]
    return {str(code) for code, _ in field.choices}


def test_an_ended_code_is_not_offered(desk: Desk) -> None:
    assert "ioaw" in offered(desk, "onderdeel/uitkering/nieuw/", "kind")
    ended("benefit_kind", "ioaw")
    assert "ioaw" not in offered(desk, "onderdeel/uitkering/nieuw/", "kind")
    intake = desk.browser.get("/clienten/nieuw/").context["form"].fields["benefit"]
    assert "ioaw" not in dict(intake.choices)
    answer = desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", {"kind": "ioaw", "starts_on": "2024-01-01"})
    assert answer.status_code == 400


def test_what_is_held_stays_readable_and_can_be_kept_in_a_correction(desk: Desk) -> None:
    desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", {"kind": "ioaw", "starts_on": "2024-01-01"})
    ended("benefit_kind", "ioaw")
    ended("benefit_kind", "bbz")
    assert "Ioaw" in desk.words("onderdeel/uitkering/")
    correcting = next(link for link in desk.page("onderdeel/uitkering/").split('"') if link.endswith("/verbeteren/"))
    field = desk.browser.get(correcting).context["form"].fields["kind"]
    codes = dict(field.choices)
    assert "ioaw" in codes
    assert "bbz" not in codes


def test_an_ended_programme_is_not_offered(desk: Desk) -> None:
    going = Programme.objects.create(municipality=desk.town, name="Op weg")
    over = Programme.objects.create(municipality=desk.town, name="Voorbij", ended_on=dates.today())
    choices = offered(desk, "onderdeel/programma/nieuw/", "programme_id")
    assert str(going.pk) in choices
    assert str(over.pk) not in choices
