"""What is kept and how long, for the papers: by the tables of the code, by what came of a dossier, and of workers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Model

from opstap.accounts.models import User
from opstap.audit.operations.sending import KEPT as SENT_FORM_KEPT
from opstap.municipality.logic import FINER_MONTHS, SETTINGS
from opstap.privacy.logic.retention import CLOSED, outcome_words, shipped_terms

ROOT = Path(__file__).resolve().parent.parent
FINER = SETTINGS[FINER_MONTHS]
STAGED = SETTINGS["staging_days"]
STARTS = {True: "het dossier gesloten is", False: "er beslist is"}
FOR_GOOD = "geen termijn: het blijft staan, ook van wie vertrok. Opstap haalt het niet weg en heeft er geen knop voor"
KINDS = {
    "client_file": (
        "Het dossier van een cliënt",
        (
            "zolang de begeleiding duurt, en daarna zo lang als bij [wat eruit kwam](#termijnen-van-een-dossier) "
            f"hoort; een fijnere soort van een belemmering {FINER.default} maanden (de gemeente kiest: "
            f"{FINER.least} tot {FINER.most})"
        ),
    ),
    "access_log": (
        "Het inzagelogboek, het verwerkingenlogboek en wat de privacy officer erover vond",
        "vijf jaar, tenzij de gemeente een andere termijn laat instellen (1 tot 50 jaar)",
    ),
    "staff": ("Wat medewerkers onderling afspraken over wie begeleidt", FOR_GOOD),
    "import_staging": (
        "Regels van een bestand die op bevestiging wachten",
        f"{STAGED.default} dagen (de gemeente kiest: {STAGED.least} tot {STAGED.most}); bij het bevestigen eerder",
    ),
    "draft": ("Concepten van een formulier", "tot het formulier bewaard of weggegooid is, en hooguit 30 dagen"),
}
AS_LONG_AS_IT_STANDS = "geen termijn: zolang de installatie bestaat, ook als het account een andere naam krijgt"
# Of workers: what the room of accounts holds, and who did something elsewhere. A model in none of them stops the paper.
WORKERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Het account van een medewerker: naam, e-mailadres, rollen en teams met hun periode, hoe iemand zich aanmeldt": (
        FOR_GOOD,
        ("user", "role_holding", "team_membership", "identity", "second_factor"),
    ),
    "Waar iemand aangemeld is": (
        (
            f"tot de sessie eindigt: {settings.OPSTAP_IDLE_LIMIT.seconds // 60} minuten zonder gebruik, hooguit "
            f"{settings.OPSTAP_SESSION_LENGTH.seconds // 3600} uur. "
            "Wat ervan over is, verdwijnt de nacht erna"
        ),
        ("session",),
    ),
    "Wie rollen inrichtte, naliep en tekende": (
        FOR_GOOD,
        ("team", "group_role", "own_role", "own_role_version", "authorisation_review", "reviewed_role"),
    ),
    "Wie wat vastlegde, onder de naam van toen. Wordt een dossier gewist, dan gaat alleen weg over wie het ging": (
        AS_LONG_AS_IT_STANDS,
        ("recording", "event"),
    ),
    "Wie een bestand aanbood om in te lezen, of een code een andere naam gaf, onder de naam van toen": (
        AS_LONG_AS_IT_STANDS,
        ("import_batch", "code_label"),
    ),
    "Keuzes van een lijst die iemand onder een naam bewaarde": (
        "tot die persoon ze weghaalt; van wie vertrok blijven ze staan",
        ("working_list",),
    ),
    "Dat een formulier bewaard is; versleuteld waar het heen leidde en wat er gezegd werd": (
        f"{SENT_FORM_KEPT.days} dagen, en tot de nacht erna",
        ("sent_form",),
    ),
}
WHO = re.compile(r"(^|_)(actor|by|behalf|owner|worker)(_|$)")  # of a column that says who did something


def kept() -> str:
    """What is stored about people, by how long it is kept; each table by the word that the glossary has for it."""
    words, by_kind = glossary(), defaultdict[str, set[str]](set)
    for model in apps.get_models():
        kind = getattr(model, "retention", "")
        if kind:
            by_kind[kind].add(words[snake(model.__name__)])
    lines = ["| Wat | Hoe lang | Waaruit het bestaat |", "|---|---|---|"]
    unknown = sorted(by_kind.keys() - KINDS.keys())
    if unknown:
        raise SystemExit(f"Say in scripts/paper_kept.py (KINDS) what this is and how long it is kept: {unknown}")
    for kind, names in sorted(by_kind.items(), key=lambda item: list(KINDS).index(item[0])):
        what, how_long = KINDS[kind]
        lines.append(f"| {what} | {how_long} | {', '.join(sorted(names))} |")
    return "\n".join(lines)


def workers() -> str:
    """What is stored about workers themselves, and that most of it has no term."""
    placed = {name for _how_long, names in WORKERS.values() for name in names}
    ours = [model for model in apps.get_models() if model.__module__.startswith("opstap.")]
    held = {snake(model.__name__) for model in ours if not getattr(model, "retention", "") and says_who(model)}
    wrong = (held - placed) | (placed - {snake(model.__name__) for model in ours})
    if wrong:
        raise SystemExit(f"Say in scripts/paper_kept.py (WORKERS) how long this is kept: {sorted(wrong)}")
    words = glossary()
    lines = ["| Wat | Hoe lang | Waaruit het bestaat |", "|---|---|---|"]
    for what, (how_long, names) in WORKERS.items():
        lines.append(f"| {what} | {how_long} | {', '.join(sorted({words[name] for name in names}))} |")
    return "\n".join(lines)


def says_who(model: type[Model]) -> bool:
    """Whether a table is about workers: all of accounts, and elsewhere what has a column for who did or owns it."""
    fields = model._meta.concrete_fields
    points = any(field.is_relation and field.related_model is User for field in fields)
    named = any(isinstance(field, CharField) and WHO.search(field.name) for field in fields)
    return model._meta.app_label == "accounts" or points or named


def terms() -> str:
    """How many years a dossier is kept by what came of it, from when, and whose list says so."""
    lines = ["| Wat eruit kwam | Jaren | Vanaf de dag dat | Bron |", "|---|---|---|---|"]
    for key, term in shipped_terms().items():
        starts = STARTS[term.starts_at == CLOSED]
        lines.append(f"| {outcome_words()[key].nl} | {term.years} | {starts} | {term.source} |")
    return "\n".join(lines)


def glossary() -> Mapping[str, str]:
    """The Dutch word by the word of the code."""
    found: dict[str, str] = {}
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) >= 4:
            for word in re.findall(r"`(\w+)`", cells[2]):
                found.setdefault(word, cells[1])
    return found


def snake(name: str) -> str:
    """The word of the code for a model."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
