"""The JSON Schema of scenarios, made from the same records that reading uses.

Editors use it for completion and help through the line
``# yaml-language-server: $schema=scenario.schema.json``.
"""

import json
from typing import Any

from cmsource.scenario.figures import FIGURES
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.shape import ListOf, MapOf, OneOrMap, Record, Shape, Special, Weights, fields
from cmsource.scenario.sources import KINDS, Kind, Source
from cmsource.values.quantities import RANGE_KEYS
from cmsource.values.ranges import SHAPES
from cmsource.values.readers import Duration, Reader, Text

Json = dict[str, Any]


def schema_text() -> str:
    """The schema as JSON text, the same bytes each time."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> Json:
    """The schema as plain data."""
    properties = {name: _described(f.shape, f.meaning) for name, f in fields(Scenario).items()}
    short = _short_form()
    tools = properties["tools"]
    properties["tools"] = {
        "description": tools.pop("description"),
        "anyOf": [tools, short.pop("tools")],
    }
    properties["expect"] = {
        **properties["expect"],
        "additionalProperties": {"$ref": "#/$defs/figures"},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "cmsource scenario",
        "description": "Who should run a social-media presence, what it costs and covers.",
        "type": "object",
        "properties": {
            "extends": {
                "type": "string",
                "description": "A scenario file to build on: maps merge, the rest replaces.",
            },
            **properties,
            **short,
        },
        "patternProperties": {"^x-": {"description": "Ignored: a place for YAML anchors."}},
        "additionalProperties": False,
        "$defs": {
            "source": _source(),
            "override": _override(),
            "members": _members(),
            "option": _option(),
            "figures": _figures(),
            "range": _range(),
        },
    }


def _short_form() -> dict[str, Json]:
    from cmsource.reading.shortform import KEYS

    return {
        name: _or_null({"description": f"Short form: {meaning}", **_short_value(name)})
        for name, meaning in KEYS.items()
    }


def _short_value(name: str) -> Json:
    plain: Json = {"type": ["string", "number"]}
    ranges = name in ("hourly_wage", "agency_rate", "hours_per_day", "answer_within")
    return {"anyOf": [plain, {"$ref": "#/$defs/range"}]} if ranges else plain


def _or_null(schema: Json) -> Json:
    """The schema with null allowed: in a file that extends another, it takes a value away."""
    if "enum" in schema:
        return {**schema, "enum": [*schema["enum"], None]}
    kinds = schema.get("type")
    if kinds is not None:
        return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
    if "anyOf" in schema:
        return {**schema, "anyOf": [*schema["anyOf"], {"type": "null"}]}
    return {"anyOf": [schema, {"type": "null"}]}


def _described(shape: Shape, meaning: str) -> Json:
    return {"description": meaning, **_or_null(_shape(shape))}


def _shape(shape: Shape) -> Json:
    if isinstance(shape, Reader):
        schema = shape.json_schema()
        return {"anyOf": [schema, {"$ref": "#/$defs/range"}]} if shape.numeric else schema
    if isinstance(shape, Record):
        return _record({n: _described(f.shape, f.meaning) for n, f in fields(shape.cls).items()})
    if isinstance(shape, MapOf):
        return {"type": "object", "additionalProperties": _or_null(_shape(shape.item))}
    if isinstance(shape, ListOf):
        return {"type": "array", "items": _shape(shape.item)}
    if isinstance(shape, OneOrMap):
        item = _shape(shape.item)
        return {"anyOf": [item, {"type": "object", "additionalProperties": _or_null(item)}]}
    if isinstance(shape, Weights):
        weights = {"type": "number", "minimum": 0}
        numbers = {"type": "array", "items": weights, "minItems": 168, "maxItems": 168}
        file: Json = {"type": "string", "description": "CSV file with 168 rows."}
        named = {**_record({"file": file}), "required": ["file"]}
        return {"anyOf": [{"enum": list(shape.names)}, numbers, named]}
    if isinstance(shape, Special):
        return dict(shape.schema)
    raise TypeError(shape)


def _range() -> Json:
    """A number that is not known exactly; parts of one change that of a base."""
    meanings = ("The lowest value.", "The likely value; else the middle.", "The highest value.")
    number = {"type": ["number", "string", "null"]}
    ends = {
        key: {"description": meaning, **number}
        for key, meaning in zip(RANGE_KEYS, meanings, strict=False)
    }
    shape = {"description": "How likely the values are.", "enum": [*SHAPES, None]}
    return {**_record({**ends, "shape": shape}), "minProperties": 1}


def _record(properties: dict[str, Json]) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _keys(kind: Kind) -> dict[str, Json]:
    """The keys that a kind takes: those of every source, then those of its terms."""
    common = fields(Source)
    terms = {name: field for name, field in fields(kind.terms).items() if name in kind.keys}
    return {
        name: _described(field.shape, field.meaning) for name, field in {**common, **terms}.items()
    }


def _every_key() -> dict[str, Json]:
    """The keys that any kind takes."""
    keys: dict[str, Json] = {}
    for kind in KINDS.values():
        for name, field in _keys(kind).items():
            keys.setdefault(name, field)
    return keys


def _source() -> Json:
    """A source: its kind decides which keys it takes; without one it changes that of a base."""
    cases = [
        {
            "if": {
                "type": "object",
                "properties": {"kind": {"const": kind.name}},
                "required": ["kind"],
            },
            "then": _record(_keys(kind)),
        }
        for kind in KINDS.values()
    ]
    kinds = [{"const": kind.name, "description": kind.meaning} for kind in KINDS.values()]
    kind = {"description": fields(Source)["kind"].meaning, "oneOf": kinds}
    no_kind = {"if": {"not": {"required": ["kind"]}}, "then": {"$ref": "#/$defs/override"}}
    return {
        "type": ["object", "null"],
        "properties": {"kind": kind},
        "allOf": [*cases, no_kind],
    }


def _override() -> Json:
    """Fields of a source that an option changes; which ones fit depends on the source's kind."""
    keys = _every_key()
    del keys["kind"]
    return {"type": ["object", "null"], "properties": keys, "additionalProperties": False}


def _members() -> Json:
    """The sources of an option or phase, in order of priority."""
    override = {
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/override"},
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {
        "type": "array",
        "items": {"anyOf": [{"type": "string"}, override]},
        "minItems": 1,
        "description": "Sources in order of priority; an option may change fields of a source.",
    }


def _option() -> Json:
    label = _described(Text(), "Name for people.")
    months = _described(Duration("month", bare=True, zero=False), "Length of the phase.")
    phase = _record({"months": months, "sources": {"$ref": "#/$defs/members"}})
    whole = _record(
        {
            "label": label,
            "sources": _or_null({"$ref": "#/$defs/members"}),
            "phases": {"type": ["array", "null"], "items": phase, "minItems": 1},
        }
    )
    return {"anyOf": [{"$ref": "#/$defs/members"}, whole, {"type": "null"}]}


def _figures() -> Json:
    """The figures of an option that can be expected, each with a bound such as ``<= 90000``."""
    return _or_null(
        _record(
            {
                name: {
                    "description": f"{figure.meaning[:1].upper()}{figure.meaning[1:]}.",
                    "type": ["boolean" if figure.unit == "flag" else "string", "null"],
                }
                for name, figure in FIGURES.items()
            }
        )
    )
