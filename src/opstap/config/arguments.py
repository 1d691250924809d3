"""The arguments of a subcommand: read as usual, explained and refused in Dutch as all of `opstap`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from opstap.config.refusals import WrongUse

USAGE = "gebruik: "
# What argparse says, and what we say for it. It has no other way to word these than in English.
WORDS = (
    (r"the following arguments are required: (.+)", r"er ontbreekt: \1"),
    (r"unrecognized arguments: (.+)", r"dit ken ik niet: \1"),
    (r"one of the arguments (.+) is required", r"noem een van deze: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 kan meer betekenen: \2"),
    (r"argument ([^:]+): (.+)", r"bij \1: \2"),
    (r"expected one argument", r"hier hoort een waarde achter"),
    (r"expected at (?:least|most) one argument", r"hier hoort een waarde achter"),
    (r"expected (\d+) arguments?", r"hier horen \1 waarden achter"),
    (r"ignored explicit argument (.+)", r"hier hoort geen waarde achter, zoals \1"),
    (r"not allowed with argument (.+)", r"dit kan niet samen met \1"),
    (r"invalid choice: (.+) \(choose from (.+)\)", r"\1 kan niet; kies uit \2"),
    (r"invalid (?:int|float) value: (.+)", r"\1 is geen getal"),
    (r"invalid \w+ value: (.+)", r"\1 kan niet"),
)


class Arguments(argparse.ArgumentParser):
    """Reads the arguments of `opstap NAME`. WrongUse says what is wrong with them and how it is done."""

    def __init__(self, name: str, description: str = "") -> None:
        super().__init__(
            prog=f"opstap {name}",
            description=description or None,
            formatter_class=_Dutch,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title, self._optionals.title = "wat u noemt", "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        """Refuse with the words of a user."""
        raise WrongUse(f"{in_dutch(message).rstrip('.')}.\n{self.format_usage().rstrip()}")


def in_dutch(message: str) -> str:
    """What argparse says, in Dutch; what we say ourselves stays as it is."""
    for english, dutch in WORDS:
        message = re.sub(rf"(?<![\w-]){english}$", dutch, message)
    return message


class _Dutch(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, USAGE if prefix is None else prefix)
