"""The people whose life is written out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from html import unescape

import pytest
from django.test import Client as Browser

from opstap.accounts.models import User
from opstap.clients.models import Address, Client, Exemption, FollowUp, Membership, Person
from opstap.foundation.dates import age_on, clock_at
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.plans.models import Instrument, Trajectory
from tests.demo.towns import UNTIL

pytestmark = pytest.mark.django_db


def latest(number: str, scale: str = "vng") -> tuple[str, str | None]:
    """Level and expected level of a client now."""
    rows = Measurement.objects.current().filter(client__number=number, scale__key=scale, second_assessment=False)
    row = rows.select_related("level", "expected_level").latest("measured_on")
    return row.level.code, row.expected_level.code if row.expected_level else None


@pytest.mark.parametrize(
    ("name", "age", "group"),
    [
        ("Yvonne", 35, "1"),
        ("Farah", 30, "2"),
        ("Anne", 60, "3"),
        ("Pieter", 45, "4"),
        ("Johan", 47, "5"),
        ("Selena", 25, "6"),
    ],
)
def test_six_people_each_live_in_a_client_group(town: Municipality, name: str, age: int, group: str) -> None:
    person = Person.objects.current().get(given_names=name, client__number__in=[str(n) for n in range(301, 307)])
    assert person.birth_date is not None
    assert age_on(person.birth_date, UNTIL) == age
    number = Client.objects.get(pk=person.client_id).number
    assert latest(number, "steenwijkerland")[0] == group
    assert Measurement.objects.current().filter(client__number=number, scale__key="vng").count() >= 2


@pytest.mark.covers("E-30", page="/clienten/")
@pytest.mark.parametrize(
    ("name", "head", "group"),
    [
        ("Akkerman, Yvonne", "(35 jaar) · Cliëntnummer 301", "Direct werk"),
        ("Rahimi, Farah", "(30 jaar) · Cliëntnummer 302", "Werken & ervaren"),
        ("Plantinga, Anne", "(60 jaar) · Cliëntnummer 303", "Leren & ontwikkelen"),
        ("Kruidhof, Pieter", "(45 jaar) · Cliëntnummer 304", "Zorg"),
        ("Braaksma, Johan", "(47 jaar) · Cliëntnummer 305", "Werkvoorzienend"),
        ("Santana, Selena", "(25 jaar) · Cliëntnummer 306", "Geplaatst"),
    ],
)
def test_each_of_the_six_has_a_dossier_to_show(
    town: Municipality, client: Browser, name: str, head: str, group: str
) -> None:
    user = User.objects.get(municipality=town, name="Ruben Meinders")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    reference = Client.objects.get(municipality=town, number=head.rsplit(maxsplit=1)[-1]).reference
    with clock_at(datetime.combine(UNTIL, time(12), UTC)):
        page = client.get(f"/clienten/{reference}/")
    text = " ".join(re.sub(r"<[^>]+>", " ", unescape(page.content.decode())).split())
    assert name in text
    assert head in text
    table = text.partition("als tabel Klantgroepen Steenwijkerland")[2].partition("Wat er gebeurde")[0]
    assert group in table
    assert "Plaatsing" in text.partition("Wat er gebeurde")[2]


@pytest.mark.parametrize(
    ("number", "placed", "goal", "trajectory"),
    [
        ("511", "2+", "3-", ("unspecified", None, True)),
        ("1390", "3-", "3+", ("unspecified", None, True)),
        ("1430", "2", "4-", ("unspecified", "4-", False)),
        ("566", "1+", None, None),
        ("1654", "2+", "6", ("work", "6", False)),
        ("1661", "2-", "2+", ("unspecified", None, True)),
        ("1741", "1+", "2+", ("social_participation", "2+", False)),
    ],
)
def test_seven_people_stand_as_in_a_list(
    town: Municipality, number: str, placed: str, goal: str | None, trajectory: tuple[str, str | None, bool] | None
) -> None:
    assert latest(number) == (placed, goal)
    led = Trajectory.objects.active_on(UNTIL).filter(client__number=number)
    assert led.values_list("kind", "goal_level__code", "maintains_level").first() == trajectory


def test_fifteen_kinds_of_instrument_and_some_that_were_never_ended(town: Municipality) -> None:
    used = Instrument.objects.current().filter(client__municipality=town)
    assert used.values("kind").distinct().count() == 15
    followed = FollowUp.objects.active_on(UNTIL).values("client")
    assert used.filter(ends_on=None).exclude(client__in=followed).exists()
    names = set(Trajectory.objects.values_list("reference", flat=True))
    assert set(used.values_list("trajectory", flat=True)) <= names


def test_one_of_the_list_is_exempt_from_the_work_obligation(town: Municipality) -> None:
    assert Exemption.objects.active_on(UNTIL).get(client__number="566").duty == "work"


def test_one_died_one_returned_one_has_a_secret_address(town: Municipality) -> None:
    died = Person.objects.current().get(client__number="1801")
    ended = FollowUp.objects.current().get(client__number="1801")
    assert died.died_on is not None
    assert (ended.end_reason, ended.ends_on) == ("deceased", died.died_on)
    returned = FollowUp.objects.current().filter(client__number="1802").order_by("starts_on")
    assert [row.ends_on is None for row in returned] == [False, True]
    assert Address.objects.current().get(client__number="1803").is_secret
    assert Address.objects.current().filter(is_secret=True).count() == 1


@pytest.mark.parametrize("pair", [("1804", "1805"), ("1806", "1807")])
def test_two_may_be_one_person(town: Municipality, pair: tuple[str, str]) -> None:
    first, second = (Person.objects.current().get(client__number=number) for number in pair)
    assert (first.list_name, first.birth_date) == (second.list_name, second.birth_date)
    assert first.bsn_digest is not None
    assert second.bsn_digest is None


@pytest.mark.parametrize(("scale", "programme"), [("groningen", "Stap voor stap"), ("rijswijk", "Taal en werk")])
def test_who_is_on_the_ladder_of_a_programme_is_in_it(town: Municipality, scale: str, programme: str) -> None:
    placed = Measurement.objects.current().filter(scale__key=scale).values_list("client_id", flat=True)
    members = Membership.objects.current().filter(programme__name=programme).values_list("client_id", flat=True)
    assert placed
    assert set(placed) <= set(members)
