"""Lines of the processing log in the shape of the Logboek Dataverwerkingen, and the activities as rows of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.conf import settings

from opstap.privacy.logic.actions import actions
from opstap.privacy.logic.processing import WORDS, Activity
from opstap.privacy.selectors.processing import Counted, Line

SUBJECT_TYPE = "Opstap-pseudoniem van een cliënt"
SENT_IN = {"nl": "ingestuurd", "en": "sent in"}


def as_logged(line: Line) -> dict[str, Any]:
    """One line, with the field names of the standard; bytes as hexadecimal text, moments in milliseconds."""
    told: dict[str, Any] = {
        "trace_id": line.trace.hex(),
        "span_id": line.span.hex(),
        "status_code": line.status,
        "name": processing_words(line.action, line.method, "nl"),
        "start_time": _milliseconds(line.began_at),
        "end_time": _milliseconds(line.ended_at),
    }
    if line.parent:
        told["parent_span_id"] = line.parent.hex()
    if line.caller:
        told["foreign_operation"] = {
            "trace_id": line.caller[:16].hex(),
            "span_id": line.caller[16:].hex(),
            "entity": settings.OPSTAP_CALLER_URI,
        }
    told["resource"] = {"attributes": _pairs({"service.name": "opstap", "service.version": _version()})}
    told["attributes"] = _pairs(_attributes(line))
    return told


def activity_uri(activity: Activity) -> str:
    """Where the register of processing says more, for the version of its words that holds."""
    return f"{settings.OPSTAP_REGISTER_URI}{activity.identifier}"


def processing_words(action: str, method: str, language: str) -> str:
    """What was done, in words: the page, and whether it was sent in."""
    known = actions().get(action)
    if known is None:
        return action
    sent = known.way == "page" and method == "POST"
    return f"{known.words(language)}, {SENT_IN[language]}" if sent else known.words(language)


@dataclass(frozen=True)
class ActivityRow:
    """An activity with its words, and the figures of each month."""

    key: str
    said: dict[str, str]
    uri: str
    months: list[tuple[date, int]]


def activity_rows(
    known: Iterable[Activity], counts: Iterable[Counted], months: Sequence[date], language: str
) -> list[ActivityRow]:
    """Every activity in the order of the register, also one that did not take place."""
    by_key = {counted.key: counted for counted in counts}
    none = Counted("", (0,) * len(months))
    return [
        ActivityRow(
            key=one.key,
            said={name: one.words(name, language) for name in WORDS},
            uri=activity_uri(one),
            months=list(zip(months, by_key.get(one.key, none).people, strict=True)),
        )
        for one in known
    ]


def _attributes(line: Line) -> dict[str, str]:
    told = {"dpl.core.processing_activity_id": activity_uri(line.activity)}
    if line.subject:
        told["dpl.core.data_subject_id"] = line.subject.hex()
        told["dpl.core.data_subject_id_type"] = SUBJECT_TYPE
    return told


def _pairs(values: dict[str, str]) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in values.items()]


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@cache
def _version() -> str:
    try:
        return version("opstap")
    except PackageNotFoundError:
        return "0"
