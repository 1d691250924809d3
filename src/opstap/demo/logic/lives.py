"""One life by chance: each subject has draws of its own, so that one added later leaves the others as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from opstap.demo.logic.benefits import say_application_without_inflow, say_benefit
from opstap.demo.logic.caseload import draw_caseload
from opstap.demo.logic.chance import days_after, stream
from opstap.demo.logic.circumstances import (
    as_changed,
    draw_exemptions,
    draw_programmes,
    draw_traits,
    incomes_as_placed,
    say_barriers,
    say_traits,
)
from opstap.demo.logic.contacts import say_contacts
from opstap.demo.logic.help import say_growth_taken_up, say_help
from opstap.demo.logic.ladder_walk import as_employed, as_independent, walk
from opstap.demo.logic.other_scales import say_groups, say_on_its_ladder
from opstap.demo.logic.outlines import Outline, Terms
from opstap.demo.logic.people import draw_person, say_address
from opstap.demo.logic.placing import ASSESSED_TWICE, Setting, say_placements, say_second_assessment
from opstap.demo.logic.staff import DEVELOPMENT_PROGRAMME, LANGUAGE_PROGRAMME
from opstap.demo.logic.statements import Life

Draws = Callable[[str], Random]


def draw_life(terms: Terms, outline: Outline, bsn: str) -> Life:
    """The statements about somebody with this outline."""
    life = Life("")

    def draws(subject: str) -> Random:
        return stream(terms.seed, subject, outline.place)

    if outline.fate == "applied":
        _say_applicant(terms, outline, life, bsn, draws("applicant"))
        return life
    first_on = min(stay.starts_on for stay in outline.followed)
    rng = draws("person")
    person = draw_person(rng, outline.born, bsn)
    life.say(person, first_on)
    last = outline.followed[-1]
    if last.exit_reason == "deceased" and last.ends_on is not None:
        life.say(replace(person, died_on=last.ends_on), last.ends_on, 0)
    say_address(rng, life, first_on, terms.span)
    _say_stays(terms, outline, life, draws)
    return life


def _say_applicant(terms: Terms, outline: Outline, life: Life, bsn: str, rng: Random) -> None:
    span = terms.span
    reported_on = days_after(rng, span.start, 1, (span.until - span.start).days)
    life.say(draw_person(rng, outline.born, bsn), reported_on)
    say_address(rng, life, reported_on, span)
    say_application_without_inflow(rng, life, reported_on, span)


def _say_stays(terms: Terms, outline: Outline, life: Life, draws: Draws) -> None:
    span = terms.span
    walks = [
        as_employed(walk(draws(f"walk {number}"), stay, span), stay) for number, stay in enumerate(outline.followed)
    ]
    drawn = as_changed(draws("traits changed"), draw_traits(draws("traits"), outline.followed, span), span)
    traits = incomes_as_placed(drawn, [s for steps in walks for s in steps])
    say_traits(draws("traits learnt"), life, traits)
    prospects = draws("prospects").random()
    for number, (followed, steps) in enumerate(zip(outline.followed, walks, strict=True)):
        stay = as_independent(followed, steps)
        caseload = draw_caseload(draws(f"caseload {number}"), stay, steps, outline.born, span)
        exemptions = draw_exemptions(draws(f"exempt {number}"), stay, outline.born, outline.household_kind, span)
        around = Setting(span, prospects, caseload, traits, exemptions)
        say_benefit(draws(f"benefit {number}"), life, stay, steps, span)
        say_barriers(draws(f"barriers {number}"), life, stay, span)
        for held in caseload:
            life.say_period(held, held.starts_on, held.ends_on)
        for exemption in exemptions:
            life.say(exemption, exemption.starts_on)
        say_placements(draws(f"placements {number}"), life, steps, around)
        programmes = draw_programmes(draws(f"programmes {number}"), stay, outline.born, span)
        for programme in programmes:
            life.say_period(programme, programme.starts_on, programme.ends_on)
        for key, stream_name in ((DEVELOPMENT_PROGRAMME, "development"), (LANGUAGE_PROGRAMME, "service")):
            stays = [one for one in programmes if one.programme == key]
            say_on_its_ladder(draws(f"{stream_name} {number}"), life, stays, steps, around)
        say_groups(draws(f"groups {number}"), life, stay, steps, around)
        say_contacts(draws(f"contacts {number}"), life, stay, steps, around)
        say_help(draws(f"help {number}"), life, stay, steps, around)
        say_growth_taken_up(draws(f"growth {number}"), life, stay, steps, span)
        second = draws(f"second {number}")
        if stay.ends_on is None and steps and second.random() < ASSESSED_TWICE:
            say_second_assessment(second, life, steps, around)
