"""What `./test` leaves to other commits: something of everything is done, and all of it comes in turn."""

from __future__ import annotations

import pytest

from tests import drawing
from tests.architecture.house import ROOT

LONG = [f"tests/config/test_restore.py::test_{number}" for number in range(9)]
SHORT = [f"tests/clients/test_gate.py::test_{number}[1440px]" for number in range(20)]
WALKS = [f"tests/journeys/test_walks.py::test_{name}[{width}px-x]" for name in "abcdef" for width in (1440, 390)]
ALONE = ["tests/journeys/test_walks.py::test_everything"]
NAMES = [*LONG, *SHORT, *WALKS, *ALONE]


def by_seed(monkeypatch: pytest.MonkeyPatch, seed: str, fewer: int = 6) -> set[str]:
    monkeypatch.setenv("OPSTAP_TEST_SEED", seed)
    drawing.seed.cache_clear()
    return drawing.drawn(NAMES, fewer=fewer)


def test_the_build_does_all_of_it_and_each_walk_at_one_width(monkeypatch: pytest.MonkeyPatch) -> None:
    done = by_seed(monkeypatch, "a commit", fewer=1)
    assert done == by_seed(monkeypatch, "a commit", fewer=1)
    assert set(LONG) <= done
    assert set(SHORT) <= done
    assert set(ALONE) <= done
    assert [len(done & set(WALKS[at : at + 2])) for at in range(0, len(WALKS), 2)] == [1] * 6
    drawing.seed.cache_clear()


def test_alone_it_does_a_part_of_what_takes_long_and_all_of_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    done = by_seed(monkeypatch, "a commit")
    assert len(done & set(LONG)) == 1
    assert len(done & {*WALKS, *ALONE}) == 2, "of a file of walks one in six, at one width"
    assert set(SHORT) <= done
    drawing.seed.cache_clear()


def test_of_pages_on_the_second_database_a_quarter_of_each_file_is_drawn() -> None:
    kept = drawing.drawn(SHORT, SHORT[:8], fewer=1)
    assert (len(kept & set(SHORT[:8])), set(SHORT[8:]) <= kept) == (2, True)


def test_in_turn_all_of_it_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    for fewer in (1, 6):
        commits = range(60 * fewer)
        done = (by_seed(monkeypatch, f"commit {number}", fewer) for number in commits)
        assert set().union(*done) == set(NAMES)
    drawing.seed.cache_clear()


def test_each_file_that_is_named_as_long_is_there() -> None:
    assert [file for file in {*drawing.LONG, *drawing.QUICK} if not (ROOT / "tests" / file).exists()] == []
