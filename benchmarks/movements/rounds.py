"""Times the contestants in interleaved rounds, prints the tables, and holds the limit. Not here: what they do."""

import argparse
import statistics
import sys
import time
from collections.abc import Mapping

import django

from benchmarks.states.contestants import MEASUREMENTS, THREADS, Facts

django.setup()  # the facts stand above the tables they are read from, which are not read here

from benchmarks.movements.contestants import LATEST_ROW, OURS, QUESTIONS, Contestant, prepared  # noqa: E402

FULL_SIZE, SMALL_SIZE = 1_000_000, 100_000
ROUNDS = 5
WARM_UP = 1
LIMIT = 10


def check_answers(facts: Facts) -> None:
    """Everyone who answers a question must say the same, or its time means nothing."""
    for question, contestants in QUESTIONS.items():
        expected = contestants[OURS](facts)
        for name, contestant in contestants.items():
            if contestant(facts) != expected:
                sys.exit(f"{question}: {name} gives another answer: nothing was timed")


def timed(facts: Facts, contestants: Mapping[str, Contestant]) -> dict[str, float]:
    """The median milliseconds of each over interleaved rounds; each round begins with another contestant."""
    times: dict[str, list[float]] = {name: [] for name in contestants}
    turns = list(contestants.items())
    for number in range(ROUNDS):
        first = number % len(turns)
        for name, contestant in turns[first:] + turns[:first]:
            for _ in range(WARM_UP):
                contestant(facts)
            started = time.perf_counter()
            contestant(facts)
            times[name].append((time.perf_counter() - started) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def main() -> int:
    """Runs all and says whether the limit is met, of either question."""
    parser = argparse.ArgumentParser(description="Movement between two days against the usual ways of counting it.")
    parser.add_argument("--small", action="store_true", help="a quick run, on which the limit is printed, not held")
    small = parser.parse_args().small
    clients = SMALL_SIZE if small else FULL_SIZE
    facts = prepared(clients)
    check_answers(facts)
    print(f"\n{clients:,} clients x {MEASUREMENTS} placements; intervals built apart in {facts.seconds:.2f} s")
    print(f"Same process, {THREADS} threads each, {ROUNDS} interleaved rounds, medians.")
    all_met = True
    for question, contestants in QUESTIONS.items():
        times = timed(facts, contestants)
        print(f"\n  {question:56}{'median ms':>12}{'x ours':>10}")
        for name, median in sorted(times.items(), key=lambda item: item[1]):
            print(f"  {name:56}{median:12.2f}{median / times[OURS]:10.2f}")
        ratio = min(times[name] for name in LATEST_ROW) / times[OURS]
        all_met &= ratio >= LIMIT
        verdict = "met" if ratio >= LIMIT else "NOT MET"
        print(f"  times as fast as the best latest row: {ratio:.1f} >= {LIMIT} {verdict}")
    return 0 if small or all_met else 1


if __name__ == "__main__":
    sys.exit(main())
