"""An installation as an administrator has it: a data folder of its own, and the command as a program of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = (
    "Klantnummer;BSN;Achternaam;Geboortedatum;Begin uitkering;Datum meting;Huidige trede",
    "K1;999900006;Bakker;1970-01-01;01-01-2020;01-03-2020;2",
    "K2;999900018;Visser;1980-01-01;01-01-2021;01-03-2021;3",
    "K3;;Mulder;1990-01-01;01-01-2022;01-03-2022;4",
)

# Ends the program as `kill -9` does, just before the n-th time that a file gets another name or is taken away.
KILLED = """
import os, signal, sys
from pathlib import Path
from opstap.config.command import main
left = [int(sys.argv[1])]
def before(act):
    def counted(*given, **named):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **named)
    return counted
Path.rename, Path.unlink = before(Path.rename), before(Path.unlink)
sys.exit(main(sys.argv[2:]))
"""


class Installed:
    """A data folder with the command that works on it."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.folder, self.variables = folder, variables

    @property
    def database(self) -> Path:
        """The file of the main database."""
        return self.folder / "opstap.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing but what the command needs."""
        mine = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "HOME": str(self.folder)}
        return {**mine, "OPSTAP_DATA": str(self.folder), **self.variables}

    def opstap(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run it."""
        return self._run("-m", "opstap", *arguments)

    def killed(self, at: int, *arguments: str) -> bool:
        """Run it until it would name or take away a file for the n-th time; whether it came to that."""
        return self._run("-c", KILLED, str(at), *arguments).returncode < 0

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)

    def backup(self, *arguments: str) -> Path:
        """Make a backup; where it stands."""
        made = self.opstap("backup", *arguments)
        assert made.returncode == 0, made
        return Path(made.stdout.splitlines()[0].split(": ", 1)[1].rsplit(" (", 1)[0])

    def with_people(self) -> None:
        """Three people, of whom two have a BSN."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        people = self.folder / "mensen.csv"
        people.write_text("\n".join(PEOPLE), encoding="utf-8")
        ran = self.opstap("import", str(people))
        assert ran.returncode == 0, ran

    def with_user(self, name: str) -> None:
        """One more recording: somebody who may sign in."""
        ran = self.opstap("user", name, "--sign-in", name, "--role", "coordinator")
        assert ran.returncode == 0, ran

    def asked(self, question: str, *given: object) -> list[tuple[object, ...]]:
        """What the main database answers."""
        with closing(sqlite3.connect(self.database)) as database:
            return database.execute(question, given).fetchall()

    def last_recording(self) -> int:
        """The number of the last recording."""
        return int(str(self.asked("SELECT MAX(number) FROM audit_recording")[0][0]))

    def keys(self) -> dict[str, dict[str, str]]:
        """The key file."""
        return dict(json.loads((self.folder / "keys.json").read_text(encoding="utf-8")))
