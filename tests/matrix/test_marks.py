"""Every field of the canaries holds a mark: a new one without fails the build, or nobody would hear it leak."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from opstap.clients.personal_data import rooms_with_personal_data
from tests.architecture.test_personal_data import leads_to_client, own_models
from tests.factories.accounts import a_team
from tests.factories.municipality import a_municipality
from tests.matrix.canaries import a_canary, typed_fields


@pytest.mark.django_db
def test_every_text_about_a_client_holds_a_mark() -> None:
    town = a_municipality()
    bird = a_canary(town, a_team(town), "a")
    unmarked = list[str]()
    for model in [one for one in own_models() if leads_to_client(one)]:
        unmarked += [
            f"{model._meta.label_lower}.{name}"
            for name in typed_fields(model)
            if not any(
                model._default_manager.filter(**{f"{name}__icontains": mark}).exists()
                for mark in (bird.mark, bird.number)
            )
        ]
    assert unmarked == [], "give it a mark in tests/matrix/canaries.py"


@pytest.mark.django_db
def test_every_sealed_text_about_a_client_holds_a_mark() -> None:
    town = a_municipality()
    bird = a_canary(town, a_team(town), "a")
    held: dict[tuple[str, str], bool] = {}
    for personal_data_of in rooms_with_personal_data:
        for row in personal_data_of(bird.client):
            fields = {field.name for field in apps.get_model(row.model)._meta.concrete_fields}
            links = tuple(f"{field}_" for field in fields)
            for key in row.values.keys() - fields:
                if not key.startswith(links):
                    said = str(row.values[key] or "")
                    marked = any(mark in said for mark in (bird.mark, bird.number, bird.bsn))
                    held[row.model, key] = held.get((row.model, key), False) or marked
    sealed = {model._meta.label_lower for model in own_models() if leads_to_client(model) and has_sealed(model)}
    assert [key for key, marked in held.items() if not marked] == []
    assert sealed - {model for model, _key in held} == set()


def has_sealed(model: type[models.Model]) -> bool:
    """Whether it holds text that is encrypted."""
    names = [field.name for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    return any(name.endswith("_encrypted") or name == "content" for name in names)
