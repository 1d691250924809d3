"""`opstap audit verify`: whether the access log is what was written."""

from __future__ import annotations

import sys

from opstap.audit.selectors.verifying import Wrong, verify_log
from opstap.config.arguments import Arguments
from opstap.config.command import REFUSED
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation.dates import AMSTERDAM

WORDS = {
    "changed": "deze regel is niet meer wat er geschreven is",
    "missing": "hier ontbreekt een regel, of staat een andere",
    "cut_off": "vanaf hier is het einde van de keten weggehaald",
    "unknown_chain": "het bestand met het einde van deze keten ontbreekt",
    "whole_chain": "deze keten is in haar geheel weggehaald",
    "cut_is_wrong": "het zegel op wat hier na zijn termijn is weggehaald, klopt niet",
}


def run(arguments: list[str]) -> int:
    """Follow every chain; 3 when a record is wrong, and the first one is named."""
    parser = Arguments("audit")
    parser.add_argument("action", choices=["verify"], help="verify: elke regel nalopen")
    parser.parse_args(arguments)
    ensure_up_to_date()
    say_put_back()
    found = verify_log()
    if not found.wrong:
        sys.stdout.write(
            f"{found.records} regels in {found.chains} ketens nagelopen: alles klopt.{_gone(found.gone)}\n"
        )
        return 0
    first = found.wrong[0]
    sys.stdout.write(f"FOUT  {_said(first)}\n")
    for other in found.wrong[1:]:
        sys.stdout.write(f"      {_said(other)}\n")
    sys.stdout.write(
        f"{found.records} regels in {found.chains} ketens nagelopen: {len(found.wrong)} ketens kloppen niet. "
        "Bewaar de database en de map met de kopregels zoals zij nu zijn, en meld het de privacy officer.\n"
    )
    return REFUSED


def _gone(records: int) -> str:
    return f" {records} oudere zijn na hun termijn weggehaald." if records else ""


def _said(wrong: Wrong) -> str:
    when = f"{wrong.at.astimezone(AMSTERDAM):%d-%m-%Y %H:%M:%S}, " if wrong.at else ""
    return f"{when}keten {wrong.chain}, regel {wrong.position}: {WORDS[wrong.what]}."
