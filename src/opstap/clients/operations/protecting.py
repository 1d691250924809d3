"""Keeping a dossier from most who would reach it: protected, or because a worker knows the person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from opstap.accounts.selectors.towns import colleagues_of
from opstap.audit.models import Recording
from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import Fault, NamedRow, ProtectionRow, RowsRefused
from opstap.clients.models import Acquaintance, Admission, Client, Protection
from opstap.clients.permissions import require_guarding, require_reach
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.foundation import dates


def protect_dossier(
    *, by: Actor, client: Client, reason: str, review_on: date, why: str, readers: Collection[int] = ()
) -> None:
    """From today on only the case manager and these users see the dossier, each within the scope of their own role.

    RowsRefused when it is protected already, or would be looked at again on a day that is past.
    """
    by.require("protect_dossiers")
    require_reach(by, {client.pk})
    today = dates.today()
    _refuse_past(review_on, today)
    users = _colleagues(client, readers)
    with writing(by=by, verb="protect_dossier", about=client.reference) as recording:
        if Protection.objects.active_on(today).filter(in_dossiers_of([client.pk])).exists():
            raise RowsRefused([Fault(0, "protected_already")])
        append_facts(Protection, [ProtectionRow(client.pk, today, None, reason, review_on, why)], recording=recording)
        append_facts(Admission, [NamedRow(client.pk, pk, today) for pk in sorted(users)], recording=recording)


def review_protection(
    *, by: Actor, protection: Protection, review_on: date, why: str, readers: Collection[int] = ()
) -> None:
    """Keep a protection, to be looked at again on another day, with who is let in from today on.

    ReplacedMeanwhile when somebody else changed or ended it since.
    """
    by.require("protect_dossiers")
    client = protection.client
    require_guarding(by, client)
    today = dates.today()
    _refuse_past(review_on, today)
    wanted = _colleagues(client, readers)
    row = _row(protection)
    with writing(by=by, verb="review_protection", about=client.reference) as recording:
        require_standing(Protection, [protection.pk])
        kept = replace(row, review_on=review_on, why=why, replaces_id=protection.pk)
        append_facts(Protection, [kept], recording=recording)
        held = {one.user_id: one for one in Admission.objects.active_on(today).filter(client=client)}
        _end(Admission, [held[pk] for pk in held.keys() - wanted], today, recording=recording)
        append_facts(
            Admission, [NamedRow(client.pk, pk, today) for pk in sorted(wanted - held.keys())], recording=recording
        )


def end_protection(*, by: Actor, protection: Protection, why: str) -> None:
    """From today on the dossier is seen by whoever's role reaches it. ReplacedMeanwhile as for a review."""
    by.require("protect_dossiers")
    client, today = protection.client, dates.today()
    require_guarding(by, client)
    with writing(by=by, verb="end_protection", about=client.reference) as recording:
        require_standing(Protection, [protection.pk])
        if protection.starts_on < today:
            ended = replace(_row(protection), ends_on=today, why=why, replaces_id=protection.pk)
            append_facts(Protection, [ended], recording=recording)
        else:
            withdraw_facts(Protection, [protection.pk], recording=recording, said={"why": why})
        _end(Admission, list(Admission.objects.active_on(today).filter(client=client)), today, recording=recording)


def say_known(*, by: Actor, client: Client, why: str = "") -> None:
    """The one who says so knows this person: from now on they see nothing of the dossier, whatever their role."""
    by.require("see_clients")
    require_reach(by, {client.pk})
    if by.user_id is None:
        return
    with writing(by=by, verb="say_known", about=client.reference) as recording:
        append_facts(Acquaintance, [NamedRow(client.pk, by.user_id, dates.today(), None, why)], recording=recording)


def end_known(*, by: Actor, acquaintance: Acquaintance, why: str) -> None:
    """It was a mistake, or holds no more: the worker sees the dossier again. Never the worker themselves."""
    by.require("protect_dossiers")
    client, today = acquaintance.client, dates.today()
    if acquaintance.user_id == by.user_id:
        raise RowsRefused([Fault(0, "not_for_oneself")])
    require_guarding(by, client)
    with writing(by=by, verb="end_known", about=client.reference) as recording:
        require_standing(Acquaintance, [acquaintance.pk])
        _end(Acquaintance, [acquaintance], today, recording=recording, why=why)


def _end(
    model: type[Admission | Acquaintance],
    rows: Collection[Admission | Acquaintance],
    today: date,
    *,
    recording: Recording,
    why: str = "",
) -> None:
    """End what began before today; what began today was never there."""
    older = [one for one in rows if one.starts_on < today]
    ended = [NamedRow(one.client_id, one.user_id, one.starts_on, today, why, one.pk) for one in older]
    append_facts(model, ended, recording=recording)
    said = {"why": why} if why else None
    withdraw_facts(model, [one.pk for one in rows if one.starts_on >= today], recording=recording, said=said)


def _row(protection: Protection) -> ProtectionRow:
    return ProtectionRow(
        protection.client_id, protection.starts_on, protection.ends_on, protection.reason, protection.review_on,
        protection.why,
    )  # fmt: skip


def _colleagues(client: Client, user_ids: Collection[int]) -> set[int]:
    """Those of these users who work for the municipality of the client."""
    users = colleagues_of(client.municipality_id, dates.today()).filter(pk__in=user_ids)
    return set(users.values_list("pk", flat=True))


def _refuse_past(review_on: date, today: date) -> None:
    if review_on <= today:
        raise RowsRefused([Fault(0, "review_in_the_past")])
