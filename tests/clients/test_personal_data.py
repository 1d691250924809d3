"""What the rooms hold about one client: every row of every table, with both clocks, and nothing about anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from opstap.accounts.models import Team
from opstap.audit.operations import withdraw_facts, writing
from opstap.audit.permissions import command_line
from opstap.audit.personal_data import Colleague, HeldRow
from opstap.clients.enums import GlassVerdict
from opstap.clients.logic import (
    AddressRow,
    ApplicationRow,
    ArrangementRow,
    BarrierRow,
    CaseNumberRow,
    ExemptionRow,
    KeptValueRow,
    MembershipRow,
    PersonAroundRow,
    PersonRow,
    PriorityRow,
)
from opstap.clients.models import Barrier, Client, HouseholdComposition, HouseholdMember
from opstap.clients.operations import (
    NewHousehold,
    break_glass,
    create_programme,
    judge_glass,
    keep_values,
    leave_call_back,
    merge_clients,
    protect_dossier,
    record_addresses,
    record_applications,
    record_barrier,
    record_exemptions,
    record_held_fact,
    record_households,
    record_memberships,
    record_persons,
    request_handovers,
    say_known,
)
from opstap.clients.personal_data import rooms_with_personal_data
from opstap.clients.selectors.priorities import sealed_note
from opstap.exchange.operations.staging import stage_file
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.privacy.enums import RequestKind
from opstap.privacy.models import Destruction
from opstap.privacy.operations import hold_dossier
from opstap.privacy.operations.requests import note_request
from opstap.selections.operations import mark_client
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, acting
from tests.factories.clients import (
    a_bsn,
    a_client,
    in_caseload,
    on_benefit,
    person_of,
    with_barrier,
    with_trait,
)
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.plans import a_trajectory, an_activity, an_instrument

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2020, 1, 1)
LATER = dates.today() + timedelta(days=100)
BSN = a_bsn(1)


def a_client_of_whom_everything_is_known(town: Municipality, team: Team, number: str, bsn: str) -> Client:
    client = a_client(town, number=number, bsn=bsn, surname=f"Naam-{number}")
    on_benefit(client, DAY)
    worker = a_case_manager(team, name=f"Manager-{number}")
    in_caseload(client, worker, team=team)
    colleague = a_case_manager(team)
    request_handovers(
        by=acting(worker), client_ids=[client.pk], receivers=[colleague], from_on=DAY, note=f"Overdracht-{number}"
    )
    row = break_glass(by=replace(BY, user_id=colleague.pk), client=client, reason="danger", why=f"Nood-{number}")
    judge_glass(
        by=acting(a_coordinator(town)), reference=row.reference, verdict=GlassVerdict.IN_ORDER, remark=f"Goed-{number}"
    )
    leave_call_back(by=BY, client=client, phone=f"06-{number}", text="")
    note_request(by=BY, client=client, kind=RequestKind.ACCESS, received_on=DAY, words=f"Verzoek-{number}")
    why = f"Beschermd-{number}"
    protect_dossier(
        by=BY, client=client, reason="threatened", review_on=LATER, why=why, readers=[a_case_manager(team).pk]
    )
    say_known(by=replace(BY, user_id=colleague.pk), client=client, why=f"Buur-{number}")
    spoken(client, DAY, note=f"Gesprek-{number}")
    agreed(client, DAY)
    mark_client(by=acting(worker), client=client, starred=True, note=f"Let op {number}")
    with_trait(client, "integration", "need")
    with_barrier(client, "care")
    _finer(client, town, "psychological")
    programme = create_programme(by=BY, municipality=town, name=f"Doelgroep-{number}")
    record_memberships(by=BY, rows=[MembershipRow(client.pk, programme.pk, DAY)])
    record_exemptions(by=BY, rows=[ExemptionRow(client.pk, "medical", DAY)])
    record_applications(by=BY, rows=[ApplicationRow(client.pk, DAY, "participatiewet")])
    record_addresses(by=BY, rows=[AddressRow(client.pk, DAY, street=f"Straat-{number}", is_secret=True)])
    keep_values(by=BY, rows=[KeptValueRow(client.pk, "bron", "Opmerking", f"Bewaard-{number}")])
    record_households(by=BY, municipality=town, rows=[NewHousehold("single", DAY, ((client.pk, "main"),))])
    _around(client, town, number)
    _on_its_way_out(client, town)
    placed(client, "2+", on=DAY, expected="3")
    trajectory = a_trajectory(client, since=DAY)
    an_activity(trajectory)
    an_instrument(trajectory)
    return client


def _finer(client: Client, town: Municipality, kind: str) -> None:
    a_setting(town, "finer_barriers_ground", "Besluit van B en W")
    record_barrier(by=BY, row=BarrierRow(client.pk, "health", DAY), finer=kind)


def _on_its_way_out(client: Client, town: Municipality) -> None:
    hold_dossier(by=BY, client=client, why=f"Beroep-{client.number}", until=None)
    with writing(by=BY, verb="propose_destruction") as recording:
        listed = Destruction.objects.create(municipality=town, proposed=recording, people=1)
    listed.lines.create(client=client, outcome="guided")


def _around(client: Client, town: Municipality, number: str) -> None:
    around = PersonAroundRow(client.pk, "mentor", f"Naam-{number}", DAY)
    record_held_fact(by=BY, what="around", row=around)
    record_held_fact(by=BY, what="arrangement", row=ArrangementRow(client.pk, "not_reachable", DAY))
    record_held_fact(by=BY, what="priority", row=PriorityRow(client.pk, DAY, **sealed_note(f"Voorrang-{number}")))
    record_held_fact(by=BY, what="case_number", row=CaseNumberRow(client.pk, f"Z-{number}", DAY))
    merge_clients(by=BY, client=client, kept=a_client(town), why=f"Naam-{number} stond er twee keer in")


def held_about(client: Client) -> list[HeldRow]:
    return [row for personal_data_of in rooms_with_personal_data for row in personal_data_of(client)]


def values_of(rows: list[HeldRow], model: str) -> list[dict[str, Any]]:
    return [dict(row.values) for row in rows if row.model == model]


def belongs_to_a_client(model: type[models.Model]) -> bool:
    return model is Client or any(
        isinstance(field, models.ForeignKey) and field.related_model is Client for field in model._meta.concrete_fields
    )


def test_every_room_that_holds_something_is_plugged_in() -> None:
    assert rooms_with_personal_data.keys() == [
        "accounts", "clients", "ladder", "contacts", "plans", "selections", "exchange",
        "privacy", "audit",
    ]  # fmt: skip


def test_every_table_about_clients_is_given() -> None:
    town = a_municipality()
    client = a_client_of_whom_everything_is_known(town, a_team(town), "1", BSN)
    found = {row.model for row in held_about(client)}
    expected = {model._meta.label_lower for model in apps.get_models() if belongs_to_a_client(model)}
    assert found == expected | {"clients.household", "clients.householdcomposition"}


def test_nothing_about_another_client_is_given() -> None:
    town = a_municipality()
    team = a_team(town)
    client = a_client_of_whom_everything_is_known(town, team, "1", BSN)
    a_client_of_whom_everything_is_known(town, team, "2", a_bsn(2))
    text = str(held_about(client))
    for word in ("Naam", "Voorrang", "Manager", "Doelgroep", "Straat", "Bewaard", "Beroep"):
        assert f"{word}-1" in text
        assert f"{word}-2" not in text
    assert BSN in text
    assert a_bsn(2) not in text


def test_values_are_plain_with_both_clocks_and_the_bsn_to_read() -> None:
    client = a_client(a_municipality(), number="1", bsn=BSN)
    (row,) = values_of(held_about(client), "clients.person")
    person = person_of(client)
    assert (row["surname"], row["birth_date"], row["bsn"]) == ("Voorbeeld", date(1980, 6, 15), BSN)
    assert row["recording"] == person.recording_id
    assert row["recording_at"] == person.recording.at
    assert row["recording_by"] == "opstap"
    assert "bsn_digest" not in row
    (followed,) = values_of(held_about(client), "clients.followup")
    assert (followed["starts_on"], followed["ends_on"]) == (date(2019, 1, 1), None)


def test_what_was_corrected_and_withdrawn_is_given_as_well() -> None:
    town = a_municipality()
    client = a_client(town, bsn=BSN)
    known = person_of(client)
    corrected = PersonRow(client.pk, "Anders", bsn=a_bsn(2), replaces_id=known.pk)
    record_persons(by=BY, municipality=town, rows=[corrected])
    with_barrier(client, "care")
    with writing(by=BY, verb="withdraw") as recording:
        withdraw_facts(Barrier, [Barrier.objects.get().pk], recording=recording)
    rows = held_about(client)
    persons = values_of(rows, "clients.person")
    assert [(row["surname"], row["bsn"], row["replaces"]) for row in persons] == [
        ("Voorbeeld", BSN, None),
        ("Anders", a_bsn(2), known.pk),
    ]
    assert [row["withdrawn"] for row in values_of(rows, "clients.barrier")] == [False, True]


def test_a_placement_names_its_scale_and_levels() -> None:
    client = a_client(a_municipality())
    placed(client, "2+", on=DAY, expected="3", growth="yes")
    placed(client, "1", on=DAY, second=True)
    first, second = values_of(held_about(client), "ladder.measurement")
    assert (first["scale"], first["level"], first["expected_level"], first["growth"]) == ("vng", "2+", "3", 1)
    assert (second["level"], second["second_assessment"]) == ("1", True)


STAGED = "Klantnummer;BSN;Achternaam;Datum meting;Trede\r\n"


def staged(town: Municipality, *lines: str) -> None:
    content = (STAGED + "\r\n".join(lines) + "\r\n").encode()
    stage_file(by=acting(a_coordinator(town)), municipality=town, content=content, file_name="wacht.csv")


def test_rows_of_files_that_wait_are_told_apart_by_number_and_bsn() -> None:
    town = a_municipality()
    client = a_client(town, number="7", bsn=BSN)
    a_client(town, number="8", bsn=a_bsn(2))
    staged(
        town,
        f"7;{BSN};Voorbeeld;01-02-2020;2+",
        f"8;{a_bsn(2)};Ander;01-02-2020;3",
        f"9;{BSN};Verwisseld;01-02-2020;3",
        f"10;{a_bsn(3)};Derde;07-07-2020;7",
    )
    rows = values_of(held_about(client), "exchange.stagedrow")
    assert [(row["file"], row["cell Achternaam"]) for row in rows] == [
        ("wacht.csv", "Voorbeeld"),
        ("wacht.csv", "Verwisseld"),
    ]


def test_rows_that_wait_in_another_municipality_are_not_given() -> None:
    client = a_client(a_municipality(), number="7", bsn=BSN)
    staged(a_municipality(), f"7;{BSN};Voorbeeld;01-02-2020;2+")
    assert values_of(held_about(client), "exchange.stagedrow") == []


def test_of_the_row_of_a_partner_only_its_place_is_given() -> None:
    town = a_municipality()
    client = a_client(town, number="7", bsn=BSN)
    by = acting(a_coordinator(town))
    content = f"Klantnummer;BSN;Achternaam;Datum meting;Trede;BSN partner\r\n8;{a_bsn(2)};Ander;01-02-2020;3;{BSN}\r\n"
    stage_file(by=by, municipality=town, content=content.encode(), file_name="wacht.csv")
    (row,) = values_of(held_about(client), "exchange.stagedrow")
    assert row["row"] == 2
    assert not [name for name in row if name.startswith("cell ")]


def test_who_offered_a_file_and_who_works_for_the_client_are_colleagues() -> None:
    town = a_municipality()
    client = a_client(town, number="7", bsn=BSN)
    by = acting(a_coordinator(town))
    content = "Klantnummer;Achternaam;Datum meting;Trede;Casemanager\r\n7;Voorbeeld;01-02-2020;3;Joke Jansen\r\n"
    stage_file(by=by, municipality=town, content=content.encode(), file_name="wacht.csv")
    (row,) = values_of(held_about(client), "exchange.stagedrow")
    offered, worker = row["offered_by"], row["cell Casemanager"]
    assert isinstance(offered, Colleague)
    assert offered.reference == by.reference
    assert isinstance(worker, Colleague)
    assert not isinstance(row["cell Achternaam"], Colleague)


def test_of_a_household_only_the_own_time_is_given() -> None:
    town = a_municipality()
    mover, stays = a_client(town), a_client(town)
    record_households(by=BY, municipality=town, rows=[NewHousehold("couple", DAY, ((stays.pk, "main"),))])
    home = HouseholdMember.objects.get(client=stays).household
    with writing(by=BY, verb="record_households") as recording:
        under = {"recording": recording, "household": home}
        left_on, later = date(2022, 1, 1), date(2023, 1, 1)
        HouseholdMember.objects.create(**under, client=mover, role="partner", starts_on=DAY, ends_on=left_on)
        HouseholdComposition.objects.create(**under, kind="single_parent", starts_on=later)
    given = {
        client: {row["kind"] for row in values_of(held_about(client), "clients.householdcomposition")}
        for client in (mover, stays)
    }
    assert given == {mover: {"couple"}, stays: {"couple", "single_parent"}}
