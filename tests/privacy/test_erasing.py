"""Erasing somebody: no mark of them is left in any table, every report of a month's end stays as it was."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.operations import save_draft
from opstap.audit.models import ErasurePermit, Event, PermittedRow
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.verifying import verify_log
from opstap.clients.models import Client, Residue
from opstap.clients.operations import merge_clients, undo_merge
from opstap.exchange.models import StagedRow
from opstap.exchange.operations import stage_file
from opstap.foundation import dates
from opstap.foundation.appendonly import AppendOnlyModel, erase_rows
from opstap.municipality.operations import change_setting
from opstap.privacy.enums import Verdict
from opstap.privacy.operations import HeldBack, erase_client, hold_dossier, judge_look
from opstap.selections.models import ClientMark
from opstap.selections.operations import mark_client
from tests.architecture.test_personal_data import leads_to_client
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_worker, acting
from tests.factories.clients import BY, a_bsn, a_client, followed, in_caseload, with_barrier, with_trait
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import Office
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
MARK = "kanarie"


def tables_about_clients() -> list[type[models.Model]]:
    kept = {model: getattr(model, "retention", "") for model in apps.get_models()}
    return [model for model, category in kept.items() if leads_to_client(model) or category == "client_file"]


def planted(model: type[models.Model], client: Client) -> models.Model:
    """A row of the model about the client, with a mark in every text, and what it needs beside it."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.null or field.has_default():
            continue
        values[field.name] = _value(field, client)
    for field in model._meta.concrete_fields if model in tables_about_clients() else ():
        if isinstance(field, models.CharField | models.TextField) and field.name not in {"state", "outcome"}:
            most = field.max_length or 60
            values[field.name] = f"{MARK}{field.name}"[:most] if most >= len(MARK) else ""
    made = model(**values)
    with transaction.atomic():
        models.Model.save(made, force_insert=True)
    return made


CHECKED = {"about": "day"}  # what a table asks of a text
OF_A_KIND: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.DateTimeField, dates.now()),
    (models.DateField, date(2020, 3, 4)),
    (models.BinaryField, b"sealed"),
    (models.JSONField, {}),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.DecimalField, 1),
)


def _value(field: models.Field[Any, Any], client: Client) -> Any:
    if isinstance(field, models.ForeignKey):
        target = field.related_model
        if target is Client:
            return client
        found = target._base_manager.filter().order_by("-pk").first()
        return found if found is not None else planted(target, client)
    known = (value for kind, value in OF_A_KIND if isinstance(field, kind))
    return next(known, CHECKED.get(field.name, ""))


def everything() -> str:
    """All texts of the whole database."""
    found = []
    for model in apps.get_models():
        if (model._meta.managed and model._meta.app_label != "audit") or model is Event:
            found += [str(row) for row in model._base_manager.values_list()]
    return "\n".join(found)


def test_no_mark_of_an_erased_client_is_left_in_any_table() -> None:
    town = a_municipality()
    client = a_client(town, surname="Kanariebakker", bsn=a_bsn(5))
    worker = a_coordinator(town)
    in_caseload(client, worker)
    placed(client, "3", on=date(2024, 3, 4))
    spoken(client, date(2024, 3, 4), note="kanarienotitie")
    agreed(client, dates.today() + timedelta(days=3), place="kanarieplein")
    mark_client(by=acting(worker), client=client, starred=True, note="kanarieaantekening")
    save_draft(by=acting(worker), kind="contact", about=client.reference, content={"text": ["kanarieconcept"]})
    for model in tables_about_clients():
        if model not in {Client, ClientMark}:  # one of each worker
            planted(model, client)
    reference, number = client.reference, client.number
    assert MARK in everything()
    erase_client(by=BY, client=client, again=True)  # a hold and a protection were planted too
    left = everything()
    for word in (MARK, "Kanarie", reference, number, a_bsn(5)):
        assert word not in left, [line for line in left.splitlines() if word in line][:3]
    for model in tables_about_clients():
        assert not _about(model, client.pk), model._meta.label


