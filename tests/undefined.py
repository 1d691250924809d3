"""What stands in for a template variable that doesn't exist: in tests that is a fault, not an empty place."""

from __future__ import annotations

from typing import Any


class UndefinedVariable(Exception):
    """A template shows a variable that its view doesn't give."""


class Undefined(str):
    """Set as `string_if_invalid`: Django formats it with the name of the variable, which tells it here."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return part == "%s" or super().__contains__(str(part))

    def __mod__(self, name: Any) -> str:
        message = f"the template shows {name}, which doesn't exist"
        raise UndefinedVariable(message)

    def __bool__(self) -> bool:
        return True
