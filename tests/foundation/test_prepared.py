"""Queries that are kept: built once for the same arguments and thread, and nobody changes that of another."""

from __future__ import annotations

from threading import Thread
from typing import Any

from opstap.clients.models import Client
from opstap.foundation.prepared import prepared


def test_it_is_built_once_for_the_same_arguments_and_each_gets_their_own() -> None:
    built: list[tuple[Any, ...]] = []

    @prepared
    def of(municipality_id: int, *, number: str = "") -> Any:
        built.append((municipality_id, number))
        return Client.objects.filter(municipality_id=municipality_id, number=number)

    first, again, other = of(1, number="A"), of(1, number="A"), of(2, number="A")
    assert built == [(1, "A"), (2, "A")]
    assert str(first.query) == str(again.query) != str(other.query)
    narrowed = first.filter(number="B")
    assert str(narrowed.query) != str(first.query) == str(of(1, number="A").query)
    assert first is not again
    first.query.clear_ordering(force=True)
    first.query.add_filter("number", "C")
    assert str(again.query) == str(of(1, number="A").query) != str(first.query)


def test_each_thread_has_its_own_for_compiling_changes_a_query() -> None:
    built: list[int] = []

    @prepared
    def of(municipality_id: int) -> Any:
        built.append(municipality_id)
        return Client.objects.filter(municipality_id=municipality_id)

    of(1)
    thread = Thread(target=of, args=(1,))
    thread.start()
    thread.join()
    of(1)
    assert built == [1, 1]
