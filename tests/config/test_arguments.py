"""What a subcommand says of its arguments: in Dutch, and in one form."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from opstap.config.arguments import in_dutch
from opstap.config.command import DONE, SUBCOMMANDS, WRONG_USE, main


@pytest.fixture(autouse=True)
def environment() -> Iterator[None]:
    """As it was: a command sets where its data lies."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


WITH_ARGUMENTS = sorted(SUBCOMMANDS.keys() - {"manage", "restore"})  # restore asks for the data folder alone
ENGLISH = ("usage:", "error", "arguments", "options", "show this", "expected one", "choose from", "required")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["user"], "opstap user: er ontbreekt: name, --sign-in, --role.\ngebruik: opstap user "),
        (["user", "Nina", "--sign-in"], "opstap user: bij --sign-in: hier hoort een waarde achter.\n"),
        (["reports", "--alles"], "opstap reports: dit ken ik niet: --alles.\n"),
        (["import"], "opstap import: noem een bestand om in te lezen, of --undo met het kenmerk van een import.\n"),
        (["import", "x", "--reference-date", "ooit"], "opstap import: bij --reference-date: 'ooit' is geen dag: "),
        (["report", "placement", "--format", "doc"], "opstap report: bij --format: 'doc' kan niet; kies uit 'table'"),
        (["import", "--dry-run=nee", "x"], "opstap import: bij --dry-run: hier hoort geen waarde achter, zoals 'nee'"),
        (["raport"], "opstap: 'raport' bestaat niet.\n"),
        (["report", "--data"], "opstap: achter --data hoort de gegevensmap.\n"),
    ],
)
def test_a_wrong_argument_is_told_in_dutch(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == WRONG_USE
    told = capsys.readouterr()
    assert told.err.startswith(words)
    assert told.out == ""
    assert not [one for one in ENGLISH if one in told.err.replace("--", "")]


@pytest.mark.parametrize("name", WITH_ARGUMENTS)
def test_the_explanation_of_every_subcommand_is_in_dutch(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == DONE
    told = capsys.readouterr().out
    assert told.startswith(f"gebruik: opstap {name} ")
    assert "-h, --help" in told
    assert "toon deze uitleg" in told
    assert not [one for one in ENGLISH if one in told]


def test_what_we_say_ourselves_stays_as_it_is() -> None:
    assert (
        in_dutch("argument --clients: '3' kan niet: kies een aantal") == "bij --clients: '3' kan niet: kies een aantal"
    )
