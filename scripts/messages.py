"""Keeps each room's Dutch texts in step with its code: collects msgids, updates the .po, compiles the .mo.

A room owns its texts in `locale/nl/LC_MESSAGES/django.po`; in foundation each tool owns its own. Entries keep their
order and their translation; new ones come at the end, empty; those that the code dropped are taken out and printed.
`--check` writes nothing and fails on what is missing, empty, fuzzy, left over, not compiled, or has other placeholders.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polib
from babel.messages.extract import extract
from django.utils.translation import template

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "opstap"
CATALOG = Path("locale/nl/LC_MESSAGES/django.po")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = {
    "Project-Id-Version": "Opstap",
    "Language": "nl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]|%[-#0 +]*\d*(?:\.\d+)?[sdifgr]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass
class Message:
    """One msgid of a room, and the files that say it."""

    context: str | None
    singular: str
    plural: str | None = None
    files: set[str] = field(default_factory=set)


def rooms(package: Path = PACKAGE) -> Iterator[Path]:
    """The folders that own texts: each room, and each tool of foundation."""
    for folder in sorted(path for path in package.iterdir() if (path / "__init__.py").exists()):
        if folder.name == "foundation":
            yield from sorted(path for path in folder.iterdir() if (path / "__init__.py").exists())
        else:
            yield folder


def collect(room: Path) -> dict[Key, Message]:
    """Every msgid that the Python files and templates of a room say, in the order of the files."""
    found: dict[Key, Message] = {}
    paths = [*room.rglob("*.py"), *room.rglob("templates/**/*.html"), *room.rglob("templates/**/*.txt")]
    for path in sorted(paths):
        where = path.relative_to(room).as_posix()
        if where.startswith("migrations/"):
            continue
        for context, texts in _texts(path):
            singular = texts[0]
            message = found.setdefault((context, singular), Message(context, singular))
            message.plural = message.plural or (texts[1] if len(texts) > 1 else None)
            message.files.add(where)
    return found


def _texts(path: Path) -> Iterator[tuple[str | None, tuple[str, ...]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Within brackets the indentation of a template means nothing to the reader of Python.
        source = "(\n" + template.templatize(source, origin=str(path)) + "\n)"
    for _line, said, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        texts = (said,) if isinstance(said, str) else tuple(said)
        if texts and texts[0]:
            yield context, texts


def catalog_of(path: Path) -> polib.POFile:
    """The catalog of a room, or an empty one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110, encoding="utf-8")
    catalog = polib.POFile(wrapwidth=110, encoding="utf-8")
    catalog.metadata = dict(HEADER)
    return catalog


def update(room: Path) -> list[str]:
    """Bring a room's .po and .mo in line with its code; returns what to say about it."""
    messages = collect(room)
    path = room / CATALOG
    if not messages and not path.exists():
        return []
    catalog = catalog_of(path)
    said = [
        f"{room.name}: dropped {entry.msgid!r} = {entry.msgstr!r}" for entry in catalog if _key(entry) not in messages
    ]
    kept = {_key(entry): entry for entry in catalog if _key(entry) in messages and not entry.obsolete}
    catalog.clear()
    for key in [*kept, *(key for key in messages if key not in kept)]:
        catalog.append(_entry(messages[key], kept.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalog.save(str(path))
    path.with_suffix(".mo").write_bytes(catalog.to_binary())
    said += [f"{room.name}: translate {message}" for message in _empty(catalog)]
    return said


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = known or polib.POEntry(msgctxt=message.context, msgid=message.singular, msgstr="")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = entry.msgstr_plural or {0: entry.msgstr, 1: ""}
        entry.msgstr = ""
    entry.occurrences = [(name, "") for name in sorted(message.files)]
    return entry


def faults(room: Path) -> list[str]:
    """What is wrong with a room's texts."""
    messages = collect(room)
    path = room / CATALOG
    if not path.exists():
        return [f"has texts but no {CATALOG}"] if messages else []
    catalog = catalog_of(path)
    known = {_key(entry): entry for entry in catalog if not entry.obsolete}
    found = [f"missing: {key[1]!r}" for key in messages if key not in known]
    found += [f"no longer said: {key[1]!r}" for key in known if key not in messages]
    found += [f"left over: {entry.msgid!r}" for entry in catalog.obsolete_entries()]
    found += [f"fuzzy: {entry.msgid!r}" for entry in catalog.fuzzy_entries()]
    found += [f"empty: {message}" for message in _empty(catalog)]
    found += [f"no plural: {key[1]!r}" for key in known if key in messages and _lacks_plural(messages[key], known[key])]
    found += [f"other placeholders: {entry.msgid!r}" for entry in known.values() if not _placeholders_agree(entry)]
    if not _compiled(catalog, path.with_suffix(".mo")):
        found.append(f"{CATALOG.with_suffix('.mo')} is not made from the .po")
    return found


def _lacks_plural(message: Message, entry: polib.POEntry) -> bool:
    return bool(message.plural) and not entry.msgid_plural


def _empty(catalog: Iterable[polib.POEntry]) -> list[str]:
    return [repr(entry.msgid) for entry in catalog if not entry.obsolete and not all(_translations(entry))]


def _translations(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _placeholders_agree(entry: polib.POEntry) -> bool:
    singular = sorted(PLACEHOLDER.findall(entry.msgid))
    if not entry.msgid_plural:
        return not entry.msgstr or sorted(PLACEHOLDER.findall(entry.msgstr)) == singular
    plural = sorted(PLACEHOLDER.findall(entry.msgid_plural))
    forms = {number: sorted(PLACEHOLDER.findall(text)) for number, text in entry.msgstr_plural.items() if text}
    # "1 client" may be written out in either language, the plural has its number.
    return all(given in (singular, plural) if number == 0 else given == plural for number, given in forms.items())


def _compiled(catalog: polib.POFile, path: Path) -> bool:
    if not path.exists():
        return False
    compiled = {_key(entry): _translations(entry) for entry in polib.mofile(str(path))}
    return compiled == {_key(entry): _translations(entry) for entry in catalog.translated_entries()}


def _key(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is not in order")
    parser.add_argument("room", nargs="*", help="only these rooms (all)")
    chosen = parser.parse_args(arguments)
    found = 0
    for room in rooms():
        if chosen.room and room.name not in chosen.room:
            continue
        said = [f"{room.name}: {fault}" for fault in faults(room)] if chosen.check else update(room)
        found += len(said)
        for line in said:
            print(line)
    if chosen.check and found:
        print("Run .venv/bin/python scripts/messages.py, write the Dutch, and run it again to compile.")
    return 1 if chosen.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
