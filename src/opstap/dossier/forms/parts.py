"""The form of one fact of a dossier: what it says, from when until when, and why it is corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.clients.enums import ArrangementKind, TraitKind
from opstap.dossier.forms.fields import DayField, WhyField
from opstap.foundation import dates
from opstap.municipality.logic import DAY, MAX_TRAIT_NUMBER_DIGITS, NUMBER
from opstap.municipality.selectors import CodeOption, OwnTrait
from opstap.municipality.tables import not_then

Options = Mapping[str, Sequence[Any]]
Codes = Mapping[str, Mapping[str, CodeOption]]
MOST = 10**MAX_TRAIT_NUMBER_DIGITS - 1
YES_NO = (("yes", _("yes")), ("no", _("no")), ("unknown", _("unknown")))


@dataclass(frozen=True)
class Ask:
    """A field of the form: the column it fills, its words, and where its choices come from."""

    name: str
    label: Any  # a text of later, which the stubs of forms know under a name of their own
    choices: str = ""
    kind: Literal["text", "choice", "tick", "day", "number"] = "text"
    required: bool = True
    longest: int = 120
    topic: str = ""  # of the help beside it, where that is not its name
    when: Literal["begin", "end", "period"] = "begin"  # the day on which a code has to be on its list


@dataclass(frozen=True)
class Days:
    """What the two days of a fact are called, the help beside them, and the order of the fields where it matters."""

    first: Any
    last: Any
    when_empty: Any
    at_end: Any
    hint_at_end: Any
    topics: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()


PERIOD = Days(
    first=_("From"),
    last=_("Until"),
    when_empty=_("The first day on which it no longer holds. Empty: for now."),
    at_end=_("Ends on"),
    hint_at_end=_("The first day on which it no longer holds."),
)


@dataclass(frozen=True)
class PartForm:
    """What is asked of a kind of fact; `end` is asked when it ends, or already before (`ends_at_once`). Without `asks`
    it is not made here.
    """

    asks: tuple[Ask, ...] = ()
    end: tuple[Ask, ...] = field(default=())
    addable: bool = True
    ends_at_once: bool = False
    days: Days = PERIOD


def _choice(name: str, label: Any, choices: str, *, required: bool = True, topic: str = "") -> Ask:
    return Ask(name, label, choices, kind="choice", required=required, topic=topic)


def _at_end(name: str, label: Any, choices: str, *, topic: str = "") -> Ask:
    return Ask(name, label, choices, kind="choice", topic=topic, when="end")


PART_FORMS: dict[str, PartForm] = {
    "follow_up": PartForm(
        (_choice("ground", _("Ground of the follow-up"), "follow_up_ground", topic="follow_up_ground"),),
        (_at_end("end_reason", _("Reason of the end"), "follow_up_end_reason", topic="follow_up_end_reason"),),
    ),
    "benefit": PartForm(
        (
            # A benefit goes on under the law that followed, so any day of it will do.
            Ask("kind", _("Kind of benefit"), "benefit_kind", kind="choice", topic="benefit_kind", when="period"),
            _choice("entry_reason", _("Reason for the start"), "entry_reason", required=False),
            _choice("origin_of_entry", _("Lived before on"), "origin_of_entry", required=False),
        ),
        (_at_end("exit_reason", _("Reason of the end"), "exit_reason"),),
    ),
    "assignment": PartForm(
        end=(_at_end("end_reason", _("Reason of the end"), "assignment_end_reason", topic="assignment_end_reason"),),
        addable=False,
    ),
    "exemption": PartForm(
        (
            _choice("duty", _("Exempt from"), "exemption_duty", topic="exemption_duty"),
            _choice("ground", _("Ground of the exemption"), "exemption_ground", topic="exemption_ground"),
        )
    ),
    "barrier": PartForm((_choice("kind", _("Barrier, in broad terms"), "barrier_kind", topic="barrier_kind"),)),
    "trait": PartForm((_choice("said", _("Trait"), "traits", topic="trait"),)),
    "programme": PartForm((_choice("programme_id", _("Programme or target group"), "programmes", topic="programme"),)),
    "address": PartForm(
        (
            Ask("street", _("Street")),
            Ask("house_number", _("House number"), longest=20),
            Ask("postcode", _("Postcode"), longest=10),
            Ask("city", _("Town"), longest=80),
            Ask("is_secret", _("This address is secret"), kind="tick", required=False),
        )
    ),
    "household": PartForm(
        (_choice("role", _("Role in the household"), "household_role", topic="household_role"),), addable=False
    ),
    "around": PartForm(
        (
            _choice("kind", _("What they are for this client"), "person_around_kind", topic="around_kind"),
            Ask("name", _("Name"), topic="around_name"),
            Ask("organisation", _("Organisation"), required=False),
            Ask("phone", _("Phone"), required=False, longest=30),
            Ask("email", _("E-mail"), required=False, longest=254),
        )
    ),
    "arrangement": PartForm((_choice("kind", _("What holds"), "arrangement_kind", topic="arrangement_kind"),)),
    "priority": PartForm(
        (Ask("note", _("Why does this client come first?"), longest=200, topic="priority_note"),),
        (
            replace(
                _at_end("result", _("What came of the priority"), "priority_result", topic="priority_result"),
                required=False,
            ),
        ),
    ),
    "application": PartForm(
        (
            _choice("law", _("Benefit that is asked for"), "benefit_kind", topic="application_law"),
            Ask("applied_on", _("Applied on"), kind="day", required=False, topic="applied_on"),
            Ask("from_ww", _("Comes from unemployment benefit (WW)"), kind="tick", required=False),
        ),
        (_at_end("outcome", _("What was decided"), "application_outcome", topic="application_outcome"),),
        ends_at_once=True,
        days=Days(
            first=_("Reported on"),
            last=_("Decided on"),
            when_empty=_("Empty while nobody has decided."),
            at_end=_("Decided on"),
            hint_at_end="",
            topics={"starts_on": "reported_on", "ends_on": "decided_on"},
            order=("law", "starts_on", "applied_on", "from_ww", "ends_on", "outcome"),
        ),
    ),
    "case_number": PartForm(
        (
            Ask("number", _("Case number"), longest=60, topic="case_number"),
            Ask("about", _("What it is about"), required=False),
        )
    ),
}


def arrangement_choices() -> list[tuple[str, str | Promise]]:
    """Not reachable, or a visit with two."""
    return [
        (ArrangementKind.NOT_REACHABLE.value, _("not reachable for now")),
        (ArrangementKind.VISIT_WITH_TWO.value, _("visit with two")),
    ]


def trait_choices(
    words: Mapping[str, str], options: Callable[[str], Sequence[tuple[str, str]]]
) -> list[tuple[str, str | Promise]]:
    """Every trait with every value it can have, as one choice: `low_literate:yes`."""
    lists = {TraitKind.INTEGRATION.value: "integration_status", TraitKind.INCOME_SITUATION.value: "income_situation"}
    choices: list[tuple[str, str | Promise]] = []
    for kind in TraitKind:
        values = options(lists[kind.value]) if kind.value in lists else [(code, str(said)) for code, said in YES_NO]
        choices += [(f"{kind.value}:{code}", f"{words[kind.value]}: {said}") for code, said in values]
    return choices


def finer_ask() -> Ask:
    """The field of the finer kind of a barrier, for who may see it."""
    return _choice("finer", _("Finer kind"), "finer_barriers", required=False, topic="finer_barrier")


def own_trait_ask(trait: OwnTrait, language: str) -> Ask:
    """The field of a trait that the municipality defined, by its kind; the choices go by the code of the trait."""
    kinds: dict[str, Literal["choice", "day", "number"]] = {DAY: "day", NUMBER: "number"}
    return Ask("value", trait.name(language), trait.code, kind=kinds.get(trait.kind, "choice"))


class HeldFactForm(forms.Form):
    """A fact added, or corrected with the reason."""

    def __init__(
        self,
        *args: Any,
        asks: Sequence[Ask],
        options: Options,
        corrects: bool,
        codes: Codes | None = None,
        days: Days | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asks, self._codes, days = asks, codes or {}, days or PERIOD
        for ask in asks:
            self.fields[ask.name] = _field(ask, options)
        self.help_names = {**_topics(asks), **days.topics}
        self.fields["starts_on"] = DayField(label=days.first)
        self.fields["ends_on"] = DayField(label=days.last, required=False, help_text=days.when_empty)
        self.order_fields(list(days.order))
        if corrects:
            self.fields["why"] = WhyField(label=_("Why is this corrected?"))

    def clean(self) -> dict[str, Any]:
        """What is chosen was on its list then. What stood there already may stay."""
        given = super().clean() or {}
        for ask in self._asks:
            if given.get(ask.name) != self.initial.get(ask.name):
                say_when_not_then(self, ask, self._codes)
        return given


class EndForm(forms.Form):
    """From which day on something no longer holds."""

    def __init__(
        self, *args: Any, asks: Sequence[Ask], options: Options, codes: Codes, days: Days | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._asks, self._codes, days = asks, codes, days or PERIOD
        self.fields["ends_on"] = DayField(label=days.at_end, help_text=days.hint_at_end)
        for ask in asks:
            self.fields[ask.name] = _field(ask, options)
        self.help_names = {**_topics(asks), **{name: one for name, one in days.topics.items() if name == "ends_on"}}

    def clean(self) -> dict[str, Any]:
        """The reason was on its list on that day."""
        given = super().clean() or {}
        for ask in self._asks:
            say_when_not_then(self, ask, self._codes)
        return given


class WithdrawForm(forms.Form):
    """Why something should never have been there."""

    why = WhyField(label=_("Why should this not have been there?"))


def say_when_not_then(form: forms.Form, ask: Ask, codes: Codes) -> None:
    """Name at its field a code that could not be chosen on the days of the form."""
    given = form.cleaned_data
    first = given.get("ends_on") if ask.when == "end" else given.get("starts_on")
    code = codes.get(ask.choices, {}).get(str(given.get(ask.name)))
    if code is None or first is None:
        return
    last = max(first, given.get("ends_on") or dates.today()) if ask.when == "period" else first
    if words := not_then(code, first, last):
        form.add_error(ask.name, words)


def _topics(asks: Sequence[Ask]) -> dict[str, str]:
    return {ask.name: ask.topic for ask in asks if ask.topic}


def _field(ask: Ask, options: Options) -> forms.Field:
    if ask.kind == "tick":
        return forms.BooleanField(label=ask.label, required=False)
    if ask.kind == "day":
        return DayField(label=ask.label, required=ask.required)
    missing = {"required": _("Fill this in.")}
    if ask.kind == "number":
        missing["invalid"] = _("Fill in a whole number.")
        return forms.IntegerField(label=ask.label, min_value=0, max_value=MOST, error_messages=missing)
    if ask.kind == "text":
        return forms.CharField(label=ask.label, required=ask.required, max_length=ask.longest, error_messages=missing)
    chosen = [("", "–"), *options[ask.choices]]
    missing = {"required": _("Choose one."), "invalid_choice": _("Choose one of the list.")}
    return forms.ChoiceField(label=ask.label, required=ask.required, choices=chosen, error_messages=missing)
