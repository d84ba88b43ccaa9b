"""The JSON Schema of scenarios: what editors know about them."""

import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import pytest

from cmsource.output.schema import schema, schema_text
from cmsource.reading.document import read_document
from cmsource.reading.report import Report
from cmsource.reading.shortform import KEYS
from cmsource.scenario.scenario import (
    Company,
    Context,
    Messages,
    Needs,
    Prices,
    Require,
    Scenario,
    Tool,
)
from cmsource.scenario.shape import fields
from cmsource.scenario.sources import KINDS, Premiums, Source
from conftest import Cli
from fuzzing import RICH, SHORT, edged, mutated_data
from readings import read

Data: TypeAlias = Any
"""What YAML and JSON hold."""

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
VALIDATOR = jsonschema.Draft7Validator(schema())


def data_of(text: str) -> Data:
    """A YAML text as plain data, nulls included."""

    def plain(value: Data) -> Data:
        if isinstance(value, dict):
            return {name: plain(child.value) for name, child in value.items()}
        if isinstance(value, list):
            return [plain(child.value) for child in value]
        return value

    node = read_document("s.yaml", text, Report())
    assert node is not None
    return plain(node.value)


def maps_of(value: Data, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Data]]:
    """Every map of a tree, with the keys and numbers that lead to it."""
    if isinstance(value, dict):
        yield path, value
        for name, child in value.items():
            yield from maps_of(child, (*path, name))
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from maps_of(child, (*path, str(number)))


def test_it_is_a_schema() -> None:
    """The schema is one itself."""
    jsonschema.Draft7Validator.check_schema(schema())


@pytest.mark.parametrize(
    "text", [p.read_text(encoding="utf-8") for p in SCENARIOS], ids=[p.stem for p in SCENARIOS]
)
def test_examples_are_valid(text: str) -> None:
    """Every example is what the schema describes."""
    assert not [error.message for error in VALIDATOR.iter_errors(data_of(text))]


@pytest.mark.parametrize("text", [RICH, SHORT], ids=["rich", "short"])
def test_misspelt_keys_are_refused(text: str) -> None:
    """A key that nothing knows is refused in every map, but among names of one's own."""
    data = data_of(text)
    VALIDATOR.validate(data)
    for path, found in list(maps_of(data)):
        if path and (path[-1] in ("takes", "work") or path[0] == "x-ignored"):
            continue
        found["hourly_wagge"] = "x"
        assert not VALIDATOR.is_valid(data), path
        del found["hourly_wagge"]


@pytest.mark.parametrize(
    "text",
    [
        "needs: 5",
        "horizon: []",
        "sources: {a: {kind: robot}}",
        "sources: {a: {kind: coach, retainer: 5}}",
        "sources: {a: {retaner: 5}}",
        "options: {a: []}",
        "options: {a: {phases: []}}",
        "options: {a: [cm: {kind: agency}]}",
        "tools: {a: {}, b: 5}",
        "require: {watched: [1]}",
        "expect: {a: {totl: 5}}",
        "company: {size: 0}",
        "prices: {wages: -1}",
        "start: 5",
    ],
)
def test_wrong_values_are_refused(text: str) -> None:
    """What reading would refuse for its shape, an editor underlines."""
    assert not VALIDATOR.is_valid(data_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "extends: base.yaml\nsources: {cm: {hourly_wage: 17}}\noptions: {hire: ~}\n",
        "extends: base.yaml\nsources: {cm: ~}\nneeds: {messages: ~}\nhorizon: ~\n",
        "extends: base.yaml\ntools: {a: ~}\nrequire: {watched: ~}\n",
        "tools: 5\nhours_per_day: 2h30\n",
        "x-anything: [1, {a: b}]\n",
        "needs: {messages: {per_day: 4, profile: {file: profile.csv}}}",
    ],
)
def test_files_that_build_on_others_are_valid(text: str) -> None:
    """A file with a base says parts of maps, and nulls that take away."""
    assert not [error.message for error in VALIDATOR.iter_errors(data_of(text))]


@pytest.mark.slow
def test_it_is_never_narrower_than_reading() -> None:
    """Whatever reading takes, the schema takes."""
    rng = random.Random(5)
    texts = [RICH, SHORT, *(path.read_text(encoding="utf-8") for path in SCENARIOS)]
    valid = 0
    for _ in range(600):
        text = rng.choice((edged, mutated_data))(rng, rng.choice(texts))
        if read(text).scenario is not None:
            valid += 1
            assert not [error.message for error in VALIDATOR.iter_errors(data_of(text))], text
    assert valid > 100


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (Scenario, ()),
        (Needs, ("needs",)),
        (Messages, ("needs", "messages")),
        (Require, ("require",)),
        (Company, ("company",)),
        (Prices, ("prices",)),
        (Context, ("context",)),
    ],
)
def test_every_key_is_described(record: type[Any], path: tuple[str, ...]) -> None:
    """Every key of a record is in the schema with its meaning."""
    found: Any = schema()
    for name in path:
        found = found["properties"][name]
    for key, field in fields(record).items():
        assert found["properties"][key]["description"] == field.meaning


def test_every_key_of_tools_is_described() -> None:
    """The keys of a tool, too."""
    found: Any = schema()["properties"]["tools"]["anyOf"][0]["additionalProperties"]["properties"]
    assert {key: found[key]["description"] for key in found} == {
        key: field.meaning for key, field in fields(Tool).items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_sources_is_described(kind: str) -> None:
    """Each kind has its own keys and those of every source, with their meaning."""
    definitions: Any = schema()["$defs"]
    [case] = [
        each["then"]["properties"]
        for each in definitions["source"]["allOf"]
        if each["if"].get("properties", {}).get("kind", {}).get("const") == kind
    ]
    terms = fields(KINDS[kind].terms)
    assert case.keys() == {*fields(Source), *KINDS[kind].keys}
    for key in KINDS[kind].keys:
        assert case[key]["description"] == terms[key].meaning
        assert key in definitions["override"]["properties"]
    premiums = case.get("premiums", {"properties": {}})["properties"]
    assert premiums.keys() in ({}.keys(), fields(Premiums).keys())


def test_short_keys_are_described() -> None:
    """The keys of the short form."""
    properties: Any = schema()["properties"]
    for key, meaning in KEYS.items():
        text = json.dumps(properties[key], ensure_ascii=False)
        assert meaning in text


def test_the_command_prints_it(cli: Cli) -> None:
    """``cmsource schema`` prints the schema, the same bytes each time."""
    ran = cli("schema")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == schema_text() == cli("schema").out
    assert json.loads(ran.out) == schema()


def test_the_package_carries_a_copy() -> None:
    """The copy in the package is current; ``cmsource schema`` writes it anew."""
    shipped = files("cmsource").joinpath("scenario.schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(), "run: cmsource schema > src/cmsource/scenario.schema.json"
