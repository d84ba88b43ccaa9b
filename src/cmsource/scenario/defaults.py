"""What a country, or else the tool itself, says where a scenario says nothing: nodes with origins.

Everything here reads like something that the user could have written, and remembers its source.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from cmsource.countries import (
    NO_COUNTRY,
    SAYS_NO_COUNTRY,
    Country,
    Fact,
    is_neutral,
    load_country,
    placed,
)
from cmsource.scenario.node import Node, Value
from cmsource.scenario.provenance import Origin, built_in
from cmsource.values.language import listed, say
from cmsource.values.quantities import number_text
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

    Attributes:
        stands_in: whether any of the nodes only stands in for a value that the country lacks.
    """

    def __init__(self, country: Country) -> None:
        self.country = country
        self.stands_in = False
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
        own = not fact.source.startswith(SAYS_NO_COUNTRY)  # the others stand in for what it lacks
        return Origin("country", self.country.code if own else NO_COUNTRY, detail=detail, fact=fact)

    def fact(self, key: str, form: Form | None = None, unit: str = "") -> Node:
        """A sourced value as it is; where the country has none, a stand-in without a source.

        The scenario has to give such a value: see `lacking`. The stand-in lets the rest be checked.
        """
        node = self._nodes.get(key)
        if node is None and key not in self.country.facts:
            least = self.country.facts.get("minimum_wage")
            number = 1.0 if least is None else max(1.0, float(least.value))
            origin = Origin("country", self.country.code, detail=key)
            self.stands_in = True
            node = self._nodes[key] = Node((form or number_text)(number) + unit, origin)
        if node is None:
            fact = self.country.fact(key)
            value: Value = fact.value if form is None else form(fact.value) + unit
            node = self._nodes[key] = Node(value, self.origin(key, fact))
        return node

    def derived(self, value: float, keys: Sequence[str], formula: str) -> Node:
        """A share worked out from sourced values, which it names."""
        facts = [self.country.fact(key) for key in keys]
        sources = listed(dict.fromkeys(fact.source for fact in facts), say("; "))
        newest = max(fact.as_of for fact in facts)
        # What rests on nothing but a guess that holds nowhere in particular is one itself.
        confidence = "G" if is_neutral(sources) else "D"
        fact = Fact(
            value, say("{formula}: {sources}", formula=formula, sources=sources), newest, confidence
        )
        return Node(share_text(value), self.origin(" and ".join(keys), fact))


def lacking(node: Node) -> str:
    """What a country would have to say for a node that only stands in; "" for any other."""
    origin = node.origin
    return origin.detail if origin.kind == "country" and origin.fact is None else ""


def worked_out(country: Country, start: date | None, months: float, region: str | None) -> Defaults:
    """The defaults of a country that is no shipped one; see `defaults_of`."""
    return Defaults(placed(country, start, months, region))


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
    return worked_out(load_country(code, start), start, months, region)
