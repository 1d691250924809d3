"""Composed indicators of random towns equal what is found by asking person by person."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import record_households
from opstap.clients.operations.households import NewHousehold
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Condition
from tests.factories.clients import a_client, with_barrier, with_trait
from tests.factories.indicators import a_composition, an_indicator
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument
from tests.reference.naive_composed import Asked, Somebody, composed
from tests.reporting.composed_town import NOW, ON, THEN
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
PEOPLE, ASKED = 24, 25
FIRST = date(2022, 1, 1)
GROUPS = {
    "household": ("single", "single_parent", "couple"),
    "basic-qualification": ("yes", "no"),
    "low-literacy": ("yes", "no"),
    "barrier": ("money", "health", "language"),
    "level": ("1", "2", "3", "none"),
    "growth": ("yes", "no", "unknown"),
}
OUTCOMES = ("risen", "level", "fallen", "not_measured_again", "left")


def somebody(rng: Random, municipality: Municipality) -> Somebody:
    """One person, made in the town and told of to the reference."""
    until = rng.choice([None, None, None, date(2023, 3, 1), date(2024, 1, 1)])
    client = a_client(municipality, until=until)
    made = Somebody(until, {}, _traits(rng, municipality, client))
    for number in range(rng.randrange(4)):
        day = FIRST + timedelta(days=rng.randrange(250) + number * 270)
        level = rng.choice(["0", "1", "2", "2-", "3", "3+", "6"])
        made.placed[day] = (level, "unknown" if level in {"0", "6"} else rng.choice(["yes", "no", "unknown"]))
        placed(client, level, on=day, growth=made.placed[day][1])
    if rng.random() < 0.4:
        day = FIRST + timedelta(days=rng.randrange(900))
        an_instrument(a_trajectory(client, since=day))
        made.got.append(day)
    return made


def _traits(rng: Random, municipality: Municipality, client: Client) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for dimension, kind in (("basic-qualification", "basic_qualification"), ("low-literacy", "low_literate")):
        value = rng.choice(["yes", "no", ""])
        if value:
            with_trait(client, kind, value, FIRST)
            groups[dimension] = {value}
    household = rng.choice([*GROUPS["household"], ""])
    if household:
        row = NewHousehold(household, FIRST, ((client.pk, "interested_party"),))
        record_households(by=command_line(), municipality=municipality, rows=[row])
        groups["household"] = {household}
    barriers = {one for one in GROUPS["barrier"] if rng.random() < 0.3}
    for one in sorted(barriers):
        with_barrier(client, one, FIRST)
    groups["barrier"] = barriers
    return groups


def _some(rng: Random, about: str) -> Asked:
    return about, tuple(sorted(rng.sample(GROUPS[about], rng.randint(1, 2))))


def asked(rng: Random) -> tuple[list[Asked], Asked, bool]:
    """Any number of base conditions, one that counts, and whether people are followed."""
    abouts = rng.sample(list(GROUPS), rng.randrange(4))
    base = [_some(rng, about) for about in abouts[1:]]
    if rng.random() < 0.5:
        became = ("became", tuple(sorted(rng.sample(OUTCOMES, rng.randint(1, 3)))))
        again = ("again", tuple(sorted(rng.sample(OUTCOMES[:3], rng.randint(1, 2)))))
        return base, rng.choice([became, became, again, ("got", ("yes",))]), True
    return base, _some(rng, abouts[0] if abouts else "household"), False


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_equals_asking_person_by_person(report: Report, seed: int) -> None:
    rng, municipality = Random(seed), a_municipality()  # noqa: S311 - towns, no secrets
    town = [somebody(rng, municipality) for _each in range(PEOPLE)]
    wanted = {}
    for number in range(ASKED):
        base, counts, followed = asked(rng)
        scale = "vng" if "level" in {about for about, _groups in (*base, counts)} else ""
        name = f"Proef {number}: {base} {counts}"[:118]
        terms = a_composition(
            name, base=tuple(Condition(*one) for one in base), counted=Condition(*counts), scale=scale
        )
        an_indicator(municipality, terms)
        wanted[name] = composed(town, base, counts, THEN if followed else None, NOW)
    found = {
        row["name"]: (row["has"], row["known"] - row["has"], row["whole"] - row["known"])
        for row in report("indicators", *ON)["rows"]
        if row["indicator"].startswith("own-")
    }
    assert found == wanted
    assert sum(sum(counts) > 0 for counts in wanted.values()) > ASKED // 2
