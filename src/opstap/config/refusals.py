"""What a command is refused with: the input, or the way it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

WRONG_USE, REFUSED = 2, 3


@dataclass(eq=False)  # not frozen: a block that it leaves puts its trace on it
class Refusal(Exception):
    """The input was refused: what is wrong and the way out, in the user's words."""

    message: str
    code: ClassVar[int] = REFUSED

    def __str__(self) -> str:
        return self.message


class WrongUse(Refusal):
    """An argument that can't be: what is wrong with it, and the right ones."""

    code: ClassVar[int] = WRONG_USE
