"""`opstap anonymise`: a copy to test with in which nobody is who they were."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings

from opstap.config.anonymising.becoming import without_rule
from opstap.config.anonymising.copying import make_test_copy
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands.choosing import counted
from opstap.config.commands.logging import begin


def run(arguments: list[str]) -> int:
    """Make it, in a folder of its own."""
    parser = Arguments("anonymise", "Een testkopie met verzonnen mensen, eigen sleutels en een nieuwe gegevensmap.")
    parser.add_argument("folder", metavar="MAP", help="de gegevensmap van de kopie; die mag er nog niet zijn")
    given = parser.parse_args(arguments)
    folder = Path(given.folder).absolute()
    _refuse(folder)
    begin("anonymise")
    copied = make_test_copy(folder)
    sys.stdout.write(
        f"Testkopie gemaakt: {folder}\n"
        f"{counted(copied['clients.client'])} cliënten en {counted(copied['ladder.measurement'])} plaatsingen. Namen, "
        "nummers en adressen zijn\nverzonnen; notities, toelichtingen en logboeken zijn leeg. Geboortedagen zijn de "
        "echte, één tot zestig dagen vervroegd.\nDagen van plaatsingen, uitkering en contacten zijn gelijk gebleven: "
        "wie iemands loop kent, kan die herkennen.\nGeef de kopie niet buiten de gemeente.\n"
        "Niemand kan zich aanmelden. Maak daarvoor iemand met `opstap --data "
        f"{folder} user NAAM --sign-in NAAM --role ROL`.\n"
    )
    return 0


def _refuse(folder: Path) -> None:
    """What is there is never written over, and the copy stands apart from the original."""
    data = Path(settings.DATA).resolve()
    if folder.exists():
        raise Refusal(f"{folder} bestaat al. Noem een map die er nog niet is: er wordt nooit iets overschreven.")
    if not folder.parent.is_dir():
        raise Refusal(f"de map {folder.parent} is er niet. Maak die eerst.")
    if data in folder.resolve().parents:
        raise Refusal(f"{folder} ligt in de gegevensmap van het origineel. Zet de kopie ergens anders.")
    lacking = without_rule()
    if lacking:
        raise Refusal(f"van deze gegevens is niet bepaald wat ervan in een testkopie komt: {', '.join(lacking)}.")
