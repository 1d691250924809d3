"""The security papers: each requirement of the standard once, and every test and place that is named is there."""

from __future__ import annotations

import re
from pathlib import Path

from opstap.foundation.crypto.keys import USES
from scripts import asvs
from tests.architecture.house import ROOT

FOLDER = ROOT / "docs" / "security"


def test_every_requirement_stands_once_with_what_shows_it() -> None:
    rows = asvs.rows_of(asvs.TABLE.read_text(encoding="utf-8"))
    assert (len(rows), sum(row.level == "1" for row in rows)) == (253, 70)
    assert [*asvs.faults(rows, asvs.numbers()), *(fault for row in rows for fault in asvs.missing(row, ROOT))] == []
    assert all(asvs.PROOF.search(row.shown) or len(row.shown) > 5 for row in rows)
    assert [row.number for row in rows if row.state == "met" and not asvs.has_test(row)] == []


def test_the_check_names_what_is_wrong() -> None:
    text = (
        "| 1.1.1 | 2 | a | met | `tests/architecture/test_urls.py::test_that_is_not_there` |\n"
        "| 1.1.2 | 1 | a | maybe | `tests/nowhere.py::test_x` |\n"
        "| 1.1.2 | 2 | a | met | `SECURITY.md` |\n"
    )
    rows = asvs.rows_of(text)
    named = [*asvs.faults(rows, {"1.1.1": "2", "1.1.2": "2", "1.1.3": "1"})]
    assert named == [
        "1.1.3: not in the table",
        "1.1.2: 2 times in the table",
        "1.1.2: level 1 is not that of the standard",
        "1.1.2: 'maybe' is no state; choose from met, not met, installation, n/a",
        "1.1.2: met, and no test shows it",
    ]
    assert [fault for row in rows for fault in asvs.missing(row, ROOT)] == [
        "1.1.1: tests/architecture/test_urls.py has no test_that_is_not_there",
        "1.1.2: tests/nowhere.py is not there",
    ]


def test_the_page_of_threats_names_tests_that_are_there() -> None:
    text = (FOLDER / "bedreigingen.md").read_text(encoding="utf-8")
    rows = [asvs.Row("row", "1", "met", line) for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) > 10
    assert [fault for row in rows for fault in asvs.missing(row, ROOT)] == []
    assert all(asvs.PROOF.search(row.shown) for row in rows[1:])


def test_the_accessibility_report_names_tests_that_are_there_and_says_what_was_not_examined() -> None:
    text = (ROOT / "docs" / "accessibility" / "index.md").read_text(encoding="utf-8")
    rows = [asvs.Row("row", "1", "met", line) for line in text.splitlines() if line.startswith("| ")]
    assert [fault for row in rows for fault in asvs.missing(row, ROOT)] == []
    judged = re.findall(r"^\| \d\.\d\.\d+ .+? \| [A, ]+ \| ([^|]+?) \|", text, re.MULTILINE)
    assert len(judged) >= 50
    assert set(judged) <= {"voldoet", "voldoet niet", "niet beoordeeld", "n.v.t."}
    assert "niet beoordeeld" in judged
    status = next(line for line in text.splitlines() if line.startswith("| Status |"))
    assert re.findall(r"\*\*(\w)\b", status) == ["C", "D"], "A and B ask an investigation of all criteria"


def test_every_key_stands_in_the_list_of_keys() -> None:
    text = (FOLDER / "inrichten.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(USES)


def test_links_between_the_papers_lead_somewhere() -> None:
    pages = [path for room in ("security", "privacy", "accessibility") for path in (ROOT / "docs" / room).glob("*.md")]
    wrong = [
        f"{path.name}: {target}"
        for path in pages
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / Path(target)).exists()
    ]
    assert len(pages) >= 8
    assert wrong == []
