"""`opstap init`: begins a municipality with its first administrator on an empty database."""

from __future__ import annotations

import argparse
import secrets
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from opstap.accounts.models import User
from opstap.administration.forms import clean_cbs_code
from opstap.administration.operations import AlreadySetUp, NewInstallation, set_up_installation
from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.foundation import dates
from opstap.ladder.selectors.scales import scale_keys
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from opstap.municipality.operations import issue_setup_code
from opstap.municipality.selectors import is_set_up

DEFAULT_SCALE = "vng"


def run(arguments: list[str]) -> int:
    """Ask what is missing when somebody sits at the terminal; a script gives it all."""
    parser = _parser()
    given = parser.parse_args(arguments)
    ensure_up_to_date()
    if is_set_up():
        raise _already()
    if given.screen:
        return _for_the_screen()
    if not sys.stdin.isatty() and not (given.municipality and given.administrator and given.sign_in):
        parser.error("noem --municipality, --administrator en --sign-in (of geef de opdracht op een terminal)")
    new, made = _asked(given)
    try:
        set_up_installation(by=command_line(), new=new, since=dates.today())
    except AlreadySetUp:
        raise _already() from None
    sys.stdout.write(
        f"{new.municipality} is ingericht. {new.administrator} kan zich aanmelden als {new.sign_in_name} en is "
        "functioneel beheerder.\n"
    )
    if made:
        sys.stdout.write(f"Wachtwoord voor één keer (wordt maar één keer getoond): {made}\n")
    sys.stdout.write("Start de schermen met `opstap serve`.\n")
    return 0


def _parser() -> Arguments:
    parser = Arguments(
        "init", "Begint een gemeente op een lege database. Wat u niet noemt, wordt op de terminal gevraagd."
    )
    parser.add_argument("--municipality", metavar="NAAM", help="naam van de gemeente")
    parser.add_argument("--cbs", metavar="CODE", default="", help="CBS-code van de gemeente, zoals 0344")
    parser.add_argument("--administrator", metavar="NAAM", help="naam van de eerste functioneel beheerder")
    parser.add_argument("--sign-in", metavar="NAAM", help="gebruikersnaam van die beheerder")
    parser.add_argument("--scale", metavar="LADDER", default=DEFAULT_SCALE, help=f"vaste ladder ({DEFAULT_SCALE})")
    parser.add_argument("--test", action="store_true", help="een testomgeving, met een balk boven elke pagina")
    parser.add_argument("--password-stdin", action="store_true", help="wachtwoord lezen van de standaardinvoer")
    parser.add_argument("--screen", action="store_true", help="maak een code waarmee dit op het scherm kan")
    return parser


def _asked(given: argparse.Namespace) -> tuple[NewInstallation, str]:
    """What to begin with, and the password that was made, if one was."""
    town = given.municipality or _ask("Naam van de gemeente: ")
    administrator = given.administrator or _ask("Naam van de eerste functioneel beheerder: ")
    sign_in = given.sign_in or _ask("Gebruikersnaam van die beheerder: ")
    if given.scale not in scale_keys():
        raise Refusal(f"de ladder {given.scale} is er niet. Kies uit: {', '.join(sorted(scale_keys()))}.")
    made = "" if given.password_stdin else secrets.token_urlsafe(12)
    password = made or sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password, User(name=administrator, sign_in_name=sign_in))
        cbs_code = clean_cbs_code(given.cbs)
    except ValidationError as fault:
        raise Refusal(" ".join(fault.messages)) from None
    new = NewInstallation(
        municipality=town.strip(),
        administrator=administrator.strip(),
        sign_in_name=sign_in.strip().casefold(),
        password=password,
        cbs_code=cbs_code,
        default_scale=given.scale,
        environment=Environment.TEST if given.test else Environment.PRODUCTION,
        must_change_password=bool(made),
    )
    return new, made


def _ask(question: str) -> str:
    while True:
        sys.stdout.write(question)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise Refusal("er kwam geen antwoord meer. Er is niets vastgelegd.")
        if line.strip():
            return line.strip()


def _for_the_screen() -> int:
    code = issue_setup_code(by=command_line())
    sys.stdout.write(
        "Open /inrichten/ op het adres van deze installatie en vul daar deze code in. Zij geldt 24 uur en één keer:\n\n"
        f"  {code}\n\nDraait Opstap nog niet? Start het met `opstap serve`; dat drukt zelf een code af.\n"
    )
    return 0


def _already() -> Refusal:
    names = ", ".join(Municipality.objects.order_by("name").values_list("name", flat=True))
    return Refusal(
        f"deze database is niet leeg: de gemeente {names} is er al. Er is niets veranderd. Kies voor een andere "
        "gemeente een eigen map met --data MAP, of een andere DATABASE_URL. Een gebruiker erbij: opstap user."
    )
