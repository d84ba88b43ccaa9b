"""The largest scenarios that are allowed, against ``compare`` on the reference scenario.

    python benchmarks/limits.py [--runs 3]

Prints for each of them, in each format, the median of the ratios of processor time taken pair by
pair. The exit status is 1 when a budget is missed: nothing that is allowed makes a user wait for
much longer than the start of the program does.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from budgets import Budget, Verdicts
from startup import CASES, CMSOURCE, ROOT, run

sys.path.append(str(ROOT / "tests"))

from largest import LARGEST  # which the tests hold to a limit of memory

FORMATS = ("table", "json", "markdown")
BUDGET = Budget(15)


def ratio(command: list[str], runs: int) -> float:
    """The median of the ratios of a command to ``compare`` on the reference scenario."""
    reference, _ = CASES["compare"]
    return statistics.median(run(command).processor / run(reference).processor for _ in range(runs))


def main() -> int:
    """Measure each scenario in each format and print its ratio beside the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs: int = parser.parse_args().runs
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as place:
        for name, text in LARGEST.items():
            scenario = Path(place, f"{name}.yaml")
            scenario.write_text(text, "utf-8")
            for form in FORMATS:
                command = [*CMSOURCE, "compare", str(scenario), "--format", form]
                verdicts.show(f"most {name}, {form}", ratio(command, runs), BUDGET)
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
