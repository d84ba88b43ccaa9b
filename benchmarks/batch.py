"""Batches: time and memory of folders of scenarios, as ratios to what is measured beside them.

    python benchmarks/batch.py [--files 500] [--rounds 5] [--many 10000]

Writes different scenarios of nine options, of the length and shape of those in scenarios/, and
compares in the same run: the processor time of ``yaml.CSafeLoader`` alone on the same files, that
of ``batch --jobs 1`` less its start, as a table and as the full JSON of all options, the time of
``--jobs 2`` against ``--jobs 1``, and the peak memory for few and for many files, by format. Each
ratio is the median of ratios taken round by round, so that a machine that slows down in the middle
slows both sides. How late messages are answered takes longer than everything else: the first ratio
is also given for the same scenarios without messages. The exit status is 1 when a budget is missed.
"""

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from budgets import Budget, Verdicts

PARSER = """
import sys, time
from pathlib import Path
import yaml
texts = [path.read_text() for path in sorted(Path(sys.argv[1]).iterdir())]
start = time.process_time()
for text in texts:
    yaml.load(text, yaml.CSafeLoader)
print(time.process_time() - start)
"""
BATCH = [sys.executable, "-m", "cmsource", "batch"]

COVERS = ("24/7", "mon-fri 08:00-20:00", "daily 08:00-22:00", "mon-sat 09:00-19:00")
DUTIES = (
    "mon-fri 09:00-12:30 13:30-17:00",
    "mon-fri 08:30-12:00 13:00-16:30",
    "mon-fri 10:00-13:00 14:00-18:00",
    "mon-thu 09:00-12:30 13:30-17:30, fri 09:00-12:00",
)
MOMENTS = ("09:00-09:30 16:30-17:00", "08:30-09:00 13:30-14:00", "11:30-12:00 17:00-17:30")
WORDS = ("atelier", "boutique", "maison", "jardin", "sport", "voyage", "conseil", "studio")


def scenario(number: int, chance: random.Random, *, messages: bool = True) -> str:
    """One scenario of nine options, in block style and with comments, as people write them."""
    name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}"
    wage = chance.randrange(1350, 2600) / 100
    content = chance.randrange(3, 12)
    text = _scenario(number, name, wage, content, chance)
    if messages:
        return text
    head, rest = text.split("  messages:\n", 1)
    return head + rest.split("\n", 3)[3].replace("  answered_in_time:", "  # answered_in_time:")


def _scenario(number: int, name: str, wage: float, content: int, chance: random.Random) -> str:
    return f"""\
# Scenario {number}: who looks after the presence of {name}?

name: {name}
country: FR
horizon: {chance.choice((12, 18, 24, 36))} months
company: {{size: {chance.randrange(2, 400)}}}
prices:
  wages: {chance.randrange(0, 40) / 10}%/year
  vendors: {chance.randrange(0, 50) / 10}%/year

needs:
  cover: {chance.choice(COVERS)}
  answer_within: {chance.choice(("30 min", "1h", "2h", "4h"))}
  messages:
    per_day: {chance.randrange(5, 60)}          # from the inbox
    minutes_each: {chance.randrange(2, 7)}
    profile: {chance.choice(("office", "evening", "weekend", "flat"))}
  work:
    content: {content} h/week       # posts, pictures, stories
    reporting: {chance.randrange(2, 8)} h/month
  skills: [moderation, copywriting, ads, product-expertise]

require:
  watched: {chance.randrange(20, 95)}%
  answered_in_time: {chance.randrange(20, 90)}%
  work_done: {chance.randrange(50, 100)}%

context: {{goal: sales, audience: broad, expertise: general, approvals: light}}

tools:
  publishing: {{price: {chance.randrange(40, 200)}/month, per: seat, included_by: [agence]}}
  listening: {{price: {chance.randrange(80, 400)}/month, included_by: [agence]}}

sources:
  cm:
    kind: employee
    label: Community manager
    hourly_wage: {wage:.2f}        # gross
    hours: 35 h/week
    on_duty: {chance.choice(DUTIES)}
    skills: [moderation, copywriting, product-expertise]
    equipment: {chance.randrange(800, 2500)}
  people:                   # as many as the hours take
    kind: employee
    hourly_wage: {wage + 1:.2f}
    headcount: auto
    on_duty: 24/7
    skills: [moderation, copywriting]
  colleague:                # somebody in marketing, who is paid anyway
    kind: colleague
    hourly_wage: {wage + chance.randrange(0, 900) / 100:.2f}
    hours: 1 h/day
    on_duty: mon-fri {chance.choice(MOMENTS)}
    skills: [copywriting, product-expertise]
  student:
    kind: intern
    placement: {chance.choice((4, 5, 6))} months
    tutoring: {chance.randrange(2, 6)} h/week
    skills: [copywriting]
  independent:
    kind: freelancer
    day_rate: {chance.randrange(250, 500)}
    on_duty: mon-fri {chance.choice(MOMENTS)}
    skills: [moderation, copywriting, ads]
  agence:
    kind: agency
    retainer: {chance.randrange(800, 2500)}/month
    included: {chance.randrange(8, 30)} h/month
    hourly_rate: {chance.randrange(60, 110)}
    watch: {chance.randrange(500, 1500)}/month
    on_duty: 24/7
    starts_after: 2 weeks
    setup: {chance.randrange(500, 4000)}
    escalates: {chance.randrange(5, 20)}%
    escalation_delay: 4h
    coordination: 1 h/week
    skills: [moderation, copywriting, ads]
  coach:
    kind: coach
    day_rate: {chance.randrange(700, 1400)}
    days: 1/month
    skills: [ads]

options:
  hire: [cm]
  team: [people]
  reassign: [colleague]
  intern: [student]
  freelance: [independent]
  agency: [agence]
  hybrid:                   # the colleague comes first
    - colleague:
        takes: {{messages: {chance.randrange(10, 60)}%, content: {chance.randrange(20, 90)}%}}
    - agence
  coached: [cm, coach]
  phased:
    phases:
      - months: 6
        sources: [agence]
      - sources: [cm, coach]
"""


