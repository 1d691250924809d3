"""Who the client is, where they live, and what the file brings along without a home."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from opstap.clients.logic import AddressRow, KeptValueRow, PersonRow
from opstap.exchange.logic import ParsedRow
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.plans import PersonChange, StoredBsn
from opstap.exchange.selectors.plan.stored import PERSON_COLUMNS
from opstap.exchange.selectors.plan.timelines import Timeline, stored_timeline

_AS_GIVEN = ("birth_date", "phone", "email", "preferred_language", "died_on")
_ADDRESS = ("street", "house_number", "postcode", "city")
Living = tuple[str, str, str, str, bool]


def latest(rows: Sequence[ParsedRow], name: str) -> Any:
    """The value of a field in the last row that has one."""
    for row in reversed(rows):
        value = getattr(row, name)
        if value is not None:
            return value
    return None


def plan_person(case: Case, draft: Draft) -> None:
    """A new person whole; of a known one what the file says otherwise, keeping what it doesn't say."""
    held = draft.stored.persons.get(case.id)
    bsn = latest([row for row in case.by_dossier if not _holds_it_already(row, case, draft)], "bsn")
    if not held:
        draft.plan.additions.persons.append(PersonChange(_new_person(case, bsn), None))
        return
    row = held[-1]
    known = dict(zip(PERSON_COLUMNS, row[4:], strict=True))
    now = _merged(case.by_dossier, known)
    learns_bsn = bsn is not None and row[2] is None
    if now == known and not learns_bsn:
        return
    stored = None if learns_bsn else StoredBsn(row[1], row[2], row[3])
    person = PersonRow(case.id, bsn=bsn if learns_bsn else None, replaces_id=row[0], **now)
    draft.plan.additions.persons.append(PersonChange(person, stored))
    case.changed.add(case.rows[-1].number)


def _holds_it_already(row: ParsedRow, case: Case, draft: Draft) -> bool:
    """Whether a merged dossier that the row names has the BSN itself, so that the one that was kept learns nothing."""
    if row.client_number not in case.merged:
        return False
    held = draft.stored.persons.get(draft.stored.clients[row.client_number or ""], [])
    return bool(held) and held[-1][2] is not None


def _new_person(case: Case, bsn: str | None) -> PersonRow:
    rows = case.by_dossier
    return PersonRow(
        case.id,
        surname=latest(rows, "surname") or "",
        name_prefix=latest(rows, "name_prefix") or "",
        given_names=latest(rows, "given_names") or latest(rows, "initials") or "",
        birth_date=latest(rows, "birth_date"),
        sex=latest(rows, "sex") or "",
        bsn=bsn,
        phone=latest(rows, "phone") or "",
        email=latest(rows, "email") or "",
        preferred_language=latest(rows, "preferred_language") or "",
        died_on=latest(rows, "died_on"),
    )


def _merged(rows: Sequence[ParsedRow], known: dict[str, Any]) -> dict[str, Any]:
    now = dict(known)
    for name in _AS_GIVEN:
        value = latest(rows, name)
        if value is not None:
            now[name] = value
    surname, prefix = latest(rows, "surname"), latest(rows, "name_prefix")
    if surname is not None and surname != known["surname"]:
        now["surname"], now["name_prefix"] = surname, prefix or ""  # a prefix belongs to its surname
    elif prefix is not None:
        now["name_prefix"] = prefix
    given = latest(rows, "given_names")
    if given is None and _only_initials(known["given_names"]):
        given = latest(rows, "initials")
    if given is not None:
        now["given_names"] = given
    sex = latest(rows, "sex")
    if sex is not None and (sex != "unknown" or not known["sex"]):
        now["sex"] = sex
    return now


def _only_initials(names: str) -> bool:
    return all(word.endswith(".") or len(word) == 1 for word in names.split())


def plan_address(case: Case, draft: Draft, since: date) -> None:
    """The first address from the start of follow-up; another from the day on which the file takes effect."""
    given = {name: value for name in _ADDRESS if (value := latest(case.by_dossier, name)) is not None}
    if not given:
        return
    timeline: Timeline[Living] = stored_timeline(draft.stored.addresses.get(case.id, ()), tuple)
    day = max(draft.terms.effective_on, since) if timeline.pieces else since
    held = timeline.agreeing(day, lambda living: given.items() <= dict(zip(_ADDRESS, living, strict=False)).items())
    held = held or timeline.after(day)
    if timeline.observe(day, _living(given, None if held is None else held.value)):
        case.changed.add(case.rows[-1].number)
        draft.plan.additions.addresses.extend(
            AddressRow(case.id, piece.starts_on, piece.ends_on, *piece.value, replaces_id=piece.id)
            for piece in timeline.changes()
        )


def _living(given: dict[str, str], held: Living | None) -> Living:
    """Another street or postcode is another address, of which nothing is kept but that it is secret."""
    before = dict(zip(_ADDRESS, held[:4] if held else ("", "", "", ""), strict=True))
    if any(before[name] and given.get(name, before[name]) != before[name] for name in ("street", "postcode")):
        before = dict.fromkeys(_ADDRESS, "")
    now = before | given
    return now["street"], now["house_number"], now["postcode"], now["city"], held is not None and held[4]


def plan_kept_values(case: Case, draft: Draft) -> None:
    """The last value of each heading without a home; another value replaces the one kept from this source."""
    given: dict[str, str] = {}
    for row in case.by_dossier:
        given |= row.kept
        if row.household_type is not None:
            given["household_type"] = row.household_type
    if not given:
        return
    rows = draft.stored.kept_values.get(case.id, ())
    held = {heading: pk for pk, heading, _value in rows}
    known = {(heading, value) for _pk, heading, value in rows}
    for heading, value in given.items():
        if (heading, value) not in known:
            pk = held.get(heading)
            draft.plan.additions.kept_values.append(KeptValueRow(case.id, draft.source, heading, value, pk))
            case.changed.add(case.rows[-1].number)
