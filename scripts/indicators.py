"""Writes docs/indicators/: what each report counts, its columns and parameters, its rules as examples.

All of it comes from the definitions that feed the page, the export and the command, and from the specs in
tests/analytics/specs that the tests run. `--check` writes nothing and fails when a page is out of date.
This file sets the web framework up, with an empty data folder; the pages are made in indicator_pages.py.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a page is out of date")
    chosen = parser.parse_args(arguments)
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory(prefix="opstap-indicators-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(OPSTAP_DATA=folder, DJANGO_SETTINGS_MODULE="opstap.config.settings")
        import_module("django").setup()
        keep_up: Callable[..., int] = import_module("scripts.indicator_pages").keep_up
        return keep_up(ROOT / "docs" / "indicators", check=chosen.check)


if __name__ == "__main__":
    sys.exit(main())
