"""What subcommands share: the municipality they work on, writing their output, numbers and moments in words."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime

from opstap.config.command import Refusal, WrongUse
from opstap.foundation import dates
from opstap.municipality.models import Municipality

OWNER_ONLY = 0o600


def the_municipality(name: str | None) -> Municipality:
    """The one with this name, or the only one there is."""
    found = list(Municipality.objects.order_by("name"))
    if not found:
        raise Refusal(
            "er is nog geen gemeente. Begin er een (opstap init), lees een bestand in (opstap import) of maak de demo "
            "(opstap demo)."
        )
    meant = _meant(found, name)
    if meant is not None:
        return meant
    right = ", ".join(municipality.name for municipality in found)
    raise WrongUse(f"noem de gemeente met --municipality. Er zijn: {right}.")


def meant_by(name: str | None) -> Municipality | None:
    """The same, where it can be told: nothing is refused here."""
    return _meant(list(Municipality.objects.order_by("name")), name)


def _meant(found: Sequence[Municipality], name: str | None) -> Municipality | None:
    if name is None:
        return found[0] if len(found) == 1 else None
    return next((one for one in found if one.name.casefold() == name.casefold()), None)


def write_out(content: bytes, out: str | None) -> None:
    """To a file that its owner alone can read, or to standard output."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.flush()
        return
    try:
        with open(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "wb") as file:  # noqa: PTH123 - with its mode
            os.fchmod(file.fileno(), OWNER_ONLY)  # also of a file that was there
            file.write(content)
    except OSError as error:
        raise Refusal(f"'{out}' kan niet geschreven worden: {error.strerror}. Kies een andere plaats.") from None
    sys.stderr.write(f"Geschreven: {out}\n")


def counted(number: int) -> str:
    """A number as it is written in Dutch: 1.166."""
    return f"{number:,}".replace(",", ".")


def local_moment(moment: datetime) -> str:
    """A moment as somebody in Amsterdam reads it."""
    return f"{moment.astimezone(dates.AMSTERDAM):%d-%m-%Y %H:%M}"
