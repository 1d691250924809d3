"""A form that carries the version it was opened on, and what it shows when somebody else saved first.

The view says which versions there are and how its form is made on one of them; here they are compared field by field.
`ui/opened.html` shows it within the form, `ui/opened_buttons.html` the choice below it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import QueryDict
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day, moment
from opstap.foundation.versions import as_version, values_on, version_of_values

VERSION = "version"  # the name of the hidden field
NONE = "–"
BESIDE = ("why",)  # about the correction itself, not about what is corrected
V = TypeVar("V")
F = TypeVar("F", bound=forms.Form)


@dataclass(frozen=True)
class Saved:
    """A version that was saved: by whom, when and why; a withdrawal is the last one."""

    by: str
    at: datetime
    why: str = ""
    withdrawn: bool = False

    def is_this_withdrawal(self, sent: QueryDict) -> bool:
        """A withdrawal that is sent again: it is done already."""
        return self.withdrawn and self.why == sent.get("why", "").strip()


class Wrote(Protocol):
    """Who wrote something, and when."""

    @property
    def actor_name(self) -> str: ...

    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True)
class Line:
    """A field on which two versions differ: as it was, as somebody else saved it, and as it was filled in here."""

    label: str
    before: str
    theirs: str
    mine: str
    touched: bool


@dataclass(frozen=True)
class Conflict:
    """Somebody else saved while the form was open. `anew` is where something withdrawn can be recorded again;
    what `is_final` can't be saved over: what was filled in is there to copy.
    """

    saved: Saved
    lines: tuple[Line, ...] = ()
    corrects: bool = True
    anew: str = ""
    is_final: bool = False


@dataclass(frozen=True)
class Opened:
    """What a form was opened on, and what it met; settled when that is what was filled in: it was sent twice."""

    version: str
    conflict: Conflict | None = None
    is_settled: bool = False

    def status(self, form: forms.Form) -> int:
        """The status of the page with this form."""
        if self.conflict is not None:
            return 409
        return 400 if form.errors else 200


def sent_version(sent: QueryDict) -> str:
    """The version that a form says it was opened on; empty where it says none, so that it meets what stands now."""
    return as_version(sent.get(VERSION, ""))


def begun_on(sent: QueryDict | None, now: str) -> Opened:
    """What a form is opened on: what stands now, or where it was sent still that which it says.

    One that comes back with a fault would else save over what a colleague saved since it was opened.
    """
    return Opened(now if sent is None else sent_version(sent))


def opened_of(versions: Iterable[V], sent: QueryDict, token: Callable[[V], str]) -> V | None:
    """The version that a form was opened on; None when it says none of these."""
    said = sent.get(VERSION)
    return next((one for one in versions if token(one) == said), None)


def met(
    made: Callable[[V, QueryDict | None], F],
    sent: QueryDict,
    *,
    opened: V | None,
    newest: V,
    version: str,
    saved: Saved,
    but: Collection[str] = (),
    more: Sequence[Line] = (),
) -> tuple[F, Opened]:
    """The form with what was filled in, now on the newest version, and where that differs from what stands.

    What was not touched follows what somebody else saved. Without `opened` nobody knows what was touched: all is kept.
    `but` are fields that are not compared, `more` is what differs beside the fields.
    """
    theirs, mine = made(newest, None), made(newest if opened is None else opened, sent)
    before = None if opened is None else made(opened, None)
    kept, lines = sent.copy(), []
    for field in theirs.visible_fields():
        if field.name in BESIDE or field.name in but:
            continue
        line = _line(field.name, before, theirs, mine)
        if not line.touched:
            _follow(kept, field)
        if line.theirs != line.mine or (not line.touched and line.theirs != line.before):
            lines.append(line)
    kept[VERSION] = version
    differs = (*lines, *more)
    return made(newest, kept), Opened(version, Conflict(saved, differs), is_settled=not differs)


def met_in_place(
    made: Callable[[Mapping[str, Any], QueryDict | None], F],
    sent: QueryDict,
    *,
    kind: str,
    newest: Mapping[str, Any],
    given: Mapping[str, Any],
    saved: Saved,
) -> tuple[F, Opened]:
    """The same for what is changed in place: `newest` is what its fields hold now, `given` what was filled in."""
    opened = values_on(kind, sent.get(VERSION, ""), newest, given)
    version = version_of_values(kind, newest)
    return met(made, sent, opened=opened, newest=newest, version=version, saved=saved)


def saved_by(wrote: Wrote | None) -> Saved:
    """Of what has no history: who last wrote, as far as that is known."""
    return Saved(wrote.actor_name, wrote.at) if wrote is not None else Saved(_("Somebody else"), dates.now())


def told(
    made: Callable[[V, QueryDict | None], forms.Form], *, opened: V | None, newest: V, version: str, saved: Saved
) -> Opened:
    """The same for a form that asks something else, such as an end or a withdrawal: only what was changed."""
    before, theirs = made(newest if opened is None else opened, None), made(newest, None)
    names = [field.name for field in theirs.visible_fields() if field.name not in BESIDE]
    lines = [_line(name, before, theirs, before) for name in names]
    changed = tuple(line for line in lines if line.theirs != line.before)
    return Opened(version, Conflict(saved, changed, corrects=False))


def gone(version: str, saved: Saved, *, anew: str = "") -> Opened:
    """What was withdrawn while the form was open."""
    return Opened(version, Conflict(saved, anew=anew))


def newest_words(saved: Saved) -> str:
    """For who follows an older address: what became of it."""
    said = {"by": saved.by, "when": moment(saved.at)}
    if saved.withdrawn:
        return _("%(by)s withdrew this on %(when)s: it counts no longer.") % said
    return _("%(by)s corrected this on %(when)s. What stands now is shown here.") % said


def settled_words() -> str:
    """For what was sent twice."""
    return _("This stood there already as you filled it in.")


def shown(field: BoundField) -> str:
    """What a field holds, as a reader sees it."""
    value = field.value()
    if isinstance(field.field, forms.BooleanField):
        return _("yes") if field.field.to_python(value) else _("no")
    if isinstance(field.field, forms.ChoiceField):
        return _labels(field.field).get(str(value), str(value)) if value not in (None, "") else NONE
    try:
        read = field.field.to_python(value)
    except ValidationError:
        read = value
    if isinstance(read, date):
        return day(read)
    if isinstance(read, time):
        return time_format(read, "H:i")
    return "\n".join(str(read).split("\r\n")).strip() if read not in (None, "") else NONE


def _line(name: str, before: forms.Form | None, theirs: forms.Form, mine: forms.Form) -> Line:
    """How a field of theirs differs; one that the form did not ask when it was opened is theirs."""
    was = shown(before[name]) if before is not None and name in before.fields else NONE
    filled_in = shown(mine[name]) if name in mine.fields else was
    touched = name in mine.fields and (before is None or filled_in != was)
    return Line(str(theirs[name].label), was, shown(theirs[name]), filled_in, touched)


def _follow(kept: QueryDict, theirs: BoundField) -> None:
    value = theirs.value()
    if isinstance(theirs.field, forms.BooleanField):
        kept.pop(theirs.html_name, None)
        if theirs.field.to_python(value):
            kept[theirs.html_name] = "on"
        return
    if isinstance(theirs.field, forms.ChoiceField):
        kept[theirs.html_name] = "" if value is None else str(value)
        return
    kept[theirs.html_name] = str(theirs.field.widget.format_value(value) or "")


def _labels(field: forms.ChoiceField) -> dict[str, str]:
    return {str(value): str(words) for value, words in _flat(field.choices) if value not in (None, "")}


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, words in choices:
        if isinstance(words, (list, tuple)):
            yield from words
        else:
            yield value, words
