"""Texts about a row as a whole, rows that contradict each other, and what the database knows."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.logic import Code
from opstap.exchange.tables.problem_texts.words import Words

ROWS: Mapping[str, Words] = {
    Code.KEY_MISSING: Words(
        _("The row has neither a client number nor a BSN, so it isn't clear who it is about."),
        _("Fill in one of the two, or remove the row."),
    ),
    Code.NAME_MISSING: Words(_("The surname is missing."), _("Fill in the surname.")),
    Code.TOTAL_ROW_SKIPPED: Words(
        _("“%(value)s” is a row of totals and is passed over."), _("Nothing needs to be done.")
    ),
    Code.BENEFIT_BEFORE_BIRTH: Words(
        _("The benefit begins on %(value)s, before the birth date %(born)s."), _("Correct one of the two dates.")
    ),
    Code.BENEFIT_END_BEFORE_BEGIN: Words(
        _("The benefit ends on %(value)s, before it begins on %(begin)s."), _("Correct one of the two dates.")
    ),
    Code.BENEFIT_END_WITHOUT_BEGIN: Words(
        _("The benefit ends on %(value)s but has no start."), _("Fill in the day on which the benefit began.")
    ),
    Code.BENEFIT_FAR_AHEAD: Words(
        _("The benefit begins on %(value)s, more than a year from now (after %(latest)s)."), _("Correct the date.")
    ),
    Code.EXIT_REASON_WITHOUT_END: Words(
        _("There is a reason of exit (%(value)s) but the benefit has no end; the reason is not taken over."),
        _("Fill in the last day of the benefit if it has ended."),
    ),
    Code.FOLLOW_UP_BEFORE_BIRTH: Words(
        _("Follow-up begins on %(value)s, before the birth date %(born)s."), _("Correct one of the two dates.")
    ),
    Code.FOLLOW_UP_END_BEFORE_BEGIN: Words(
        _("Follow-up ends on %(value)s, before it begins on %(begin)s."), _("Correct one of the two dates.")
    ),
    Code.FOLLOW_UP_FAR_AHEAD: Words(
        _("Follow-up begins on %(value)s, more than a year from now (after %(latest)s)."), _("Correct the date.")
    ),
    Code.TRAJECTORY_GOAL_UNKNOWN: Words(
        _("“%(value)s” names a level that this ladder does not have; the trajectory is taken over by its name."),
        _("Name one of the levels %(levels)s, or fill in the goal afterwards."),
    ),
    Code.TRAJECTORY_SHORTENED: Words(
        _("The name of the trajectory has %(length)s characters; the first %(longest)s are taken over."),
        _("Shorten the name if the rest matters."),
    ),
    Code.ACTIVITY_SHORTENED: Words(
        _("The activity has %(length)s characters; the first %(longest)s are taken over."),
        _("Shorten the text if the rest matters."),
    ),
    Code.TRAJECTORY_FAR_AHEAD: Words(
        _("The trajectory begins on %(value)s, more than a year from now (after %(latest)s)."), _("Correct the date.")
    ),
    Code.TRAJECTORY_END_BEFORE_BEGIN: Words(
        _("The trajectory ends on %(value)s, before it begins on %(begin)s."), _("Correct one of the two dates.")
    ),
    Code.TRAJECTORY_DATE_ALONE: Words(
        _("There is a day of a trajectory (%(value)s) but no trajectory; the day is not taken over."),
        _("Fill in the trajectory."),
    ),
    Code.INSTRUMENT_FAR_AHEAD: Words(
        _("The instrument begins on %(value)s, more than a year from now (after %(latest)s)."), _("Correct the date.")
    ),
    Code.INSTRUMENT_END_BEFORE_BEGIN: Words(
        _("The instrument ends on %(value)s, before it begins on %(begin)s."), _("Correct one of the two dates.")
    ),
    Code.INSTRUMENT_MISSING: Words(
        _("Something is said of an instrument (%(value)s), but not which one; it is not taken over."),
        _("Fill in the kind of instrument."),
    ),
    Code.RESULT_WITHOUT_END: Words(
        _("There is a result (%(value)s) but the instrument has no end; the result is not taken over."),
        _("Fill in the last day of the instrument if it has ended."),
    ),
    Code.EXEMPTION_WITHOUT_GROUND: Words(
        _("There is an end of exemption (%(value)s) but no ground; no exemption is taken over."),
        _("Fill in the ground of the exemption."),
    ),
}

BETWEEN_ROWS: Mapping[str, Words] = {
    Code.BSN_TWO_NUMBERS: Words(
        _("BSN %(value)s stands in row %(first_row)s with client number %(first_number)s, here with %(number)s."),
        _("Give both rows the same client number, or correct the BSN of one of them."),
    ),
    Code.NUMBER_TWO_BSNS: Words(
        _("Client number %(value)s stands in row %(first_row)s with BSN %(first_bsn)s, here with %(bsn)s."),
        _("Give both rows the same BSN, or correct the client number of one of them."),
    ),
    Code.TWO_PLACEMENTS_ONE_DAY: Words(
        _(
            "Row %(first_row)s places the same client on %(date)s as well, but otherwise: "
            "there “%(first)s”, here “%(value)s”."
        ),
        _("Leave the right one of the two, or correct the date of one of them."),
    ),
    Code.ROW_REPEATED: Words(
        _("The row is equal to row %(first_row)s and counts once."), _("Nothing needs to be done.")
    ),
    Code.PERSON_CONTRADICTS: Words(
        _("Row %(first_row)s has “%(first)s” for the same client, this row “%(value)s”."),
        _("Give both rows the same value, or correct the client number of one of them."),
    ),
    Code.BENEFIT_OVERLAP: Words(
        _("The benefit from %(value)s overlaps the one of the same kind in row %(first_row)s."),
        _("Let one end on the day before the other begins, or leave one of them out."),
    ),
    Code.NO_START: Words(
        _(
            "It isn't known since when this person is followed: "
            "there is no start of follow-up, no start of a benefit and no placement."
        ),
        _("Fill in one of these, or give a reference date for the whole file (on the command line: --reference-date)."),
    ),
    Code.START_REFUSED: Words(
        _("Since when this person is followed stands in row %(refused_row)s, and that row is refused."),
        _("Correct row %(refused_row)s first."),
    ),
    Code.NAME_NEEDED: Words(
        _("This client is new, and a new client needs a surname."), _("Add a column with the surname.")
    ),
    Code.OUTSIDE_FOLLOW_UP: Words(
        _("The placement on %(value)s lies outside every period in which this person is followed."),
        _("Check the date, or the start and end of follow-up. If they are right, nothing needs to be done."),
    ),
    Code.WORKER_UNKNOWN: Words(
        _("Opstap doesn't know the worker “%(value)s”."),
        _("Let Opstap create the worker, or correct the name."),
    ),
    Code.TEAM_UNKNOWN: Words(
        _("Opstap doesn't know the team “%(value)s”."), _("Let Opstap create the team, or correct the name.")
    ),
}
