"""What stands out, and the sample, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.audit.models import Access
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.privacy.logic.sample import Place
from opstap.privacy.logic.unusual import Finding
from opstap.privacy.models import Judgement
from opstap.privacy.selectors.around import Subject
from opstap.privacy.tables.words import REASONS, VERDICTS, action_words


@dataclass(frozen=True)
class WhoIsWho:
    """Names of users by reference, and clients by pseudonym."""

    users: Mapping[str, str]
    subjects: Mapping[bytes, Subject]


@dataclass(frozen=True)
class FindingRow:
    """Something that stands out, in words."""

    day: date
    who: str
    whom: str
    looks: str
    reasons: tuple[str, ...]
    verdict: str
    url: str


@dataclass(frozen=True)
class SampleRow:
    """A look of the sample, in words."""

    at: datetime
    who: str
    whom: str
    what: str
    verdict: str
    url: str


def finding_rows(
    found: Iterable[Finding],
    who_is_who: WhoIsWho,
    judged: Mapping[Place, Judgement],
    back: str,
) -> list[FindingRow]:
    """What stands out, with its reasons and what was said of it."""
    rows = []
    for one in found:
        place = (one.first.chain, one.first.position)
        times = ngettext("1 time", "{count} times", one.looks) if one.subject else _("{count} clients")
        rows.append(
            FindingRow(
                day=one.day,
                who=who_is_who.users.get(one.user, one.user),
                whom=_client(one.subject, who_is_who.subjects),
                looks=times.format(count=number(one.looks)),
                reasons=tuple(str(REASONS[reason]) for reason in one.reasons),
                verdict=_verdict(judged.get(place)),
                url=_record_url(place, back),
            )
        )
    return rows


def sample_rows(
    records: Iterable[Access],
    who_is_who: WhoIsWho,
    judged: Mapping[Place, Judgement],
    language: str,
    back: str,
) -> list[SampleRow]:
    """The looks that were drawn, and what was said of each."""
    return [
        SampleRow(
            at=one.at,
            who=who_is_who.users.get(one.user, one.user),
            whom=_client(bytes(one.subject), who_is_who.subjects),
            what=action_words(one, language),
            verdict=_verdict(judged.get((one.chain, one.position))),
            url=_record_url((one.chain, one.position), back),
        )
        for one in records
    ]


def _client(subject: bytes, subjects: Mapping[bytes, Subject]) -> str:
    known = subjects.get(subject)
    return _("client {number}").format(number=known.number) if known else ""


def _verdict(judgement: Judgement | None) -> str:
    return str(VERDICTS[judgement.verdict]) if judgement else ""


def _record_url(place: Place, back: str) -> str:
    chain, position = place
    return f"{reverse('privacy:record', args=[f'{chain}-{position}'])}?{urlencode({'next': back})}"
