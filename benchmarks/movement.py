"""Movement between two days, timed against the usual ways of counting it: `python benchmarks/movement.py [--small]`.

README.md says what is compared and why. Ends with 1 when a limit is not met.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Runs the rounds in a process of their own, since Polars reads its number of threads once, when it is loaded."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    ours = {"POLARS_MAX_THREADS": "2", "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "benchmarks.movements.rounds", *sys.argv[1:]]
    return subprocess.run(command, env=os.environ | ours, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
