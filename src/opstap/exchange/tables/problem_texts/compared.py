"""Texts about rows that contradict what is known, or that bring only part of what is needed."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.exchange.enums import Compared
from opstap.exchange.tables.problem_texts.words import Words

COMPARED: Mapping[str, Words] = {
    Compared.DOSSIER_PROTECTED: Words(
        _("This dossier is protected: no file changes it."),
        _("Leave the row out, or let the case manager of this client record what is new."),
    ),
    Compared.BSN_OF_OTHER_CLIENT: Words(
        _("BSN %(value)s is known of another client, with number %(other)s."),
        _("Correct the BSN, or give the row client number %(other)s."),
    ),
    Compared.NUMBER_HAS_OTHER_BSN: Words(
        _("Client %(value)s is known with another BSN."),
        _("Correct the client number or the BSN. If the known BSN is wrong, correct it with the client first."),
    ),
    Compared.WORKER_AMBIGUOUS: Words(
        _("Several workers are called “%(value)s”."),
        _("Use the staff code or the sign-in name of the right one."),
    ),
    Compared.TEAM_ENDED: Words(
        _("The team “%(value)s” ended on %(day)s."),
        _("Name another team, or have this one opened again by the functional administrator."),
    ),
    Compared.BENEFIT_WITHOUT_BEGIN: Words(
        _("There is a benefit (%(value)s) without its start; it is not taken over as a period on benefit."),
        _("Fill in the day on which the benefit began."),
    ),
    Compared.BENEFIT_KIND_ASSUMED: Words(
        _("The kind of the benefit from %(value)s is not given; it is taken over as %(kind)s."),
        _("Add a column with the kind of benefit if it is another."),
    ),
    Compared.BENEFIT_STILL_OPEN: Words(
        _("A benefit of the same kind is known since %(begin)s and covers %(value)s; this begin is not taken over."),
        _("Fill in the end of the earlier benefit in a row of its own, or correct the start."),
    ),
    Compared.INSTRUMENT_RUNS: Words(
        _("The same instrument is known since %(begin)s and covers %(value)s; this begin is not taken over."),
        _("Fill in the end of the earlier one in a row of its own, or correct the start."),
    ),
    Compared.INSTRUMENT_NOT_THEN: Words(
        _("“%(value)s” could not be chosen on %(day)s, the day on which it would begin; it is not taken over."),
        _("Fill in the first day of the instrument."),
    ),
    Compared.HELP_OTHERWISE: Words(
        _("This row says no day, and row %(other_row)s says something else in “%(column)s”; that one is taken over."),
        _("Fill in the first day in both rows, or remove the one that is wrong."),
    ),
    Compared.HELP_ENDED_BEFORE: Words(
        _("It ended on %(value)s, before follow-up began on %(begin)s, and has no first day; it is not taken over."),
        _("Fill in the first day, or correct the end."),
    ),
}
