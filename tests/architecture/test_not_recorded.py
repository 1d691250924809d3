"""What Opstap does not record: no origin, no prediction about one person, no list of who is unwilling, under any name.

Walks the fields of every table and form, the columns of every table and file, dimensions, import fields, settings, code
lists, traits, scales and all texts, by the readable list municipality/not_recorded.toml, which own traits obey too.
What a person writes down is recorded as that: "growth potential" and "expected level" are words of a worker.
"""

from __future__ import annotations

import ast
import importlib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import polib
import pytest
from django import forms
from django.apps import apps
from django.db import models

from opstap.exchange.logic.fields import FIELDS
from opstap.facts.selectors.dimensions import DIMENSIONS
from opstap.municipality.logic import SETTINGS, kinds_not_recorded
from tests.architecture.house import PACKAGE, Module, called_name, modules, report, sample

Named = Iterator[tuple[str, str]]  # where it stands, and what it is called
ALLOWED = Path(__file__).parent / "not_recorded.toml"


def allowed() -> set[tuple[str, str]]:
    """The innocent ones: where, and what."""
    entries = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["allowed"]
    return {(entry["place"], entry["text"]) for entry in entries if entry["reason"]}


def faults(named: Iterable[tuple[str, str]]) -> list[str]:
    """Where something is called as nothing may be."""
    innocent = allowed()
    return [
        f"{place}: {text!r} ({', '.join(kinds)})"
        for place, text in named
        if (place, text) not in innocent and (kinds := kinds_not_recorded(text))
    ]


def model_fields(found: Iterable[type[models.Model]]) -> Named:
    for model in found:
        yield model._meta.label, model.__name__
        for field in model._meta.get_fields():
            yield f"{model._meta.label}.{field.name}", field.name
            if isinstance(field, models.Field):
                yield f"{model._meta.label}.{field.name}", str(field.verbose_name)
                yield from ((f"{model._meta.label}.{field.name}", str(label)) for _, label in field.flatchoices)


def form_fields(found: Iterable[type[forms.BaseForm]]) -> Named:
    for form in found:
        yield f"{form.__module__}.{form.__name__}", form.__name__
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]
            yield f"{form.__module__}.{form.__name__}", name
            yield f"{form.__module__}.{form.__name__}.{name}", str(field.label or "")
            yield f"{form.__module__}.{form.__name__}.{name}", str(field.help_text)


def all_forms() -> list[type[forms.BaseForm]]:
    read: list[ModuleType] = [importlib.import_module(_dotted(one)) for one in modules(None, "forms")]
    found = {value for module in read for value in vars(module).values() if isinstance(value, type)}
    return sorted((one for one in found if issubclass(one, forms.BaseForm)), key=lambda one: one.__qualname__)


