"""What is wrong with a design: at the field it is about, and in the list on top with a link to that field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from opstap.ladder.forms import ScaleForm
from opstap.ladder.logic import DesignFault
from opstap.ladder.tables.designs import ANSWERS, FIELDS, SECTIONS, fault_words, row_name, section_name

FIXED = {"code", "halves"}  # what a level in use shows as words only
Entry = dict[str, Any]  # a level or a question as the page shows it: its `form`, its `row`, its `errors`


def say_faults(form: ScaleForm, rows: Mapping[str, Sequence[Entry]], faults: Sequence[DesignFault]) -> dict[str, Any]:
    """Put each fault in its place; returns the words about all `levels` and those about all `questions` together."""
    sections: dict[str, list[str]] = {name: [] for name in rows}
    for fault in faults:
        words, field = fault_words(fault.code), FIELDS.get(fault.code, "")
        if fault.where:
            entry = rows[f"{fault.where}s"][fault.place]
            _list(form, _say_at_row(entry, field, words), row_name(fault, _label(entry, field)), words)
        elif fault.code in SECTIONS:
            section = SECTIONS[fault.code]
            sections[section].append(words)
            _list(form, section, section_name(section), words)
        else:
            form.add_error(field or None, words)
    return sections


def _say_at_row(entry: Entry, field: str, words: str) -> str:
    """Mark the fields; returns where a link leads: to the first of them, or to the row where none of them is shown."""
    form, sentence = entry["form"], words[:1].upper() + words[1:]
    if not field or (entry.get("is_used") and field in FIXED):
        entry["errors"].append(sentence)
        return str(form.prefix)
    names = _unanswered(entry) if field == ANSWERS else [field]
    for name in names:
        _mark(form, name, sentence)
    return str(form[names[0]].id_for_label)


def _mark(form: forms.Form, name: str, words: str) -> None:
    """An error at a field of a form that shows a row again instead of checking what was sent."""
    if not hasattr(form, "cleaned_data"):
        form.full_clean()
        form.cleaned_data = {}
    form.add_error(name, words)


def _unanswered(entry: Entry) -> list[str]:
    """The answers of a question that lead nowhere."""
    choices = {name: dict(entry["form"].fields[name].choices) for name in ("yes", "no")}
    return [name for name in choices if not entry["row"][name] or entry["row"][name] not in choices[name]] or ["yes"]


def _label(entry: Entry, field: str) -> str:
    return "" if field in {"", ANSWERS} else str(entry["form"].fields[field].label)


def _list(form: ScaleForm, anchor: str, label: str, words: str) -> None:
    form.add_error(None, format_html('<a href="#{}">{}</a>: {}', anchor, label, words))
