"""Answering a request, or taking more time for it, on the version that its page was opened on; and what that meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import NONE, Line, Opened, Saved, begun_on, met, opened_of
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.foundation.versions import version_of
from opstap.privacy.enums import RequestOutcome
from opstap.privacy.forms import AnswerForm, ExtensionForm
from opstap.privacy.forms.correcting import DecisionForm
from opstap.privacy.models import RightsRequest
from opstap.privacy.operations import RequestRefused, answer_request
from opstap.privacy.selectors.requests import opened_texts, versions_of_request
from opstap.privacy.tables.words import OUTCOMES

FINAL = {"answered_already", "extended_already"}
Made = Callable[[RightsRequest, QueryDict | None], forms.Form]


@dataclass(frozen=True)
class Answering:
    """One of the forms about a request, with the version it is on."""

    made: Made
    found: RightsRequest
    form: Any
    opened: Opened

    @property
    def status(self) -> int:
        """The status of the page with this form."""
        return self.opened.status(self.form)

    def send(self, sent: QueryDict, write: Callable[[RightsRequest, dict[str, Any]], None]) -> Answering | None:
        """None where it stands as it was filled in; else the form again, with its faults or what a colleague saved."""
        if not self.found.outcome:
            if not self.form.is_valid():
                return self
            if self._kept(sent, write):
                return None
        again = self._met(sent)
        return None if again.opened.is_settled else again

    def _kept(self, sent: QueryDict, write: Callable[[RightsRequest, dict[str, Any]], None]) -> bool:
        """Whether it was written: on the version that was sent, and on no other."""
        opened = opened_of(versions_of_request(self.found), sent, _version)
        if opened is None:
            return False
        try:
            write(opened, self.form.cleaned_data)
        except ReplacedMeanwhile:
            return False
        except RequestRefused as refused:
            if refused.code not in FINAL:
                raise
            return False
        return True

    def _met(self, sent: QueryDict) -> Answering:
        newest, *older = versions_of_request(self.found)
        before = opened_of(older, sent, _version)
        form, opened = met(
            self.made,
            sent,
            opened=None,
            newest=newest,
            version=_version(newest),
            saved=Saved(newest.recording.actor_name, newest.recording.at),
            more=[] if before is None else _beside(before, newest, self.form),
        )
        if opened.conflict is not None:
            is_final = bool(newest.outcome or ("extension" in form.fields and opened_texts(newest).extension))
            opened = replace(opened, conflict=replace(opened.conflict, is_final=is_final))
        return Answering(self.made, newest, form, opened)


def keep_answer(by: Actor, found: RightsRequest, given: dict[str, Any]) -> None:
    """Write what was filled in."""
    answer_request(
        by=by,
        request=found,
        outcome=RequestOutcome(given["outcome"]),
        settled_on=given["settled_on"],
        reason=given["reason"],
    )


def answering(found: RightsRequest, sent: QueryDict | None) -> Answering:
    """The form to answer a request; what is asked beside a record takes a reason always."""
    return _opened(_answer, found, sent)


def extending(found: RightsRequest, sent: QueryDict | None) -> Answering:
    """The form to take more time."""
    return _opened(_extension, found, sent)


def _opened(made: Made, found: RightsRequest, sent: QueryDict | None) -> Answering:
    return Answering(made, found, made(found, sent), begun_on(sent, _version(found)))


def _answer(row: RightsRequest, sent: QueryDict | None) -> AnswerForm:
    asks = DecisionForm if row.about else AnswerForm
    told = {"settled_on": row.settled_on or dates.today(), "reason": opened_texts(row).reason}
    return asks(sent, received_on=row.received_on, initial=told | {"outcome": row.outcome})


def _extension(row: RightsRequest, sent: QueryDict | None) -> ExtensionForm:
    return ExtensionForm(sent, initial={"extension": opened_texts(row).extension})


def _beside(before: RightsRequest, newest: RightsRequest, form: forms.Form) -> list[Line]:
    """What a colleague saved that this form does not ask."""
    lines = []
    if "extension" not in form.fields and before.due_on != newest.due_on:
        why, label = opened_texts(newest).extension, str(ExtensionForm.base_fields["extension"].label)
        lines.append(Line(label, NONE, why, NONE, touched=True))
        lines.append(Line(_("Answer due by"), day(before.due_on), day(newest.due_on), NONE, touched=True))
    if "outcome" not in form.fields and before.outcome != newest.outcome:
        label = str(AnswerForm.base_fields["outcome"].label)
        lines.append(Line(label, NONE, str(OUTCOMES[newest.outcome]), NONE, touched=True))
    return lines


def _version(row: RightsRequest) -> str:
    return version_of("rights_request", row.pk)
