"""Every number of a scenario where it stands, found by the keys of its records."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cmsource.scenario.options import Option, PhaseKeys
from cmsource.scenario.provenance import Origin
from cmsource.scenario.record import Key, Record, keys_of
from cmsource.scenario.scenario import Scenario, ScenarioKeys
from cmsource.scenario.short_prices import in_full as price_in_full
from cmsource.scenario.short_prices import is_short, path_in_full
from cmsource.scenario.source import Source
from cmsource.values.diagnostics import Diagnostic, ScenarioError, did_you_mean
from cmsource.values.language import say
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.quantity_type import Quantity

SOMEWHERE = Origin("built-in", "built-in")
"""The origin of what no record keeps one for: months of a phase, hours of an activity."""

_NO_FIGURE = "correlated"
"""The key that says how ranges are drawn, and moves nothing else."""


class NumberAt(NamedTuple):
    """A number where it stands: its path, its key, its quantity, its value and its origin."""

    path: str
    key: Key
    quantity: Quantity[Any]
    value: Any
    origin: Origin | None


def numbers_of(scenario: Scenario) -> Iterator[NumberAt]:
    """Every number of a scenario, whether somebody gave it or not."""
    for name, key in keys_of(ScenarioKeys).items():
        if name == "sources":
            for source in scenario.sources.values():
                yield from _of_record(source, f"sources.{source.name}.")
        elif name == "options":
            forms = forms_of(scenario)
            for option in scenario.options:
                yield from _of_option(option, scenario, forms[option.name])
        else:
            yield from _of_value(key, getattr(scenario, name), name, scenario.origins.get(name))


def number_at(scenario: Scenario, path: str) -> NumberAt:
    """The number at a path.

    Raises:
        ScenarioError: there is none; the error says which one is meant.
    """
    wanted = in_full(scenario, path)
    found = next((item for item in numbers_of(scenario) if item.path == wanted), None)
    if found is None:
        raise unknown(scenario, path)
    return found


def in_full(scenario: Scenario, path: str) -> str:
    """A path in which a price in short, such as ``per_post``, has its keys in full.

    Args:
        scenario: where it leads.
        path: the whole path, or what stands behind a source's name in one.
    """
    counted = ("messages", *scenario.needs.work, *scenario.needs.counts)
    keys = path.split(".")
    if is_short(keys[0]):
        return ".".join((*price_in_full(keys[0], counted), *keys[1:]))
    return ".".join(path_in_full(keys, scenario.sources.keys(), counted))


def from_source(path: str) -> tuple[str, ...]:
    """The part of a path that begins with the name of a source; nothing where it leads to none.

    What a name stands for follows from its place alone: sources, options and activities may be
    called like keys.
    """
    head, _, *keys = *path.split("."), ""
    if head == "sources":
        return tuple(path.split(".")[1:])
    if head != "options":
        return ()
    if keys[0] == "phases":
        keys = keys[2:]
    if keys[0] == "sources":
        keys = keys[1:]
    return tuple(keys[1:-1])


def _of_record(record: Record, prefix: str) -> Iterator[NumberAt]:
    origins = record.origins
    for name, key in keys_of(type(record)).items():
        value = getattr(record, name)
        if name == _NO_FIGURE:
            continue
        if not isinstance(value, Mapping):
            yield from _of_value(key, value, prefix + name, origins.get(name))
            continue
        if not value and key.named is not None and key.named.otherwise is not None:
            value = {"": key.named.otherwise}
        for entry, item in value.items():
            origin = origins.get(f"{name}.{entry}") or origins.get(name)
            if origin is None and entry:
                origin = SOMEWHERE
            here = f"{prefix}{name}.{entry}" if entry else prefix + name
            yield from _of_value(key, item, here, origin)


def _of_value(key: Key, value: Any, path: str, origin: Origin | None) -> Iterator[NumberAt]:  # noqa: ANN401
    """The numbers in a value of a key."""
    if isinstance(value, Record):
        yield from _of_record(value, f"{path}.")
    elif isinstance(value, tuple) and value and isinstance(value[0], Record):
        for number, item in enumerate(value):
            yield from _of_value(key, item, f"{path}.{number}", origin)
    elif isinstance(value, Mapping):
        for name, item in value.items():  # "" stands for everything
            here = f"{path}.{name}" if name else path
            yield from _of_value(key, item, here, origin or SOMEWHERE)
    elif key.quantity is not None and _is_number(value):
        yield NumberAt(path, key, key.quantity, value, origin)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float, Hours, PriceTag)) and not isinstance(value, bool)


def _of_option(option: Option, scenario: Scenario, form: str) -> Iterator[NumberAt]:
    """The months of the phases but the last, and what the option overrides of its sources."""
    for number, phase in enumerate(option.phases):
        prefix = f"options.{option.name}."
        if form == "phases":
            prefix += f"phases.{number}."
            if number < len(option.phases) - 1:
                key = keys_of(PhaseKeys)["months"]
                yield from _of_value(key, phase.months, f"{prefix}months", SOMEWHERE)
        if form != "list":
            prefix += "sources."
        for place, source in enumerate(phase.sources):
            base = scenario.sources[source.name]
            if source is base:
                continue
            here = f"{prefix}{place}.{source.name}."
            for item in _of_record(source, here):
                keys = item.path.removeprefix(here).split(".")
                if not shared(base, source, keys):
                    yield item


def forms_of(scenario: Scenario) -> Mapping[str, str]:
    """How each option is written: as a list, as a map with sources, or in phases."""
    keys: dict[str, set[str]] = {}
    for path in scenario.inputs:
        head, name, key, *_ = *path.split(".", 3), "", ""
        if head == "options":
            keys.setdefault(name, set()).add(key)
    return {
        option.name: next(
            (way for way in ("phases", "sources") if way in keys.get(option.name, ())),
            "phases" if len(option.phases) > 1 else "list",
        )
        for option in scenario.options
    }


def shared(base: Source, source: Source, keys: Sequence[str]) -> bool:
    """Whether an option takes a number from the source rather than overriding it.

    An option in full says what differs from the source; what it says itself, or changes because of
    what it says, is its own.
    """
    before, after = _found(base, keys), _found(source, keys)
    if before is None or after is None or before[0] != after[0]:
        return False
    same = before[1] == after[1] or after[1] is None or after[1].fact is not None
    return same or len(keys) > 1


def _found(source: Source, keys: Sequence[str]) -> tuple[Any, Origin | None] | None:
    """The value at a path of keys, and its origin; None where there is none."""
    record: Any = source
    for depth, key in enumerate(keys):
        if isinstance(record, Mapping):
            return (record[key], None) if key in record else None
        value = getattr(record, key, None)
        if value is None:
            return None
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            return value, None
        if depth == len(keys) - 1:
            if isinstance(value, Mapping):
                value = value.get("", None if value else _otherwise(source, key))
            return None if value is None else (value, record.origins.get(key))
        record = value
    return None


def _otherwise(source: Source, key: str) -> float | None:
    """What one value for everything is where nothing is said."""
    named = keys_of(type(source))[key].named
    return None if named is None else named.otherwise


def unknown(scenario: Scenario, path: str) -> ScenarioError:
    """The error that there is no number at a path."""
    known = [item.path for item in numbers_of(scenario) if item.origin is not None]
    head, _, last = path.rpartition(".")
    alike = [each for each in known if each.startswith(f"{head}.") and last in each[len(head) :]]
    hint = (
        say("did you mean `{name}`?", name=alike[0])
        if last and alike
        else did_you_mean(path, known)
    )
    if hint.startswith("known here"):
        hint = say("`cmsource expand` prints every number of a scenario with its key")
    message = say("`{scenario}` has no number at `{path}`", scenario=scenario.name, path=path)
    return ScenarioError([Diagnostic("E311", message, None, hint)])
