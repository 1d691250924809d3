"""The parts of the papers that come from the code: activities, ladders, working lists; and what paper_kept.py makes."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from opstap.dossier.selectors.groups import FIRST_BY_EXEMPTION, YOUNG_UNTIL
from opstap.privacy.logic.processing import Activity, activities
from opstap.selections.logic import DIAGNOSIS_FIRST, READY, SHIPPED
from scripts.paper_kept import kept, terms, workers

ROOT = Path(__file__).resolve().parent.parent
FIELDS = {
    "Doel": "purpose",
    "Grond": "ground",
    "Betrokkenen": "people",
    "Gegevens": "categories",
    "Bijzondere gegevens": "special",
    "Ontvangers": "recipients",
}
# The working lists that Opstap brings along, in words: what each is for, who stands on it, and what of them is read.
LISTS = {
    DIAGNOSIS_FIRST: (
        "Voorrang bij diagnose",
        "Eerst in gesprek met wie volgens de werkwijze voorgaat bij een diagnose",
        (
            f"jonger dan {YOUNG_UNTIL}, of een belemmering van de soort gezondheid, of een ontheffing "
            "({exemptions}), of alleenstaande ouder"
        ),
    ),
    READY: (
        "Klaar voor een stap",
        "Niemand laten wachten voor wie een stap verwacht wordt",
        "een hogere trede verwacht, het afgelopen jaar geplaatst, en geen traject omhoog dat loopt",
    ),
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


def work_lists() -> str:
    """The working lists that come with Opstap: for what, and who stands on them."""
    unknown = sorted({one.key for one in SHIPPED} ^ LISTS.keys())
    if unknown:
        raise SystemExit(f"Say in scripts/paper_parts.py (LISTS) what this working list is: {unknown}")
    lines = ["| Werklijst | Waarvoor | Wie erop staat | Op welke ladder |", "|---|---|---|---|"]
    exemptions = ", ".join(_exemption(code) for code in FIRST_BY_EXEMPTION)
    for one in SHIPPED:
        name, purpose, who = LISTS[one.key]
        scale, level = one.criteria.scale, one.criteria.level
        where = f"trede {level} van de {_scale(scale)['name']['nl']}" if scale else "elke ladder"
        lines.append(f"| {name} | {purpose} | {who.format(exemptions=exemptions)} | {where} |")
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


def _scale(key: str) -> Mapping[str, Any]:
    path = ROOT / "src" / "opstap" / "ladder" / "scales" / f"{key}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _exemption(code: str) -> str:
    """What the ground of an exemption is called in the code list that ships."""
    text = (ROOT / "src" / "opstap" / "municipality" / "codelists.toml").read_text(encoding="utf-8")
    lists = {one["key"]: one for one in tomllib.loads(text)["list"]}
    found = next(one for one in lists["exemption_ground"]["code"] if one["code"] == code)
    return str(found["labels"][-1]["nl"])


PARTS: Mapping[str, Callable[[], str]] = {
    "register": register,
    "short_list": short_list,
    "kept": kept,
    "workers": workers,
    "terms": terms,
    "work_lists": work_lists,
    "ladders": ladders,
}
