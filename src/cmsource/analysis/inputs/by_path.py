"""A scenario in which every value came from its own path, whatever line it was written on.

What rests on a line rests on every number of that line. Which of them carries how much money must
not depend on how a file is laid out.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from cmsource.analysis.inputs.numbers import forms_of, shared
from cmsource.scenario.options import Option
from cmsource.scenario.provenance import Origins
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source

R = TypeVar("R", bound=Record)


def by_path(scenario: Scenario) -> Scenario:
    """The same scenario, with the path of each value as the place that it came from.

    A number that an option takes from a source has the path of the source.
    """
    sources = {
        name: _named(source, _under(f"sources.{name}."))
        for name, source in scenario.sources.items()
    }
    forms = forms_of(scenario)
    options = tuple(
        _of_option(option, scenario, sources, forms[option.name]) for option in scenario.options
    )
    whole = scenario.changed(sources=sources, options=options)
    return _named(whole, _under(""), apart=("sources", "options"))


def _under(prefix: str) -> Callable[[str], str]:
    return lambda path: prefix + path


def _named(record: R, place: Callable[[str], str], apart: tuple[str, ...] = ()) -> R:
    """A record, and those in it, with origins that tell their paths.

    Args:
        record: the record.
        place: the whole path of a path in it.
        apart: keys that have been named already.
    """
    inner: dict[str, object] = {}
    for name in keys_of(type(record)):
        value: Any = getattr(record, name)
        if name in apart:
            continue
        inner[name] = _named_in(value, place, name)
    origins = {
        name: origin._replace(kind="set", name=place(name), line=0, column=0, length=1)
        for name, origin in record.origins.items()
    }
    return record.changed(**inner).remember(Origins(origins))


def _named_in(value: Any, place: Callable[[str], str], path: str) -> Any:  # noqa: ANN401
    """A value of which the records, in a list or a map too, tell their paths."""
    if isinstance(value, Record):
        return _named(value, _inside(place, path))
    if isinstance(value, Mapping):
        return {key: _named_in(item, place, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, tuple) and any(isinstance(item, Record) for item in value):
        return tuple([_named_in(item, place, f"{path}.{n}") for n, item in enumerate(value)])
    return value


def _inside(place: Callable[[str], str], name: str) -> Callable[[str], str]:
    return lambda path: place(f"{name}.{path}")


def _of_option(
    option: Option, scenario: Scenario, sources: Mapping[str, Source], form: str
) -> Option:
    """An option whose sources tell what they take from the scenario, and what is their own."""
    phases = []
    for number, phase in enumerate(option.phases):
        prefix = f"options.{option.name}."
        prefix += f"phases.{number}." if form == "phases" else ""
        prefix += "" if form == "list" else "sources."
        members = []
        for position, source in enumerate(phase.sources):
            base = scenario.sources[source.name]
            own = f"{prefix}{position}.{source.name}."
            place = _taken(base, source, own)
            members.append(sources[source.name] if source is base else _named(source, place))
        phases.append(phase.changed(sources=tuple(members)))
    return option.changed(phases=tuple(phases))


def _taken(base: Source, source: Source, own: str) -> Callable[[str], str]:
    """The path of a value of a source as an option uses it."""

    def place(path: str) -> str:
        taken = shared(base, source, path.split("."))
        return f"sources.{base.name}.{path}" if taken else own + path

    return place
