"""Filters that write dates, numbers and shares in the reader's language. No counting or rounding rules of reports."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

register = template.Library()

Number = int | float | Decimal

_NO_DATE = "–"
_DAYS_UNTIL_WEEKS = 14
_MONTHS_UNTIL_YEARS = 24


@register.filter
def day(value: date | datetime | None) -> str:
    """`4 mrt 2026`; a moment is read in the current time zone."""
    if not value:
        return _NO_DATE
    return formats.date_format(_local(value), pgettext("date format", "j M Y"))


@register.filter
def moment(value: datetime | None) -> str:
    """`4 mrt 2026, 14:02` in the current time zone."""
    if not value:
        return _NO_DATE
    return formats.date_format(_local(value), pgettext("date format", "j M Y, H:i"))


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """How long before (or after) today: `7 maanden geleden`, `over 3 dagen`."""
    if not value:
        return _NO_DATE
    local = _local(value)
    then = local.date() if isinstance(local, datetime) else local
    if then == today:
        return _("today")
    return _in_future(then, today) if then > today else _in_past(then, today)


@register.filter
def span(value: date | None, today: date) -> str:
    """How long it has been so, short enough for a column: `8 mnd`, `3 wk`, `2 jr`."""
    if not value:
        return _NO_DATE
    days, months = (today - value).days, _whole_months(value, today)
    if days < _DAYS_UNTIL_WEEKS:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if months < 2:
        return pgettext("short", "%(n)d wks") % {"n": days // 7}
    if months < _MONTHS_UNTIL_YEARS:
        return pgettext("short", "%(n)d mths") % {"n": months}
    return pgettext("short", "%(n)d yrs") % {"n": months // 12}


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """`1.166`, or `geen waarneming` where nothing was observed."""
    if value is None or value == "":
        return _("no observation")
    if type(value) is int and not decimals and 0 <= value < 1000:
        return str(value)
    return _written(value, decimals, get_language() or "")


@register.filter
def share(value: Number | None, decimals: int = 1) -> str:
    """`37,4 %` for a percentage 37.4, or `geen waarneming` for an empty denominator."""
    if value is None or value == "":
        return _("no observation")
    return _share_written(value, decimals, get_language() or "")


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@lru_cache(maxsize=4096)
def _written(value: Number, decimals: int, language: str) -> str:
    """A page has hundreds of numbers, and many of them again and again."""
    del language  # the one that is on
    return formats.number_format(_rounded(value, decimals), decimals, use_l10n=True, force_grouping=True)


@lru_cache(maxsize=4096)
def _share_written(value: Number, decimals: int, language: str) -> str:
    del language  # the one that is on
    return _("{number}%").format(number=number(value, decimals))


def _rounded(value: Number, decimals: int) -> Decimal:
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return rounded or abs(rounded)


def _whole_months(earlier: date, later: date) -> int:
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def _in_past(then: date, today: date) -> str:
    days, months = (today - then).days, _whole_months(then, today)
    if days == 1:
        return _("yesterday")
    if days < _DAYS_UNTIL_WEEKS:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if months < 2:
        return ngettext("%(n)d week ago", "%(n)d weeks ago", days // 7) % {"n": days // 7}
    if months < _MONTHS_UNTIL_YEARS:
        return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
    return ngettext("%(n)d year ago", "%(n)d years ago", months // 12) % {"n": months // 12}


def _in_future(then: date, today: date) -> str:
    days, months = (then - today).days, _whole_months(today, then)
    if days == 1:
        return _("tomorrow")
    if days < _DAYS_UNTIL_WEEKS:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    if months < 2:
        return ngettext("in %(n)d week", "in %(n)d weeks", days // 7) % {"n": days // 7}
    if months < _MONTHS_UNTIL_YEARS:
        return ngettext("in %(n)d month", "in %(n)d months", months) % {"n": months}
    return ngettext("in %(n)d year", "in %(n)d years", months // 12) % {"n": months // 12}
