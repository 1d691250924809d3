"""What a restore set aside: a whole installation, in which whoever was erased since still stands."""

from __future__ import annotations

from datetime import timedelta

from opstap.config.backups.aside import set_aside
from opstap.config.backups.installation import this_installation
from opstap.foundation import dates
from opstap.privacy.logic.retention import BACKUP_DAYS


def set_aside_remarks() -> list[str]:
    """Those that have been there longer than a backup may."""
    until = f"{dates.now() - timedelta(days=BACKUP_DAYS):%Y%m%d%H%M%S}"
    return [
        f"{name} werd opzij gezet toen een reservekopie werd teruggezet, langer dan {BACKUP_DAYS} dagen geleden. Wie "
        "sindsdien gewist is, staat er nog in. Wis het."
        for name, moment in sorted(set_aside(this_installation()))
        if moment < until
    ]
