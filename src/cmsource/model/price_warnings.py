"""What the work of an option says of its prices: a tier in which more would cost less."""

from collections.abc import Iterable, Iterator

from cmsource.model.evaluation import Evaluation
from cmsource.model.plan import usage_in
from cmsource.model.volumes import Volumes
from cmsource.scenario.biller import Biller
from cmsource.scenario.scenario import Scenario
from cmsource.scenario.tiers import steps
from cmsource.values.diagnostics import Diagnostic
from cmsource.values.language import say
from cmsource.values.money import format_money, format_shortest, style_for, to_cents


def cheaper_beyond(options: Iterable[Evaluation], scenario: Scenario) -> Iterator[Diagnostic]:
    """Where the price of a tier is for the whole volume: less work that costs more, once each.

    It is the work of an ordinary month.
    """
    told = set()
    for option in options:
        for planned, phase in zip(option.phases, option.option.phases, strict=True):
            for source in phase.sources:
                if not isinstance(source, Biller) or source.tiers != "whole":
                    continue
                usage = usage_in(planned.team, source.name)
                volumes = Volumes(source, scenario.needs)
                for name, price in source.per.items():
                    if usage is None or isinstance(price, float) or (source.name, name) in told:
                        continue
                    found = _beyond(volumes.beyond(name)(usage), list(steps(price)))
                    if found is not None:
                        told.add((source.name, name))
                        yield _said(source, name, found, scenario)


_Beyond = tuple[float, float, float, float]
"""How many there are and what they cost, from how many on that many cost less, and how much."""


def _beyond(volume: float, found: list[tuple[float, float, float]]) -> _Beyond | None:
    """From where on more costs less than a volume does; None where it does nowhere."""
    at = next((n for n, (_, up_to, _) in enumerate(found) if volume <= up_to * (1 + 1e-9)), 0)
    cost = volume * found[at][2]
    beyond = [(above * price, above) for above, _, price in found[at + 1 :]]
    if volume <= 0 or not beyond or min(beyond)[0] >= cost - 0.005:
        return None
    less, above = min(beyond)
    return volume, cost, above, less


def _said(source: Biller, name: str, found: _Beyond, scenario: Scenario) -> Diagnostic:
    volume, cost, above, less = found
    style = style_for(scenario.currency)
    origin = source.origins.get(f"per.{name}")
    path = f"sources.{source.name}.per.{name}"
    return Diagnostic(
        "W431",
        say(
            "`{path}`: {volume} a month cost {cost}, and just above {above} would cost {less}",
            path=path,
            volume=format_shortest(volume, 1),
            cost=format_money(to_cents(cost), style),
            above=format_shortest(above, 1),
            less=format_money(to_cents(less), style),
        ),
        None if origin is None or not origin.is_written else origin.place(path),
        say("ask whether the price of a tier is really for the whole volume, or order more"),
    )
