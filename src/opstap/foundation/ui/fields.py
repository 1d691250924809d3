"""Form fields that every room uses. No rules of the field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

Choices = Iterable[tuple[Any, Any]]


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """What can be chosen in a field of a form, known only when it is shown; a choice or a group of them each."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(name)
    field.choices = list(choices)
