"""Checks counted person by person, written without the room they check."""

from collections.abc import Iterable, Mapping


def checked(clients: Iterable[int], answers: Mapping[int, bool | None]) -> list[int]:
    """[whom it concerns, who is in order, who is not judged, everybody]."""
    line = [0, 0, 0, 0]
    for client in set(clients):
        answer = answers.get(client)
        line[0 if answer is True else 1 if answer is False else 2] += 1
        line[3] += 1
    return line
