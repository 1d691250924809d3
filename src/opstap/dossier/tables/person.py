"""Who a client is, line by line, and what was known of it before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from opstap.clients.models import Person
from opstap.clients.selectors.bsn import digest_now
from opstap.dossier.selectors.story import Story
from opstap.foundation.ui.templatetags.ui_format import day


@dataclass(frozen=True)
class Change:
    """A row that was recorded, and what it changed."""

    known_since: datetime
    by: str
    said: tuple[tuple[str, str], ...]
    why: str


def lines_of(story: Story) -> list[tuple[str, str]]:
    """The name of each line with what stands there now."""
    return _lines(story, story.person) if story.person else []


def history_of(story: Story, told: Sequence[Person]) -> list[Change]:
    """What each recording changed, the latest first; the first one said it all."""
    by_pk: Mapping[int, Person] = {person.pk: person for person in told}
    changes = []
    for person in told:
        before = by_pk.get(person.replaces_id or 0)
        old = dict(_lines(story, before)) if before else {}
        said = [(label, value) for label, value in _lines(story, person) if value != old.get(label, "–")]
        if story.actor.may("find_by_bsn") and before is not None and digest_of(before) != digest_of(person):
            said.append((_("BSN"), _("changed")))
        changes.append(Change(person.recording.at, person.recording.actor_name, tuple(said), person.why))
    return changes


def digest_of(person: Person) -> bytes:
    """By which a BSN is known; empty where there is none."""
    return digest_now(person.bsn_encrypted, person.bsn_digest) or b""


def _lines(story: Story, person: Person) -> list[tuple[str, str]]:
    lists = {
        _("Sex"): ("sex", person.sex),
        _("Language"): ("language", person.preferred_language),
        _("Prefers to be reached by"): ("contact_channel", person.preferred_channel),
    }
    lines = [
        (_("Surname"), person.surname),
        (_("Prefix"), person.name_prefix),
        (_("Given names"), person.given_names),
        (_("Birth date"), day(person.birth_date)),
        (_("Phone"), person.phone),
        (_("E-mail"), person.email),
    ]
    lines += [(label, story.label(key, code) if code else "") for label, (key, code) in lists.items()]
    lines.append((_("Died on"), day(person.died_on)))
    return [(label, value or "–") for label, value in lines]
