"""Start-up: whole commands against a bare interpreter importing typer, rich, pydantic and yaml.

    python benchmarks/startup.py [--runs 15]

Prints the median of the ratios taken pair by pair, so that a machine that slows down in the middle
slows both sides of a pair. Budgets: ``compare`` at most 1.30, ``--help`` and ``--version`` at most
0.65.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "scenarios" / "boutique-24-7.yaml"
BASELINE = [sys.executable, "-c", "import typer, rich, pydantic, yaml"]
CASES = {
    "compare": ([sys.executable, "-m", "cmsource", "compare", str(REFERENCE)], 1.30),
    "--help": ([sys.executable, "-m", "cmsource", "--help"], 0.65),
    "--version": ([sys.executable, "-m", "cmsource", "--version"], 0.65),
}


def seconds(command: list[str]) -> float:
    """Wall time of one run of a command, its output read and thrown away."""
    # Installed packages run from bytecode; where that is forbidden, compiling would be measured.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def main() -> None:
    """Measure each case and print its ratio beside its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: int = parser.parse_args().runs
    for command in (BASELINE, *(command for command, _ in CASES.values())):
        seconds(command)
    print(f"{'command':<10} {'ratio':>6} {'budget':>7}   {'low':>5} {'high':>5}")
    for name, (command, budget) in CASES.items():
        ratios = sorted(seconds(command) / seconds(BASELINE) for _ in range(runs))
        middle = statistics.median(ratios)
        print(f"{name:<10} {middle:>6.2f} {budget:>7.2f}   {ratios[0]:>5.2f} {ratios[-1]:>5.2f}")


if __name__ == "__main__":
    main()
