"""Measures logs of messages against DuckDB reading the same file.

``python benchmarks/inbox.py`` prints, for a log of a million rows, the processor time of DuckDB's
reader with one thread over that of `read_log` with numpy, as the extra ``inbox`` has it, both
loaded before, and how much more memory ten times the rows take. DuckDB is no dependency: ``pip
install duckdb`` beforehand. The exit status is 1 when a budget is missed.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from budgets import Budget, Verdicts

WORDS = "hello please refund order late where is my parcel thanks again today".split()  # noqa: SIM905
OURS = """
import resource, sys, time
from pathlib import Path
import cmsource.inbox.quick_counts  # and numpy, as DuckDB is loaded before it is timed
from cmsource.inbox.log import read_log
start = time.process_time()
tally = read_log(Path(sys.argv[1]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(tally.rows, time.process_time() - start, peak)
"""
THEIRS = """
import sys, time
import duckdb
duckdb.sql("set threads = 1")
start = time.process_time()
query = "select count(*), max(created_at), max(text) from read_csv(?)"
print(duckdb.execute(query, [sys.argv[1]]).fetchone()[0], time.process_time() - start)
"""


def write(path: Path, rows: int, form: str) -> Path:
    """A log of a made-up shop, the same each time."""
    chance = random.Random(19)
    moment = datetime(2024, 1, 1)
    step = timedelta(days=150) / rows
    with path.open("w", encoding="utf-8") as log:
        log.write("id,author,created_at,text\n")
        for number in range(rows):
            moment += step
            text = " ".join(chance.choices(WORDS, k=15))
            time = moment.strftime(form)
            log.write(f'{number},u{chance.randrange(99_999)},{time},"{text}, bye"\n')
    return path


def measured(program: str, path: Path, rows: int) -> list[float]:
    """What a program prints of a log, after the rows that it has counted."""
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    count, *figures = done.stdout.split()
    if int(count) != rows:
        raise SystemExit(f"{count} rows were read of {rows}")
    return [float(figure) for figure in figures]


def main() -> int:
    """Measure and print each ratio beside its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    rows = arguments.rows
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as place:
        small = write(Path(place, "small.csv"), rows // 10, "%Y-%m-%d %H:%M:%S")
        for name, form in (
            ("ISO 8601", "%Y-%m-%d %H:%M:%S"),
            ("31/10/2024 22:10", "%d/%m/%Y %H:%M"),
        ):
            log = write(Path(place, "log.csv"), rows, form)
            ratios = []
            for _ in range(arguments.rounds):
                ours, peak = measured(OURS, log, rows)
                ratios.append(measured(THEIRS, log, rows)[0] / ours)
            ratio = statistics.median(ratios)
            more = f"{ours:.2f} s, {peak / 1024:.0f} MB"
            verdicts.show(f"speed / DuckDB, {name}", ratio, Budget(0.5, least=True), more)
        before = measured(OURS, small, rows // 10)[1]
        verdicts.show("peak memory, 10 x rows", peak / before, Budget(1.25))
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
