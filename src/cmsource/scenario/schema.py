"""The JSON Schema of scenario files, as the models generate it.

Editors use it for completion and help. It lies beside this module as it is generated here
(``python tests/test_docs.py`` writes it), so that whoever has the package has it as a file.
"""

import json
import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from cmsource.scenario.options import overrides
from cmsource.scenario.record import keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.shortform import ShortForm

Json = dict[str, Any]

ID = "urn:cmsource:schema:scenario:1"
"""What the schema is called wherever it lies: a name, at which nothing is to be fetched. The number
changes when a scenario that was valid no longer is."""

_NEEDED = ("kind", "file")
"""Keys that a map cannot do without; every other can come from a base or a default."""


def schema_text() -> str:
    """The schema as JSON text, the same bytes each time."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def schema() -> Json:
    """The schema as plain data: the full form and the short one in one."""
    models = (ScenarioKeys, ShortForm, overrides())
    _, generated = models_json_schema(
        [(model, "validation") for model in models], schema_generator=_Generator
    )
    definitions: Json = generated["$defs"]
    full = definitions.pop(ScenarioKeys.__name__)
    short = definitions.pop(ShortForm.__name__)["properties"]
    for key in short.values():
        key["description"] = f"Short form: {key['description']}"
    properties: Json = full["properties"]
    for name, key in keys_of(ScenarioKeys).items():
        properties[name]["description"] = key.meaning  # pydantic drops one beside a reference
    tools = properties["tools"]
    changed = {"$ref": f"#/$defs/{overrides().__name__}"}
    sources = properties["sources"]
    sources["additionalProperties"] = {"anyOf": [sources["additionalProperties"], changed]}
    extends = {
        "type": "string",
        "description": "A scenario file to build on: maps merge, the rest replaces.",
    }
    both = {
        "description": tools.pop("description"),
        "anyOf": [tools, short["tools"]],
    }
    whole: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "description": full["description"],
        "type": "object",
        "properties": {"extends": extends, **properties, **short, "tools": both},
        "patternProperties": {"^x-": {"description": "Ignored: a place for YAML anchors."}},
        "additionalProperties": False,
        "$defs": definitions,
    }
    shared = _Shared()
    found: Json = shared.schema(whole)
    found["title"] = "cmsource scenario"
    found["$defs"] |= shared.definitions
    _write_keys_once(found["$defs"])
    used = _referred_to(found, found["$defs"])
    found["$defs"] = {name: each for name, each in found["$defs"].items() if name in used}
    return found


def _write_keys_once(definitions: Json) -> None:
    """Make a definition of each key that several records take in the same way."""
    seen: dict[tuple[str, str], list[Json]] = {}
    for record in [each for each in definitions.values() if "properties" in each]:
        for name, key in record["properties"].items():
            if "description" in key:
                seen.setdefault((name, json.dumps(key)), []).append(record)
    for (name, _), records in seen.items():
        if len(records) > 1:
            own, number = f"key-{name}", 1
            while own in definitions:
                number += 1
                own = f"key-{name}-{number}"
            definitions[own] = records[0]["properties"][name]
            for record in records:
                record["properties"][name] = {"$ref": f"#/$defs/{own}"}


def _referred_to(node: object, definitions: Json, *, top: bool = True) -> set[str]:
    """The definitions that a schema rests on, directly or through others."""
    if isinstance(node, list):
        return set().union(*[_referred_to(each, definitions, top=False) for each in node])
    if not isinstance(node, dict):
        return set()
    name = str(node.get("$ref", "")).rpartition("/")[2]
    parts = [value for key, value in node.items() if not (top and key == "$defs")]
    inner = _referred_to(definitions.get(name), definitions, top=False)
    return inner.union({name}, *[_referred_to(each, definitions, top=False) for each in parts])


class _Generator(GenerateJsonSchema):
    """Leaves out what pydantic adds and no reader of a schema needs."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401 - as pydantic says
        """No titles: the descriptions say more."""
        return False

    def default_schema(self, schema: Any) -> Json:  # noqa: ANN401 - as pydantic says
        """No defaults: most of them are filled in from the country."""
        return self.generate_inner(schema["schema"])


class _Shared:
    """Rewrites a schema so that null takes a value away, and each quantity is written once.

    Attributes:
        definitions: the quantities, by what they are.
    """

    def __init__(self) -> None:
        self.definitions: Json = {}

    def schema(self, node: Any, *, defined: bool = False) -> Any:  # noqa: ANN401 - JSON
        """A schema rewritten, with all that is in it; a record only where it is `defined`."""
        if isinstance(node, list):
            return [self.schema(each) for each in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("title"), str) and "properties" not in node:
            return self._quantity(node)
        if isinstance(node.get("title"), str) and not defined:
            name = node["title"]
            self.definitions[name] = self.schema(node, defined=True)
            return {"description": node["description"], "$ref": f"#/$defs/{name}"}
        found = {
            key: self.schema(value) for key, value in node.items() if key not in ("title", "$defs")
        }
        if "$defs" in node:
            definitions = node["$defs"].items()
            found["$defs"] = {name: self.schema(each, defined=True) for name, each in definitions}
        if isinstance(found.get("additionalProperties"), dict):
            found["additionalProperties"] = _or_null(found["additionalProperties"])
        if "type" in found and isinstance(found.get("properties"), dict):
            keys = found["properties"]
            found["properties"] = {
                name: each if name in _NEEDED else _or_null(each) for name, each in keys.items()
            }
            found["required"] = [name for name in _NEEDED if name in keys]
            if not found["required"]:
                del found["required"]
        return found

    def _quantity(self, node: Json) -> Json:
        """A reference to the definition of a quantity, beside what the key says of itself."""
        own = {key: node[key] for key in ("description",) if key in node}
        schema = {key: value for key, value in node.items() if key not in (*own, "title")}
        choices = [self.schema(each) for each in schema.get("anyOf", [schema])]
        schema = {"anyOf": [*choices, {"type": "null"}]}
        title = re.sub(r"[^a-z0-9]+", "-", node["title"].lower()).strip("-")
        name, number = title, 1
        while self.definitions.setdefault(name, schema) != schema:
            number += 1
            name = f"{title}-{number}"
        return {**own, "$ref": f"#/$defs/{name}"}


def _or_null(schema: Json) -> Json:
    """A schema with null allowed: in a file that extends another, it takes a value away."""
    is_quantity = str(schema.get("$ref", "")).rpartition("/")[2][:1].islower()
    if is_quantity or {"type": "null"} in schema.get("anyOf", ()):
        return schema
    own = {key: schema[key] for key in ("description",) if key in schema}
    rest = {key: value for key, value in schema.items() if key not in own}
    choices = rest.pop("anyOf") if rest.keys() == {"anyOf"} else [rest]
    return {**own, "anyOf": [*choices, {"type": "null"}]}
