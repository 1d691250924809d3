"""Writes docs/manual/velden.md: what stands beside the fields on screen, from the same files. `--check` compares."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "manual" / "velden.md"
HEAD = """# Uitleg bij velden

Dit is de uitleg die op het scherm achter het vraagteken bij een veld staat. Gemaakt door `scripts/help_page.py` uit
dezelfde bestanden (`help.toml` in elke kamer); wijzig die en niet deze bladzijde.
"""
ROOMS = {
    "accounts": "Gebruikers en aanmelden",
    "administration": "Beheer",
    "clients": "Gegevens van een cliënt",
    "contacts": "Contact",
    "dossier": "Caseload, zoeken en team",
    "exchange": "Importeren",
    "ladder": "Plaatsen en ladders",
    "municipality": "De gemeente",
    "plans": "Trajecten en instrumenten",
    "privacy": "Inzagelogboek",
    "reporting": "Rapporten",
    "selections": "Werklijsten",
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")
    chosen = parser.parse_args(arguments)
    wanted = page()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    if chosen.check:
        print("docs/manual/velden.md is out of date: run .venv/bin/python scripts/help_page.py")
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


def page() -> str:
    """The whole page: a part for each room that explains something, by the room's name in words."""
    files = sorted((ROOT / "src" / "opstap").glob("*/help.toml"), key=lambda path: ROOMS[path.parent.name])
    return "\n".join([HEAD, *(_room(path) for path in files)])


def _room(path: Path) -> str:
    entries: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = sorted(((entry["title"]["nl"], entry["text"]["nl"]) for entry in entries.values()), key=_alphabetic)
    lines = [f"| {title} | {text.replace('|', '/')} |" for title, text in rows]
    return "\n".join([f"## {ROOMS[path.parent.name]}", "", "| Veld | Uitleg |", "|---|---|", *lines, ""])


def _alphabetic(row: tuple[str, str]) -> str:
    return row[0].casefold()


if __name__ == "__main__":
    sys.exit(main())
