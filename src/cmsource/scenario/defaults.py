"""What a country, or else the tool itself, says where a scenario says nothing: nodes with origins.

Everything here reads like something that the user could have written, and remembers its source.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from cmsource.countries import (
    Country,
    Fact,
    load_country,
    placed,
)
from cmsource.scenario.node import Node, Value
from cmsource.scenario.provenance import Origin, built_in
from cmsource.values.week_reader import parse_week

COUNTRY = "FR"
HORIZON = "24 months"

Form = Callable[[float], str]


def share_text(value: float) -> str:
    """A share as one writes it: 0.16 as ``16%``."""
    return f"{round(value * 100, 4):g}%"


def assumed(value: Value, detail: str, source: str, confidence: str = "G") -> Node:
    """A node with a value of the tool's own, as an assumption."""
    plain = value if not isinstance(value, (dict, list)) else ""
    return Node(value, built_in(detail, plain, source, confidence))


class Defaults:
    """What a country says, as nodes; each is made once.

    Args:
        country: the sourced values.
    """

    def __init__(self, country: Country) -> None:
        self.country = country
        self.office = parse_week(str(country.value("office_hours")))
        self.night = parse_week(str(country.value("night_hours")))
        self._nodes: dict[str, Node] = {}

    def kept(self, name: str, make: Callable[[], Node]) -> Node:
        """The node of that name, made when it is first asked for."""
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = make()
        return node

    def origin(self, detail: str, fact: Fact) -> Origin:
        """The origin of a value of the country's."""
        return Origin("country", self.country.code, detail=detail, fact=fact)

    def fact(self, key: str, form: Form | None = None, unit: str = "") -> Node:
        """A sourced value as it is."""
        node = self._nodes.get(key)
        if node is None:
            fact = self.country.fact(key)
            value: Value = fact.value if form is None else form(fact.value) + unit
            node = self._nodes[key] = Node(value, self.origin(key, fact))
        return node

    def derived(self, value: float, keys: Sequence[str], formula: str) -> Node:
        """A share worked out from sourced values, which it names."""
        facts = [self.country.fact(key) for key in keys]
        sources = "; ".join(dict.fromkeys(fact.source for fact in facts))
        newest = max(fact.as_of for fact in facts)
        fact = Fact(value, f"{formula}: {sources}", newest, "D")
        return Node(share_text(value), self.origin(" and ".join(keys), fact))


@lru_cache(maxsize=32)
def defaults_of(
    code: str, start: date | None, months: float = 0.0, region: str | None = None
) -> Defaults:
    """The defaults of a country at a day, the newest when None.

    Args:
        code: of the country.
        start: first day of the horizon; its public holidays are then counted by their dates.
        months: length of the horizon.
        region: with rules or public holidays of its own.

    Raises:
        UnknownCountry: there is no such country.
        UnknownRegion: the country has no such region.
    """
    return Defaults(placed(load_country(code, start), start, months, region))
