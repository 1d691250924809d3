"""Fails when a file of the repository names the host of a package registry or mirror.

Such an address ties every installation to one place on the internet; a municipality has its own mirror. The hosts are
written here in two halves, so that this file doesn't name them either.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN_FOLDERS = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    "__pycache__",
    "node_modules",
}
HOSTS = tuple(
    ".".join(halves)
    for halves in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("pypi", "python.org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("npmmirror", "com"),
        ("deb.debian", "org"),
        ("security.debian", "org"),
        ("ftp", "debian.org"),
        ("snapshot", "debian.org"),
        ("archive.ubuntu", "com"),
        ("registry.yarnpkg", "com"),
        ("anaconda", "org"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("crates", "io"),
        ("proxy.golang", "org"),
        ("repo.maven.apache", "org"),
    )
)
# Besides the known hosts: any address that calls itself a mirror, or the index of a Python mirror.
PATTERN = re.compile(
    "|".join(
        [
            *(re.escape(host) for host in HOSTS),
            r"https?://[^\s/\"']*mirror[^\s/\"']*",
            r"https?://\S*/simple/?(?=[\s\"']|$)",
        ]
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Finding:
    """An address of a registry, and where it stands."""

    path: Path
    line: int
    host: str


def committed_files(root: Path) -> list[Path]:
    """The files that git knows or would add; without git, all files outside caches."""
    git = shutil.which("git")
    command = [git or "", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, check=False) if git else None
    if listing is not None and listing.returncode == 0:
        paths = [root / name for name in listing.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in root.rglob("*") if not OWN_FOLDERS & set(path.relative_to(root).parts)]
    return sorted(path for path in paths if path.is_file())


def findings(paths: Iterable[Path]) -> Iterator[Finding]:
    """Every address of a registry in these files."""
    for path in paths:
        content = path.read_bytes()
        if b"\0" in content[:8192]:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            for match in PATTERN.finditer(line):
                yield Finding(path, number, match.group())


def main() -> int:
    found = list(findings(committed_files(ROOT)))
    for finding in found:
        print(f"{finding.path.relative_to(ROOT)}:{finding.line}: names a package registry: {finding.host}")
    if found:
        print("Take the address out: packages come from where the installer of the machine says.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
