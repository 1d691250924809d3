"""Writes the generated parts of the papers in docs/privacy/: between their marks, from the code's own tables.

A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; what stands around it is written by people.
`--check` writes nothing and fails when a part is out of date. The parts are made in paper_parts.py.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "privacy"
PART = re.compile(r"(<!-- begin (\w+) -->\n).*?(<!-- end \2 -->)", re.DOTALL)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a part is out of date")
    chosen = parser.parse_args(arguments)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="opstap-papers-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(OPSTAP_DATA=folder, DJANGO_SETTINGS_MODULE="opstap.config.settings")
        import_module("django").setup()
        parts: Mapping[str, Callable[[], str]] = import_module("scripts.paper_parts").PARTS
        return keep_up(FOLDER, parts, check=chosen.check)


def keep_up(folder: Path, parts: Mapping[str, Callable[[], str]], *, check: bool) -> int:
    """Bring every paper of a folder up to date, or say which are not."""
    late = []
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        wanted = filled(text, parts)
        if wanted != text:
            late.append(path.name)
            if not check:
                path.write_text(wanted, encoding="utf-8")
    if check and late:
        print(f"out of date: {', '.join(late)}. Run .venv/bin/python scripts/papers.py")
        return 1
    return 0


def filled(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """A paper with each of its parts made anew. KeyError for a part that nobody makes."""
    return PART.sub(lambda found: f"{found[1]}\n{parts[found[2]]().strip()}\n\n{found[3]}", text)


if __name__ == "__main__":
    sys.exit(main())
