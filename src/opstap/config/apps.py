"""App of the config room: fills the registries and looks after the database's set-up."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from opstap.config.databases import wait_as_long_as_sqlite
from opstap.config.jobs import nightly


class ConfigConfig(AppConfig):
    """Plugs the rooms in."""

    name = "opstap.config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the triggers are put back: Django remakes SQLite tables and loses them."""
        _fill_registries()
        connection_created.connect(wait_as_long_as_sqlite)
        post_migrate.connect(_put_triggers_back, sender=apps.get_app_config("audit"))


def _fill_registries() -> None:
    from opstap.accounts import personal_data as of_accounts  # noqa: PLC0415 - as below
    from opstap.accounts.selectors import caseload_sizes, team_sizes  # noqa: PLC0415 - as below
    from opstap.accounts.selectors.steering import steering_sources  # noqa: PLC0415 - as below
    from opstap.audit import personal_data as of_audit  # noqa: PLC0415 - as below
    from opstap.audit.selectors.sealed import sealed_tables  # noqa: PLC0415 - as below
    from opstap.audit.selectors.whose import people_of_dossiers  # noqa: PLC0415 - as below
    from opstap.clients import personal_data as of_clients  # noqa: PLC0415 - as below
    from opstap.clients.selectors import same_person  # noqa: PLC0415 - as below
    from opstap.clients.selectors.asked import AskedSource, asked_sources  # noqa: PLC0415 - as below
    from opstap.clients.selectors.sizes import caseload_size, team_size  # noqa: PLC0415 - as below
    from opstap.contacts import personal_data as of_contacts  # noqa: PLC0415 - as below
    from opstap.exchange import personal_data as of_exchange  # noqa: PLC0415 - as below
    from opstap.foundation.jobs.planning import Daily, schedule  # noqa: PLC0415 - as below
    from opstap.ladder import personal_data as of_ladder  # noqa: PLC0415 - as below
    from opstap.plans import personal_data as of_plans  # noqa: PLC0415 - as below
    from opstap.privacy import personal_data as of_privacy  # noqa: PLC0415 - as below
    from opstap.privacy.selectors.records import asked_beside_records, rows_beside  # noqa: PLC0415 - as below
    from opstap.reporting.tables.indicators.signals import signals_notice  # noqa: PLC0415 - as below
    from opstap.selections import personal_data as of_selections  # noqa: PLC0415 - as below

    of_rooms = (
        of_accounts,
        of_clients,
        of_ladder,
        of_contacts,
        of_plans,
        of_selections,
        of_exchange,
        of_privacy,
        of_audit,
    )
    for room in of_rooms:
        of_clients.rooms_with_personal_data.add(room.__name__.split(".")[1], room.personal_data_of)
        for name, table in getattr(room, "SEALED", {}).items():
            sealed_tables.add(name, table)
    for room in (*(one for one in of_rooms if one is not of_clients), of_clients):  # who they are goes last
        of_clients.rooms_that_erase.add(room.__name__.split(".")[1], room.erase)
    for key, task, at in nightly():
        schedule.add(key, Daily(task, at))
    _fill_inbox()
    steering_sources.add("signals", signals_notice)
    asked_sources.add("privacy", AskedSource(rows_beside, asked_beside_records))
    caseload_sizes.add("clients", caseload_size)
    team_sizes.add("clients", team_size)
    people_of_dossiers.add("clients", same_person.people_of_dossiers)


def _fill_inbox() -> None:
    """Everything that can wait for somebody's decision, in one list."""
    from opstap.accounts.selectors.authorisations import reviews_waiting  # noqa: PLC0415 - as below
    from opstap.accounts.selectors.inbox import InboxSource, inbox_sources  # noqa: PLC0415 - as below
    from opstap.accounts.tables.inbox import authorisation_entries  # noqa: PLC0415 - as below
    from opstap.administration.selectors.jobs import failed_waiting  # noqa: PLC0415 - as below
    from opstap.administration.tables.inbox import job_entries  # noqa: PLC0415 - as below
    from opstap.clients.selectors.glass import glass_waiting  # noqa: PLC0415 - as below
    from opstap.clients.selectors.handing import handovers_waiting, stand_ins_waiting  # noqa: PLC0415 - as below
    from opstap.clients.selectors.outside import call_backs_waiting  # noqa: PLC0415 - as below
    from opstap.dossier.selectors.protected import known_waiting, protections_waiting  # noqa: PLC0415 - as below
    from opstap.dossier.tables import inbox as desk  # noqa: PLC0415 - as below
    from opstap.privacy.selectors.waiting import lists_waiting, requests_waiting  # noqa: PLC0415 - as below
    from opstap.privacy.tables.inbox import destruction_entries, request_entries  # noqa: PLC0415 - as below

    inbox_sources.add("glass", InboxSource(glass_waiting, desk.glass_entries))
    inbox_sources.add("call_backs", InboxSource(call_backs_waiting, desk.call_back_entries))
    inbox_sources.add("handovers", InboxSource(handovers_waiting, desk.handover_entries))
    inbox_sources.add("stand_ins", InboxSource(stand_ins_waiting, desk.stand_in_entries))
    inbox_sources.add("protections", InboxSource(protections_waiting, desk.protection_entries))
    inbox_sources.add("known", InboxSource(known_waiting, desk.known_entries))
    inbox_sources.add("destructions", InboxSource(lists_waiting, destruction_entries))
    inbox_sources.add("requests", InboxSource(requests_waiting, request_entries))
    inbox_sources.add("authorisations", InboxSource(reviews_waiting, authorisation_entries))
    inbox_sources.add("jobs", InboxSource(failed_waiting, job_entries))


def _put_triggers_back(*, using: str, **_: Any) -> None:
    from opstap.foundation import appendonly  # noqa: PLC0415 - models can't be imported before the apps are loaded

    appendonly.install(connections[using])
