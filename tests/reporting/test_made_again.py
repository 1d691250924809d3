"""What was set down stays, and comes out the same to the digit, whatever is put right afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.audit.selectors import latest_recording
from opstap.clients.models import Address
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.logic import PART_PREFIX
from opstap.privacy.operations import erase_client
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication
from opstap.reporting.operations import PublicationTerms, ask_publication
from opstap.reporting.selectors.publications import latest_row
from opstap.reporting.selectors.released.again import made_again
from opstap.reporting.selectors.released.classes import INSTRUMENT, Basis, axes_of, basis_of
from opstap.reporting.selectors.released.people import counts_of, people_of
from opstap.reporting.selectors.released.viewers import _held, own_people
from tests.drawing import seed
from tests.factories.accounts import a_coordinator, a_team, a_worker
from tests.factories.changing import DISTRICTS, SAME_DISTRICT, Changes, a_town_of_many_lives
from tests.factories.clients import BY, a_client, in_caseload, with_trait
from tests.factories.districts import a_postcode, living_at
from tests.factories.districts import a_table as a_table_of_postcodes
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.factories.publications import SetDown, a_publication, a_table, a_town_to_publish
from tests.matrix.test_matrix import PASSING

pytestmark = pytest.mark.django_db
CHANGES = 100


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


@pytest.fixture(autouse=True)
def own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES, settings.OPSTAP_LOG_HEADS = tmp_path / "erasures.ledger", tmp_path / "heads"
    settings.OPSTAP_ERASURES_HEAD = tmp_path / "erasures.head"


def again_of(*kept: Publication) -> list[tuple[int, int]]:
    """In how many cells each differs, and how many people of it were erased; in a process that read nothing before."""
    forget_all()
    found = [made_again(one, latest_row(one.municipality_id, one.within) if one.within else None) for one in kept]
    assert all(one.cells for one in found)
    return [(one.differing, one.erased) for one in found]


def test_after_a_hundred_changes_of_every_kind_and_an_erasure_the_same_figures_come_out() -> None:
    random = Random(f"{seed()} made again")  # noqa: S311 - a draw, not a secret
    made = a_town_of_many_lives(random)
    whole = a_publication(made.town, made.on)
    beside = a_table(whole, "age")
    figures = [whole.figures, beside.figures]
    assert again_of(whole, beside) == [(0, 0)] * 2
    policy = signed_in(a_worker(made.town, "policy"))
    read = pages_of(policy, whole)
    changes = Changes(made, random)
    changes.happen(CHANGES)
    assert changes.done.total() == CHANGES
    assert len(changes.done) >= 18, changes.done
    assert again_of(whole, beside) == [(0, 0)] * 2, changes.done
    elsewhere = a_municipality()
    in_caseload(a_client(elsewhere), team=a_team(elsewhere))
    assert pages_of(policy, whole) == read, "what policy sees of it is the same to the byte"
    stays = [one for one in made.people if one.pk not in changes.touched and one.pk in lives_on_in(SAME_DISTRICT)]
    erase_client(by=BY, client=random.choice(stays))
    assert again_of(whole, beside) == [(0, 1)] * 2
    kept = [Publication.objects.get(pk=one.pk).figures for one in (whole, beside)]
    assert kept == figures
    assert pages_of(policy, whole) == read
    page: Browser = signed_in(a_coordinator(made.town))
    said = page.get(f"/publicaties/{whole.reference}/opnieuw/").content.decode()
    assert "tot op het cijfer gelijk" in said
    assert "1 mens" in said or "1 persoon" in said


def lives_on_in(district: str) -> set[int]:
    """Whose postcode is in a district that no newer table draws otherwise."""
    postcodes = [code for code, name in DISTRICTS.items() if name == district]
    lived = Address.objects.current().filter(postcode__in=postcodes)
    return set(lived.values_list("client_id", flat=True))


def pages_of(browser: Browser, one: Publication) -> dict[str, bytes]:
    """All that is shown of it, without what differs each time."""
    page = f"/publicaties/{one.reference}/"
    tables = [table.key for table in Released.of(one.figures).tables]
    wanted = ["/publicaties/", page, f"{page}grafiek/1/svg/", f"{page}tabel/"]
    wanted += [f"{page}{what}?table={key}" for key in tables for what in ("", "bestand/csv/")]
    answers = {address: browser.get(address) for address in wanted}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {address: PASSING.sub(b"", answer.content) for address, answer in answers.items()}


def asked_basis(made: SetDown) -> Basis:
    """What would be counted of what is asked for now."""
    asked = ask_publication(by=BY, municipality=made.town, terms=PublicationTerms("De ladder", made.on))
    return basis_of(Publication.objects.get(reference=asked))


def test_each_worker_knows_their_own_and_nobody_who_has_a_team_alone(made: SetDown) -> None:
    in_caseload(a_client(made.town), team=made.teams[0])
    basis = asked_basis(made)
    people = people_of(basis, axes_of(basis))
    known = own_people(_held(basis, people))
    assert (people.height, known.height) == (len(made.people) + 1, len(made.people))
    assert set(known["viewer"]) == {str(worker.pk) for worker in made.workers}


def test_who_has_no_instrument_where_these_are_recorded_counts_as_without_one(made: SetDown) -> None:
    for client in made.people[:20]:
        an_instrument(a_trajectory(client, since=made.before))
    basis = asked_basis(made)
    people = people_of(basis, axes_of(basis))
    assert counts_of(people, [INSTRUMENT]) == {("yes",): 20, ("no",): len(made.people) - 20}
    with_trait(made.people[30], "instrument_in_use", "unknown", since=made.before)
    later = replace(basis, recording=latest_recording())
    assert counts_of(people_of(later, axes_of(later)), [INSTRUMENT])["no",] == len(made.people) - 20


def test_whether_instruments_are_released_and_in_which_classes_is_of_settings_alone(made: SetDown) -> None:
    """A class that is there when somebody stands in it would tell that of the cells that are hidden."""
    nothing = asked_basis(made)
    counted = counts_of(people_of(nothing, axes_of(nothing)), [INSTRUMENT])
    assert counted == {("no",): len(made.people)}, "of nobody it is recorded, as the class says"
    for client in made.people[:3]:
        an_instrument(a_trajectory(client, since=made.before))
    some = replace(nothing, recording=latest_recording())
    assert axes_of(nothing)[INSTRUMENT] == axes_of(some)[INSTRUMENT]
    assert axes_of(some)[INSTRUMENT].codes == ("yes", "no", some.left)
    a_setting(made.town, PART_PREFIX + "plans", "off", since=made.before)
    assert INSTRUMENT not in axes_of(replace(some, recording=latest_recording()))


def test_what_was_set_down_with_a_class_for_unknown_keeps_it(made: SetDown) -> None:
    basis = asked_basis(made)
    axes = axes_of(basis)
    yes, no, gone = axes[INSTRUMENT].classes
    classes = (yes, no, replace(no, code="unknown"), gone)
    before = {**axes, INSTRUMENT: replace(axes[INSTRUMENT], classes=classes)}
    assert counts_of(people_of(basis, before), [INSTRUMENT]) == {("unknown",): len(made.people)}
    for client in made.people[:20]:
        an_instrument(a_trajectory(client, since=made.before))
    later = replace(basis, recording=latest_recording())
    assert counts_of(people_of(later, before), [INSTRUMENT]) == {("yes",): 20, ("no",): len(made.people) - 20}


def test_an_address_that_is_made_secret_later_still_counts_where_it_was_set_down(made: SetDown) -> None:
    a_table_of_postcodes(made.town, a_postcode(made.town, "8601AA", "Noorderhoek"), a_postcode(made.town, "8602", "Z"))
    for number, client in enumerate(made.people):
        living_at(client, "8601 AA" if number % 2 else "8602 BB")
    whole = a_publication(made.town, made.on)
    for client in made.people[43:97:2]:
        living_at(client, "8601 AA", made.before, secret=True)
    assert again_of(whole) == [(0, 0)]
