"""Start-up: whole commands against a bare interpreter importing typer, rich, pydantic and yaml.

    python benchmarks/startup.py [--runs 15]

Prints the median of the ratios taken pair by pair, so that a machine that slows down in the middle
slows both sides of a pair: of the processor time, which has the budget, and of the elapsed time,
which neighbours on a shared machine disturb more. The exit status is 1 when a budget is missed.

For scale it measures first what the libraries alone take to do as much: a Typer command of one
argument that checks one pydantic model, reads the scenario with PyYAML, and prints one Rich table
and a panel; and the help of that command. As in cmsource itself, no garbage is looked for, and no
plugin of pydantic's. No budget below these two ratios can be kept with these libraries.
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

from budgets import Budget, Verdicts

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "scenarios" / "boutique-24-7.yaml"
SCRIPT = Path(sys.executable).with_name("cmsource")
CMSOURCE = [str(SCRIPT)] if SCRIPT.exists() else [sys.executable, "-m", "cmsource"]
LEAST = """
import gc, os
from pathlib import Path
from typing import Annotated
import typer

gc.set_threshold(250_000)
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
app = typer.Typer(pretty_exceptions_enable=False)

@app.command()
def command(file: Annotated[Path, typer.Argument()], details: bool = False) -> None:
    import yaml
    from pydantic import BaseModel
    from rich.console import Console
    from rich.panel import Panel
    from rich.table import Table

    class Model(BaseModel):
        name: str

    with file.open() as stream:
        name = Model(name=yaml.load(stream, yaml.CSafeLoader)["name"]).name
    table = Table("name")
    table.add_row(name)
    Console().print(table, Panel(name))
    gc.freeze()

app()
"""
BASELINE = [sys.executable, "-c", "import typer, rich, pydantic, yaml"]
LEAST_COMMAND = [sys.executable, "-c", LEAST, str(REFERENCE)]
SCALE: dict[str, tuple[list[str], Budget | None]] = {
    "least": (LEAST_COMMAND, None),
    "least help": ([*LEAST_COMMAND[:3], "--help"], None),
}
CASES: dict[str, tuple[list[str], Budget | None]] = {
    "compare": ([*CMSOURCE, "compare", str(REFERENCE)], Budget(2.2)),
    "--help": ([*CMSOURCE, "--help"], Budget(0.8)),
    "--version": ([*CMSOURCE, "--version"], Budget(0.3)),
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


def main() -> int:
    """Measure each case and print its ratios beside its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: int = parser.parse_args().runs
    for command in (BASELINE, *(command for command, _ in {**SCALE, **CASES}.values())):
        run(command)
    verdicts = Verdicts(width=12)
    for name, (command, budget) in {**SCALE, **CASES}.items():
        found = ratios(command, runs)
        verdicts.show(name, found.processor, budget, f"elapsed {found.elapsed:.2f}")
    return verdicts.status()


def ratios(command: list[str], runs: int) -> Seconds:
    """A command's times as multiples of the bare imports', the median of pairs of runs."""
    pairs = [(run(command), run(BASELINE)) for _ in range(runs)]
    elapsed = statistics.median(ours.elapsed / base.elapsed for ours, base in pairs)
    processor = statistics.median(ours.processor / base.processor for ours, base in pairs)
    return Seconds(elapsed, processor)


if __name__ == "__main__":
    sys.exit(main())
