"""The answer of the report `deployment` in words, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate, apart
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.deployment import GROWTH, GROWTH_WITHOUT, NONE, NOT_KNOWN
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.crosstab import figures_of
from opstap.reporting.tables.deployment.shape import shape_of, shares_with_instrument, sure_shares
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up


def lead(result: Result) -> str:
    """Both shares, whether they differ, and how many with growth potential are without."""
    columns, decimals = figures_of(result).overall.columns, result.question.decimals
    growth, none = sure_shares(columns)
    said = [f"{people_in_follow_up(result.base)}."]
    if growth.known and none.known:
        text = _(
            "Of the {growth} with growth potential {growth_share} has an instrument, of the {none} without it "
            "{none_share}."
        )
        said.append(
            text.format(
                growth=number(growth.known),
                growth_share=_sure(growth, decimals),
                none=number(none.known),
                none_share=_sure(none, decimals),
            )
        )
        with_growth, without = shares_with_instrument(columns)
        said.append(_differs(apart(without, with_growth).sign, is_small=growth.is_small or none.is_small))
    if columns[GROWTH_WITHOUT]:
        text = _("With growth potential and without an instrument: {n}.")
        said.append(text.format(n=number(columns[GROWTH_WITHOUT])))
    if columns[NOT_KNOWN]:
        said.append(_("Of {n} the one or the other is not known.").format(n=number(columns[NOT_KNOWN])))
    return " ".join(said)


def _sure(found: Estimate, decimals: int) -> str:
    """The share, and where it is not known of everybody between which that of all lies."""
    said = share_words(found.share(decimals), decimals)
    return said if found.is_exact else f"{said} ({between(found)})"


def _differs(sign: int, *, is_small: bool) -> str:
    if is_small:
        return _("That is of too few people to speak of a difference.")
    if not sign:
        return _("That is no clear difference.")
    return _("So instruments go more to who can grow.") if sign > 0 else _("So instruments go less to who can grow.")


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    asked = cell.get("deployed", "")
    names = {one.key: one.label for one in shape_of().across}
    names |= {GROWTH: _("with growth potential"), NONE: _("without growth potential")}
    name = names.get(asked, "")
    where = {key: text for key, text in cell.items() if key in {"level", "group"} and text}
    if name and not where:
        return name
    return ", ".join(part for part in (level_cell_words(question, where, language), name) if part)
