"""Words are looked up once in each language, and come out in the language of who asks."""

from __future__ import annotations

from django.utils.translation import override

from opstap.foundation.ui.wording import worded_once
from opstap.reporting.tables.movement.words import outcome_of


def test_words_are_made_once_for_each_language_and_argument() -> None:
    made: list[str] = []

    @worded_once
    def words(key: str) -> str:
        made.append(key)
        return key

    for language in ("nl", "en", "nl", "en"):
        with override(language):
            assert [words("one"), words("two"), words("one")] == ["one", "two", "one"]
    assert made == ["one", "two", "one", "two"]


def test_words_are_in_the_language_of_who_asks_whoever_asked_before() -> None:
    said: dict[str, str] = {}
    for language in ("nl", "en", "nl"):
        with override(language):
            assert said.setdefault(language, outcome_of("risen").label) == outcome_of("risen").label
    assert said["en"] == "Risen"
    assert said["nl"] != said["en"]
