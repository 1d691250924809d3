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
from opstap.audit.permissions import command_line
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.privacy.enums import Reason, Verdict
from opstap.privacy.logic.sample import Place
from opstap.privacy.logic.unusual import Finding
from opstap.privacy.models import Judgement
from opstap.privacy.selectors.around import Subject
from opstap.privacy.tables.words import REASONS, VERDICTS, action_words, people_words


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


@dataclass(frozen=True)
class Judged:
    """Something that stands out, and what was said of it, which counts when it was said after the last of its looks."""

    finding: Finding
    said: Judgement | None

    @property
    def counts(self) -> bool:
        """Whether it was judged whole."""
        return self.said is not None and self.said.recording.at >= self.finding.last.at

    @property
    def order(self) -> int:
        """What waits for a judgement first, then what waits for an answer."""
        if self.said is None or not self.counts:
            return 0
        return 1 if self.said.verdict == Verdict.ASKED else 2


def to_judge_first(found: Iterable[Finding], judgements: Mapping[Place, Judgement]) -> list[Judged]:
    """What stands out with the latest judgement on its first or last look; what is still to judge comes first."""
    return sorted((Judged(one, _latest(one, judgements)) for one in found), key=lambda one: one.order)


def _latest(one: Finding, judgements: Mapping[Place, Judgement]) -> Judgement | None:
    said = [judgements[look.place] for look in (one.first, one.last) if look.place in judgements]
    return max(said, key=lambda judgement: (judgement.recording.at, judgement.pk), default=None)


def finding_rows(shown: Iterable[Judged], who_is_who: WhoIsWho, back: str) -> list[FindingRow]:
    """What stands out, with its reasons and what was said of it. Of what went on after a judgement, the last look leads
    to the record.
    """
    rows = []
    for judged in shown:
        one = judged.finding
        place = (one.last if judged.said and not judged.counts else one.first).place
        rows.append(
            FindingRow(
                day=one.day,
                who=_who(one.user, who_is_who.users),
                whom=_whom(one, who_is_who.subjects),
                looks=_looks(one),
                reasons=tuple(str(REASONS[reason]) for reason in one.reasons),
                verdict=_verdict(judged.said if judged.counts else None),
                url=_record_url(place, back),
            )
        )
    return rows


def _who(user: str, users: Mapping[str, str]) -> str:
    return _("command") if user == command_line().reference else users.get(user, user)


def _whom(one: Finding, subjects: Mapping[bytes, Subject]) -> str:
    if one.people:
        return people_words(one.people)
    if Reason.NOT_ALLOWED in one.reasons and one.subject not in subjects:
        return _("somebody of another municipality")
    return _client(one.subject, subjects)


def _looks(one: Finding) -> str:
    clients = one.reasons == (Reason.MANY,)
    times = _("{count} clients") if clients else ngettext("1 time", "{count} times", one.looks)
    return times.format(count=number(one.looks))


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
            who=_who(one.user, who_is_who.users),
            whom=_client(bytes(one.subject), who_is_who.subjects) or people_words(one.listed_count),
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
