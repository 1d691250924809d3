"""The scripts that keep the repository honest: addresses of registries, translations, the coverage page, the codes."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from scripts import coverage, hosts, messages
from tests.architecture.house import ROOT

FIELD = ROOT.parent / "shared" / "domain" / "FIELD.md"


def test_the_codes_are_those_of_the_field() -> None:
    codes = coverage.read_codes()
    assert len(codes) == 277
    assert {f"G-{number}" for number in range(1, 15)} <= codes.keys()
    if FIELD.is_file():
        assert dict(coverage.read_field(FIELD.read_text(encoding="utf-8"))) == codes


def test_codes_are_read_from_lines_and_sentences() -> None:
    text = "\n# 7. x\nA-01 O first. A-02 B/W second, not A-03 here.\nG-1 formula (B-09 too)\n# 8. y\nA-09 F no\n"
    assert coverage.read_field(text) == [("A-01", "O"), ("A-02", "B/W"), ("G-1", "")]


def test_marks_are_read_from_functions_classes_and_files(tmp_path: Path) -> None:
    path = tmp_path / "test_it.py"
    path.write_text(
        'pytestmark = [pytest.mark.covers("A-01")]\n'
        '@pytest.mark.covers("B-88", "B-90", page="/rapporten/")\ndef test_one(): ...\n'
        'class TestTwo:\n    @pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.covers("C-02"))])\n'
        "    def test_three(self): ...\n"
        "def helper(): ...\n"
    )
    found = {(proof.code, proof.test, proof.page) for proof in coverage.proofs_in([path], tmp_path)}
    assert found == {
        ("A-01", "test_it.py::test_one", ""),
        ("B-88", "test_it.py::test_one", "/rapporten/"),
        ("B-90", "test_it.py::test_one", "/rapporten/"),
        ("A-01", "test_it.py::TestTwo::test_three", ""),
        ("C-02", "test_it.py::TestTwo::test_three", ""),
    }


def test_a_mark_of_a_variable_is_refused(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("@pytest.mark.covers(CODE)\ndef test_one(): ...\n")
    with pytest.raises(coverage.UnreadableMark, match="plain texts"):
        coverage.proofs_in([tmp_path / "test_it.py"], tmp_path)


def test_the_page_names_proofs_and_what_is_missing() -> None:
    page = coverage.render({"A-01": "O", "A-02": "F", "G-1": ""}, [coverage.Proof("A-02", "t.py::test_x", "/x/")])
    assert "Proved: 1 of 3." in page
    assert "| A-02 | F | `/x/` | `t.py::test_x` |" in page
    assert "- A. Groningen 2021: A-01 O\n" in page
    assert "- G. Formulas: G-1\n" in page


def test_addresses_of_registries_are_found(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    registry = f"https://files.{hosts.HOSTS[1]}/x"
    path.write_text(f"fine\n--index-url {registry}\nhttps://" + "mirror.example/x\n")
    assert [finding.line for finding in hosts.findings([path])] == [2, 3]
    path.write_text("https://www.debian.org/ and https://nlds.example/simple-words\n")
    assert not list(hosts.findings([path]))
    path.write_bytes(b"\0" + registry.encode())
    assert not list(hosts.findings([path]))


def a_room(folder: Path) -> Path:
    room = folder / "desk"
    (room / "templates").mkdir(parents=True)
    (room / "__init__.py").write_text("")
    (room / "views.py").write_text(
        "title = _('Reports of %(name)s')\nn = ngettext('one client', '%(count)s clients', 2)\n"
    )
    (room / "templates" / "a.html").write_text(
        "<p>it's</p>\n    <b>{% translate 'Sign in' %}</b>\n  {% blocktranslate trimmed with x=y %}\n Hello {{ x }}\n"
        "{% endblocktranslate %}"
    )
    return room


def test_texts_are_collected_from_python_and_templates(tmp_path: Path) -> None:
    found = messages.collect(a_room(tmp_path))
    assert {key[1] for key in found} == {"Reports of %(name)s", "one client", "Sign in", "Hello %(x)s"}
    assert found[None, "one client"].plural == "%(count)s clients"


def test_a_room_passes_only_when_every_text_is_dutch_and_compiled(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    assert "has texts but no" in messages.faults(room)[0]
    messages.update(room)
    assert [fault for fault in messages.faults(room) if fault.startswith("empty")]
    path = room / messages.CATALOG
    catalog = polib.pofile(str(path))
    dutch = {"Reports of %(name)s": "Rapporten van %(name)s", "Sign in": "Aanmelden", "Hello %(x)s": "Hallo %(x)s"}
    for entry in catalog:
        entry.msgstr = dutch.get(entry.msgid, "")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "één cliënt", 1: "%(count)s cliënten"}
    catalog.save(str(path))
    assert messages.faults(room) == ["locale/nl/LC_MESSAGES/django.mo is not made from the .po"]
    messages.update(room)
    assert messages.faults(room) == []
    before = path.read_bytes(), path.with_suffix(".mo").read_bytes()
    messages.update(room)
    assert (path.read_bytes(), path.with_suffix(".mo").read_bytes()) == before


def test_faults_of_translations_are_named(tmp_path: Path) -> None:
    room = a_room(tmp_path)
    path = room / messages.CATALOG
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Reports of %(name)s"\nmsgstr "Rapporten van %(naam)s"\n\n'
        '#, fuzzy\nmsgid "Sign in"\nmsgstr "Afmelden"\n\nmsgid "Gone"\nmsgstr "Weg"\n\n'
        '#~ msgid "Old"\n#~ msgstr "Oud"\n',
        encoding="utf-8",
    )
    said = " ".join(messages.faults(room))
    for word in (
        "missing: 'Hello",
        "no longer said: 'Gone'",
        "left over: 'Old'",
        "fuzzy: 'Sign in'",
        "other placeholders",
    ):
        assert word in said
