"""Writes docs/coverage.md: each code of the field list, with the tests that prove it and the pages that show it.

The codes stand in docs/field-codes.txt; `--codes FIELD.md` makes that file anew from section 7 of the field's document.
A test names its codes itself: `@pytest.mark.covers("B-88", page="/rapporten/plaatsing/")`. `--check` writes nothing and
fails when docs/coverage.md is out of date or a test names a code that doesn't exist.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODES = ROOT / "docs" / "field-codes.txt"
PAGE = ROOT / "docs" / "coverage.md"
TESTS = ROOT / "tests"
PARTS = {
    "A": "Groningen 2021",
    "B": "VNG and Sneek 2010",
    "C": "Rijswijk 2021",
    "D": "Groningen 2017",
    "E": "Steenwijkerland 2020",
    "G": "Formulas",
}
KINDS = {
    "F": "function",
    "R": "report",
    "I": "indicator",
    "W": "workflow",
    "B": "business rule",
    "O": "organisation or role",
    "S": "system",
    "X": "published figures",
}
# A code opens a line or follows the end of a sentence, and is followed by its letters; formulas have no letter.
CODE = re.compile(r"(?m)(?:^|(?<=[.)?!*\"] ))([A-E]-\d\d) ([SFRIWOBX]+(?:/[SFRIWOBX])*) |^(G-\d+) ")


@dataclass(frozen=True)
class Proof:
    """A test that proves a code, and the page or command whose output it reads."""

    code: str
    test: str
    page: str


class UnreadableMark(Exception):
    """A mark whose codes aren't plain texts."""


def read_field(text: str) -> list[tuple[str, str]]:
    """The codes and their letters from section 7 of the field's document, in its order."""
    section = text[text.index("\n# 7. ") : text.index("\n# 8. ")]
    return [(match[1] or match[3], match[2] or "") for match in CODE.finditer(section)]


def read_codes(path: Path = CODES) -> dict[str, str]:
    """The codes and their letters from docs/field-codes.txt."""
    pairs = (line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines() if line)
    return {code: kind for code, _, kind in pairs}


def proofs_in(paths: Iterable[Path], root: Path = ROOT) -> list[Proof]:
    """What the tests in these files say that they prove."""
    found: list[Proof] = []
    for path in paths:
        where = path.relative_to(root).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += _in_body(tree.body, where, _module_marks(tree))
    return found


def _in_body(body: list[ast.stmt], where: str, around: list[ast.Call]) -> Iterator[Proof]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield from _in_body(node.body, f"{where}::{node.name}", [*around, *_marks(node.decorator_list)])
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            for mark in [*around, *_marks(node.decorator_list)]:
                yield from _proofs(mark, f"{where}::{node.name}")


def _module_marks(tree: ast.Module) -> list[ast.Call]:
    marks: list[ast.Call] = []
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets):
            marks += _marks([node.value])
    return marks


def _marks(expressions: Iterable[ast.expr]) -> list[ast.Call]:
    return [
        node
        for expression in expressions
        for node in ast.walk(expression)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "covers"
    ]


def _proofs(mark: ast.Call, test: str) -> Iterator[Proof]:
    pages = [_text(keyword.value, test) for keyword in mark.keywords if keyword.arg == "page"]
    for argument in mark.args:
        yield Proof(_text(argument, test), test, pages[0] if pages else "")


def _text(node: ast.expr, test: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    message = f"{test}: write the codes and the page of covers(...) as plain texts"
    raise UnreadableMark(message)


def render(codes: dict[str, str], proofs: list[Proof]) -> str:
    """The page, in Markdown."""
    by_code: dict[str, list[Proof]] = {code: [] for code in codes}
    for proof in proofs:
        by_code[proof.code].append(proof)
    covered = [code for code in codes if by_code[code]]
    lines = [
        "# What is proved, and what is not yet",
        "",
        "Made by `scripts/coverage.py` from the marks on the tests; don't edit it. A code stands for one system,",
        "feature, report, indicator, rule or role of the founding documents, or for a formula (G).",
        "Letters: " + ", ".join(f"{letter} {name}" for letter, name in KINDS.items()) + ".",
        "",
        f"Proved: {len(covered)} of {len(codes)}.",
    ]
    for part, name in PARTS.items():
        lines += _part(f"{part}. {name}", [code for code in covered if code.startswith(part)], codes, by_code)
    lines += ["", "## Not covered yet", ""]
    for part, name in PARTS.items():
        missing = [f"{code} {codes[code]}".strip() for code in codes if code.startswith(part) and code not in covered]
        lines.append(f"- {part}. {name}: {', '.join(missing) or 'nothing'}")
    return "\n".join(lines) + "\n"


def _part(title: str, covered: list[str], codes: dict[str, str], by_code: dict[str, list[Proof]]) -> list[str]:
    if not covered:
        return []
    lines = ["", f"## {title}", "", "| code | kind | shown by | proved by |", "|---|---|---|---|"]
    for code in covered:
        pages = "<br>".join(f"`{page}`" for page in sorted({proof.page for proof in by_code[code] if proof.page}))
        tests = "<br>".join(f"`{test}`" for test in sorted({proof.test for proof in by_code[code]}))
        lines.append(f"| {code} | {codes[code]} | {pages} | {tests} |")
    return lines


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")
    parser.add_argument("--codes", type=Path, metavar="FIELD.md", help="make docs/field-codes.txt anew from this file")
    chosen = parser.parse_args(arguments)
    if chosen.codes:
        pairs = read_field(chosen.codes.read_text(encoding="utf-8"))
        CODES.write_text("".join(f"{code} {kind}".strip() + "\n" for code, kind in pairs), encoding="utf-8")
    codes = read_codes()
    try:
        proofs = proofs_in(sorted(TESTS.rglob("test_*.py")))
    except UnreadableMark as reason:
        print(reason)
        return 1
    unknown = [proof for proof in proofs if proof.code not in codes]
    for proof in unknown:
        print(f"{proof.test}: {proof.code} is no code of docs/field-codes.txt")
    if unknown:
        return 1
    page = render(codes, proofs)
    if not chosen.check:
        PAGE.write_text(page, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        print("docs/coverage.md is out of date: run .venv/bin/python scripts/coverage.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
