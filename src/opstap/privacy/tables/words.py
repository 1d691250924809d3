"""What stands in the access log and in the register of requests, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opstap.accounts.logic import roles
from opstap.accounts.logic.told import CHANGED, CLOSED, LET_IN, LET_IN_HERE, told_of
from opstap.audit.models import Access
from opstap.clients.enums import FinerKind, GlassVerdict
from opstap.dossier.tables.facts import finer_words, kind_words
from opstap.dossier.tables.parts import SLUG_OF
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.privacy.enums import Reason, RequestKind, RequestOutcome, Verdict
from opstap.privacy.logic.actions import actions

RESULTS: dict[str, Any] = {
    "done": gettext_lazy("shown"),
    "out_of_reach": gettext_lazy("not shown: out of reach"),
    "refused": gettext_lazy("refused"),
    "not_there": gettext_lazy("not there"),
    "failed": gettext_lazy("failed"),
    "begun": gettext_lazy("begun"),
}
WAYS: dict[str, Any] = {
    "page": gettext_lazy("pages"),
    "search": gettext_lazy("searches"),
    "file": gettext_lazy("files"),
    "paper": gettext_lazy("on paper"),
    "command": gettext_lazy("commands"),
    "draft": gettext_lazy("drafts kept by themselves"),
}
GLASS_VERDICTS: dict[str, Any] = {
    GlassVerdict.IN_ORDER: gettext_lazy("in order"),
    GlassVerdict.NOT_IN_ORDER: gettext_lazy("not in order"),
}
WHYS: dict[str, Any] = {
    "handed_over": gettext_lazy("handed over, and still reading along"),
    "broken_glass": gettext_lazy("emergency access"),
    "outside": gettext_lazy("somebody called: known or not"),
    "met_outside": gettext_lazy("entered in a form, and known beyond their reach"),
    LET_IN: gettext_lazy("one of our people was given a role in another municipality"),
    LET_IN_HERE: gettext_lazy("somebody of another municipality was given a role here"),
    CLOSED: gettext_lazy("the account was closed by the municipality that keeps it: the roles here ended"),
    "tried_outside": gettext_lazy("entered in a form that was refused, which counts as asking whether they are known"),
    CHANGED: gettext_lazy("the municipality that keeps the account changed how one signs in with it"),
}
RESTORED: dict[str, Any] = {
    "restored": gettext_lazy("that of %(moment)s"),
    "restored_log_kept": gettext_lazy("that of %(moment)s; this log went on"),
    "restored_log_left": gettext_lazy(
        "that of %(moment)s; the log of after it stands only in what was set aside, on the machine"
    ),
}
REASONS: dict[Reason, Any] = {
    Reason.COLLEAGUE: gettext_lazy("a client with the name of a colleague"),
    Reason.SAME_NAME: gettext_lazy("the same surname"),
    Reason.OWN_NAMESAKE: gettext_lazy("the same surname, a client of their own"),
    Reason.MANY: gettext_lazy("many dossiers within an hour"),
    Reason.SEARCHES: gettext_lazy("many searches within an hour"),
    Reason.WIDE: gettext_lazy("many people of others in a file or on paper"),
    Reason.NOT_THEIRS: gettext_lazy("never in the caseload of this worker"),
    Reason.NOT_ALLOWED: gettext_lazy("asked for somebody out of reach"),
    Reason.COMMAND: gettext_lazy("a dossier given out by a command on the computer itself"),
    Reason.NIGHT: gettext_lazy("between ten at night and six in the morning"),
}
VERDICTS: dict[str, Any] = {
    Verdict.IN_ORDER.value: gettext_lazy("in order"),
    Verdict.ASKED.value: gettext_lazy("asked, waiting for an answer"),
    Verdict.MISUSE.value: gettext_lazy("not in order"),
}
REQUEST_KINDS: dict[str, Any] = {
    RequestKind.ACCESS: gettext_lazy("see what is kept"),
    RequestKind.CORRECTION: gettext_lazy("correct something"),
    RequestKind.ERASURE: gettext_lazy("erase"),
    RequestKind.OBJECTION: gettext_lazy("object to what is done"),
}
RECORDS: dict[str, Any] = {
    "measurement": gettext_lazy("Placement"),
    "contact": gettext_lazy("Contact"),
    **{what: lazy(lambda one: kind_words()[one], str)(what) for what in SLUG_OF},
}
FINER_KINDS: dict[str, Any] = {kind.value: lazy(lambda one: finer_words()[one], str)(kind.value) for kind in FinerKind}
OUTCOMES: dict[str, Any] = {
    RequestOutcome.GRANTED: gettext_lazy("done as asked"),
    RequestOutcome.PARTLY: gettext_lazy("done in part"),
    RequestOutcome.REFUSED: gettext_lazy("not done"),
    RequestOutcome.TAKEN_BACK: gettext_lazy("taken back by the client"),
}


def reason_words(why: str) -> str:
    """The reason of an entry in words, without whom it is about: as a client may read it."""
    code, _reference = told_of(why)
    return str(WHYS.get(code, code))


def why_words(why: str, users: Mapping[str, str]) -> str:
    """The reason of an entry in words, with the name of whom it is about where that is a colleague."""
    restored, _space, moment = why.partition(" ")
    if restored in RESTORED:
        return str(RESTORED[restored]) % {"moment": moment}
    _code, reference = told_of(why)
    words = reason_words(why)
    return f"{users.get(reference, reference)}: {words}" if reference else words


def people_words(count: int) -> str:
    """How many people stood on a list; empty for none."""
    return (
        ngettext("1 person on a list", "{count} people on a list", count).format(count=number(count)) if count else ""
    )


def action_words(access: Access, language: str) -> str:
    """What was done: the page and whether it was looked at or sent in."""
    known = actions().get(access.action)
    words = known.words(language) if known else access.action
    if known is not None and known.way == "page" and access.method == "POST":
        return _("{page}, sent in").format(page=words)
    return words


def role_words(keys: str, language: str) -> str:
    """The roles of the one who looked."""
    known = roles()
    return ", ".join(known[key].name(language) if key in known else key for key in keys.split(",") if key)


def record_words(about: str, on: date, detail: str = "") -> str:
    """One record of a client, as it is named beside what they say of it."""
    said = _("%(record)s of %(day)s") % {"record": RECORDS[about], "day": day(on)}
    return _("%(record)s: level %(level)s") % {"record": said, "level": detail} if detail else said
