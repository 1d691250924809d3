"""What becomes of each field, from the readable file; and what stands nowhere in it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db import models

SOURCE = Path(__file__).with_name("becoming.toml")
KEEP = "keep"
PLAIN = (models.BooleanField, models.IntegerField, models.AutoField, models.ForeignKey)  # always kept


@dataclass(frozen=True)
class Rules:
    """The file as it is used."""

    left_out: Collection[str]
    as_it_is: Collection[str]
    everywhere: Mapping[str, str]
    given: Mapping[str, Mapping[str, str]]

    def of(self, model: type[models.Model]) -> Mapping[str, str] | None:
        """The rule of each column of a table; None when the table is left out. KeyError when it stands nowhere."""
        label = model._meta.label_lower
        if label in self.left_out:
            return None
        given = {} if label in self.as_it_is else self.given[label]
        return {
            field.attname: KEEP if label in self.as_it_is else self._of(field, given)
            for field in model._meta.concrete_fields
        }

    def _of(self, field: models.Field[object, object], given: Mapping[str, str]) -> str:
        if field.name in given:
            return given[field.name]
        return KEEP if isinstance(field, PLAIN) else self.everywhere[field.name]


@cache
def rules() -> Rules:
    """The rules of the file."""
    found = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return Rules(frozenset(found["left_out"]), frozenset(found["as_it_is"]), found["everywhere"], found["models"])


def without_rule() -> list[str]:
    """Tables and columns of which nothing is said."""
    lacking = []
    for model in apps.get_models(include_auto_created=True):
        try:
            rules().of(model)
        except KeyError as missing:
            lacking.append(f"{model._meta.label_lower}: {missing.args[0]}")
    return lacking
