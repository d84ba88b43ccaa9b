"""Nothing that a scenario says makes reading, the model or an output break, hang or lie.

Each case is a scenario with accidents, from a seed, so that every run has the same ones.
"""

import json
import random
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

import cmsource
from cmsource.analysis.inputs.inputs import inputs
from cmsource.model.compare import compare
from cmsource.model.details import detailed
from cmsource.reading.load import read_text
from cmsource.reading.outcome import Reading
from cmsource.reports.compare import CompareReport
from cmsource.reports.comparison_data import diagnostics_data
from cmsource.results.comparison import Comparison
from cmsource.values.diagnostics import CODES, Diagnostic, ScenarioError
from cmsource.values.language import Said
from cmsource.writers.formats import Format, written
from cmsource.writers.json import dumps
from cmsource.writers.page import Page
from cmsource.writers.yaml import to_yaml
from fuzzing import RICH, SHORT, SOLD, edged, flags, mutated_data, mutated_text
from readings import codes, render

EXAMPLES = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
TEXTS = [RICH, RICH, SOLD, SOLD, SHORT, *(path.read_text(encoding="utf-8") for path in EXAMPLES)]
ACCIDENTS = (mutated_text, mutated_data, edged)
FORMATS = tuple(Format)
CASES = 250
"""For each seed but the one of the quick tests."""

SECONDS = 20
"""No case takes more of the processor: a hang, not a budget."""

CONTROLS = "\x00-\x09\x0b-\x1f\x7f-\x9f"
"""All but the end of a line."""

BIDI = "\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of what stands around them."""

HARMFUL = re.compile(f"[{CONTROLS}{BIDI}]")


def assert_harmless(text: str) -> None:
    """A text has no character that drives a terminal or shows something else than there is."""
    assert not HARMFUL.search(text)


def test_what_is_harmful() -> None:
    """Of all characters, those that Unicode calls controls or gives a say in directions."""
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    for c in map(chr, range(sys.maxunicode + 1)):
        control = unicodedata.category(c) == "Cc" and c != "\n"
        harmful = control or unicodedata.bidirectional(c) in turning
        assert bool(HARMFUL.match(c)) == harmful, hex(ord(c))


