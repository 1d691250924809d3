"""Figures of others, out of the packages that `./test` fetches (`outside.lock`) and nobody installs."""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

FETCHED = Path(sys.prefix) / "outside"
WHEEL, EBMT = "pymsm-0.1.7-py3-none-any.whl", "pymsm/datasets/ebmt_long.csv"


class Stay(NamedTuple):
    """A patient in a state from a day of theirs until a day, and the state that followed; none when they were lost."""

    patient: int
    state: str
    from_day: int
    until_day: int
    next_state: str | None


def ebmt() -> list[Stay]:
    """Every stay of the 2,279 patients after a transplant: states 1 to 6, of which 5 and 6 are the last.

    Source: the European Group for Blood and Marrow Transplantation, as in the R package mstate (L. C. de Wreede,
    M. Fiocco, H. Putter, Journal of Statistical Software 38, 2011) and in the wheel of pymsm.
    """
    with zipfile.ZipFile(FETCHED / WHEEL) as wheel:
        rows = csv.DictReader(io.StringIO(wheel.read(EBMT).decode()))
        found: dict[tuple[int, str, int], Stay] = {}
        for row in rows:
            key = (int(row["id"]), row["from"], int(float(row["Tstart"])))
            stay = found.setdefault(key, Stay(*key, int(float(row["Tstop"])), None))
            if row["status"] == "1":
                found[key] = stay._replace(next_state=row["to"])
    return list(found.values())
