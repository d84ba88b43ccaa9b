"""What a release promises is still there: commands, flags, codes, keys, columns, Python's names.

``python tests/test_stability.py`` writes down what this version promises. A promise that goes or is
called otherwise fails here; what is new is promised with the next release.
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

HERE = Path(__file__).parent
PROMISED = HERE / "promised.json"
EXAMPLES = HERE.parent / "scenarios"
SHOWN = ("boutique-24-7", "evening-assistant", "astreinte-week-end", "interns", "jouets-noel")
"""Examples whose results have between them what results can have."""


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


if __name__ == "__main__":
    written: dict[str, Any] = {"version": cmsource.__version__}
    written |= {about: sorted(set(part())) for about, part in PARTS.items()}
    PROMISED.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