def _about(model: type[models.Model], pk: int) -> bool:
    columns = [field.name for field in model._meta.concrete_fields if field.related_model is Client]
    return any(model._base_manager.filter(**{column: pk}).exists() for column in columns)


def test_what_is_kept_about_anybody_is_erased_or_says_why_not() -> None:
    """A new table is planted by the test above, or stands here with the test that erases it, or why it stays."""
    elsewhere = {
        "audit.access": "a chain under a pseudonym of a reference that is gone",
        "privacy.judgement": "test_a_judgement_goes_with_whom_it_was_about",
        "accounts.draft": "test_no_mark_of_an_erased_client_is_left_in_any_table",
        "exchange.stagedrow": "test_rows_of_files_that_wait_go_too",
        "clients.standin": "between colleagues: it names no client",
    }
    kept = {model._meta.label_lower for model in apps.get_models() if getattr(model, "retention", "")}
    planted_here = {model._meta.label_lower for model in tables_about_clients()}
    assert kept - planted_here == set(elsewhere)
    assert {why for why in elsewhere.values() if why.startswith("test_")} <= set(globals())


def test_rows_of_files_that_wait_go_too() -> None:
    town = a_municipality()
    client = a_client(town, number="7", bsn=a_bsn(5))
    a_client(town, number="8")
    lines = ("Klantnummer;BSN;Datum meting;Trede", f"9;{a_bsn(5)};01-02-2020;2", "7;;01-02-2020;2", "8;;01-02-2020;3")
    content = ("\r\n".join(lines) + "\r\n").encode()
    stage_file(by=acting(a_coordinator(town)), municipality=town, content=content, file_name="wacht.csv")
    erase_client(by=BY, client=client)
    assert [row.number for row in StagedRow.objects.all()] == [4]


def test_a_judgement_goes_with_whom_it_was_about(client: Browser) -> None:
    office = Office(client)
    about = office.of(office.jo)
    officer = a_worker(office.town, "privacy_officer")
    office.sign_in(office.jo).page(reverse("dossier:client", args=[about.reference]))
    (look,) = looks_at([about.reference])
    judge_look(
        by=acting(officer), municipality=office.town, access=look, verdict=Verdict.IN_ORDER, remark="kanarieoordeel"
    )
    assert "kanarieoordeel" in everything()
    erase_client(by=BY, client=about)
    assert "kanarieoordeel" not in everything()
    assert verify_log().wrong == []


def test_nobody_else_loses_a_row() -> None:
    town = a_municipality()
    client, other = a_client(town, surname="Weg"), a_client(town, surname="Blijft")
    for one in (client, other):
        placed(one, "3", on=date(2024, 3, 4))
        with_barrier(one, "health")
    before = _counts(other.pk)
    erase_client(by=BY, client=client)
    assert _counts(other.pk) == before


def _counts(pk: int) -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.filter(client=pk).count()
        for model in tables_about_clients()
        if any(field.name == "client" for field in model._meta.concrete_fields)
    }


def test_both_dossiers_of_a_merged_client_go_in_one() -> None:
    town = a_municipality()
    client, other = a_client(town), a_client(town)
    placed(other, "2", on=date(2024, 3, 4))
    merge_clients(by=BY, client=other, kept=client, why="dezelfde")
    erase_client(by=BY, client=client)
    assert not Client.objects.filter(pk__in=[client.pk, other.pk]).exists()
    assert len(set(Residue.objects.values_list("person", flat=True))) == 1


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, AppendOnlyModel)])
def test_without_a_permit_the_database_refuses(model: type[models.Model]) -> None:
    town = a_municipality()
    client = a_client(town)
    placed(client, "3", on=date(2024, 3, 4))
    rows = model._base_manager.all()
    if not rows.exists():
        planted(model, client)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        erase_rows(rows)


