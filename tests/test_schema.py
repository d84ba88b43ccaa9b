"""The JSON Schema of scenarios: what editors know about them."""

import json
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import jsonschema
import pytest
import referencing

from cmsource.reading.document import read_document
from cmsource.reading.report import Report
from cmsource.scenario import schema as generated
from cmsource.scenario.company import Company
from cmsource.scenario.context import Context
from cmsource.scenario.hired import Premiums
from cmsource.scenario.kinds import KINDS
from cmsource.scenario.needs import Messages, Needs
from cmsource.scenario.prices import Prices
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.schema import schema, schema_text
from cmsource.scenario.shortform import ShortForm
from cmsource.scenario.tools import Tool
from conftest import Cli
from fuzzing import RICH, SHORT, edged, mutated_data
from readings import read

Data: TypeAlias = Any
"""What YAML and JSON hold."""

SCENARIOS = sorted((Path(__file__).parent.parent / "scenarios").glob("*.yaml"))
FILE = Path(generated.__file__).with_name("scenario.schema.json")
"""The schema as the package brings it."""
SCHEMA: Data = schema()
"""Made once: it takes a third of a second."""
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


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
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize(
    "text", [p.read_text(encoding="utf-8") for p in SCENARIOS], ids=[p.stem for p in SCENARIOS]
)
def test_examples_are_valid(text: str) -> None:
    """Every example is what the schema describes."""
    assert not [error.message for error in VALIDATOR.iter_errors(data_of(text))]


NAMED = ("takes", "work", "per", "packages", "included", "discount", "counts")
"""Keys of maps whose names are the user's own."""


@pytest.mark.parametrize("text", [RICH, SHORT], ids=["rich", "short"])
def test_misspelt_keys_are_refused(text: str) -> None:
    """A key that nothing knows is refused in every map, but among names of one's own."""
    data = data_of(text)
    VALIDATOR.validate(data)
    for path, found in list(maps_of(data)):
        if path and (path[-1] in NAMED or path[0] == "x-ignored"):
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
        "sources: {a: {kind: coach, depth: 5}}",
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


RECORDS = [ScenarioKeys, Needs, Messages, Require, Company, Prices, Context, Tool, Premiums]


def definition(name: str) -> Data:
    """A definition of the schema; that of the scenario is the schema itself."""
    found = SCHEMA
    return found if name == "ScenarioKeys" else found["$defs"][name]


@pytest.mark.parametrize("record", [*RECORDS, *KINDS.values()], ids=lambda record: record.__name__)
def test_every_key_is_described(record: type[Record]) -> None:
    """Every key of a record is in the schema with its meaning, and no other is allowed."""
    whole, found = SCHEMA["$defs"], definition(record.__name__)
    assert found["additionalProperties"] is False
    for name, key in keys_of(record).items():
        assert key.meaning
        said = found["properties"][name]
        if "description" not in said:  # several records have the key, which is written once
            said = whole[said["$ref"].rpartition("/")[2]]
        assert said["description"] == key.meaning
    if record is not ScenarioKeys:
        assert found["properties"].keys() == keys_of(record).keys()


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_of_sources_may_be_changed(kind: str) -> None:
    """An option, and a file that extends another, may say a part of a source of any kind."""
    override = definition("Override")["properties"]
    assert override.keys() >= KINDS[kind].model_fields.keys() - {"kind"}
    assert "kind" not in override


def test_it_is_small() -> None:
    """What many keys take is written once: an editor loads it at each start."""
    assert len(schema_text()) < 100_000


def test_short_keys_are_described() -> None:
    """The keys of the short form."""
    properties: Any = SCHEMA["properties"]
    for key, field in ShortForm.model_fields.items():
        text = json.dumps(properties[key], ensure_ascii=False)
        assert field.description
        assert field.description in text


def test_it_has_a_name_of_its_own() -> None:
    """A name and no address: nothing is fetched, and what is found in it is found by name."""
    data = schema()
    assert urlsplit(data["$id"]).scheme == "urn"
    known: referencing.Registry[Any] = referencing.Registry().with_contents([(data["$id"], data)])
    elsewhere = jsonschema.Draft202012Validator({"$ref": data["$id"]}, registry=known)
    assert elsewhere.is_valid({"country": "FR"})
    assert not elsewhere.is_valid({"contry": "FR"})


def test_the_command_prints_it(cli: Cli) -> None:
    """``cmsource schema`` prints the schema, the same bytes each time."""
    ran = cli("schema")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == schema_text() == cli("schema").out
    assert json.loads(ran.out) == schema()


def test_the_command_says_where_it_lies(cli: Cli) -> None:
    """``--path`` prints a file that is there."""
    ran = cli("schema", "--path")
    assert (ran.status, ran.err) == (0, "")
    assert Path(ran.out.removesuffix("\n")) == FILE


def test_a_file_that_was_unpacked_may_go(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program as one file unpacks what it brings, and says how to write one that stays."""
    program = tmp_path / "cmsource.pyz"
    with zipfile.ZipFile(program, "w") as archive:
        archive.writestr("__main__.py", "")
    monkeypatch.setattr("sys.argv", [str(program), "schema", "--path"])
    ran = cli("schema", "--path")
    assert (ran.status, Path(ran.out.removesuffix("\n"))) == (0, FILE)
    assert "cmsource schema > scenario.schema.json" in ran.err
    assert cli("schema").err == ""
