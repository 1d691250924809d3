"""A part of the dossier with its history: what holds, what stood there before, and since when that was known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from opstap.clients.logic import HeldAlready, RowsRefused
from opstap.clients.selectors.held import HeldFact
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.facts import end_of, is_hidden, kind_words, value_of
from opstap.foundation.references import keyed_reference
from opstap.foundation.ui.templatetags.ui_format import day

SLUGS = {
    "begeleiding": "follow_up", "uitkering": "benefit", "caseload": "assignment", "ontheffing": "exemption",
    "belemmering": "barrier", "kenmerk": "trait", "programma": "programme", "adres": "address",
    "aanvraag": "application", "huishouden": "household", "om-heen": "around", "bezoek": "arrangement",
    "zaaknummer": "case_number", "prioriteit": "priority",
}  # fmt: skip
SECRET = ("", "", "", "", "secret")
SLUG_OF = {what: slug for slug, what in SLUGS.items()}


@dataclass(frozen=True)
class Standing:
    """A row that stands, with how it holds today."""

    reference: str
    value: str
    starts_on: date
    ends_on: date | None
    end: str
    holds: bool
    merged: bool
    is_hidden: bool


@dataclass(frozen=True)
class Known:
    """A row that was recorded at some time, and what became of it."""

    value: str
    starts_on: date
    ends_on: date | None
    known_since: datetime
    by: str
    state: str
    why: str


def reference_of(fact: HeldFact) -> str:
    """The address of a fact."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), fact.what, fact.pk)


def standing_of(story: Story, what: str) -> list[Standing]:
    """What stands of a kind, the newest first."""
    return [
        Standing(
            reference=reference_of(fact),
            value=value_of(story, fact),
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            end=end_of(story, fact),
            holds=fact.holds_on(story.today),
            merged=fact.client_id != story.client.pk,
            is_hidden=is_hidden(story, fact),
        )
        for fact in story.of(what)
    ]


@dataclass(frozen=True)
class PartWords:
    """What the days of a kind of fact are called, its state, and ending it."""

    first: str
    last: str
    holds: str
    held: str
    end: str
    end_title: str
    save_end: str
    ended: str
    tag: str = "tag--ok"


def part_words(what: str) -> PartWords:
    """Of an application: reported, decided. Of everything else: from when until when."""
    if what == "application":
        return PartWords(
            first=_("Reported on"),
            last=_("Decided on"),
            holds=_("waits for a decision"),
            held=_("decided"),
            end=_("Record the decision"),
            end_title=_("The decision on an application"),
            save_end=_("Save the decision"),
            ended=_("The decision is recorded."),
            tag="tag--info",
        )
    return PartWords(
        first=_("From"),
        last=_("Until"),
        holds=_("holds"),
        held=_("does not hold"),
        end=_("End"),
        end_title=_("End: %(what)s") % {"what": kind_words()[what].lower()},
        save_end=_("Save the end"),
        ended=_("It is ended."),
    )


def history_of(story: Story, told: Sequence[HeldFact]) -> list[Known]:
    """Every row ever recorded, the latest known first; `told` as `told_of` gives it."""
    following: Mapping[int, HeldFact] = {fact.replaces_id: fact for fact in told if fact.replaces_id is not None}
    once_secret = _once_secret(story, told, following)
    return [
        Known(
            value=value_of(story, replace(fact, texts=SECRET) if fact.pk in once_secret else fact),
            starts_on=fact.starts_on,
            ends_on=fact.ends_on,
            known_since=fact.known_since,
            by=fact.by,
            state=_state(fact, following.get(fact.pk)),
            why=fact.why,
        )
        for fact in told
    ]


def _once_secret(story: Story, told: Sequence[HeldFact], following: Mapping[int, HeldFact]) -> set[int]:
    """Addresses of which any version is secret to the reader: every version, but for one that stands in the open."""
    found: set[int] = set()
    for fact in told:
        versions = [fact] if fact.replaces_id is None else []
        while versions and versions[-1].pk in following:
            versions.append(following[versions[-1].pk])
        if any(is_hidden(story, version) for version in versions):
            open_now = not versions[-1].withdrawn and not is_hidden(story, versions[-1])
            found |= {version.pk for version in (versions[:-1] if open_now else versions)}
    return found


def _state(fact: HeldFact, next_one: HeldFact | None) -> str:
    if fact.withdrawn:
        return _("withdrawal")
    if next_one is None:
        return _("stands")
    return _("withdrawn since") if next_one.withdrawn else _("replaced since")