def test_a_permit_names_one_client_and_helps_no_other() -> None:
    town = a_municipality()
    client, other = a_client(town), a_client(town)
    for one in (client, other):
        placed(one, "3", on=date(2024, 3, 4))
    measurements = apps.get_model("ladder", "Measurement")._base_manager
    ErasurePermit.objects.create(client=client.pk)
    assert erase_rows(measurements.filter(client=client.pk)) == 1
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        erase_rows(measurements.filter(client=other.pk))
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE clients_client SET number = 'x' WHERE id = %s", [client.pk])


@pytest.mark.parametrize(
    ("label", "change"),
    [
        ("audit.Event", {"verb": "x"}),
        ("audit.Event", {"about": "x", "count": 2}),
        ("municipality.Setting", {"key": "x"}),
    ],
)
def test_a_permitted_row_may_leave_or_be_emptied_and_nothing_else(label: str, change: dict[str, Any]) -> None:
    town = a_municipality()
    change_setting(by=BY, municipality=town, key="benefit_gap_days", value=20, since=date(2024, 1, 1))
    model = apps.get_model(label)
    row = model._default_manager.latest("pk")
    PermittedRow.objects.create(table=model._meta.db_table, row=row.pk)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(**change)
    if model is Event:
        assert Event.objects.filter(pk=row.pk).update(about="–") == 1


def test_no_permit_is_left_behind() -> None:
    client = a_client(a_municipality())
    erase_client(by=BY, client=client)
    assert not ErasurePermit.objects.exists()


def test_only_who_may_erases_and_only_within_reach() -> None:
    town = a_municipality()
    client = a_client(town)
    with pytest.raises(PermissionDenied):
        erase_client(by=acting(a_case_manager(a_team(town))), client=client)
    with pytest.raises(PermissionDenied):
        erase_client(by=acting(a_coordinator(a_municipality("Elders"))), client=client)


def test_a_legal_hold_keeps_the_dossier() -> None:
    client = a_client(a_municipality())
    hold_dossier(by=BY, client=client, why="bezwaar loopt", until=None)
    with pytest.raises(HeldBack):
        erase_client(by=BY, client=client)
    assert Client.objects.filter(pk=client.pk).exists()


def test_what_is_left_has_months_and_no_days_or_words() -> None:
    town = a_municipality()
    client = a_client(town, surname="Bakker")
    followed(client, date(2021, 3, 17), date(2022, 9, 9))
    placed(client, "3", on=date(2021, 4, 20))
    with_trait(client, "low_literate", "kanarie", date(2021, 4, 20))
    a_trajectory(client, since=date(2021, 5, 6))
    erase_client(by=BY, client=client)
    left = list(Residue.objects.all())
    assert left
    assert {row.starts_on.day for row in left} == {1}
    assert {row.ends_on.day for row in left if row.ends_on.year < 9999} <= {1}
    assert "anarie" not in json.dumps([row.counted for row in left])


def test_what_is_left_stands_in_no_order_of_erasing() -> None:
    town = a_municipality()
    people = []
    for _ in range(6):
        client = a_client(town)
        placed(client, "3", on=date(2024, 3, 4))
        before = set(Residue.objects.values_list("person", flat=True))
        erase_client(by=BY, client=client)
        people += sorted(set(Residue.objects.values_list("person", flat=True)) - before)
    by_row = list(dict.fromkeys(Residue.objects.order_by("pk").values_list("person", flat=True)))
    assert sorted(people) == sorted(by_row)
    assert max(people) < 0
    assert min(people) < -1000, "numbers that are drawn, of many"


def test_after_an_undone_merge_the_other_keeps_what_was_done() -> None:
    town = a_municipality()
    client, other = a_client(town), a_client(town)
    merge_clients(by=BY, client=client, kept=other, why="dezelfde")
    undo_merge(by=BY, client=client, why="toch niet")
    erase_client(by=BY, client=client)
    assert [event.about for event in Event.objects.filter(verb="merge_clients")] == [f"– {other.reference}"]
    assert client.reference not in everything()
