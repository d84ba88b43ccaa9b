"""Payroll: 1,000 evaluations of an employer's cost against a bare interpreter importing pydantic.

    python benchmarks/payroll.py [--runs 15]

Prints the median of the ratios taken pair by pair. Budget: 1,000 evaluations take at most as long
as the interpreter takes to start and import pydantic, and those of a schedule that a country file
says by itself twice as long. The evaluations are of different wages, sizes
and contracts, so that nothing is answered from memory. The exit status is 1 when it is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

import cmsource
from budgets import Budget, Verdicts

EVALUATIONS = 1_000
BUDGET = Budget(1)
OF_LINES = Budget(2)
BASELINE = [sys.executable, "-c", "import pydantic"]
SIZES = (8, 12, 30, 60, 300)
CASES = (
    ("FR", "permanent"),
    ("FR", "fixed-term"),
    ("CA-QC", "permanent"),
    ("CH", "permanent"),
    ("BE", "permanent"),
)


def baseline() -> float:
    """Wall time of an interpreter that starts, imports pydantic and ends."""
    # Installed packages run from compiled bytecode; without it parsing would be measured.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(BASELINE, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def evaluations(country: str, contract: str) -> float:
    """Wall time of the evaluations of one kind."""
    start = time.perf_counter()
    for number in range(EVALUATIONS):
        cmsource.employer_cost(
            country,
            monthly_gross=3_000.0 + number,
            size=SIZES[number % len(SIZES)],
            cadre=number % 2 == 0,
            contract=contract,
        )
    return time.perf_counter() - start


def main() -> int:
    """Measure each case and print its ratio beside the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: int = parser.parse_args().runs
    baseline()
    verdicts = Verdicts(width=18)
    for country, contract in CASES:
        evaluations(country, contract)
        times = [(evaluations(country, contract), baseline()) for _ in range(runs)]
        middle = statistics.median(one / other for one, other in times)
        each = statistics.median(one for one, _ in times) / EVALUATIONS * 1e6
        budget = BUDGET if country in ("FR", "CA-QC") else OF_LINES
        verdicts.show(f"{country} {contract}", middle, budget, f"{each:.0f} µs each")
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
