"""A fact about a client in words: what it says, what more there is to it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from opstap.clients.enums import ArrangementKind, AssignmentRole, FinerKind, TraitKind
from opstap.clients.selectors.held import HeldFact
from opstap.dossier.selectors.story import Story
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.municipality.logic import CHOICE, DAY, NUMBER
from opstap.municipality.selectors import OwnTrait


def title_of(story: Story, fact: HeldFact) -> str:
    """What it says, with its kind: `Benefit: Participation Act`."""
    return f"{kind_words()[fact.what]}: {value_of(story, fact)}"


def kind_words() -> dict[str, str]:
    """What each kind of fact is called."""
    return {
        "follow_up": _("Follow-up"),
        "benefit": _("Benefit"),
        "assignment": _("Caseload"),
        "exemption": _("Exemption"),
        "barrier": _("Barrier"),
        "trait": _("Trait"),
        "programme": _("Programme"),
        "address": _("Address"),
        "household": _("Household"),
        "household_type": _("Type of household"),
        "around": _("Person around the client"),
        "arrangement": _("Visit and reach"),
        "application": _("Application"),
        "case_number": _("Case number"),
        "priority": _("Priority"),
    }


def value_of(story: Story, fact: HeldFact) -> str:
    """What it says: names and labels instead of codes."""
    return _VALUES[fact.what](story, fact) or "–"


def trait_words() -> dict[str, str]:
    """What each trait is called."""
    return {
        TraitKind.LOW_LITERATE.value: _("low literacy"),
        TraitKind.BASIC_QUALIFICATION.value: _("basic qualification"),
        TraitKind.INTEGRATION.value: _("civic integration"),
        TraitKind.INCOME_SITUATION.value: _("income situation"),
        TraitKind.INSTRUMENT_IN_USE.value: _("instrument in use"),
    }


def _trait(story: Story, fact: HeldFact) -> str:
    kind, value = fact.texts[:2]
    own = story.words.own_traits.get(kind)
    name = own.name(story.language) if own else trait_words().get(kind, kind)
    return f"{name}: {_own_value(story, own, value) if own else trait_value(story, kind, value)}"


def _own_value(story: Story, own: OwnTrait, value: str) -> str:
    """The value of a trait that the municipality defined, by its kind."""
    if own.kind == CHOICE:
        return own.labels(story.language).get(value, value)
    if own.kind == DAY:
        return day(date.fromisoformat(value))
    return value if own.kind == NUMBER else trait_value(story, own.code, value)


def trait_value(story: Story, kind: str, value: str) -> str:
    """The value of a trait in words."""
    lists = {TraitKind.INTEGRATION.value: "integration_status", TraitKind.INCOME_SITUATION.value: "income_situation"}
    if kind in lists:
        return story.label(lists[kind], value)
    return {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}.get(value, value)


def is_hidden(story: Story, fact: HeldFact) -> bool:
    """Whether it is a secret address and the reader may not see those; also where a row in the open says the same."""
    if fact.what != "address" or story.actor.may("see_secret_addresses"):
        return False
    return fact.texts[4] != "" or _place(fact) in {_place(one) for one in story.of("address") if one.texts[4]}


def _place(fact: HeldFact) -> tuple[str, str]:
    _street, number, postcode, _city, _secret = fact.texts
    return postcode.replace(" ", "").upper(), number.strip().casefold()


def _address(story: Story, fact: HeldFact) -> str:
    street, number, postcode, city, secret = fact.texts
    if is_hidden(story, fact):
        return _("secret")
    where = ", ".join(part for part in (f"{street} {number}".strip(), f"{postcode} {city}".strip()) if part)
    return _("%(address)s (secret)") % {"address": where} if secret else where


def _household(story: Story, fact: HeldFact) -> str:
    reference, role = fact.texts[:2]
    kinds = [one.texts[1] for one in story.of("household_type") if one.texts[0] == reference]
    kind = story.label("household_type", kinds[0]) if kinds else ""
    return ", ".join(part for part in (kind, _("as %(role)s") % {"role": story.label("household_role", role)}) if part)


def _exemption(story: Story, fact: HeldFact) -> str:
    ground, duty = fact.texts[:2]
    words = [story.label("exemption_duty", duty)] if duty else []
    return ", ".join([*words, story.label("exemption_ground", ground)])


def finer_words() -> dict[str, str]:
    """What each finer kind of barrier is called."""
    return {
        FinerKind.PHYSICAL.value: _("physical"),
        FinerKind.PSYCHOLOGICAL.value: _("psychological"),
        FinerKind.ADDICTED.value: _("addiction"),
        FinerKind.JUSTICE.value: _("justice"),
    }


def _barrier(story: Story, fact: HeldFact) -> str:
    """The broad kind; for who may see it with the finer one."""
    broad, finer = story.label("barrier_kind", fact.texts[0]), story.finer_of(fact)
    return f"{broad}: {finer_words().get(finer, finer)}" if finer else broad


def arrangement_words() -> dict[str, str]:
    """What an arrangement is called."""
    return {
        ArrangementKind.NOT_REACHABLE.value: _("not reachable for now"),
        ArrangementKind.VISIT_WITH_TWO.value: _("visit with two"),
    }


def _around(story: Story, fact: HeldFact) -> str:
    kind, name, *reach = fact.texts
    return ", ".join([f"{story.label('person_around_kind', kind)}: {name}", *(one for one in reach if one)])


def _assignment(story: Story, fact: HeldFact) -> str:
    """Who and which team; of who is beside the case manager also as what."""
    team, worker, role = fact.texts[:3]
    who = ", ".join(part for part in (worker, team) if part)
    return who if role == AssignmentRole.CASE_MANAGER else f"{story.label('assignment_role', role)}: {who}"


def law_of(story: Story, fact: HeldFact) -> str:
    """By which law somebody asked for a benefit."""
    return story.label("benefit_kind", fact.texts[0])


def outcome_of(story: Story, fact: HeldFact) -> str:
    """What was decided; empty while nobody has."""
    return story.label("application_outcome", fact.texts[1]) if fact.texts[1] else ""


def _application(story: Story, fact: HeldFact) -> str:
    said, detail = (
        ": ".join(part for part in (law_of(story, fact), outcome_of(story, fact)) if part),
        detail_of(story, fact),
    )
    return f"{said} ({detail})" if detail else said


_VALUES: dict[str, Callable[[Story, HeldFact], str]] = {
    "follow_up": lambda story, fact: story.label("follow_up_ground", fact.texts[0]),
    "benefit": lambda story, fact: story.label("benefit_kind", fact.texts[0]),
    "assignment": _assignment,
    "exemption": _exemption,
    "barrier": _barrier,
    "trait": _trait,
    "programme": lambda _story, fact: fact.texts[0],
    "address": _address,
    "household": _household,
    "around": _around,
    "arrangement": lambda _story, fact: arrangement_words()[fact.texts[0]],
    "application": _application,
    "case_number": lambda _story, fact: " ".join(part for part in fact.texts[:2] if part),
    "household_type": lambda story, fact: story.label("household_type", fact.texts[1]),
    "priority": lambda story, fact: story.note_of(fact),
}


def detail_of(story: Story, fact: HeldFact) -> str:
    """What more there is to a beginning: why, or with whom."""
    if fact.what == "benefit":
        entry, origin = fact.texts[1], fact.texts[3]
        words = [story.label("entry_reason", entry)] if entry else []
        words += [_("before: %(origin)s") % {"origin": story.label("origin_of_entry", origin)}] if origin else []
        return "; ".join(words)
    if fact.what == "application":
        applied, from_ww = fact.texts[2:4]
        words = [_("applied on %(day)s") % {"day": day(date.fromisoformat(applied))}] if applied else []
        return "; ".join([*words, *([_("comes from unemployment benefit (WW)")] if from_ww else [])])
    if fact.what == "household":
        mates = [mate for mate in story.housemates if mate.household == fact.texts[0]]
        return _("with %(names)s") % {"names": "; ".join(mate.name for mate in mates)} if mates else ""
    return ""


def end_of(story: Story, fact: HeldFact) -> str:
    """Why it ended."""
    lists = {"benefit": ("exit_reason", 2), "follow_up": ("follow_up_end_reason", 1),
             "assignment": ("assignment_end_reason", 3), "priority": ("priority_result", 0)}  # fmt: skip
    if fact.what not in lists:
        return ""
    key, place = lists[fact.what]
    return story.label(key, fact.texts[place]) if fact.texts[place] else ""
