"""The `opstap` command: finds the data folder, sets the web framework up, and hands over to a subcommand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from opstap.config.refusals import REFUSED, WRONG_USE, Refusal, WrongUse

__all__ = ["DONE", "REFUSED", "WRONG_USE", "Refusal", "WrongUse", "main"]

DONE = 0

SUBCOMMANDS = {
    "demo": "de demogemeente maken en tonen",
    "serve": "de schermen tonen, met de achtergrondtaken",
    "work": "alleen de achtergrondtaken doen",
    "init": "een eigen gemeente beginnen, met haar eerste beheerder",
    "migrate": "de database maken of bijwerken, met codelijsten en ladders",
    "import": "cliënten en plaatsingen uit een bestand inlezen",
    "districts": "een postcodetabel met wijken en buurten overnemen",
    "report": "een rapport tonen of opslaan",
    "reports": "de rapporten opsommen",
    "publications": "wat is vastgesteld opsommen, tonen of opnieuw maken",
    "facts": "de feiten als tabellen uitvoeren",
    "user": "iemand maken die zich kan aanmelden",
    "backup": "een reservekopie maken of nakijken, ook terwijl er gewerkt wordt",
    "keys": "nieuwe sleutels geven terwijl er gewerkt wordt, en oude weghalen",
    "restore": "een reservekopie terugzetten",
    "privacy": "het hele dossier van een cliënt geven, met wie er keek",
    "anonymise": "een testkopie met verzonnen mensen maken",
    "audit": "het inzagelogboek nakijken",
    "processing": "het verwerkingenlogboek uitvoeren",
    "check": "instellingen, sleutels, grendels en database controleren",
    "manage": "de eigen opdrachten van Django",
}

MAKES_KEYS = {"demo", "import", "init", "migrate"}  # also on PostgreSQL; as long as nothing is recorded there
NEEDS_ALL_KEYS = {"restore"}  # a key made here would open nothing
ALONE = {"restore"}  # while nobody else runs on the data folder


def main(arguments: Sequence[str]) -> int:
    """Run a subcommand; returns the exit code: 0 done, 2 wrong use, 3 the input was refused."""
    try:
        given, data = _without_folder(list(arguments))
    except WrongUse as wrong:
        sys.stderr.write(f"opstap: {wrong}\n")
        return wrong.code
    if data is not None:
        os.environ["OPSTAP_DATA"] = data
    name = given[0] if given else ""
    if name in {"", "-h", "--help"}:
        _print_usage(sys.stdout)
        return DONE if name else WRONG_USE
    if name not in SUBCOMMANDS:
        sys.stderr.write(f"opstap: '{name}' bestaat niet.\n")
        _print_usage(sys.stderr)
        return WRONG_USE
    return _run(name, given[1:])


def _run(name: str, arguments: list[str]) -> int:
    _set_up(name)
    try:
        with _on_the_folder(name):
            run: Callable[[list[str]], int] = import_module(f"opstap.config.commands.{name}_command").run
            logged: Callable[..., int] = import_module("opstap.config.commands.logging").run_and_log
            return logged(run, arguments)
    except Refusal as refusal:
        sys.stderr.write(f"opstap {name}: {refusal}\n")
        return refusal.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has left
        return DONE


@contextmanager
def _on_the_folder(name: str) -> Iterator[None]:
    """Finish a restore that was cut off, then hold the data folder as long as the command runs."""
    from django.conf import settings  # noqa: PLC0415 - as below

    in_use = import_module("opstap.config.backups.in_use")
    data = Path(settings.DATA)
    if import_module("opstap.config.backups.journal").finish_interrupted(data, settings.DATABASES):
        sys.stderr.write("opstap: het terugzetten van een reservekopie was onderbroken en is nu afgemaakt.\n")
    if name in ALONE:
        with in_use.alone(data):
            yield
    else:
        in_use.hold(data)
        yield


def _set_up(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opstap.config.settings")
    if name in MAKES_KEYS:
        os.environ["OPSTAP_MAY_MAKE_KEYS"] = "1"
    elif name in NEEDS_ALL_KEYS:
        os.environ["OPSTAP_MAY_MAKE_KEYS"] = "0"
    from opstap.config.log_term import LEAST, MOST, NoTermOfLog  # noqa: PLC0415 - as below
    from opstap.foundation.crypto import KeysMissing  # noqa: PLC0415 - the data folder must be known first
    from opstap.foundation.mail.address import NoMailAddress  # noqa: PLC0415 - as above

    try:
        import django  # noqa: PLC0415
        from django.conf import settings  # noqa: PLC0415

        Path(settings.DATA).mkdir(mode=0o700, parents=True, exist_ok=True)
    except KeysMissing as missing:
        sys.stderr.write(
            f"opstap: er is geen sleutelbestand {missing}. Zet OPSTAP_KEYS_FILE op het sleutelbestand van deze "
            "installatie; een back-up bevat het nooit. Een nieuw bestand maakt Opstap alleen bij een database die "
            "te lezen is en waarin nog niets staat.\n"
        )
        raise SystemExit(REFUSED) from None
    except NoTermOfLog:
        sys.stderr.write(
            f"opstap: OPSTAP_LOG_YEARS is geen termijn. Zet er een heel aantal jaren in, van {LEAST} tot {MOST}, of "
            "laat die instelling weg: dan is het vijf jaar.\n"
        )
        raise SystemExit(REFUSED) from None
    except NoMailAddress:
        sys.stderr.write(
            "opstap: OPSTAP_MAIL is geen adres van een mailserver. Schrijf het zo: "
            "smtp+tls://naam:wachtwoord@host:587, met %-codes voor leestekens in het wachtwoord; of laat de instelling "
            "weg: dan gaat er geen mail uit.\n"
        )
        raise SystemExit(REFUSED) from None
    django.setup()


def _without_folder(arguments: list[str]) -> tuple[list[str], str | None]:
    """Take `--data DIR` out, wherever it stands; the last one counts."""
    rest: list[str] = []
    data: str | None = None
    given = iter(arguments)
    for argument in given:
        name, sign, value = argument.partition("=")
        if name != "--data":
            rest.append(argument)
        else:
            data = value if sign else next(given, "")
            if not data:
                raise WrongUse("achter --data hoort de gegevensmap.")
    return rest, data


def _print_usage(stream: object) -> None:
    print("opstap [--data DIR] OPDRACHT …\n", file=stream)  # type: ignore[call-overload]
    for name, meaning in SUBCOMMANDS.items():
        print(f"  {name:<10} {meaning}", file=stream)  # type: ignore[call-overload]
