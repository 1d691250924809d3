"""The pages of docs/indicators/ as Markdown. Not here: what a report means (`opstap.reporting.tables.definitions`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils.translation import override

from opstap.analytics.indicators import REGISTRY
from opstap.facts.selectors.dimensions import DIMENSIONS
from opstap.reporting.selectors.groups import dimension_label
from opstap.reporting.tables.definitions import ReportColumn, ReportDefinition, Words
from opstap.reporting.tables.indicators.words import WORDS
from opstap.reporting.tables.reports import REPORTS
from tests.analytics.specs.catalogue import RENDERED
from tests.analytics.specs.render import render_spec

MADE_BY = "Made by `scripts/indicators.py` from the definitions and specs in the code; don't edit it."
PARAMETERS = {
    "on": ("`--on DATE`", "`on`", "The reference date. Today, when nothing is said."),
    "compared-with": (
        "`--compared-with DATE`",
        "`compared_with`",
        "The earlier day to compare with. A year before the reference date, when nothing is said.",
    ),
    "known-at": (
        "`--known-at MOMENT`",
        "`known_at`",
        "As it was known at that moment; a date means the end of that day in Amsterdam. Now, when nothing is said.",
    ),
    "scale": ("`--scale KEY`", "`scale`", "The ladder or grouping. The municipality's own, when nothing is said."),
    "crosswalk": (
        "`--crosswalk KEY`",
        "`crosswalk`",
        "Reads the placements on another scale as levels of this one. As placed on this scale, when nothing is said.",
    ),
    "by": ("`--by DIMENSION`", "`by`", "Shows the figures for each group of a [dimension](index.md#dimensions)."),
    "where": (
        "`--where DIMENSION=GROUP`",
        "`where`",
        "Only people in this group on the reference date. Of two groups of one dimension either will do.",
    ),
    "decimals": ("`--decimals N`", "`decimals`", "Decimals of shares, 0 to 4. One, when nothing is said."),
    "shares": (
        "`--shares closing`",
        "`shares`",
        "`closing`: the shares of the levels add up to exactly 100. Each is rounded by itself, when nothing is said.",
    ),
    "as": (
        "`--as USER`",
        "",
        "As this user would see it. When nothing is said the command sees all; a page is for who is signed in.",
    ),
    "table": (
        "`--table matrix`",
        "`table`",
        "In CSV and on a terminal: `matrix`, from level to level. The rows, when nothing is said. Workbooks hold both.",
    ),
    "format": (
        "`--format FORMAT`",
        "`bestand/FORMAT/`",
        "`table`, `json`, `csv`, `xlsx` or `ods` on the command line; `csv`, `xlsx` or `ods` from the page.",
    ),
}


def keep_up(folder: Path, *, check: bool) -> int:
    """Write the pages, or say which are out of date; 1 when one is and nothing was written."""
    wanted = pages()
    stale = [name for name, text in wanted.items() if _text_of(folder / name) != text]
    stale += [path.name for path in sorted(folder.glob("*.md")) if path.name not in wanted]
    if check:
        for name in stale:
            print(f"docs/indicators/{name} is out of date: run .venv/bin/python scripts/indicators.py")
        return 1 if stale else 0
    folder.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return 0


def definitions() -> list[ReportDefinition]:
    """Every report, in its order."""
    return [report.definition for report in REPORTS.values()]


APART = {
    "publications": (
        "Publications",
        (
            "What is set down at the end of a month for council, alderman and policy: small numbers are hidden and the "
            "others rounded, and nothing of what is hidden follows from all that is out. Everybody who was in "
            "follow-up on the reference date or a year before stands in one class of each dimension. How that is made "
            "safe stands in [decision 54](../decisions/0054-an-attack-decides-what-is-published.md), what is in a "
            "publication in [decision 55](../decisions/0055-what-a-publication-is.md)."
        ),
        "On the screen: **Publicaties**. Command: `opstap publications`. Page: `/publicaties/`.",
    ),
    "series": (
        "Series",
        (
            "The levels over the years: as printed before Opstap, marked as not to be counted again, and then as "
            "published. Nothing in it counts people. Why what was printed is laid beside no publication stands in "
            "[decision 74](../decisions/0074-what-was-printed-is-tied-to-no-publication.md)."
        ),
        "On the screen: **Reeks**. Page: `/publicaties/reeks/`.",
    ),
}
"""What is no report and has worked examples too: its title, what it is, and where it stands."""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    made = {f"{definition.key}.md": _page(definition) for definition in definitions()}
    made |= {f"{key}.md": _apart(key) for key in APART}
    return {"index.md": _index(), "registry.md": _registry(), **made}


def _registry() -> str:
    better = {1: "more", -1: "less", 0: ""}
    rows = [
        [
            f"`{one.key}`",
            _english(WORDS[one.key].name),
            _dutch(WORDS[one.key].name),
            _english(WORDS[one.key].counted),
            _english(WORDS[one.key].among),
            better[one.better],
            str(one.matures_after or ""),
            ", ".join(one.codes),
        ]
        for one in REGISTRY.values()
    ]
    return _joined(
        "# The registry of indicators",
        MADE_BY,
        "Each is a share of persons: of those among whom it is counted, and of whom it is known. The report "
        "[`indicators`](indicators.md) shows them all. An indicator matures after so many years: who could not be "
        "followed that long is left out, and the report says so.",
        _table(
            ["key", "name", "on the screen", "counted are those", "among", "better", "matures after", "codes"], rows
        ),
    )


def _index() -> str:
    reports = [
        [f"[`{report.key}`]({report.key}.md)", _english(report.title), _dutch(report.title), _english(report.question)]
        for report in definitions()
    ]
    dimensions = [
        [f"`{key}`", _english_dimension(key), _dutch_dimension(key), "yes" if dimension.many else ""]
        for key, dimension in DIMENSIONS.items()
    ]
    return _joined(
        "# Reports and what they count",
        MADE_BY,
        _table(["report", "title", "on the screen", "question"], reports),
        "What is counted in them stands in the [registry of indicators](registry.md). Apart from these are "
        "[publications](publications.md) and the [series](series.md) that they go on.",
        "## Dimensions",
        "A report can be shown by a dimension (`--by`) and narrowed to a group of one (`--where`). Groups are those "
        "of the reference date. Where someone can fall in several groups, these may add up to more than the total; "
        "whoever is in no group of a dimension stands in its last one.",
        _table(["dimension", "meaning", "on the screen", "several groups a person"], dimensions),
        "Figures of one worker (`worker`) are for the command line, and for who leads them once the works council's "
        "consent is recorded; a case manager gets figures of the own caseload without asking.",
    )


def _page(definition: ReportDefinition) -> str:
    specs = [render_spec(spec).rstrip() for spec in RENDERED if spec.report == definition.key]
    return _joined(
        f"# {_english(definition.title)}",
        MADE_BY,
        f"*{_english(definition.question)}*",
        _english(definition.meaning),
        f"On the screen: **{_dutch(definition.title)}**. {_dutch(definition.question)}",
        f"Command: `opstap report {definition.key}`. Page: `/rapporten/{definition.slug}/`. "
        f"Codes of the field: {', '.join(definition.codes)}.",
        "## Columns",
        _columns(definition.columns),
        "## What can be asked",
        _table(
            ["on the command line", "in the address", "meaning"],
            [[*PARAMETERS[name]] for name in definition.parameters],
        ),
        "## Worked examples",
        "Each is a rule of this report on a few rows, and a test runs it. `nr` and `recording` are the order in which "
        "the rows were recorded.",
        *specs,
    )


def _apart(key: str) -> str:
    title, meaning, where = APART[key]
    specs = [render_spec(spec).rstrip() for spec in RENDERED if spec.report == key]
    return _joined(f"# {title}", MADE_BY, meaning, where, "## Worked examples", "A test runs each of them.", *specs)


def _columns(columns: Iterable[ReportColumn]) -> str:
    rows = [
        [f"`{one.key}`", _english(one.label), _dutch(one.label), one.unit, _english(one.meaning) + _values(one)]
        for one in columns
    ]
    return _table(["key", "heading", "on the screen", "unit", "meaning"], rows)


def _values(column: ReportColumn) -> str:
    """The keys that stand in it in JSON, with what each says on the screen."""
    said = [f"`{key}` {_english(words)}" for key, words in column.values]
    return f" In JSON: {'; '.join(said)}." if said else ""


def _english(words: Words) -> str:
    with override("en"):
        return str(words)


def _dutch(words: Words) -> str:
    with override("nl"):
        return str(words)


def _english_dimension(key: str) -> str:
    with override("en"):
        return dimension_label(key)


def _dutch_dimension(key: str) -> str:
    with override("nl"):
        return dimension_label(key)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _joined(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def _text_of(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
