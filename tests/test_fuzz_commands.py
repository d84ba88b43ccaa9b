"""Nothing that is typed, shared among brands or drawn breaks what is made of it.

Cases are made from seeds, as in `test_fuzz_files`.
"""

import csv
import io
import json
import random
import sys
from pathlib import Path

import pytest

from batches import Shell
from cmsource.cli.questions import QUESTIONS, Answers
from cmsource.reading.load import read_text
from cmsource.values.language import CODES, Language
from cmsource.writers.formats import Format
from fuzzing import NASTY, SHORT, SOLD, edged, mutated_data, mutated_text
from fuzzing_files import hostile_name, hostile_text
from test_fuzz import assert_harmless, assert_sound
from test_fuzz_files import assert_ended, every, seeds, shell

__all__ = ["shell"]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names that other systems refuse")

TYPED = (
    "?",
    "",
    "FR",
    "SEK",
    "united kingdom",
    "16,50",
    "15..18",
    "1h30",
    "24/7",
    "lun-ven 9h-17h",
)
ACCIDENTS = (mutated_text, mutated_data, edged)
BRAND = """\
country: FR
needs:
  cover: mon-fri 09:00-18:00
  messages: {per_day: 12, minutes_each: 4}
  work: {content: 4 h/week}
  seasons: {dec: 150%}
sources: {cm: {kind: employee, hourly_wage: 16.50}, firm: {kind: agency, hourly_rate: 75}}
options: {hire: [cm], firm: [firm]}
"""
GROUP = """\
country: FR
brands: {one: one.cmsource.yaml, two: two.cmsource.yml}
sources:
  team: {kind: employee, hourly_wage: 16.50, headcount: 2}
  agency: {kind: agency, hourly_rate: 75, coordination: 2 h/week}
options: {team: [team], agency: [agency], both: [team, agency]}
require: {work_done: 95%}
"""


@pytest.mark.parametrize("seed", seeds(2))
def test_answers(seed: int, fuzz: int, tmp_path: Path) -> None:
    """Whatever is typed after the questions of `new`, what is written is a scenario."""
    for rng in every(seed, 120, fuzz):
        file = tmp_path / hostile_name(rng, rng.choice((".yaml", ".cmsource.yaml", "")))
        answers = Answers(file, Language(rng.choice(CODES)))
        for question in QUESTIONS:
            typed = rng.choice((*TYPED, rng.choice(NASTY), hostile_text(rng)))
            wrong = answers.answer(question, typed)
            assert_sound(tuple(wrong))
            if wrong:
                assert not answers.answer(question, str(question.example)), typed
            answers.assumed(question)
        reading = read_text(answers.text(), "new.yaml", root=tmp_path)
        assert reading.scenario is not None, answers.text()
        assert_harmless(answers.text())


@pytest.mark.parametrize("seed", seeds(2))
def test_brands(shell: Shell, seed: int, fuzz: int) -> None:
    """Accidents of a group or of a brand are told in their file, and shown by every command."""
    shown = 0
    for rng in every(seed, 120, fuzz):
        texts = {"one.cmsource.yaml": BRAND, "two.cmsource.yml": BRAND, "group.yaml": GROUP}
        broken = rng.choice((*texts, ""))
        for name, plain in texts.items():
            text = rng.choice(ACCIDENTS)(rng, plain) if name == broken else plain
            Path(name).write_text(text, encoding="utf-8", errors="replace")
        command = rng.choice((("portfolio",), ("portfolio",), ("compare",), ("expand",)))
        form = () if command == ("expand",) else ("-f", rng.choice(list(Format)))
        ran = shell(*command, "group.yaml", *form)
        assert_ended(ran, texts)
        shown += ran.status != 2
    assert shown or seed == 0


@pytest.mark.parametrize("seed", seeds(2))
def test_draws(shell: Shell, seed: int, fuzz: int) -> None:
    """Draws are a table whose every cell is a number or harmless, whatever was called how."""
    drawn = 0
    for rng in every(seed, 30, fuzz):
        source = rng.choice((SHORT, SOLD))
        name = json.dumps(hostile_text(rng).encode("utf-8", "replace").decode())
        text = f"{edged(rng, source)}name: {name}\n"
        if source is SOLD:
            text = text.replace("studio", json.dumps(f"x{rng.choice('@=+-')}")[1:-1])
        Path("s.cmsource.yaml").write_text(text, encoding="utf-8")
        line = ("simulate", "s.cmsource.yaml", "--by", "20%", "--draws", 3, "--seed", 1)
        ran = shell(*line, "--save", "draws.csv", "-f", rng.choice(list(Format)))
        assert_ended(ran, text)
        if ran.status == 0:
            drawn += 1
            assert_table(Path("draws.csv").read_text("utf-8-sig"))
    assert drawn or seed == 0  # of which there is one case, and chance is not that of other Pythons


def assert_table(text: str) -> None:
    """All rows have all columns, and no cell is a formula or drives a terminal."""
    assert_harmless(text)
    rows = list(csv.reader(io.StringIO(text)))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert cell[:1] not in ("=", "+", "@", "\t") and (cell[:1] != "-" or float(cell) < 0), cell


@pytest.mark.parametrize("seed", seeds(2))
def test_what_if(shell: Shell, seed: int, fuzz: int) -> None:
    """Whatever is changed, what it does to the answer can be shown in every format."""
    paths = ("horizon", "sources.lea.hours", "sources.tiered.resolves", "needs.seasons.aug")
    more = ("require.season", "sources.lea.on_call", "sources.packed.retainer", "needs.messages")
    Path("s.cmsource.yaml").write_text(SOLD, encoding="utf-8")
    for rng in every(seed, 60, fuzz):
        changed = f"{rng.choice((*paths, *more))}={_value(rng)}"
        line = ("compare", "s.cmsource.yaml", "--set", changed, "--what-if")
        assert_ended(shell(*line, "-f", rng.choice(list(Format))), changed)


def _value(rng: random.Random) -> str:
    return rng.choice((*NASTY, "12", "20", "10 h/week", "30%", "150%", "null", "average", "50"))
