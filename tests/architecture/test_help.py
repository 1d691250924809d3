"""Help beside each field: every field that is shown has a help text or a topic, and no topic stands there unused."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms

from opstap.dossier.forms.parts import PART_FORMS, EndForm, HeldFactForm, finer_ask
from opstap.foundation.help import topics
from tests.architecture.house import PACKAGE, modules, report

PLAIN = {
    # The label says all there is to say.
    "accounts.username", "accounts.password", "accounts.old_password", "accounts.new_password2", "accounts.until",
    "accounts.name", "administration.name", "administration.name_nl", "administration.again", "clients.name",
    "ladder.name_nl", "ladder.description_nl",
    "dossier.surname", "dossier.given_names", "dossier.phone", "dossier.email", "dossier.city",
    "dossier.organisation", "dossier.about", "dossier.from_ww",
    # A contact is noted in half a minute by keyboard: no stop of the Tab key where the label will do.
    "contacts.kind", "contacts.next_kind", "contacts.next_time", "contacts.next_place",
    # Explained by the form itself, which writes the help text when it is made or stands under its own explanation.
    "administration.since", "administration.value", "administration.kind", "administration.default_scale",
    # Boxes within a sentence or a table that explains them.
    "exchange.row", "exchange.heading", "exchange.value", "exchange.kind", "exchange.skip_refused",
    "exchange.accept_large_change",
}  # fmt: skip
IN_ENGLISH = re.compile(r"_en$")
USED = re.compile(r"""{% help ["']([\w.]+)["'] %}""")


def form_classes() -> Iterator[type[forms.BaseForm]]:
    """Every form of every room."""
    for module in modules(None, "forms"):
        name = "opstap." + module.path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        for _, found in inspect.getmembers(import_module(name.removesuffix(".__init__")), inspect.isclass):
            if issubclass(found, forms.BaseForm) and found.__module__ == name:
                yield found


def fields() -> dict[str, list[forms.Field]]:
    """The fields that are shown, by room and name."""
    found: dict[str, list[forms.Field]] = {}
    declared = [(form, form.base_fields) for form in form_classes()]  # type: ignore[attr-defined]  # every form has them
    for form, named in [*declared, *((form, form.fields) for form in forms_of_facts())]:
        for name, field in named.items():
            if not field.widget.is_hidden:
                topic = getattr(form, "help_names", {}).get(name, name)
                found.setdefault(f"{form.__module__.split('.')[1]}.{topic}", []).append(field)
    return found


def forms_of_facts() -> Iterator[forms.BaseForm]:
    """The forms of a dossier's facts, whose fields are made from what is asked of each kind."""
    for part in PART_FORMS.values():
        options: dict[str, list[tuple[str, str]]] = {ask.choices: [] for ask in (*part.asks, *part.end)}
        yield HeldFactForm(asks=part.asks, options=options, codes={}, corrects=True, days=part.days)
        yield EndForm(asks=part.end, options=options, codes={}, days=part.days)
    yield HeldFactForm(asks=[finer_ask()], options={"finer_barriers": []}, codes={}, corrects=True)


def test_every_field_has_its_help() -> None:
    silent = [
        key
        for key, found in fields().items()
        if key not in topics()
        and key not in PLAIN
        and not IN_ENGLISH.search(key)
        and not all(x.help_text for x in found)
    ]
    report(sorted(silent), "Explain the field in the room's help.toml, or give it a help text:")


def test_no_topic_stands_unused() -> None:
    named = {key for path in PACKAGE.rglob("*.html") for key in USED.findall(path.read_text(encoding="utf-8"))}
    report(sorted(topics().keys() - fields().keys() - named), "Nothing shows this topic: take it away:")
    report(sorted(named - topics().keys()), "A template asks for a topic that is not there:")


def test_every_topic_is_said_in_both_languages_and_in_short() -> None:
    for topic in topics().values():
        assert topic.title_nl
        assert topic.title_en
        assert 20 < len(topic.text_nl) < 400, topic.key
        assert 20 < len(topic.text_en) < 400, topic.key


@pytest.mark.parametrize("key", sorted(PLAIN))
def test_a_plain_field_exists(key: str) -> None:
    assert key in fields()
