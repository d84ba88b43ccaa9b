"""A scenario with other numbers in some places, and everything else as it is."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from cmsource.analysis.inputs.numbers import from_source, numbers_of, shared, unknown
from cmsource.countries import placed
from cmsource.scenario.employment import Employment
from cmsource.scenario.options import Option, Phase
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.source import Source
from cmsource.values.language import say
from cmsource.values.money import format_digits
from cmsource.values.quantities import Hours, PriceTag

R = TypeVar("R", bound=Record)

_TOLERANCE = 1e-9


def put(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with other numbers at some paths, and everything else as it is.

    Nothing is checked against the limits of an `Input`. Phases follow the horizon: the last one of
    an option ends with it, and those that would begin after it are cut. Move from the scenario as
    it was read: an option's own value that a first move makes equal to the source's, by chance,
    is still the option's own.

    Args:
        scenario: as it was read.
        values: numbers by path, in the units of `Input`.

    Raises:
        ScenarioError: there is no number at one of the paths.
        ValueError: a value is no whole number, and one is needed.
    """
    moved = scenario
    refit = False
    for path, number in sorted(values.items(), key=_options_last):
        keys = path.split(".")
        try:
            if keys[0] == "sources":
                moved = _with_source(moved, keys[1], keys[2:], number)
            elif keys[0] == "options":
                moved = _with_option(moved, keys[1], keys[2:], number)
                refit = refit or not from_source(path)
            else:
                moved = _with(moved, keys, number)
                refit = refit or keys[0] == "horizon"
        except (LookupError, AttributeError, _NotThere):
            if any(item.path == path for item in numbers_of(scenario)):
                raise
            raise unknown(scenario, path) from None
    if not refit:
        return moved
    country = scenario.country_data
    if moved.horizon != scenario.horizon and scenario.start is not None and country is not None:
        country = placed(country, scenario.start, moved.horizon, scenario.region)
        moved = moved.changed(country_data=country)
    options = tuple(_fitted(option, moved.horizon) for option in moved.options)
    return moved.changed(options=options)


class _NotThere(Exception):  # noqa: N818 - a signal of this module, never shown
    """There is no number where a path leads."""


def _options_last(item: tuple[str, float]) -> bool:
    return item[0].startswith("options.")


def _number(old: Any, new: float) -> Any:  # noqa: ANN401 - as the field says
    """A number in the form of the one in its place."""
    if isinstance(old, (Hours, PriceTag)):
        return old._replace(amount=float(new))
    if isinstance(old, bool) or not isinstance(old, (int, float)):
        raise _NotThere
    if not isinstance(old, int):
        return float(new)
    if new != int(new):
        raise ValueError(say("{number} is not a whole number", number=format_digits(new)))
    return int(new)


def _with(record: R, keys: Sequence[str], number: float) -> R:
    """A record with another number at a path of keys."""
    name = keys[0]
    if name not in keys_of(type(record)):
        raise _NotThere
    value = getattr(record, name)
    if isinstance(value, Mapping):
        value = _with_entry(value, keys[1:], number, record, name)
    else:
        value = _moved(value, keys[1:], number)
    return record.changed(**{name: value})


def _moved(value: Any, keys: Sequence[str], number: float) -> Any:  # noqa: ANN401 - as it was
    """A value with another number in it, or in its place where there are no keys."""
    if not keys:
        return _number(value, number)
    if isinstance(value, tuple) and not isinstance(value, (Hours, PriceTag)):
        place = _index(keys[0])
        return (*value[:place], _moved(value[place], keys[1:], number), *value[place + 1 :])
    if not isinstance(value, Record):
        raise _NotThere
    return _with(value, keys, number)


def _with_entry(
    entries: Mapping[str, Any], keys: Sequence[str], number: float, record: Record, name: str
) -> Mapping[str, Any]:
    """A map with another number in one of its entries, "" being the value for everything."""
    key = keys[0] if keys else ""
    named = keys_of(type(record))[name].named
    if not keys and not entries and named is not None and named.otherwise is not None:
        return {"": float(number)}
    old = entries[key]
    if isinstance(old, Mapping):
        return {**entries, key: _with_entry(old, keys[1:], number, record, name)}
    return {**entries, key: _moved(old, keys[1:], number)}


def _with_source(scenario: Scenario, name: str, keys: Sequence[str], number: float) -> Scenario:
    """A source with another number, also in the options that do not override it."""
    base = scenario.sources[name]
    changed = _with(base, keys, number)

    def member(source: Source) -> Source:
        if source is base:
            return changed
        if source.name != name:
            return source
        if shared(base, source, keys):
            source = _with(source, keys, number)
        varied = isinstance(source, Employment) and source.wage_hours is not None
        return source.varied_from(changed) if varied else source

    options = tuple(
        option.changed(
            phases=tuple(
                phase.changed(sources=tuple([member(source) for source in phase.sources]))
                for phase in option.phases
            )
        )
        if any(source.name == name for phase in option.phases for source in phase.sources)
        else option
        for option in scenario.options
    )
    return scenario.changed(sources={**scenario.sources, name: changed}, options=options)


def _with_option(scenario: Scenario, name: str, keys: Sequence[str], number: float) -> Scenario:
    """An option with another number: the months of a phase, or a field that it overrides."""
    option = next((each for each in scenario.options if each.name == name), None)
    if option is None:
        raise _NotThere
    phase, rest = 0, list(keys)
    if rest[0] == "phases":
        phase, rest = _index(rest[1]), rest[2:]
        if rest == ["months"]:
            if phase >= len(option.phases) - 1:
                raise _NotThere
            return _with_phase(scenario, option, phase, option.phases[phase].changed(months=number))
    if rest[0] == "sources":
        rest = rest[1:]
    place = _index(rest[0])
    old = option.phases[phase]
    source = old.sources[place]
    if source.name != rest[1]:
        raise _NotThere
    sources = list(old.sources)
    sources[place] = _with(source, rest[2:], number)
    return _with_phase(scenario, option, phase, old.changed(sources=tuple(sources)))


def _with_phase(scenario: Scenario, option: Option, number: int, phase: Phase) -> Scenario:
    changed = option.changed(phases=(*option.phases[:number], phase, *option.phases[number + 1 :]))
    options = tuple(changed if each is option else each for each in scenario.options)
    return scenario.changed(options=options)


def _index(text: str) -> int:
    if not text.isdecimal():
        raise _NotThere
    return int(text)


def _fitted(option: Option, horizon: float) -> Option:
    """An option whose phases follow each other and end with the horizon."""
    phases: list[Phase] = []
    start = 0.0
    for phase in option.phases[:-1]:
        if start + phase.months > horizon - _TOLERANCE:
            break
        phases.append(phase.changed(start=start))
        start += phase.months
    last = option.phases[len(phases)]
    phases.append(last.changed(start=start, months=horizon - start))
    return option.changed(phases=tuple(phases))
