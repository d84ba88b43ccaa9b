"""What the live page asks for: the text edited, the sliders, the report with inputs moved."""

import json
import random
from pathlib import Path

import pytest

from cmsource.analysis.inputs.inputs import Input
from cmsource.live.desk import Moves, answer, edit, save, show, words
from cmsource.live.edit import fields
from cmsource.live.slider import Slider, slider_of
from cmsource.live.words import FORM
from cmsource.values.language import CODES
from conftest import Cli
from fuzzing import mutated_text
from fuzzing_files import hostile_text

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
SHORT = "country: FR\nhours_per_day: 2 # of all\n"


@pytest.mark.parametrize(
    ("text", "key", "value", "expected"),
    [
        (SHORT, "hours_per_day", "3", "country: FR\nhours_per_day: 3 # of all\n"),
        (SHORT, "hours_per_day", "", "country: FR\n"),
        (SHORT, "cover", "24/7", f"{SHORT}cover: 24/7\n"),
        ("country: FR", "cover", "24/7", "country: FR\ncover: 24/7\n"),
        ("", "country", "FR", "country: FR\n"),
        ("a: 'é😀'\ncover: 24/7\n", "cover", "mon", "a: 'é😀'\ncover: mon\n"),
        ("tools: {x: {price: 3}}\n", "tools", "3/month", "tools: {x: {price: 3}}\n"),
        ("country: 'FR'\r\ncover: 24/7\r\n", "country", "DE", "country: DE\r\ncover: 24/7\r\n"),
        (SHORT, "cover", "'#: {x", f'{SHORT}cover: "\'#: {{x"\n'),
    ],
)
def test_a_key_of_the_text_changes(text: str, key: str, value: str, expected: str) -> None:
    """And nothing else: comments, quotes elsewhere and the ends of lines stay."""
    assert edit(text, key, value) == expected


def test_the_form_says_what_the_text_says() -> None:
    """Keys that a scenario in full cannot have are closed, those that both forms have are open."""
    said = {field.key: field for field in fields(SHORT)}
    assert list(said) == list(FORM)
    assert said["hours_per_day"] == ("hours_per_day", "2", True)
    assert said["tools"] == ("tools", "", True)
    full = {field.key: field.open for field in fields("country: FR\nneeds: {cover: 24/7}\n")}
    assert full["country"]
    assert full["horizon"]
    assert not full["hours_per_day"]
    assert [field.open for field in fields("country: [\n")] == [True] * len(FORM)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        # 2 x 75 in steps of 150 / 40 = 3.75, the next below of 1, 2, 5: 2
        (Input("p", "EUR/h", 75.0, 0.0, float("inf")), Slider(0.0, 150.0, 2.0)),
        # a share of 64 % ends at 100 %; 1.28 / 40 = 0.032
        (Input("p", "%", 0.64, 0.0, 1.0), Slider(0.0, 1.0, 0.02)),
        (Input("p", "%", 0.0, 0.0, 1.0), Slider(0.0, 0.2, 0.005)),
        (Input("p", "people", 1, 1.0, 500.0, whole=True), Slider(1.0, 5.0, 1.0)),
        # a minimum wage of 12.02: the first step that is not below it
        (Input("p", "EUR/h", 16.0, 12.02, float("inf")), Slider(12.5, 32.0, 0.5)),
        # above 0, which makes no sense
        (Input("p", "min", 60.0, 1e-6, 1e6), Slider(2.0, 120.0, 2.0)),
        (Input("p", "%/year", -0.02, -0.5, 1.0), Slider(-0.04, 0.0, 0.001)),
        (Input("p", "EUR/h", 70.0, 0.0, 1e9, range=(60.0, 200.0)), Slider(0.0, 200.0, 2.0)),
    ],
)
def test_how_far_a_slider_goes(item: Input, expected: Slider) -> None:
    """From nothing to twice the value, within the limits, in round steps."""
    assert slider_of(item) == pytest.approx(expected)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_page_shows_what_compare_prints(path: Path, cli: Cli, tmp_path: Path) -> None:
    """The same page and the same rows, with an input moved as with the flag."""
    text = path.read_text("utf-8")
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    found = show(text, {}, "en")
    slider = next(each for each in found["inputs"] if each["path"].startswith("sources."))
    moved = show(text, {slider["path"]: slider["high"]}, "fr")
    flags = [f"--set={name}={value}" for name, value in moved["moves"].items()]
    assert len(flags) == 1
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        line = ("compare", "scenario.yaml", *flags, "--lang=fr", "--format")
        assert moved["html"] == cli(*line, "html").out
        rows = cli(*line, "csv", "--sort=rank").out
    assert save(text, moved["moves"], "fr", "csv") == rows
    assert save(text, {}, "fr", "yaml") == text
    json.dumps(moved)


def test_what_is_wrong_has_its_place() -> None:
    """In the text, or in what a slider says; there is no report then."""
    found = show("country: FR\nhours_per_day: x\n", {}, "en")
    (problem,) = found["problems"]
    assert found["html"] is None
    assert (problem["line"], problem["column"], problem["length"]) == (2, 16, 1)
    assert "scenario.yaml:2:16" in problem["text"]
    for moves in ({"sources.agency.hourly_rate": "dear"}, {"no.such.input": 3.0}):
        (problem,) = show(SHORT, moves, "en")["problems"]
        assert (problem["severity"], problem["line"]) == ("error", 0)


def test_a_moved_scenario_is_saved_in_full() -> None:
    """And gives the same rows as the sliders did."""
    moves = {"needs.messages.per_week": 91.0}
    full = save(SHORT, moves, "en", "yaml")
    assert (
        save(full, {}, "en", "csv")
        == save(SHORT, moves, "en", "csv")
        != save(SHORT, {}, "en", "csv")
    )


@pytest.mark.parametrize("seed", range(40))
def test_no_text_breaks_the_page(seed: int) -> None:
    """Whatever is typed while somebody types: there is a report, or what is wrong."""
    rng = random.Random(seed)
    text = mutated_text(rng, rng.choice([SHORT, *(path.read_text("utf-8") for path in SCENARIOS)]))
    text += rng.choice(("", "", "\ud800", "\r\n"))
    moves: Moves = {hostile_text(rng): hostile_text(rng), "horizon": 5.5} if seed % 2 else {}
    edits = text, edit(text, "country", hostile_text(rng)), edit(text, "horizon", "")
    for each in edits:
        found = show(each, moves, "fr")
        json.dumps(found)
        assert found["html"] or found["problems"]


def test_inputs_are_explained_in_french() -> None:
    """What the key means, and the value in words."""
    first = show("country: FR\nanswer_within: 90 min\n", {}, "fr")["inputs"][0]
    assert first["meaning"] == "Délai de réponse attendu pour un message."
    assert first["text"] == "90 min"


@pytest.mark.parametrize("language", CODES)
def test_all_words_are_there(language: str) -> None:
    """Those that the page asks for, and a label and a hint for each field of the form."""
    web = Path(__file__).parents[1] / "web" / "page"
    told = answer("words", {"language": language})
    page = (web / "index.html").read_text("utf-8")
    asked = {part.split('"')[0] for part in page.split('data-say="')[1:]}
    assert asked <= set(told["words"])
    assert all(told["words"].values())
    assert [each["key"] for each in told["form"]] == list(FORM)
    assert told == words(language)
