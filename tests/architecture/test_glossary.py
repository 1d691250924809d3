"""The words: every model stands in GLOSSARY.md, and no name says only that it holds something."""

from __future__ import annotations

import re

import pytest
from django.apps import apps

from tests.architecture.house import ROOT, modules, report

# Words that say nothing of what a thing is (ARCHITECTURE.md, "Words").
EMPTY_WORDS = re.compile(r"(?:^|_)(?:utils?|helpers?|process|handle|handler|data|info|manager)(?:_|$)")
# `personal_data` is the field's own term; the others are asked for by Django under that name.
ASKED_FOR = {
    "personal_data",
    "personal_data_of",
    "cleaned_data",
    "handle",
    "handle_starttag",
    "handle_endtag",
    "handle_data",
    "process_request",
    "process_view",
    "process_exception",
    "get_context_data",
}


def snake(name: str) -> str:
    """`BenefitSpell` as the glossary writes it: benefit_spell."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def missing_words(names: list[str], glossary: str) -> list[str]:
    """Models that the glossary doesn't have in its second column."""
    written = set(re.findall(r"`(\w+)`", glossary))
    return [name for name in names if snake(name) not in written]


def empty_names(names: list[str]) -> list[str]:
    return [name for name in names if EMPTY_WORDS.search(snake(name)) and snake(name) not in ASKED_FOR]


def test_every_model_stands_in_the_glossary() -> None:
    names = [model.__name__ for model in apps.get_models() if model.__module__.startswith("opstap.")]
    report(missing_words(names, (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")), "Add the term to GLOSSARY.md:")


def test_names_say_what_a_thing_is() -> None:
    found = [
        f"{module.place}: {name}"
        for module in modules()
        for name in empty_names(re.findall(r"^\s*(?:async )?(?:def|class) (\w+)", module.text, re.MULTILINE))
    ]
    report(found, "A name says what a thing is or does:")


@pytest.mark.parametrize("name", ["ClientInfo", "process_rows", "DataHelper", "TeamManager", "date_utils"])
def test_the_guards_can_fail(name: str) -> None:
    assert empty_names([name])
    assert missing_words([name], "| cliënt | `client` | ... |") == [name]
    assert not empty_names(["record_measurement", "update_dates", "informed_on", "personal_data_of"])
