"""The one-time code for setting up an empty installation on screen."""

from __future__ import annotations

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.models import SetupCode
from opstap.municipality.selectors import setup_digest

GROUP = 4


def issue_setup_code(*, by: Actor) -> str:
    """Make a new code, in groups that can be read out; the earlier one opens nothing any more."""
    by.require("configure_municipality")
    code = new_reference()
    with writing(by=by, verb="issue_setup_code"):
        SetupCode.objects.all().delete()
        SetupCode.objects.create(digest=setup_digest(code), made_at=dates.now())
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def drop_setup_code(*, by: Actor) -> None:
    """Take the code away: the installation is no longer empty."""
    by.require("configure_municipality")
    if SetupCode.objects.exists():
        with writing(by=by, verb="drop_setup_code"):
            SetupCode.objects.all().delete()