def write(folder: Path, count: int, *, messages: bool = True) -> Path:
    """A folder of so many different scenarios, the same ones each time."""
    folder.mkdir()
    chance = random.Random(20270104)
    for number in range(count):
        text = scenario(number, chance, messages=messages)
        (folder / f"{number:05}.yaml").write_text(text, encoding="utf-8")
    return folder


def environment() -> dict[str, str]:
    """Installed packages run from compiled bytecode; forbidding it would measure compiling."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command; it must end well or with expectations that do not hold."""
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)
    if done.returncode > 1:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return done


def parser_seconds(folder: Path) -> float:
    """Processor time of the parser alone on the files of a folder."""
    return float(run([sys.executable, "-c", PARSER, str(folder)]).stdout)


def batch_seconds(folder: Path, jobs: int, form: str = "table") -> tuple[float, float]:
    """Wall time and processor time of a batch, its children included."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run([*BATCH, str(folder), "--format", form, "--jobs", str(jobs)])
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


PEAK = """
import resource, sys
from pathlib import Path
from cmsource.cli import main
try:
    main(sys.argv[1:])
finally:
    # A process starts with the peak of the one that starts it, but for the one that Linux keeps.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    print(peaks[0], file=sys.stderr)
"""


def peak_kilobytes(folder: Path, *flags: str) -> int:
    """The largest memory of the process that runs a batch and writes its result to a file."""
    with tempfile.TemporaryDirectory() as place:
        output = str(Path(place, "output"))
        command = [sys.executable, "-c", PEAK, "batch", str(folder), *flags, "--output", output]
        return int(run(command).stderr.split()[-1])


def median(measure: Callable[[], float], rounds: int) -> float:
    """The median of a ratio that is measured so many times."""
    return statistics.median(measure() for _ in range(rounds))


def main() -> int:
    """Measure and print each ratio beside its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--many", type=int, default=10_000)
    arguments = parser.parse_args()
    verdicts = Verdicts()
    with tempfile.TemporaryDirectory() as place:
        one = write(Path(place, "one"), 1)
        some = write(Path(place, "some"), arguments.files)
        quiet = write(Path(place, "quiet"), arguments.files, messages=False)
        batch_seconds(one, 1)

        def per_parser(folder: Path, form: str) -> float:
            start = batch_seconds(one, 1, form)[1]
            return (batch_seconds(folder, 1, form)[1] - start) / parser_seconds(folder)

        def overhead() -> float:
            alone, both = (batch_seconds(some, jobs)[1] for jobs in (1, 2))
            return both / alone

        def throughput() -> float:
            alone, both = (
                batch_seconds(some, jobs)[0] - batch_seconds(one, jobs)[0] for jobs in (1, 2)
            )
            return alone / both

        # What is lost between processes, also where others use the cores: 2 over the last ratio is
        # the most that two idle cores can give.
        measures: tuple[tuple[str, Callable[[], float], Budget | None], ...] = (
            ("processor time / parser, table", partial(per_parser, some, "table"), Budget(10)),
            ("the same without messages", partial(per_parser, quiet, "table"), None),
            ("processor time / parser, JSON", partial(per_parser, some, "json"), Budget(50)),
            ("throughput, --jobs 2 / --jobs 1", throughput, Budget(1.7, least=True)),
            ("processor time, --jobs 2 / --jobs 1", overhead, Budget(1.17)),
        )
        for name, measure, budget in measures:
            verdicts.show(name, median(measure, arguments.rounds), budget)
        if arguments.many:
            fewer = max(1, arguments.many // 10)
            many = write(Path(place, "many"), arguments.many)
            few = write(Path(place, "few"), fewer)
            for jobs, form in (("1", "table"), ("2", "table"), ("2", "jsonl"), ("2", "json")):
                flags = ("--jobs", jobs, "--format", form)
                small, large = (peak_kilobytes(folder, *flags) for folder in (few, many))
                each = (large - small) / (arguments.many - fewer)
                more = f"{small / 1024:.0f} -> {large / 1024:.0f} MB, {each:.2f} kB a file"
                name = f"peak memory {' '.join(flags)}, 10 x files"
                verdicts.show(name, large / small, Budget(1.25), more)
    return verdicts.status()


if __name__ == "__main__":
    sys.exit(main())
