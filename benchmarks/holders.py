"""Somebody of every role at work in the municipality of the benchmarks, and figures that were set down there."""

from __future__ import annotations

from datetime import date

BATCH = 200  # clients that were given by name to somebody who sees no others


def cookies(coordinator: str) -> dict[str, str]:
    """A session of each role: of those with a caseload or a team one of those who have it, else somebody new."""
    from benchmarks.report_page import session_of
    from opstap.accounts.enums import Scope
    from opstap.accounts.logic import roles
    from opstap.accounts.models import Team, User
    from opstap.accounts.operations import NewUser, create_user
    from opstap.audit.permissions import command_line
    from opstap.municipality.models import Municipality

    by, since, town = command_line(), date(2016, 1, 1), Municipality.objects.get()
    worker, team = User.objects.get(name="Werker 0"), Team.objects.get(name="Team 0")
    found = {"coordinator": coordinator, "case_manager": session_of(worker)}
    for key, role in roles().items():
        if key in found:
            continue
        within = team if role.scope == Scope.TEAM else None
        beside = worker if role.scope == Scope.SUPERVISED else None
        until = date(2100, 1, 1) if beside else None
        new = NewUser(key, key, role=key, team=within, supervisor=beside, until=until)
        user = create_user(by=by, municipality=town, new=new, since=since)
        if role.scope in {Scope.BATCH, Scope.OWN_CASELOAD}:
            give(user.pk, "case_manager" if role.scope == Scope.OWN_CASELOAD else "participation_officer")
        found[key] = session_of(user)
    return found


def give(worker: int, role: str) -> None:
    """A batch of clients to somebody; for a caseload those whom nobody had."""
    from opstap.audit.permissions import command_line
    from opstap.clients.logic import AssignmentRow
    from opstap.clients.models import Client
    from opstap.clients.operations import record_assignments

    ids = list(Client.objects.order_by("pk").values_list("pk", flat=True))
    batch = ids[::50] if role == "case_manager" else ids[1::50]
    rows = [AssignmentRow(pk, date(2016, 1, 1), worker_id=worker, role=role) for pk in batch[:BATCH]]
    record_assignments(by=command_line(), rows=rows)


def set_down() -> tuple[str, str]:
    """A publication of the last month end and a table beside it: their references."""
    from opstap.audit.permissions import command_line
    from opstap.foundation import dates
    from opstap.municipality.models import Municipality
    from opstap.reporting.logic.released import month_ends_until
    from opstap.reporting.operations import PublicationTerms, TableTerms, ask_publication, ask_table, make_asked
    from opstap.reporting.selectors.publications import set_down as publications

    by, town = command_line(), Municipality.objects.get()
    terms = PublicationTerms(title="De ladder", on=month_ends_until(dates.today(), 1)[0])
    whole = ask_publication(by=by, municipality=town, terms=terms)
    make_asked(by=by, reference=whole)
    made = next(one for one in publications(town.pk) if one.reference == whole)
    asked = TableTerms("Hoe oud zijn de mensen van elk team?", "raad", ("team", "age"))
    table = ask_table(by=by, publication=made, terms=asked)
    make_asked(by=by, reference=table)
    return whole, table