def assert_sound(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Diagnostics have known codes, an order, places that exist, and can be shown."""
    for found in diagnostics:
        assert found.code in CODES
        assert " object at 0x" not in found.message + found.hint
        assert isinstance(found.message, Said)
        assert isinstance(found.hint, Said) or found.hint == ""
        place = found.place
        if place is not None:
            assert place.line >= 0
            assert 0 <= place.column <= len(place.text) + 1
    assert_harmless(render(diagnostics, width=60))
    json.loads(dumps(diagnostics_data(diagnostics)))


def figures(result: Comparison) -> object:
    """The JSON of a comparison, but for where things stand."""
    data = json.loads(cmsource.to_json(result))
    for key in ("assumptions", "warnings", "inputs"):
        data.pop(key, None)
    del data["scenario"]["file"]
    for option in data["options"].values():
        for entry in option["entries"]:
            del entry["refs"]
        for held in option["requirements"]:
            held.pop("assumed", None)  # a file in full says what it asks for
    return data


def assert_whole(reading: Reading, formats: Iterable[Format]) -> None:
    """A valid scenario has a result in some formats, and in full it means the same."""
    assert reading.scenario is not None
    assert reading.tree is not None
    result = detailed(reading.scenario, compare(reading.scenario))
    for option in result.options.values():
        assert sum(entry.amount for entry in option.entries) == option.total
    for text in (
        cmsource.to_json(result),
        *(written(CompareReport([result]), form, Page(details=True)) for form in formats),
    ):
        assert_harmless(text)
    full = to_yaml(reading.tree)
    assert_harmless(full)
    again = cmsource.loads(full)
    assert figures(detailed(again, compare(again))) == figures(result)


@pytest.mark.parametrize(
    ("seed", "cases"),
    [(9, 30), *(pytest.param(seed, CASES, marks=pytest.mark.slow) for seed in range(9))],
)
def test_accidents(seed: int, cases: int, fuzz: int) -> None:
    """A scenario is read or refused with errors, in time, and what is read can be shown."""
    rng = random.Random(seed)
    valid = 0
    cases *= fuzz if cases == CASES else 1
    for case in range(cases):
        text = ACCIDENTS[case % 3](rng, rng.choice(TEXTS))
        overrides = flags(rng)
        start = time.process_time()
        try:
            reading = read_text(text, "fuzz.yaml", overrides)
            assert_sound(reading.diagnostics)
            if reading.scenario is None:
                assert any(found.severity == "error" for found in reading.diagnostics)
            else:
                # To lay out a result takes longer than to work it out: each takes its turn.
                turn = valid % len(FORMATS)
                valid += 1
                assert_whole(reading, FORMATS if cases < CASES else (FORMATS[turn],))
            assert time.process_time() - start < SECONDS
        except Exception:
            print(f"seed {seed}, case {case}, flags {overrides}:\n{text!r}")  # noqa: T201
            raise
    assert valid > cases / 10


ANALYSES = 40


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_analyses_of_edges(seed: int, fuzz: int) -> None:
    """Where values are at their edges, every analysis has a result that holds together."""
    tried = 0
    for case in range(ANALYSES * fuzz):
        rng = random.Random(f"{seed} {case}")
        text = edged(rng, rng.choice((RICH, RICH, SOLD)))
        scenario = read_text(text, "fuzz.yaml").scenario
        if scenario is None:
            continue
        path, other = rng.sample([each.path for each in inputs(scenario)], 2)
        first, second = rng.sample([option.name for option in scenario.options], 2)
        try:
            simulated = cmsource.simulate(scenario, draws=3, seed=case)
            assert sum(option.cheapest for option in simulated.options) <= 1 + 1e-9
            for option in simulated.options:
                spread = option.totals
                ascending = (spread.least, spread.p10, spread.p50, spread.p90, spread.most)
                assert list(ascending) == sorted(ascending)
            [broken] = cmsource.breakeven(scenario, first, second, on=path).found
            places = [broken.low, *(crossing.at for crossing in broken.crossings), broken.high]
            assert places == sorted(places)
            moved = cmsource.sensitivity(scenario, on=[path])
            bars = [bar.input.path for bar in moved.bars]
            assert path in (*bars, *moved.without_effect, *moved.unmoved)
            cells = cmsource.grid(scenario, path, other, steps=2)
            shape = [len(cells.column_values)] * len(cells.row_values)
            assert [len(row) for row in cells.cells] == shape
            cmsource.cursor(scenario, hours=[rng.choice((0.5, 5, 35, 100))])
            cmsource.mixes(scenario, [rng.choice(["messages", *scenario.needs.work])])
            tried += 1
        except ScenarioError as refused:
            assert_sound(refused.diagnostics)
        except BaseException:
            print(f"seed {seed}, case {case}, {path}, {other}, {first}, {second}:\n{text}")  # noqa: T201
            raise
    assert tried > ANALYSES / 3


MEGABYTES = 300
"""No run of cases takes more memory at its peak, the interpreter and its libraries included."""

PEAK = """
import random, resource, sys
from pathlib import Path
from cmsource.model.compare import compare
from cmsource.reading.load import read_text
from test_fuzz import ACCIDENTS, TEXTS, flags
rng = random.Random(2000)
for case in range(1000):
    text = ACCIDENTS[case % 3](rng, rng.choice(TEXTS))
    scenario = read_text(text, "fuzz.yaml", flags(rng)).scenario
    if scenario is not None:
        [len(option.entries) for option in compare(scenario).options.values()]
# A process starts with the peak of the one that started it, but for the one that Linux keeps here.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), None)
if peak is None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak //= 1024 if sys.platform == "darwin" else 1
print(peak // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is not known there")
def test_accidents_take_no_memory() -> None:
    """The peak of a process that reads and compares thousands of accidents stays low."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MEGABYTES


def test_what_is_changed_is_valid() -> None:
    """The scenarios that are broken on purpose are sound before."""
    for text in TEXTS:
        assert not [code for code in codes(text) if code.startswith("E")]
