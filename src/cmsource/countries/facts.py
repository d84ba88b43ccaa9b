"""The files of countries: sourced values, one YAML file a country and period.

A country is a folder of files, one a period, named after it: ``FR/2026.yaml``. Adding a country is
adding such a file and, when a flat rate does not do, a module to ``countries/payroll``.
"""

import datetime
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from cmsource.countries.country import (
    CONFIDENCE,
    LINES,
    BadCountryFile,
    Fact,
)
from cmsource.countries.rules import BadRule, Names, check_rule
from cmsource.values.language import say

SHIPPED = Path(__file__).parent
"""The folder of the countries that come with the package."""

_MAXIMUM_FILE_BYTES = 1_000_000

Dated = tuple[tuple[datetime.date, Fact], ...]
"""The values of a key in a period, each from the day on which it begins."""


class _Region(NamedTuple):
    """A region as read."""

    names: tuple[str, ...]
    within: str
    facts: Mapping[str, Dated]


class CountryFile(NamedTuple):
    """A country file as read, before a day picks among the values that change in the period."""

    name: str
    currency: str
    period: str
    first: datetime.date
    last: datetime.date
    facts: Mapping[str, Dated]
    payroll: str
    rising: tuple[str, ...]
    regions: Mapping[str, _Region]
    also: tuple[str, ...] = ()


def known_countries(folder: Path | None = None) -> tuple[str, ...]:
    """The codes of the countries in ``folder`` (those shipped, when None), sorted."""
    base = folder or SHIPPED
    return tuple(sorted({path.parent.name for path in base.glob("*/*.yaml")}))


def read_file(path: Path) -> CountryFile:
    """A country file, read anew; BadCountryFile names it where it lacks something."""
    try:
        return country_file(plain_data(path), path.stem)
    except BadCountryFile as error:
        raise BadCountryFile(f"{path}: {error}") from None


def plain_data(path: Path) -> Any:  # noqa: ANN401 - straight from YAML
    """What a shipped file holds, quickly: no value knows its place.

    Raises:
        BadCountryFile: it is too large, or no YAML.
    """
    import yaml

    with path.open("rb") as stream:
        text = stream.read(_MAXIMUM_FILE_BYTES + 1)
    if len(text) > _MAXIMUM_FILE_BYTES:
        raise BadCountryFile(f"larger than {_MAXIMUM_FILE_BYTES} bytes")
    try:
        # libyaml's parser, where there is one, is ten times as fast as the other.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return _plain(loader(text).get_single_node())
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise BadCountryFile(str(error)) from error


def country_file(data: Any, period: str) -> CountryFile:  # noqa: ANN401 - straight from YAML
    """What plain data says of a country.

    Args:
        data: a map of name, currency, from, to and facts.
        period: its name.

    Raises:
        BadCountryFile: something is missing or of the wrong kind.
    """
    if not isinstance(data, dict):
        raise BadCountryFile("expected a map of name, currency, from, to and facts")
    for key in ("name", "currency", "from", "to", "facts"):
        if key not in data:
            raise BadCountryFile(f"{key!r} is missing")
    for key in ("from", "to"):
        if not isinstance(data[key], datetime.date):
            raise BadCountryFile(f"{key!r} must be a day such as 2026-01-01")
    defaults = {"as_of": str(data.get("as_of", data["from"]))}
    payroll = data.get("payroll") or {}
    if not isinstance(payroll, dict):
        raise BadCountryFile("'payroll' must be a map of module, values and lines")
    facts = _all_facts(data, defaults, data["from"])
    _check_lines(facts)
    regions = _regions(data.get("regions") or {}, defaults, data["from"], facts)
    return CountryFile(
        str(data["name"]),
        str(data["currency"]),
        period,
        data["from"],
        data["to"],
        MappingProxyType(facts),
        str(payroll.get("module", "")),
        _rising(data.get("rising_with_wages") or [], facts),
        regions,
        tuple(map(str, data.get("also") or ())),
    )


def _all_facts(
    section: Mapping[str, Any], defaults: Mapping[str, str], first: datetime.date
) -> dict[str, Dated]:
    """The facts of a file or a region: its own, and those and the lines of its payroll."""
    facts = facts_of("", section.get("facts") or {}, defaults, first)
    payroll = section.get("payroll") or {}
    if not isinstance(payroll, dict):
        raise BadCountryFile("'payroll' must be a map of values and lines")
    later = {key: payroll[key] for key in ("source", "confidence", "as_of") if key in payroll}
    later = {**defaults, **later}
    facts |= facts_of("payroll.", payroll.get("values") or {}, later, first)
    return facts | facts_of(LINES, payroll.get("lines") or {}, later, first)


