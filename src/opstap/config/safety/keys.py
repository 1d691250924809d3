"""The key file: readable by its owner only, with a key of its own for each use."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from django.conf import settings

from opstap.foundation.crypto.keys import KEY_BYTES, USES, KeyRing

OTHERS = 0o077


def key_faults() -> list[str]:
    """What is wrong with the file and the keys in it."""
    path = Path(settings.KEYS_FILE)
    faults = []
    if path.exists() and path.stat().st_mode & OTHERS:
        faults.append(
            f"Het sleutelbestand {path} is leesbaar voor anderen: geef alleen de eigenaar toegang (chmod 600 {path})."
        )
    return faults + faults_of_ring(settings.OPSTAP_KEYS)


def faults_of_ring(ring: KeyRing) -> list[str]:
    """What is wrong with the keys themselves."""
    faults = [
        f"Het sleutelbestand heeft geen sleutel voor {use}. Draai `opstap migrate`, en bewaar het bestand opnieuw."
        for use in USES
        if use not in ring.keys
    ]
    faults += [
        f"De sleutel voor {use} is te kort. Zet het sleutelbestand terug zoals Opstap het maakte."
        for use, key in ring.keys.items()
        if len(key.value) < KEY_BYTES
    ]
    return faults + [
        f"De sleutels voor {one} en {other} zijn dezelfde. Zet het sleutelbestand terug zoals Opstap het maakte."
        for one, other in combinations(ring.keys, 2)
        if ring.keys[one].value == ring.keys[other].value
    ]
