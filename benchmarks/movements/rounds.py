"""Times the contestants in interleaved rounds, prints the table, and holds the limit. Not here: what they do."""

import argparse
import statistics
import sys
import time

from benchmarks.movements.contestants import CONTESTANTS, LATEST_ROW, OURS, WHOLE
from benchmarks.states.contestants import MEASUREMENTS, THREADS, Facts, built

FULL_SIZE, SMALL_SIZE = 1_000_000, 100_000
ROUNDS = 5
WARM_UP = 1
LIMIT = 10


def check_answers(facts: Facts) -> None:
    """Every contestant must say the same, or its time means nothing."""
    expected = CONTESTANTS[OURS](facts)
    for name, contestant in CONTESTANTS.items():
        if contestant(facts) != expected:
            sys.exit(f"{name} gives another answer: nothing was timed")


def timed(facts: Facts) -> dict[str, float]:
    """The median milliseconds of each over interleaved rounds; each round begins with another contestant."""
    times: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    turns = list(CONTESTANTS.items())
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
    """Runs all and says whether the limit is met."""
    parser = argparse.ArgumentParser(description="Movement between two days against the usual ways of counting it.")
    parser.add_argument("--small", action="store_true", help="a quick run, on which the limit is printed, not held")
    small = parser.parse_args().small
    clients = SMALL_SIZE if small else FULL_SIZE
    facts = built(clients)
    check_answers(facts)
    times = timed(facts)
    print(f"\n{clients:,} clients x {MEASUREMENTS} placements; intervals built apart in {facts.seconds:.2f} s")
    print(f"  {'':56}{'median ms':>12}{'x ours':>10}")
    for name, median in sorted(times.items(), key=lambda item: item[1]):
        print(f"  {name:56}{median:12.2f}{median / times[OURS]:10.2f}")
    best = min(times[name] for name in LATEST_ROW)
    print(f"\nSame process, {THREADS} threads each, {ROUNDS} interleaved rounds, medians.")
    met = best / times[OURS] >= LIMIT
    print(f"  times as fast as the best latest row: {best / times[OURS]:.1f} >= {LIMIT} {'met' if met else 'NOT MET'}")
    print(f"  the whole report: {best / times[WHOLE]:.1f} times (shown, not held)")
    return 0 if small or met else 1


if __name__ == "__main__":
    sys.exit(main())
