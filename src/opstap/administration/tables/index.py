"""The pages of administration in their groups; a room that offers one adds its line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opstap.audit.permissions import Actor


@dataclass(frozen=True)
class Entry:
    """A page: who may use it, its address, its name and what it is for."""

    permission: str
    address: str
    name: Any
    purpose: Any


@dataclass(frozen=True)
class Line:
    """A page in the index."""

    url: str
    name: str
    purpose: str
    waits: str


GROUPS: tuple[tuple[Any, tuple[Entry, ...]], ...] = (
    (
        _("People"),
        (
            Entry(
                "manage_accounts",
                "accounts:users",
                _("Users"),
                _("Who works with Opstap: add, invite, roles, a new password, close an account."),
            ),
            Entry("manage_accounts", "accounts:teams", _("Teams"), _("The teams by which caseloads and reports go.")),
            Entry(
                "manage_accounts",
                "accounts:roles",
                _("Roles"),
                _("What each role lets one do and which clients it sees."),
            ),
            Entry(
                "manage_accounts",
                "accounts:group-roles",
                _("Signing in with the organisation"),
                _("Which group of your own provider (Entra ID, Keycloak) gives which role here."),
            ),
        ),
    ),
    (
        _("Ladders"),
        (
            Entry(
                "configure_municipality",
                "ladder:designs",
                _("Set up scales"),
                _("Make a ladder of your own, with its levels and questions, or change one by a new version."),
            ),
            Entry(
                "configure_municipality",
                "ladder:crosswalks",
                _("Crosswalks"),
                _("How levels of one scale are read as levels of another, for reports that ask for it."),
            ),
        ),
    ),
    (
        _("Words and programmes"),
        (
            Entry(
                "configure_municipality",
                "clients:programmes",
                _("Programmes and target groups"),
                _("Groups that you follow across all teams, such as newcomers or pupils who leave PRO and VSO."),
            ),
            Entry(
                "configure_municipality",
                "administration:code-lists",
                _("Code lists"),
                _("The choices in forms: add a code, call it otherwise from a day on, or end it."),
            ),
        ),
    ),
    (
        _("Figures"),
        (
            Entry(
                "configure_municipality",
                "indicators:composed",
                _("Own indicators"),
                _("Shares that you want to know beside the standard ones, composed of traits and levels."),
            ),
            Entry(
                "configure_municipality",
                "indicators:targets",
                _("Targets"),
                _("Which share an indicator is to have in a year, in the municipality or in a team."),
            ),
        ),
    ),
    (
        _("The municipality"),
        (
            Entry(
                "configure_municipality",
                "administration:municipality",
                _("Municipality"),
                _("Name, CBS code, real work or test environment, and the banner above every page."),
            ),
            Entry(
                "configure_municipality",
                "administration:parts",
                _("Parts"),
                _("Which parts of Opstap you use. What you switch off disappears from the menu; nothing is lost."),
            ),
            Entry(
                "configure_municipality",
                "administration:traits",
                _("Own traits"),
                _("What your municipality wants to know of clients beside the standard set, and can split reports by."),
            ),
            Entry(
                "configure_municipality",
                "districts",
                _("Districts"),
                _("The table that says which wijk and buurt a postcode lies in, with its validity."),
            ),
            Entry(
                "configure_municipality",
                "administration:settings",
                _("Settings"),
                _("Default ladder, limits of an import, and other values that hold from a day on."),
            ),
        ),
    ),
    (
        _("The installation"),
        (
            Entry(
                "configure_municipality",
                "administration:jobs",
                _("Background jobs"),
                _("What is done every night and what was put by: what failed, why, and a way to do it again."),
            ),
            Entry(
                "configure_municipality",
                "administration:mail",
                _("Outgoing mail"),
                _("How messages leave Opstap, and a message to try it with."),
            ),
        ),
    ),
)


def groups_for(actor: Actor, waiting: Mapping[str, str]) -> list[tuple[str, list[Line]]]:
    """The groups with the pages that somebody may use."""
    groups = []
    for name, entries in GROUPS:
        lines = [
            Line(reverse(entry.address), str(entry.name), str(entry.purpose), waiting.get(entry.address, ""))
            for entry in entries
            if actor.may(entry.permission)
        ]
        if lines:
            groups.append((str(name), lines))
    return groups
