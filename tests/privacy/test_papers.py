"""The papers of a municipality: what is generated is that of the code, and the check notices when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from opstap.privacy.logic.processing import activities
from scripts import papers
from scripts.paper_parts import KINDS, PARTS


def test_a_part_that_was_changed_by_hand_is_noticed_and_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "paper.md"
    path.write_text("Mensenwerk\n<!-- begin part -->\nverzonnen\n<!-- end part -->\nook\n", encoding="utf-8")
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=True) == 1
    assert "verzonnen" in path.read_text(encoding="utf-8")
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=False) == 0
    assert path.read_text(encoding="utf-8") == (
        "Mensenwerk\n<!-- begin part -->\n\nuit de code\n\n<!-- end part -->\nook\n"
    )
    assert papers.keep_up(tmp_path, {"part": lambda: "uit de code"}, check=True) == 0


def test_a_part_that_nobody_makes_is_refused() -> None:
    with pytest.raises(KeyError):
        papers.filled("<!-- begin unknown -->\n<!-- end unknown -->", PARTS)


def test_the_register_holds_every_activity_with_all_that_article_30_asks() -> None:
    text = PARTS["register"]()
    for one in activities().values():
        assert f"`{one.identifier}`" in text
        assert one.words("ground", "nl") in text
    assert text.count("| Ontvangers |") == text.count("| Betrokkenen |") == len(activities())


def test_what_is_kept_names_every_kind_with_its_term() -> None:
    rows = PARTS["kept"]().splitlines()[2:]
    assert len(rows) == len(KINDS)
