"""Templates: none unused, none that asks for something that isn't there, no script or style within."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import get_template

from opstap.foundation.once import FIELD
from tests.architecture.house import PACKAGE, report
from tests.undefined import Undefined, UndefinedVariable

# Django itself asks for these by name.
ASKED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
POSTED = re.compile(r"<form\b[^>]*method=\"post\"[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
ELSEWHERE = "data-go-on"
INLINE = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script\b(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
SHOWN_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)


def templates() -> dict[str, Path]:
    """The templates of all rooms by the name they are loaded with."""
    found = {}
    for path in sorted(PACKAGE.rglob("templates/**/*.*")):
        parts = path.parts
        found["/".join(parts[parts.index("templates") + 1 :])] = path
    return found


def unused(names: set[str], texts: list[str]) -> list[str]:
    """Templates whose name no file says, in quotes."""
    said = {name for text in texts for name in re.findall(r"[\"']([\w/.-]+\.(?:html|txt))(?:#[\w-]+)?[\"']", text)}
    return sorted(names - said - ASKED_BY_DJANGO)


def inline_parts(text: str) -> list[str]:
    """What the strict content policy would block."""
    return [match.group()[:60] for match in INLINE.finditer(SHOWN_TAG.sub("", text))]


def keyless(text: str) -> list[str]:
    """Forms that save without the tag that puts the token and the key in them (decision record 38).

    One that leads on to another site must not have it: our token is nobody else's business.
    """
    return [form[:60] for form in POSTED.findall(text) if ("{% csrf_token %}" in form) == (ELSEWHERE in form)]


def test_every_form_that_saves_has_its_token_and_its_key() -> None:
    paths = templates().items()
    found = [f"{name}: {form}" for name, path in paths for form in keyless(path.read_text(encoding="utf-8"))]
    report(found, "Put {% csrf_token %} in it:")
    unread = [
        name
        for name, path in paths
        if len(POSTED.findall(path.read_text("utf-8"))) != path.read_text("utf-8").count('method="post"')
    ]
    report(unread, "A form begins and ends in one template, on which it can be seen to have its key:")
    for engine in engines.all():
        if isinstance(engine, DjangoTemplates):
            shown = engine.from_string("{% csrf_token %}").render({"csrf_token": "t"})
            assert f'name="{FIELD}"' in shown
            assert 'name="csrfmiddlewaretoken"' in shown


def test_no_template_is_unused() -> None:
    paths = [*PACKAGE.rglob("*.py"), *templates().values()]
    found = unused(set(templates()), [path.read_text(encoding="utf-8") for path in paths])
    report(found, "No page shows this template; take it out:")


def test_every_template_can_be_read() -> None:
    faults = []
    for name in templates():
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            faults.append(f"{name}: {fault}")
    report(faults, "A template that can't be read:")


def test_no_inline_script_or_style() -> None:
    paths = templates().items()
    faults = [f"{name}: {part}" for name, path in paths for part in inline_parts(path.read_text(encoding="utf-8"))]
    report(faults, "The content policy blocks this; use a class or a file:")


def test_tests_refuse_undefined_variables() -> None:
    options = [engine.engine.string_if_invalid for engine in engines.all() if isinstance(engine, DjangoTemplates)]
    assert options
    assert all(isinstance(option, Undefined) for option in options), (
        "Put tests.undefined.Undefined() in tests/settings.py"
    )


def test_the_guards_can_fail() -> None:
    assert unused(
        {"a/used.html", "a/part.html", "a/lost.html"}, ["render('a/used.html')", '{% include "a/part.html#row" %}']
    )
    assert keyless('<form method="post" action="/x/"><input></form>')
    assert not keyless('<form method="post">{% csrf_token %}</form><form method="get"></form>')
    assert inline_parts('<p style="color: red">')
    assert inline_parts("<script>go()</script>")
    assert inline_parts('<a onclick="x">')
    assert not inline_parts('<script src="{% static "a.js" %}"></script><rect fill="red"/>')
    engine = Engine(string_if_invalid=Undefined())
    with pytest.raises(UndefinedVariable, match="name"):
        engine.from_string("{{ person.name }}").render(Context({"person": {}}))
    assert engine.from_string("{% if person.name %}x{% endif %}").render(Context({"person": {}})) == ""
