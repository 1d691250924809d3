"""The migration that fills in the names as they are searched by, for persons who were there before."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from opstap.clients.models import Person
from opstap.foundation import appendonly
from tests.factories.clients import a_client
from tests.factories.municipality import a_municipality


@pytest.mark.django_db(transaction=True)
def test_names_of_before_are_folded_and_the_table_refuses_changes_again() -> None:
    client = a_client(a_municipality(), surname="Çelik")
    migration = import_module("opstap.clients.migrations.0003_folded_names")
    appendonly.remove(connection)
    Person.objects.filter(client=client).update(folded_name="")
    appendonly.install(connection)
    migration.fill(apps, SimpleNamespace(connection=connection))
    assert Person.objects.get(client=client).folded_name == " celik"
    assert appendonly.missing(connection) == ["ao_clients_person_update"]
    appendonly.install(connection)
    assert appendonly.missing(connection) == []
