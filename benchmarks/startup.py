"""Start-up: whole commands against a bare interpreter importing typer, rich, pydantic and yaml.

    python benchmarks/startup.py [--runs 15]

Prints the median of the ratios taken pair by pair, so that a machine that slows down in the middle
slows both sides of a pair: of the elapsed time, and of the processor time, which neighbours on a
shared machine disturb less. Budgets: ``compare`` at most 1.30, ``--help`` and ``--version`` at
most 0.65.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "scenarios" / "boutique-24-7.yaml"
SCRIPT = Path(sys.executable).with_name("cmsource")
CMSOURCE = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "cmsource"]
BASELINE = [sys.executable, "-c", "import typer, rich, pydantic, yaml"]
CASES = {
    "compare": ([*CMSOURCE, "compare", str(REFERENCE)], 1.30),
    "--help": ([*CMSOURCE, "--help"], 0.65),
    "--version": ([*CMSOURCE, "--version"], 0.65),
}


class Seconds(NamedTuple):
    """What one run took."""

    elapsed: float
    processor: float


def run(command: list[str]) -> Seconds:
    """Time one run of a command, its output read and thrown away."""
    # Installed packages run from bytecode; where that is forbidden, compiling would be measured.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    elapsed = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Seconds(elapsed, used)


def main() -> None:
    """Measure each case and print its ratios beside its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: int = parser.parse_args().runs
    for command in (BASELINE, *(command for command, _ in CASES.values())):
        run(command)
    print(f"{'command':<10} {'budget':>7} {'elapsed':>8} {'processor':>10}")
    for name, (command, budget) in CASES.items():
        pairs = [(run(command), run(BASELINE)) for _ in range(runs)]
        elapsed = statistics.median(ours.elapsed / base.elapsed for ours, base in pairs)
        processor = statistics.median(ours.processor / base.processor for ours, base in pairs)
        print(f"{name:<10} {budget:>7.2f} {elapsed:>8.2f} {processor:>10.2f}")


if __name__ == "__main__":
    main()
