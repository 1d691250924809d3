"""The parts of the papers that come from the code: activities, what is kept and how long, the ladders."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

from django.apps import apps

from opstap.privacy.logic.processing import Activity, activities

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {
    "Doel": "purpose",
    "Grond": "ground",
    "Betrokkenen": "people",
    "Gegevens": "categories",
    "Bijzondere gegevens": "special",
    "Ontvangers": "recipients",
}
KINDS = {
    "client_file": (
        "Het dossier van een cliënt",
        "zolang de begeleiding duurt, en daarna de termijn van de uitkomst in de selectielijst (voorstel: 10 jaar)",
    ),
    "access_log": (
        "Het inzagelogboek, het verwerkingenlogboek en wat de privacy officer erover vond",
        "vijf jaar, tenzij de gemeente een andere termijn laat instellen (1 tot 50 jaar)",
    ),
    "staff": (
        "Wat medewerkers onderling afspraken over wie begeleidt",
        "zolang het dossier bewaard wordt; van wie vertrok een termijn die de gemeente kiest (voorstel: 2 jaar)",
    ),
    "import_staging": ("Regels van een bestand die op bevestiging wachten", "30 dagen; bij het bevestigen eerder"),
    "draft": ("Concepten van een formulier", "tot het formulier bewaard of weggegooid is, en hooguit 30 dagen"),
}


def register() -> str:
    """One entry for each activity of processing, as article 30 asks it."""
    return "\n\n".join(_entry(one) for one in activities().values())


def _entry(one: Activity) -> str:
    rows = [f"| {label} | {one.words(name, 'nl')} |" for label, name in FIELDS.items()]
    kept = "zie [wat er bewaard wordt](#wat-er-bewaard-wordt-en-hoe-lang)"
    return "\n".join(
        [
            f"### {one.words('name', 'nl')}",
            "",
            "| | |",
            "|---|---|",
            f"| Kenmerk | `{one.identifier}` |",
            *rows,
            f"| Bewaartermijn | {kept} |",
            "| Doorgifte buiten de EER | geen: alles blijft op de servers die de gemeente kiest |",
        ]
    )


def short_list() -> str:
    """The activities in one table: name, purpose and ground."""
    lines = ["| Verwerking | Waarvoor | Grond |", "|---|---|---|"]
    told = [[one.words(name, "nl") for name in ("name", "purpose", "ground")] for one in activities().values()]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in told)])


def kept() -> str:
    """What is stored about people, by how long it is kept; each table by the word that the glossary has for it."""
    words, by_kind = _glossary(), defaultdict[str, set[str]](set)
    for model in apps.get_models():
        kind = getattr(model, "retention", "")
        if kind:
            by_kind[kind].add(words[_snake(model.__name__)])
    lines = ["| Wat | Hoe lang | Waaruit het bestaat |", "|---|---|---|"]
    unknown = sorted(by_kind.keys() - KINDS.keys())
    if unknown:
        raise SystemExit(f"Say in scripts/paper_parts.py (KINDS) what this is and how long it is kept: {unknown}")
    for kind, names in sorted(by_kind.items(), key=lambda item: list(KINDS).index(item[0])):
        what, how_long = KINDS[kind]
        lines.append(f"| {what} | {how_long} | {', '.join(sorted(names))} |")
    return "\n".join(lines)


def ladders() -> str:
    """The ladders that come with Opstap: how many levels, how many questions, and whose they are."""
    lines = ["| Ladder | Treden of groepen | Vragen | Bron |", "|---|---|---|---|"]
    for path in sorted((ROOT / "src" / "opstap" / "ladder" / "scales").glob("*.toml")):
        scale = tomllib.loads(path.read_text(encoding="utf-8"))
        version = scale["version"][-1]
        levels, questions = len(version["level"]), len(version.get("question", []))
        lines.append(f"| {scale['name']['nl']} | {levels} | {questions or 'geen'} | {scale['source']} |")
    return "\n".join(lines)


def _glossary() -> Mapping[str, str]:
    """The Dutch word by the word of the code."""
    found: dict[str, str] = {}
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 4:
            for word in re.findall(r"`(\w+)`", cells[2]):
                found.setdefault(word, cells[1])
    return found


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()


PARTS: Mapping[str, Callable[[], str]] = {
    "register": register,
    "short_list": short_list,
    "kept": kept,
    "ladders": ladders,
}
