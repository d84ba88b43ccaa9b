"""What a scenario did not give itself: every value that was filled in."""

from collections.abc import Iterator, Mapping, Sequence

from cmsource.countries import Country, Fact, own_rates
from cmsource.countries.years import unknown_from
from cmsource.scenario.assumption import Assumption
from cmsource.scenario.company import OF_THE_COUNTRY
from cmsource.scenario.defaults import share_text
from cmsource.scenario.employment import Employment
from cmsource.scenario.node import Node
from cmsource.scenario.on_payroll import OnPayroll
from cmsource.scenario.record import Record, keys_of
from cmsource.scenario.scenario import ScenarioKeys
from cmsource.scenario.source import Source
from cmsource.values.language import listed, say
from cmsource.values.money_types import Amount, Price
from cmsource.values.quantities import number_text
from cmsource.values.written import written


def assumptions(
    full: Node, sources: Mapping[str, Source], country: Country, horizon: float
) -> Iterator[Assumption]:
    """Every value that was filled in, and the payroll schedules that apply.

    Args:
        full: the scenario in full.
        sources: its sources by name.
        country: its country.
        horizon: its months.
    """
    yield from _filled_in(full, sources)
    year = unknown_from(country, horizon)
    where, period = say(country.name), country.period
    value = say("{country} {period}, line by line", country=where, period=period)
    if not country.scheduled:
        share = written(share_text(country.value("employer_rate")))
        value = say("{share} of pay", share=share)
    if year is not None and country.rising:
        later = say("ceilings and minimum wages from {year} on rise with wages", year=year)
        value = listed([value, later], say("; "))
    ref = f"{country.code}: payroll {country.period}"
    scheduled = [
        name
        for name, source in sources.items()
        if isinstance(source, OnPayroll)
        and not (isinstance(source, Employment) and source.charges is not None)
    ]
    if scheduled and country.scheduled:
        yield from _guesses(full, country)
    for name in scheduled:
        if isinstance(sources[name], Employment):
            yield Assumption.of(f"sources.{name}.charges", value, _schedule_fact(country), ref)
    if scheduled and country.rising and year is not None and full.get("prices", "wages") is None:
        source = say(
            "no rise of wages given: they stay, and ceilings of years not known yet with them"
        )
        yield Assumption("prices.wages", "0%/year", source, "", "G")


def _guesses(full: Node, country: Country) -> Iterator[Assumption]:
    """The guesses among the values of a schedule that no other key of the company stands for."""
    given = full.get("company", "rates")
    taken = {each.removeprefix("payroll.") for each in OF_THE_COUNTRY}
    taken |= set() if given is None else {name for name, _ in given.items()}
    for name in own_rates(country):
        fact = country.fact(f"payroll.{name}")
        if fact.confidence == "G" and name not in taken:
            value = share_text(fact.value) if 0 < fact.value < 1 else number_text(fact.value)
            ref = f"{country.code}: payroll.{name}"
            yield Assumption.of(f"company.rates.{name}", value, fact, ref)


def _schedule_fact(country: Country) -> Fact:
    """The source of a country's payroll schedule: that of its first contribution."""
    facts = country.facts
    first = next((fact for key, fact in facts.items() if key.startswith("payroll.")), None)
    return first if first is not None else country.fact("employer_rate")


def _filled_in(full: Node, sources: Mapping[str, Source]) -> Iterator[Assumption]:
    """The values of a tree that have a source rather than a place."""
    waiting = [("", full)]
    while waiting:
        path, node = waiting.pop()
        value = node.value
        if isinstance(value, dict):
            prefix = f"{path}." if path else ""
            waiting += [(prefix + name, child) for name, child in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(f"{path}.{n}", child) for n, child in reversed(list(enumerate(value)))]
        elif (fact := node.fact) is not None and value is not None:
            money = _is_money(path.split("."), sources)
            yield Assumption.of(path, str(value), fact, node.origin.ref, money=money)


def _is_money(keys: Sequence[str], sources: Mapping[str, Source]) -> bool:
    """Whether the value at a path is an amount of money, as the key of its record says."""
    record: type[Record] = ScenarioKeys
    head, *within = keys
    if head in ("sources", "options"):
        named = within if head == "sources" else within[1:]
        place = next((n for n, name in enumerate(named) if name in sources), len(named))
        if place == len(named):
            return False
        record, keys = type(sources[named[place]]), named[place + 1 :]
    found = None
    for name in keys:
        found = keys_of(record).get(name)
        if found is None:
            return False
        record = found.record or record
    return found is not None and isinstance(found.quantity, (Amount, Price))
