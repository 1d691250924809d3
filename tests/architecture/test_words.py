"""One word of the code has one word on the screen: Django merges the texts of all rooms, and the last one would win."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import polib

from tests.architecture.house import PACKAGE, report

Said = Mapping[tuple[str | None, str], Mapping[str, list[str]]]


PARTED: Final = re.compile(r"(?:[0-9}]|%\(\w+\)[sd]|%[sd]) %(?![(sd])")
"""A number, or what stands for one, parted by a plain space from its percent sign: a line may break there. In a heading
such as "laagste %" it is a word that stands before it: in a file that keeps a space that can be typed.
"""


def said_in(files: Iterable[tuple[str, polib.POFile]]) -> Said:
    """For each word in its context what it becomes, with the rooms that say so."""
    found: dict[tuple[str | None, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room, texts in files:
        for entry in texts:
            if not entry.obsolete:
                found[entry.msgctxt, entry.msgid][entry.msgstr or str(entry.msgstr_plural)].append(room)
    return found


def unlike(said: Said) -> list[str]:
    """The words that become one thing in this room and another in that."""
    return [
        f"{msgid!r}: " + ", ".join(f"{words} ({'/'.join(rooms)})" for words, rooms in ways.items())
        for (_, msgid), ways in said.items()
        if len(ways) > 1
    ]


def test_a_word_is_translated_alike_in_every_room() -> None:
    paths = sorted(PACKAGE.glob("**/locale/nl/LC_MESSAGES/django.po"))
    found = said_in((path.parents[3].name, polib.pofile(str(path))) for path in paths)
    report(unlike(found), "Say it alike, or give one of them a context:")


def test_the_guard_can_fail() -> None:
    files = []
    for words in ("Verloop", "Geschiedenis"):
        texts = polib.POFile()
        texts.append(polib.POEntry(msgid="History", msgstr=words))
        files.append((words, texts))
    assert unlike(said_in(files))
    assert not unlike(said_in(files[:1]))


def parted(files: Iterable[tuple[str, polib.POFile]]) -> list[str]:
    """Texts, in either language, in which a percent sign may begin a line."""
    return [
        f"{room}: {text}"
        for room, texts in files
        for entry in texts
        if not entry.obsolete
        for text in (entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values())
        if PARTED.search(text)
    ]


def test_a_percent_sign_stays_with_its_number() -> None:
    paths = sorted(PACKAGE.glob("**/locale/nl/LC_MESSAGES/django.po"))
    found = parted((path.parents[3].name, polib.pofile(str(path))) for path in paths)
    report(found, "Dutch has a non-breaking space before a percent sign, English none:")


def test_the_guard_of_percent_signs_can_fail() -> None:
    texts = polib.POFile()
    wrong = ("zij zijn {share} %.", "precies 100 %", "%(share)s %%", "%s %%")
    right = ("zij zijn {share}\N{NO-BREAK SPACE}%.", "op %(day)s %(n)d", "%s %s", "{share}%", "laagste %")
    for words in (*wrong, *right):
        texts.append(polib.POEntry(msgid=f"{words} in English", msgstr=words))
    assert {text.removesuffix(" in English") for text in parted([("room", texts)])} == {f"room: {one}" for one in wrong}
