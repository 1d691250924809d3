"""Whose facts were written: every way of adding facts tells it, of what stays written only."""

from __future__ import annotations

import ast
from datetime import date

import pytest

from opstap.audit.logic.seen import watching
from opstap.audit.models import Fact
from opstap.audit.operations import append_facts, fact_models, undo_recording, withdraw_facts, writing
from opstap.audit.permissions import command_line
from opstap.audit.selectors.whose import people_of
from opstap.clients.logic import TraitRow
from opstap.clients.models import Client, Trait
from opstap.clients.operations import merge_clients
from tests.architecture.house import called_name, modules
from tests.factories.clients import an_identity
from tests.factories.municipality import a_municipality

BY = command_line()
DAY = date(2020, 1, 1)


@pytest.fixture
def two() -> list[Client]:
    town = a_municipality()
    return [an_identity(town), an_identity(town)]


def _trait(client: Client) -> TraitRow:
    return TraitRow(client.pk, "integration", "need", DAY)


@pytest.mark.django_db
def test_adding_withdrawing_and_undoing_tell_it(two: list[Client]) -> None:
    ids = {one.pk for one in two}
    with watching() as seen:
        with writing(by=BY, verb="test") as recording:
            append_facts(Trait, [_trait(one) for one in two], recording=recording)
            assert seen.written == set(), "not yet"
        assert seen.written == ids
    with watching() as seen, writing(by=BY, verb="test") as later:
        withdraw_facts(Trait, [Trait.objects.get(client=two[0]).pk], recording=later)
    assert seen.written == {two[0].pk}
    with watching() as seen, writing(by=BY, verb="test") as undoing:
        undo_recording(recording, recording=undoing)
    assert seen.written == {two[1].pk}, "of the first somebody withdrew it since"


def _taken_back(client: Client) -> None:
    with writing(by=BY, verb="test") as recording:
        append_facts(Trait, [_trait(client)], recording=recording)
        raise LookupError


@pytest.mark.django_db
def test_what_was_taken_back_is_not_told(two: list[Client]) -> None:
    first, second = two
    with watching() as seen:
        with pytest.raises(LookupError):
            _taken_back(second)
        assert seen.written == set()
        with writing(by=BY, verb="test") as recording:
            append_facts(Trait, [_trait(first)], recording=recording)
            with pytest.raises(LookupError):
                _taken_back(second)
    assert seen.written == {first.pk}


@pytest.mark.django_db
def test_the_dossiers_of_one_person_are_one(two: list[Client]) -> None:
    kept, merged = two
    assert set(people_of({kept.pk, merged.pk})) == {kept.reference, merged.reference}
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")
    assert list(people_of({kept.pk, merged.pk})) == list(people_of({merged.pk})) == [kept.reference]
    assert list(people_of(set())) == []


def test_every_fact_of_a_client_names_the_client_in_the_same_column() -> None:
    for model in fact_models():
        keys = {key.name for key in model._meta.concrete_fields if key.related_model is Client}
        assert not keys or "client" in keys, model._meta.label


def test_facts_are_added_in_one_place() -> None:
    names = {model.__name__ for model in fact_models()} | {Fact.__name__}
    found = [
        f"{module.place}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _adds_to(node) & names
    ]
    assert found == [], "add facts with append_facts: it tells whose they are"


def _adds_to(node: ast.Call) -> set[str]:
    """The model that a call adds rows to: `insert_rows(Model, ...)`, `Model.objects.create(...)` and the like."""
    if called_name(node) == "insert_rows":
        return {one.id for one in node.args[:1] if isinstance(one, ast.Name)}
    if called_name(node) in {"create", "bulk_create", "get_or_create", "update_or_create"}:
        return {one.id for one in ast.walk(node.func) if isinstance(one, ast.Name)}
    return set()
