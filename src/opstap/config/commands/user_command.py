"""`opstap user`: make someone who can sign in. The password is read from standard input, or made and printed once."""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from opstap.accounts.logic import roles
from opstap.accounts.models import Team, User
from opstap.accounts.operations import (
    HoldingRefused,
    NewUser,
    RoleGiven,
    create_team,
    create_user,
    let_in_user,
    set_password,
)
from opstap.accounts.selectors.towns import is_of
from opstap.accounts.tables import REFUSALS
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor, command_line
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands.choosing import meant_by, the_municipality
from opstap.config.commands.logging import begin
from opstap.foundation import dates
from opstap.municipality.models import Municipality


def run(arguments: list[str]) -> int:
    """Make the user with a role, or give who has an account elsewhere a role here."""
    given = _parser().parse_args(arguments)
    begin("user", lambda: meant_by(given.municipality))
    municipality = the_municipality(given.municipality)
    if given.role == "team_leader" and not given.team:
        raise WrongUse("noem bij een teamleider het team met --team.")
    known = User.objects.filter(sign_in_name=given.sign_in.casefold()).first()
    try:
        return _make(municipality, given) if known is None else _let_in(municipality, known, given)
    except HoldingRefused as refused:
        with override("nl"):
            raise Refusal(str(REFUSALS[refused.code])) from None


def _make(municipality: Municipality, given: Namespace) -> int:
    """Somebody new, all or nothing."""
    password = sys.stdin.readline().strip() if given.password_stdin else secrets.token_urlsafe(12)
    try:
        validate_password(password, User(name=given.name, sign_in_name=given.sign_in))
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages)) from None
    by = command_line()
    with writing(by=by, verb="make_user", about=given.sign_in):
        team = _team(by, municipality, given.team) if given.team else None
        new = NewUser(given.name, given.sign_in, role=given.role, team=team)
        user = create_user(by=by, municipality=municipality, new=new, since=dates.today())
        set_password(by=by, user=user, password=password)
    sys.stdout.write(f"{given.name} kan zich aanmelden als {given.sign_in}.\n")
    if not given.password_stdin:
        sys.stdout.write(f"Wachtwoord (wordt maar één keer getoond): {password}\n")
    return 0


def _let_in(municipality: Municipality, known: User, given: Namespace) -> int:
    """Give who has an account in another municipality a role in this one. Name and password stay as they are."""
    by = command_line()
    if is_of(known, municipality.pk, dates.today()) or not known.is_active:
        how = "er is al een gebruiker" if known.is_active else "er is al een gesloten account"
        raise Refusal(
            f"{how} met de gebruikersnaam {given.sign_in}. Kies een andere naam, of geef die gebruiker een rol bij "
            "Beheer, Gebruikers."
        )
    if given.password_stdin:
        raise WrongUse(
            f"{given.sign_in} heeft al een account in {known.municipality.name}, met een eigen wachtwoord. Laat "
            "--password-stdin weg om hier een rol te geven."
        )
    with writing(by=by, verb="make_user", about=known.reference):
        team = _team(by, municipality, given.team) if given.team else None
        let_in_user(by=by, municipality=municipality, user=known, first=RoleGiven(given.role, dates.today(), team=team))
    sys.stdout.write(
        f"{known.name} heeft al een account in {known.municipality.name} en kan nu ook in {municipality.name} werken. "
        "Het wachtwoord blijft zoals het is.\n"
    )
    return 0


def _parser() -> Arguments:
    parser = Arguments("user")
    parser.add_argument("name", help="naam, zoals collega's die zien")
    parser.add_argument("--sign-in", required=True, help="gebruikersnaam")
    parser.add_argument("--role", required=True, choices=sorted(roles()), help="rol")
    parser.add_argument("--team", help="team; wordt gemaakt als het er niet is")
    parser.add_argument("--password-stdin", action="store_true", help="wachtwoord lezen van de standaardinvoer")
    parser.add_argument("--municipality", help="als er meer zijn")
    return parser


def _team(by: Actor, municipality: Municipality, name: str) -> Team:
    found = Team.objects.filter(municipality=municipality, name__iexact=name).first()
    if found is not None and not found.is_open_on(dates.today()):
        raise Refusal(f"{found.name} is opgeheven. Noem een ander team, of heropen het onder Beheer, Teams.")
    return found or create_team(by=by, municipality=municipality, name=name)
