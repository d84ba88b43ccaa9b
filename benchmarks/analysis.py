"""Analysis: whole commands against ``compare`` on the same scenario.

    python benchmarks/analysis.py [--runs 7] [SCENARIO ...]

Prints for each scenario the median of the ratios taken pair by pair, so that a machine that slows
down in the middle slows both sides of a pair: of the processor time, which has the budget, and of
the elapsed time. The exit status is 1 when a budget is missed on any of the examples.
"""

import argparse
import statistics
import subprocess
import sys
from pathlib import Path

from budgets import Budget, Verdicts
from startup import CMSOURCE, ROOT, Seconds, run

UNSURE = ("--set", "needs.work.content=2..9 h/week")
MESSAGES = ("--set", "needs.messages.per_day=5..15", "--set", "own_time=30..45")
"""The ranges that `simulate` draws from: the examples themselves give exact numbers."""

CASES = {
    "breakeven": (("breakeven",), Budget(2)),
    "breakeven --on horizon": (("breakeven", "--on", "horizon"), Budget(2)),
    "cursor": (("cursor",), Budget(2)),
    "sensitivity": (("sensitivity",), None),
    "simulate, of work": (("simulate", *UNSURE), Budget(30)),
    "simulate, of messages": (("simulate", *MESSAGES), Budget(30)),
}


def command(arguments: tuple[str, ...], scenario: Path) -> list[str]:
    """The command line of a case."""
    name, *rest = arguments
    return [*CMSOURCE, name, str(scenario), *rest]


def ratios(arguments: tuple[str, ...], scenario: Path, runs: int) -> Seconds:
    """Medians of the ratios of a command to ``compare``."""
    ours, compare = command(arguments, scenario), command(("compare",), scenario)
    run(ours)
    pairs = [(run(ours), run(compare)) for _ in range(runs)]
    return Seconds(
        statistics.median(one.elapsed / base.elapsed for one, base in pairs),
        statistics.median(one.processor / base.processor for one, base in pairs),
    )


def main() -> int:
    """Measure each case on each scenario; one that a command cannot work on is left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    found = arguments.scenarios or sorted((ROOT / "scenarios").glob("*.yaml"))
    verdicts = Verdicts()
    for scenario in found:
        for name, (words, budget) in CASES.items():
            try:
                measured = ratios(words, scenario, arguments.runs)
            except subprocess.CalledProcessError:  # such as no two ends to move a cursor between
                continue
            more = f"elapsed {measured.elapsed:.2f}"
            verdicts.show(f"{scenario.stem}: {name}", measured.processor, budget, more)
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
