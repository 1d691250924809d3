"""Writes docs/manual/rollen.md: which role may do what, and whose data it reaches. `--check` compares."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "manual" / "rollen.md"
ROOM = ROOT / "src" / "opstap" / "accounts"
HEAD = """# Rollen: wie mag wat

Dit is de autorisatiematrix van de rollen die Opstap meebrengt. Gemaakt door `scripts/roles_page.py` uit `roles.toml` en
`permissions.toml` (kamer `accounts`), dezelfde bestanden waar het programma zelf naar kijkt; wijzig die en niet deze
bladzijde.

Iemand kan meer rollen hebben; dan geldt alles samen. Een wijziging van een rol geldt bij de eerstvolgende klik. Wie
buiten uw bereik valt, bestaat voor u niet: die pagina geeft hetzelfde antwoord als een pagina die niet bestaat.

Uw gemeente kan van deze rollen eigen rollen maken (*Beheer*, *Rollen*). Zo'n rol ziet dezelfde mensen als de rol
waarvan zij is gemaakt. Wat erin mag, kiest u zelf, behalve wat uit elkaar moet blijven: wie dossiers ziet,
beoordeelt het inzagelogboek niet, richt niets in en geeft geen rollen; wie rollen geeft, ondertekent de
autorisatielijst niet. Wie een caseload heeft, houdt *Mijn meldingen* en het overdragen en overnemen: wat een collega
vraagt, moet te beantwoorden zijn. Hoe dat gaat, staat in [Beheer](beheer.md#eigen-rollen).
"""
REACH = {
    "own_caseload": "de eigen caseload",
    "batch": "wie op naam is toegewezen",
    "supervised": "de caseload van de begeleider, zolang de stage duurt",
    "team": "het team",
    "municipality": "de hele gemeente",
    "none": "geen cliënten",
}
NOT_YET = """## Wat er nog niet is

- **Waarnemer** is geen rol: wie waarneemt, krijgt de caseload van een collega voor een tijd erbij en houdt de eigen
  rol.
- **Een ander systeem** (API) kan nog niets vragen, dus is er geen rol voor. Die komt met de API zelf.
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")
    chosen = parser.parse_args(arguments)
    wanted = page()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted:
        return 0
    if chosen.check:
        print("docs/manual/rollen.md is out of date: run .venv/bin/python scripts/roles_page.py")
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


def page() -> str:
    """The whole page: the roles with their reach, and who holds each permission."""
    roles, permissions = _read("roles.toml"), _read("permissions.toml")
    return "\n".join([HEAD, _roles(roles), _matrix(roles, permissions), NOT_YET])


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOM / name).read_text(encoding="utf-8"))


def _roles(roles: dict[str, Any]) -> str:
    rows = [f"| {one['name']['nl']} | {REACH[one['scope']]} | {one['description']['nl']} |" for one in roles.values()]
    head = ["## De rollen en hun bereik", "", "| Rol | Ziet van wie | Waarvoor |", "|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _matrix(roles: dict[str, Any], permissions: dict[str, Any]) -> str:
    head = ["Recht", *(one["name"]["nl"] for one in roles.values())]
    lines = ["## Wie mag wat", "", _row(head), _row(["---", *(":-:" for _ in roles)])]
    for key, words in permissions.items():
        marks = ["ja" if key in one["permissions"] else "–" for one in roles.values()]
        lines.append(_row([words["nl"], *marks]))
    return "\n".join([*lines, ""])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
