"""The two commands that set Opstap up: what they find, what they ask for, and what the locks hold."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.architecture.house import ROOT

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(.*)$", re.MULTILINE)


def find_python(path: Path) -> subprocess.CompletedProcess[str]:
    """What scripts/setup.sh finds with only this folder on PATH."""
    command = [shutil.which("sh") or "/bin/sh", "-c", f'. "{ROOT}/scripts/setup.sh"; find_python']
    return subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def place(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


def pins(name: str) -> dict[str, str]:
    return {match[1].lower(): match[2] for match in PIN.finditer((ROOT / name).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", ["run", "test", ".ci/run", "scripts/lock"])
def test_the_commands_are_plain_sh(name: str) -> None:
    path = ROOT / name
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    subprocess.run([shutil.which("sh") or "/bin/sh", "-n", str(path)], check=True)


def test_a_shim_without_its_python_is_passed_by(tmp_path: Path) -> None:
    place(tmp_path, "python3.13", "echo 'command not found' >&2; exit 127")
    place(tmp_path, "python3.11", f'exec "{sys.executable}" "$@"')
    found = find_python(tmp_path)
    assert found.returncode == 0
    assert found.stdout.strip() == sys.executable


def test_without_python_it_names_the_packages(tmp_path: Path) -> None:
    found = find_python(tmp_path)
    assert found.returncode == 1
    assert "Debian packages python3 and python3-venv" in found.stderr


def test_an_old_python_is_named(tmp_path: Path) -> None:
    place(tmp_path, "python3", f'case "$*" in *executable*) echo "{tmp_path}/python3"; exit 0;; esac; exit 1')
    found = find_python(tmp_path)
    assert found.returncode == 1
    assert "older" in found.stderr


def test_without_the_venv_module_it_names_the_package(tmp_path: Path) -> None:
    answer = f'*sys.executable*) echo "{tmp_path}/python3";; *ensurepip*) exit 1;;'
    body = f'case "$*" in {answer} *) exec "{sys.executable}" "$@";; esac'
    place(tmp_path, "python3", body)
    found = find_python(tmp_path)
    assert found.returncode == 1
    assert f"python3.{sys.version_info.minor}-venv" in found.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_its_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text(encoding="utf-8"))
    assert len(blocks) > 10
    assert [block.splitlines()[0] for block in blocks if PIN.match(block) and "--hash=sha256:" not in block] == []


def test_the_lock_of_the_tests_holds_that_of_the_product() -> None:
    # ./test installs one lock and stamps both.
    runtime, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}


def test_the_description_for_reuse_is_whole() -> None:
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert {"name", "url", "platforms", "developmentStatus", "softwareType", "legal", "maintenance"} <= described.keys()
    assert described["legal"]["license"] == "EUPL-1.2"
    for language in described["localisation"]["availableLanguages"]:
        texts = described["description"][language]
        assert len(texts["shortDescription"]) <= 150
        assert 150 <= len(texts["longDescription"]) <= 10_000
        assert texts["features"]