def _dotted(module: Module) -> str:
    return ".".join(module.path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def columns(found: Iterable[Module]) -> Named:
    """Every text in a call that makes a column, a filter or a definition of a report."""
    for module in found:
        for call in ast.walk(module.tree):
            if isinstance(call, ast.Call) and called_name(call).endswith(
                ("Column", "Filter", "Definition", "Dimension")
            ):
                for part in ast.walk(call):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield f"{module.place}:{part.lineno}", part.value


def template_names() -> Named:
    """Headings, names of fields and labels stand in templates as texts to translate, which `texts` walks."""
    for path in sorted(PACKAGE.rglob("*.html")):
        for word in path.read_text(encoding="utf-8").split():
            if word.startswith(('name="', 'id="')):
                yield path.relative_to(PACKAGE).as_posix(), word.split('"')[1]


def data_files() -> Named:
    """Code lists, scales and settings: keys, labels, and the words by which an import knows them."""
    for path in [PACKAGE / "municipality" / "codelists.toml", *sorted((PACKAGE / "ladder" / "scales").glob("*.toml"))]:
        yield from ((path.name, text) for text in _texts_in(tomllib.loads(path.read_text(encoding="utf-8"))))
    yield from (("setting", key) for key in SETTINGS)
    yield from (("import field", key) for key in FIELDS)
    yield from (("dimension", key) for key in DIMENSIONS)


SHOWN = ("help.toml", "parts.toml", "words.toml", "actions.toml", "roles.toml", "permissions.toml")


def shown_files() -> Named:
    """What a screen says beside the texts to translate, with its keys: help, parts, what is kept, roles."""
    for path in sorted(one for name in SHOWN for one in PACKAGE.rglob(name)):
        place = path.relative_to(PACKAGE).as_posix()
        yield from ((place, text) for text in _said_in(tomllib.loads(path.read_text(encoding="utf-8"))))


def _said_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield key
            yield from _said_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from _said_in(held)
    elif isinstance(value, str):
        yield value


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            if key not in {"source", "description"}:
                yield from _texts_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from _texts_in(held)
    elif isinstance(value, str):
        yield value


def texts() -> Named:
    """Everything that is said on a screen, in both languages."""
    for path in sorted(PACKAGE.glob("**/locale/nl/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            for said in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()):
                yield path.parents[3].name, said


WALKS = {
    "tables": lambda: model_fields(apps.get_models()),
    "forms": lambda: form_fields(all_forms()),
    "columns": lambda: columns(modules()),
    "templates": template_names,
    "data": data_files,
    "shown": shown_files,
    "texts": texts,
}


@pytest.mark.parametrize("walk", WALKS)
def test_nothing_is_recorded_under_such_a_name(walk: str) -> None:
    found = list(WALKS[walk]())
    assert len(found) > 30, f"the walk over {walk} sees too little"
    report(faults(found), "Opstap records nothing of this (municipality/not_recorded.toml):")


def test_an_exception_that_nobody_needs_goes() -> None:
    said = {one for walk in WALKS.values() for one in walk()}
    assert allowed() <= said, allowed() - said
    assert [text for _place, text in allowed() if not kinds_not_recorded(text)] == []


PLANTED = [
    "nationality", "Country of birth", "Geboorteland", "herkomst_groep", "Niet-westers", "Etniciteit", "Religie",
    "Kans op werk", "uitstroomkans", "Risicoscore", "Voorspelde uitstroom", "probability", "predicted_level",
    "Ranking", "Rangorde", "likelihood_of_exit", "Geschatte kans", "Onwillig", "niet-willer", "estimated chance",
    "Prognose uitstroom", "inschatting slagingskans", "rank", "rank_of_client", "Rang", "chance_of_work", "Chances",
    "percentile", "Kansklasse", "kansberekening", "RiskScore", "ExitProbability", "KansOpWerk", "ClientRank",
    "birth_country", "Native language", "mother tongue", "Verblijfsstatus",
]  # fmt: skip
INNOCENT = [
    "growth", "growth_potential", "expected_level", "Verwachte trede", "Groeipotentieel", "Kansen in Kaart", "original",
    "Gelovig", "Risico op vallen", "score", "reden van instroom", "Trede", "restrictie", "no-riskpolis", "taal",
    "rangeerterrein", "Frank", "arrangement", "perceel", "Oranje", "TrackRecord",
]  # fmt: skip


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found(planted: str) -> None:
    assert kinds_not_recorded(planted), planted


@pytest.mark.parametrize("innocent", INNOCENT)
def test_words_of_the_field_are_left_alone(innocent: str) -> None:
    assert not kinds_not_recorded(innocent), innocent


def test_each_walk_finds_what_is_planted_in_it() -> None:
    class Planted(forms.Form):
        answer = forms.CharField(label="Geboorteland")

    field: Any = models.CharField(max_length=9, name="nationality", choices=[("a", "Herkomst onbekend")])
    field.set_attributes_from_name("nationality")
    meta: Any = type("Meta", (), {"label": "clients.Planted", "get_fields": staticmethod(lambda: [field])})
    table: Any = type("Planted", (), {"_meta": meta})
    assert len(faults(model_fields([table]))) == 3
    assert faults(form_fields([Planted]))
    assert faults(columns([sample('x = Column("uitstroomkans", _("Kans op werk"), "share")')]))
    table.__name__ = "ExitProbability"
    assert "clients.Planted: 'ExitProbability' (prediction)" in faults(model_fields([table]))
    assert list(_said_in({"rank": {"nl": ["Rang"]}})) == ["rank", "nl", "Rang"]
    assert faults(("list", text) for text in _texts_in({"code": [{"labels": [{"nl": "Allochtoon"}]}]}))
