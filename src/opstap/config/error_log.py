"""What the server writes down when something breaks: which page and where in the code, nobody's data.

An address holds the reference of a client, and the words of an error hold what was typed or stored: "Key (…)=(…)
already exists". So of a request its method and the name of its view are written, and of an error its kind and where it
was raised.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

from opstap.foundation.references import PATTERN

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# An address, ours or not, with what was asked of it; and any reference that stands by itself.
ADDRESS = re.compile(rf"(?<![\w./])/[^\s'\",)]*|\b{PATTERN}\b")
CODES = ("sqlite_errorname", "sqlstate")  # of a database: a word of a fixed list


class WithoutPersons(logging.Formatter):
    """Lines for the log of errors."""

    def format(self, record: logging.LogRecord) -> str:
        """The moment, how bad, what is concerned, and where it was raised."""
        said = f"{self.formatTime(record)} {record.levelname} {record.name}: {_about(record)}"
        return f"{said}\n{self.formatException(record.exc_info)}" if record.exc_info else said

    def formatException(self, ei: Raised) -> str:  # noqa: N802 - the name it has in the library
        """Each error of the chain, the first one first."""
        return "\n".join(_raised(error) for error in _chain(ei[1]))


def _about(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is None:
        return ADDRESS.sub(lambda found: "/…" if found[0].startswith("/") else "…", _message(record))
    found = getattr(request, "resolver_match", None)
    name = found.view_name if found else "no page"
    return f"{getattr(record, 'status_code', '')} {getattr(request, 'method', '')} {name}".strip()


def _message(record: logging.LogRecord) -> str:
    """What the program says itself; of an error that it says it about only the kind."""
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(one) if isinstance(one, BaseException) else one for one in record.args)
    return record.getMessage()


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _raised(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__)) + _kind(error)


def _kind(error: BaseException) -> str:
    codes = [str(code) for name in CODES if (code := getattr(error, name, None))]
    return " ".join([f"{type(error).__module__}.{type(error).__qualname__}", *codes])
