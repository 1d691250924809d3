"""What somebody asks of a report, as plain text, before it is understood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """The words of an address or a command line; empty means not said."""

    report: str
    on: str = ""
    compared_with: str = ""
    known_at: str = ""
    scale: str = ""
    crosswalk: str = ""
    by: str = ""
    team: str = ""
    where: tuple[str, ...] = ()
    decimals: str = ""
    shares: str = ""


class QuestionRefused(Exception):
    """A question that can't be answered: a code, what was given, and what would be right."""

    def __init__(self, code: str, given: str = "", right: tuple[str, ...] = ()) -> None:
        self.code = code
        self.given = given
        self.right = right
        super().__init__(f"{code}: {given}")


def split_where(text: str) -> tuple[str, str]:
    """`dimension=group` into its two parts."""
    key, sign, group = text.partition("=")
    if not sign or not key.strip() or not group.strip():
        raise QuestionRefused("where_not_understood", text)
    return key.strip(), group.strip()