def _check_lines(facts: Mapping[str, Dated]) -> None:
    """Every line of the schedule names what there is, and lines above it.

    Raises:
        BadCountryFile: one does not.
    """
    values = {key.removeprefix("payroll.") for key in facts if not key.startswith(LINES)}
    earlier: set[str] = set()
    for key, dated in facts.items():
        if not key.startswith(LINES):
            continue
        for _, fact in dated:
            try:
                check_rule(fact.value, Names(values, earlier))
            except BadRule as error:
                way = ".".join([key, *map(str, error.keys)])
                hint = f"; {error.hint}" if error.hint else ""
                raise BadCountryFile(f"{way!r}: {error}{hint}") from None
        earlier.add(key.removeprefix(LINES))


def _regions(
    section: object,
    defaults: Mapping[str, str],
    first: datetime.date,
    country: Mapping[str, Dated],
) -> Mapping[str, _Region]:
    """The regions of a country file, by code."""
    if not isinstance(section, dict):
        raise BadCountryFile("'regions' must be a map of regions by their codes")
    found = {}
    for code, entry in section.items():
        if not isinstance(entry, dict):
            raise BadCountryFile(f"the region {code!r} must be a map of name, facts and payroll")
        within = str(entry.get("within", ""))
        if within and within not in section:
            raise BadCountryFile(f"the region {code!r} lies within {within!r}, which is not there")
        facts = _all_facts(entry, defaults, first)
        _check_lines({**country, **facts})
        names = (str(entry.get("name", code)), *map(str, entry.get("also") or []))
        found[str(code)] = _Region(names, within, MappingProxyType(facts))
    return MappingProxyType(found)


_ABOUT = ("from", "source", "as_of", "confidence")
"""Keys of an entry that say where its value is from."""


def _rule(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of a schedule says, without where it is from."""
    return {key: value for key, value in entry.items() if key not in _ABOUT}


def _rising(keys: object, facts: Mapping[str, Dated]) -> tuple[str, ...]:
    """The keys of amounts that rise with wages.

    Raises:
        BadCountryFile: they are no keys of numbers.
    """
    if not isinstance(keys, list) or not facts.keys() >= set(map(str, keys)):
        raise BadCountryFile("'rising_with_wages' must be a list of keys of facts")
    for key in keys:
        if not isinstance(facts[key][0][1].value, (int, float)):
            raise BadCountryFile(f"{key!r} is no number, and cannot rise with wages")
    return tuple(keys)


_SCALARS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "int": int,
        "float": float,
        "bool": lambda text: text.casefold() in ("true", "yes", "on"),
        "null": lambda _text: None,
        "timestamp": datetime.date.fromisoformat,
        "str": str,
    }
)


def _plain(node: Any) -> Any:  # noqa: ANN401 - a node of PyYAML, and whatever it holds
    """What a composed node holds: PyYAML's own constructor takes three times as long."""
    if node is None:
        return None
    kind = node.tag.rpartition(":")[2]
    if kind == "map":
        return {_plain(key): _plain(value) for key, value in node.value}
    if kind == "seq":
        return [_plain(element) for element in node.value]
    if kind not in _SCALARS:
        raise ValueError(f"line {node.start_mark.line + 1}: the tag {node.tag} is not read")
    return _SCALARS[kind](node.value)


read_once = functools.cache(read_file)
"""A shipped file as read; those never change."""


def facts_of(
    prefix: str,
    section: Any,  # noqa: ANN401 - straight from YAML
    defaults: Mapping[str, str],
    first: datetime.date,
) -> dict[str, Dated]:
    """The facts of a section by their key, each as its values by the day they begin."""
    if not isinstance(section, dict):
        raise BadCountryFile("expected a map of facts")
    facts = {}
    for key, entry in section.items():
        name = f"{prefix}{key}"
        entries = entry if isinstance(entry, list) else [entry]
        try:
            values = [
                (
                    one.get("from", first),
                    Fact(
                        _rule(one) if prefix == LINES else one["value"],
                        say(one.get("source") or defaults["source"]),
                        str(one.get("as_of") or defaults["as_of"]),
                        one.get("confidence") or defaults["confidence"],
                    ),
                )
                for one in entries
            ]
            values.sort(key=lambda dated: dated[0])
        except KeyError as error:
            raise BadCountryFile(f"{name!r} lacks {error.args[0]!r}") from None
        except (AttributeError, TypeError):
            message = f"{name!r} must be a map of value, source, as_of and confidence"
            raise BadCountryFile(message) from None
        if not values or any(fact.confidence not in CONFIDENCE for _, fact in values):
            marks = ", ".join(CONFIDENCE)
            raise BadCountryFile(f"the confidence of {name!r} must be one of {marks}")
        facts[name] = tuple(values)
    return facts
