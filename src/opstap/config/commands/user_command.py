"""`opstap user`: make someone who can sign in. The password is read from standard input, or made and printed once."""

from __future__ import annotations

import secrets
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from opstap.accounts.logic import roles
from opstap.accounts.models import Team, User
from opstap.accounts.operations import NewUser, create_team, create_user, set_password
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor, command_line
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands.choosing import the_municipality
from opstap.config.commands.logging import begin
from opstap.foundation import dates
from opstap.municipality.models import Municipality


def run(arguments: list[str]) -> int:
    """Make the user with a role, all or nothing."""
    given = _parser().parse_args(arguments)
    begin("user")
    municipality = the_municipality(given.municipality)
    if User.objects.filter(sign_in_name=given.sign_in.casefold()).exists():
        raise Refusal(
            f"er is al een gebruiker met de gebruikersnaam {given.sign_in}. Werkt die in een andere gemeente? Geef dan "
            "hier een rol bij Beheer, Gebruikers, Iemand van een andere gemeente."
        )
    if given.role == "team_leader" and not given.team:
        raise WrongUse("noem bij een teamleider het team met --team.")
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
