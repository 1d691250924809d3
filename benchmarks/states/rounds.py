"""Times the contestants in interleaved rounds, prints the table, and holds the limits. Not here: what they do."""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass

from benchmarks.states.contestants import (
    CONTESTANTS,
    DUCK_INTERVALS,
    LATEST_ROW,
    MEASUREMENTS,
    OURS,
    SCAN,
    THREADS,
    Answer,
    Facts,
    built,
    ours,
)

FULL_SIZES = (100_000, 1_000_000)
SMALL_SIZES = (2_000, 20_000)
ROUNDS = 11
WARM_UP = 2
REPEATS = 3


def check_answers(facts: Facts) -> None:
    """Every contestant must say the same, or its time means nothing."""
    expected = ours(facts)
    if not isinstance(expected, dict):
        sys.exit("our answer is no count per level")
    for name, contestant in CONTESTANTS.items():
        wanted: Answer = sum(expected.values()) if name == SCAN else expected
        if contestant(facts) != wanted:
            sys.exit(f"{name} gives another answer: nothing was timed")


def timed(facts: Facts) -> dict[str, float]:
    """The median milliseconds of each contestant over interleaved rounds.

    Every round begins with another contestant, and each answers twice before it is timed: else it would pay for its
    threads that fell asleep, and for the cache that a rival filled.
    """
    times: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    turns = list(CONTESTANTS.items())
    for number in range(ROUNDS):
        first = number % len(turns)
        for name, contestant in turns[first:] + turns[:first]:
            for _ in range(WARM_UP):
                contestant(facts)
            for _ in range(REPEATS):
                started = time.perf_counter()
                contestant(facts)
                times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


@dataclass(frozen=True)
class Limit:
    """What was promised, and what was measured."""

    text: str
    measured: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


def limits(results: dict[int, dict[str, float]]) -> list[Limit]:
    """The promises of the benchmark over both sizes."""
    small, large = sorted(results)
    found = []
    for clients in (small, large):
        times = results[clients]
        latest = min(times[name] for name in LATEST_ROW) / times[OURS]
        found.append(Limit(f"{clients:,}: times as fast as the best latest row", latest, 10, at_least=True))
        found.append(Limit(f"{clients:,}: of the time of DuckDB on intervals", times[OURS] / times[DUCK_INTERVALS], 1))
    found.append(Limit(f"{large:,}: of the time of the bare scan", results[large][OURS] / results[large][SCAN], 3))
    growth = results[large][OURS] / results[small][OURS]
    found.append(Limit("growth of our time for 10 times the data", growth, 12))
    return found


def print_times(clients: int, facts: Facts, times: dict[str, float]) -> None:
    print(f"\n{clients:,} clients x {MEASUREMENTS} placements, {facts.intervals.height:,} intervals")
    print(f"  built apart: intervals from placements in {facts.seconds:.2f} s")
    print(f"  {'':48}{'median ms':>12}{'x ours':>10}")
    for name, median in sorted(times.items(), key=lambda item: item[1]):
        print(f"  {name:48}{median:12.2f}{median / times[OURS]:10.2f}")


def main() -> int:
    """Runs all and says whether every limit is met."""
    parser = argparse.ArgumentParser(description="The state on a date against the usual ways of counting it.")
    parser.add_argument("--small", action="store_true", help="a quick run, on which the limits are printed, not held")
    small = parser.parse_args().small
    results = {}
    for clients in SMALL_SIZES if small else FULL_SIZES:
        facts = built(clients)
        check_answers(facts)
        results[clients] = timed(facts)
        print_times(clients, facts, results[clients])
    print(f"\nSame process, {THREADS} threads each, {ROUNDS} interleaved rounds of {REPEATS} answers, medians.")
    found = limits(results)
    for limit in found:
        word, sign = ("met" if limit.met else "NOT MET"), (">=" if limit.at_least else "<=")
        print(f"  {limit.text:52}{limit.measured:9.2f} {sign} {limit.bound:<4g} {word}")
    return 0 if small or all(limit.met for limit in found) else 1


if __name__ == "__main__":
    sys.exit(main())
