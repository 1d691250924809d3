"""Every model that holds something about a client says how long it is kept, and its room can tell and erase."""

from __future__ import annotations

import ast

from django.apps import apps
from django.db import models

from opstap.audit.models import Access
from opstap.clients.enums import RETENTION_STAFF
from opstap.clients.models import Client
from opstap.privacy.logic.wording import hidden_fields, kinds
from tests.architecture.house import PACKAGE, Module, modules, report

Model = type[models.Model]


def own_models() -> list[Model]:
    """The tables of the rooms."""
    return [model for model in apps.get_models() if model.__module__.startswith("opstap.")]


def leads_to_client(model: Model, seen: frozenset[Model] = frozenset()) -> bool:
    """Whether a row belongs to one client: it is one, or a foreign key leads to one, along any path."""
    if model is Client:
        return True
    targets = [
        field.related_model
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField) and isinstance(field.related_model, type)
    ]
    return any(
        leads_to_client(target, seen | {model}) for target in targets if target not in seen and target is not model
    )


def without_retention(found: list[Model]) -> list[str]:
    """Models about clients that don't say their category of retention."""
    kept = {model: getattr(model, "retention", "") for model in found if leads_to_client(model)}
    return [f"{model.__module__}.{model.__name__}" for model, category in kept.items() if not category]


def rooms_with_personal_data() -> list[str]:
    held = [model for model in own_models() if leads_to_client(model) or bool(getattr(model, "retention", ""))]
    return sorted({model.__module__.split(".")[1] for model in held})


def offered(files: list[Module]) -> set[str]:
    """The names that a room's personal_data defines or passes on."""
    names = set()
    for module in files:
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                names |= {alias.asname or alias.name for alias in node.names}
    return names


def test_models_about_clients_say_how_long_they_are_kept() -> None:
    report(without_retention(own_models()), 'Give the model `retention = "<category>"`:')


def test_rooms_with_personal_data_can_give_it() -> None:
    found = [
        room for room in rooms_with_personal_data() if "personal_data_of" not in offered(modules(room, "personal_data"))
    ]
    places = [f"{(PACKAGE / room).relative_to(PACKAGE.parent)}/personal_data.py" for room in found]
    report(places, "A room with personal data has personal_data.py with personal_data_of(...):")


def test_rooms_with_personal_data_can_erase_it() -> None:
    found = [room for room in rooms_with_personal_data() if "erase" not in offered(modules(room, "personal_data"))]
    places = [f"{(PACKAGE / room).relative_to(PACKAGE.parent)}/personal_data.py" for room in found]
    report(places, "A room with personal data has personal_data.py with erase(client, erasing):")


def test_what_is_kept_about_a_client_has_its_words() -> None:
    """A client who asks what is kept gets it in words: privacy/words.toml, by model and field."""
    kept = {model: getattr(model, "retention", RETENTION_STAFF) for model in own_models()}
    found = []
    for model in [one for one, category in kept.items() if leads_to_client(one) or category != RETENTION_STAFF]:
        kind = kinds().get(model._meta.label_lower)
        named = {*hidden_fields(), *(kind.fields if kind else ())}
        plain = [field.name for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        missing = [name for name in plain if name not in named] if model is not Access else []
        found += (
            [f"{model._meta.label_lower}: {', '.join(missing) or 'the kind itself'}"] if missing or not kind else []
        )
    report(found, "Add it to privacy/words.toml:")


def test_the_guards_can_fail() -> None:
    class Note(models.Model):
        client = models.ForeignKey(Client, on_delete=models.PROTECT)

        class Meta:
            app_label = "guards"
            managed = False

    class Line(models.Model):
        note = models.ForeignKey(Note, on_delete=models.PROTECT)

        class Meta:
            app_label = "guards"
            managed = False

    try:
        assert [name.rsplit(".", 1)[1] for name in without_retention([Note, Line])] == ["Note", "Line"]
        Note.retention = "client_file"  # type: ignore[attr-defined]  # as a model declares it
        assert [name.rsplit(".", 1)[1] for name in without_retention([Note, Line])] == ["Line"]
    finally:
        apps.all_models.pop("guards", None)
        apps.clear_cache()
