"""Parts of others stand in the repository unchanged, each in vendor.toml with its sum and its licence."""

from __future__ import annotations

import hashlib
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.house import ROOT, report

LISTS = ("src", "tests", "docs")


def listed() -> dict[str, tuple[str, str]]:
    """Path → sum and licence, from vendor.toml."""
    parts = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["part"]
    return {file["path"]: (file["sha256"], part["licence"]) for part in parts for file in part["file"]}


def changed(root: Path, sums: dict[str, tuple[str, str]]) -> list[str]:
    """Listed files that are gone or differ."""
    found = []
    for name, (expected, _) in sums.items():
        path = root / name
        if not path.is_file():
            found.append(f"{name} is gone")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            found.append(f"{name} differs from its sum")
    return found


def test_parts_of_others_are_as_they_were_shipped() -> None:
    report(changed(ROOT, listed()), "Put the file back, or bring vendor.toml in line with the new version:")


def test_every_file_in_a_vendor_folder_is_listed() -> None:
    paths = [path for folder in LISTS for path in (ROOT / folder).rglob("vendor/**/*") if path.is_file()]
    found = sorted({path.relative_to(ROOT).as_posix() for path in paths} - listed().keys())
    report(found, "Add the part to vendor.toml:")


def test_the_notices_give_each_part_its_own_licence() -> None:
    annotations = tomllib.loads((ROOT / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    found = []
    for name, (_, licence) in listed().items():
        fitting = [one["SPDX-License-Identifier"] for one in annotations if fnmatch(name, one["path"])]
        if fitting[-1] != licence or len(fitting) < 2:
            found.append(f"{name}: {licence} in vendor.toml, {fitting[-1]} in REUSE.toml")
    report(found, "Give the part its own notice in REUSE.toml:")


def test_the_guard_can_fail(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {}")
    right = hashlib.sha256(b"a {}").hexdigest()
    assert not changed(tmp_path, {"a.css": (right, "MIT")})
    assert changed(tmp_path, {"a.css": ("0" * 64, "MIT"), "b.css": (right, "MIT")}) == [
        "a.css differs from its sum",
        "b.css is gone",
    ]
