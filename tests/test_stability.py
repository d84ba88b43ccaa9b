"""What a release promises is still there: commands, flags, codes, keys, columns, Python's names.

``python tests/test_stability.py`` writes down what this version promises. A promise that goes or is
called otherwise fails here; what is new is promised with the next release. It also keeps results as
this version saves them, which every later one has to read.
"""

import contextlib
import csv
import inspect
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer.main

import cmsource
from cmsource.cli import main
from cmsource.cli.app import application
from cmsource.scenario.schema import schema
from cmsource.values.diagnostics import CODES
from conftest import Cli

HERE = Path(__file__).parent
PROMISED = HERE / "promised.json"
SAVED = HERE / "saved"
"""Results as releases saved them: of `compare` and of `batch`."""
OF_ONE, OF_MANY = "compare", "batch"
EXAMPLES = HERE.parent / "scenarios"
SHOWN = ("boutique-24-7", "evening-assistant", "astreinte-week-end", "interns", "jouets-noel")
"""Examples whose results have between them what results can have."""
KEPT = ("package-or-tiers", "hourly-comparison")
"""Examples whose results are kept."""


def _flags() -> Iterator[str]:
    """Each command, and each of its flags and arguments."""
    application_: Any = typer.main.get_command(application())
    context = typer.Context(application_)
    for name in application_.list_commands(context):
        command = application_.get_command(context, name)
        yield name
        for parameter in command.params:
            for flag in (*parameter.opts, *parameter.secondary_opts):
                yield f"{name} {flag}"


def _scenario_keys() -> Iterator[str]:
    """Each key of a scenario, with the record that it stands in."""
    data: Any = schema()
    for name, record in {"scenario": data, **data["$defs"]}.items():
        for key in record.get("properties", ()):
            yield f"{name}.{key}"


def _out(*arguments: str) -> str:
    """What a command prints."""
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        contextlib.suppress(SystemExit),
    ):
        main(list(arguments))
    return printed.getvalue()


def _json_keys() -> set[str]:
    """Where each value of a comparison stands, without the names that are a scenario's own."""
    found: set[str] = set()
    for name in SHOWN:
        path = EXAMPLES / f"{name}.yaml"
        scenario = cmsource.load(path)
        activities = scenario.needs.work
        tools = [f"tools.{tool}" for tool in scenario.tools]
        own = {*scenario.sources, *activities, *tools, *[each.name for each in scenario.options]}
        found.update(_paths(json.loads(_out("compare", str(path), "--format", "json")), own))
    return found


def _paths(value: object, own: set[str], path: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            place = f"{path}.{'*' if key in own else key}"
            yield place
            if key != "inputs":  # they are the scenario's own
                yield from _paths(inner, own, place)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, own, f"{path}[]")


def _columns() -> list[str]:
    """The columns of CSV for programs."""
    text = _out("compare", str(EXAMPLES / "quick.yaml"), "--format", "csv", "--plain")
    return next(csv.reader(io.StringIO(text)))


def _python() -> Iterator[str]:
    """Each name of the package, with the arguments of functions."""
    for name in cmsource.__all__:
        yield name
        value = getattr(cmsource, name)
        if inspect.isfunction(value):
            yield from (f"{name}({each})" for each in inspect.signature(value).parameters)


PARTS: dict[str, Callable[[], Iterable[str]]] = {
    "commands": _flags,
    "diagnostics": lambda: CODES,
    "scenario": _scenario_keys,
    "json": _json_keys,
    "csv": _columns,
    "python": _python,
}
"""What is promised."""


@pytest.mark.parametrize(
    "about",
    [pytest.param(each, marks=pytest.mark.slow if each == "json" else ()) for each in PARTS],
)
def test_what_was_promised_is_there(about: str) -> None:
    """Nothing that the release had is gone."""
    promised = json.loads(PROMISED.read_text("utf-8"))[about]
    now = set(PARTS[about]())
    assert promised
    assert [each for each in promised if each not in now] == []


def test_each_release_writes_its_promises_down() -> None:
    """They are of the version that this one is."""
    assert json.loads(PROMISED.read_text("utf-8"))["version"] == cmsource.__version__


@pytest.mark.parametrize("file", sorted(SAVED.glob(f"{OF_ONE}-*.json")), ids=lambda file: file.stem)
def test_results_of_each_release_are_read(file: Path) -> None:
    """And what was in them is still there, with the values that it had."""
    text = file.read_text("utf-8")
    again = json.loads(cmsource.to_json(cmsource.from_json(text)))
    assert list(_differences(json.loads(text), again)) == []


def _differences(saved: object, again: object, path: str = "") -> Iterator[str]:
    """Where what was saved is not what is read; what is new is none."""
    if isinstance(saved, dict) and isinstance(again, dict):
        for key, inner in saved.items():
            yield from _differences(inner, again.get(key, "gone"), f"{path}.{key}")
    elif isinstance(saved, list) and isinstance(again, list) and len(saved) == len(again):
        for number, (one, other) in enumerate(zip(saved, again, strict=True)):
            yield from _differences(one, other, f"{path}[{number}]")
    elif saved != again:
        yield path


@pytest.mark.parametrize(
    "file", sorted(SAVED.glob(f"{OF_MANY}-*.json")), ids=lambda file: file.stem
)
def test_runs_of_each_release_are_baselines(file: Path, cli: Cli) -> None:
    """They are compared with what comes out today: without an error, whatever changed."""
    assert cli("diff", file, file).status == 0
    scenarios = [EXAMPLES / f"{name}.yaml" for name in KEPT]
    assert cli("batch", *scenarios, "--baseline", file).status == 0


def test_this_release_kept_its_results() -> None:
    """One of each for those that come."""
    assert {f"{each}-{cmsource.__version__}" for each in (OF_ONE, OF_MANY)} <= {
        file.stem for file in SAVED.iterdir()
    }


if __name__ == "__main__":
    SAVED.mkdir(exist_ok=True)
    for command, names in ((OF_ONE, KEPT[:1]), (OF_MANY, KEPT)):
        files = [str((EXAMPLES / f"{name}.yaml").relative_to(HERE.parent)) for name in names]
        with contextlib.chdir(HERE.parent):
            result = _out(command, *files, "--format", "json")
        (SAVED / f"{command}-{cmsource.__version__}.json").write_text(result, encoding="utf-8")
    written: dict[str, Any] = {"version": cmsource.__version__}
    written |= {about: sorted(set(part())) for about, part in PARTS.items()}
    PROMISED.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