# The fields that each refusal is about; the first that a form asks gets it.
REFUSED_AT: Mapping[str, tuple[str, ...]] = {
    "held_already": ("starts_on", "newcomer"),
    "ends_before_it_starts": ("ends_on",),
    "needs_an_end": ("ends_on",),
    "decided_before_reported": ("ends_on",),
    "applied_outside": ("applied_on",),
    "reported_to_come": ("starts_on",),
    "applied_to_come": ("applied_on",),
    "decided_to_come": ("ends_on",),
    "outcome_missing": ("outcome",),
    "decision_day_missing": ("ends_on",),
    "finer_is_off": ("finer",),
    "finer_of_another_kind": ("finer",),
    "not_followed": ("ends_on", "moved_on", "died_on"),
    "lives_in_no_household": ("on", "ends_on"),
    "in_another_household": ("on",),
    "name_missing": ("surname",),
    "birth_date_impossible": ("birth_date",),
    "bsn_invalid": ("bsn",),
    "death_date_impossible": ("died_on", "birth_date"),
    "the_same_dossier": ("number",),
    "merged_already": ("number",),
    "others_merged_into_it": ("number",),
    "other_municipality": ("number",),
    "number_taken": ("number",),
    "review_in_the_past": ("review_on",),
}


def refusal_words(what: str, refused: RowsRefused) -> list[str]:
    """Why it can't be recorded, and the way out."""
    if isinstance(refused, HeldAlready) and what == "application":
        twice = _("This application stands there already: reported on %(day)s. Correct that one.")
        return [twice % {"day": day(refused.starts_on)}]
    if isinstance(refused, HeldAlready):
        known = {"what": kind_words()[what].lower(), "from": day(refused.starts_on), "until": day(refused.ends_on)}
        since = _("There is one already (%(what)s) since %(from)s. End that one first, or choose other days.")
        between = _("There is one already (%(what)s) from %(from)s until %(until)s. Choose other days.")
        return [(since if refused.ends_on is None else between) % known]
    words = {
        "ends_before_it_starts": _("The end has to lie after the start. Check both days."),
        "needs_an_end": _("A visit with two is agreed until a day. Fill in until when."),
        "decided_before_reported": _("The decision can't lie before the report. Check both days."),
        "applied_outside": _("An application is made between the report and the decision. Check the days."),
        "reported_to_come": _("The day of the report lies in the future. Check the day."),
        "applied_to_come": _("The day of the application lies in the future. Check the day."),
        "decided_to_come": _("The day of the decision lies in the future. Check the day."),
        "outcome_missing": _("It was decided: choose what was decided too."),
        "decision_day_missing": _("Fill in the day of the decision too."),
        "finer_is_off": _("Your municipality has no ground for finer kinds any more. Leave this empty."),
        "finer_of_another_kind": _("This finer kind belongs with another barrier: the one between brackets."),
        "not_followed": _("There is no open follow-up that began before this day. Check the day."),
        "lives_in_no_household": _("This client lives in no household on this day. Begin a household first."),
        "in_another_household": _(
            "Somebody lives in another household then. End that one first, or choose a later day."
        ),
        "name_missing": _("Fill in the surname."),
        "birth_date_impossible": _("This birth date can't be right. Check the year."),
        "bsn_invalid": _("This BSN has a typing mistake: it fails the check. Compare it with the letter or card."),
        "death_date_impossible": _("This day lies in the future or before the birth. Check the day."),
        "person_unknown": _("Fill in who this is first."),
        "person_known_already": _("Somebody filled in who this is meanwhile. Look at it again."),
        "the_same_dossier": _("These are one and the same dossier. Fill in the number of the other one."),
        "merged_already": _("One of the two was merged already. Undo that first."),
        "others_merged_into_it": _("Others were merged into the other dossier. Merge the other way round."),
        "other_municipality": _("The two dossiers belong to two municipalities, and can't be merged."),
        "number_taken": _("This client number is in use already. Look that client up, or check the number."),
        "protected_already": _("This dossier is protected already. It stands under Team, Protected dossiers."),
        "review_in_the_past": _("Choose a day after today on which somebody looks at the protection again."),
        "not_for_oneself": _("Another team leader or the coordinator decides this for you."),
        "not_merged": _("This dossier is not merged."),
    }
    return [words.get(fault.code, fault.code) for fault in refused.faults]
