"""What makes an installation unsafe to serve: its settings, its keys, its databases and the disk they stand on.

Each check gives sentences with what is wrong and the way out, for `opstap check` and for whoever starts `opstap serve`.
"""

from __future__ import annotations

from opstap.config.safety.databases import durability_faults, place_faults, trigger_faults
from opstap.config.safety.erased import erased_faults
from opstap.config.safety.keys import key_faults
from opstap.config.safety.openid import emergency_faults, openid_faults, openid_remarks
from opstap.config.safety.serving import debug_faults, host_faults, mail_faults, session_faults
from opstap.config.safety.set_aside import set_aside_remarks


def faults_of_start() -> list[str]:
    """What keeps the pages from being served. Quick: of rows only the references of clients are read,
    where somebody was ever erased.
    """
    return [
        *debug_faults(),
        *host_faults(),
        *mail_faults(),
        *session_faults(),
        *openid_faults(),
        *key_faults(),
        *place_faults(),
        *durability_faults(),
        *trigger_faults(),
        *erased_faults(),
    ]


def faults_of_demo() -> list[str]:
    """What keeps even invented people from being served."""
    return [*debug_faults(), *session_faults()]


__all__ = ["emergency_faults", "faults_of_demo", "faults_of_start", "openid_remarks", "set_aside_remarks"]
