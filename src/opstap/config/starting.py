"""What comes before the first page, whichever server serves it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connections

from opstap.config.backups.in_use import hold
from opstap.config.backups.journal import finish_interrupted
from opstap.config.belonging import refuse_other_keys
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import is_up_to_date
from opstap.config.refusals import Refusal
from opstap.config.safety import faults_of_start


def refuse(faults: list[str]) -> None:
    """Don't start with what is unsafe, and say all of it at once."""
    if faults:
        raise Refusal("Opstap start niet, want dit is niet veilig:\n" + "\n".join(f"  - {fault}" for fault in faults))


def begin_for_another_server() -> None:
    """As `opstap serve` begins, but nothing is brought up to date: several processes of that server begin at once, and
    it ends one that takes long.
    """
    data = Path(settings.DATA)
    finish_interrupted(data, settings.DATABASES)
    hold(data)
    if not is_up_to_date():
        raise Refusal("De database is niet bij: draai `opstap migrate`.")
    refuse_other_keys()
    say_put_back()
    refuse(faults_of_start())
    connections.close_all()  # a server may fork after this, and a connection is of one process
