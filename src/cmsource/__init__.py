"""cmsource: who should run your social-media presence, and what will it cost and cover?

    import cmsource

    result = cmsource.compare(cmsource.load("scenario.yaml"))
    print(result.recommended, result.options["agency"].total)

Everything is imported when it is first used, so that importing this package costs nothing.
"""

from typing import TYPE_CHECKING

__version__ = "1.0.0"

_HOMES = {
    "analysis.best.best": ("Best", "best"),
    "analysis.breakeven.breakeven": ("Breakevens", "breakeven"),
    "analysis.checks.difference": ("difference",),
    "analysis.cursor.cursor": ("cursor",),
    "analysis.cursor.mixes": ("mixes",),
    "analysis.employer": ("EmployerCost", "employer_cost"),
    "analysis.portfolio": ("portfolio",),
    "analysis.price.own_costs": ("OwnCosts",),
    "analysis.price.price": ("Price", "price"),
    "analysis.sensitivity.grid": ("Grid", "grid"),
    "analysis.sensitivity.sensitivity": ("Tornado", "sensitivity"),
    "analysis.simulation.simulation": ("Simulation", "simulate"),
    "api": (
        "compare",
        "compare_all",
        "coverage",
        "expand",
        "failed_expectations",
        "from_json",
        "load",
        "loads",
        "read_country",
        "read_inbox",
        "to_json",
        "validate",
    ),
    "countries": ("known_countries", "load_country"),
    "results.comparison": ("Comparison", "Signal"),
    "results.coverage": ("Coverage",),
    "results.difference": ("Difference",),
    "results.entry": ("Entry",),
    "results.option": ("OptionResult",),
    "results.rows": ("Row",),
    "scenario.scenario": ("Scenario",),
    "values.diagnostics": ("Diagnostic", "ScenarioError"),
}
"""Where each name of the API is, by the module."""

if TYPE_CHECKING:
    from cmsource.analysis.best.best import Best, best
    from cmsource.analysis.breakeven.breakeven import Breakevens, breakeven
    from cmsource.analysis.checks.difference import difference
    from cmsource.analysis.cursor.cursor import cursor
    from cmsource.analysis.cursor.mixes import mixes
    from cmsource.analysis.employer import EmployerCost, employer_cost
    from cmsource.analysis.portfolio import portfolio
    from cmsource.analysis.price.own_costs import OwnCosts
    from cmsource.analysis.price.price import Price, price
    from cmsource.analysis.sensitivity.grid import Grid, grid
    from cmsource.analysis.sensitivity.sensitivity import Tornado, sensitivity
    from cmsource.analysis.simulation.simulation import Simulation, simulate
    from cmsource.api import (
        compare,
        compare_all,
        coverage,
        expand,
        failed_expectations,
        from_json,
        load,
        loads,
        read_country,
        read_inbox,
        to_json,
        validate,
    )
    from cmsource.countries import known_countries, load_country
    from cmsource.results.comparison import Comparison, Signal
    from cmsource.results.coverage import Coverage
    from cmsource.results.difference import Difference
    from cmsource.results.entry import Entry
    from cmsource.results.option import OptionResult
    from cmsource.results.rows import Row
    from cmsource.scenario.scenario import Scenario
    from cmsource.values.diagnostics import Diagnostic, ScenarioError

__all__ = [
    "Best",
    "Breakevens",
    "Comparison",
    "Coverage",
    "Diagnostic",
    "Difference",
    "EmployerCost",
    "Entry",
    "Grid",
    "OptionResult",
    "OwnCosts",
    "Price",
    "Row",
    "Scenario",
    "ScenarioError",
    "Signal",
    "Simulation",
    "Tornado",
    "best",
    "breakeven",
    "compare",
    "compare_all",
    "coverage",
    "cursor",
    "difference",
    "employer_cost",
    "expand",
    "failed_expectations",
    "from_json",
    "grid",
    "known_countries",
    "load",
    "load_country",
    "loads",
    "mixes",
    "portfolio",
    "price",
    "read_country",
    "read_inbox",
    "sensitivity",
    "simulate",
    "to_json",
    "validate",
]


def __getattr__(name: str) -> object:
    for module, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            return getattr(import_module(f"cmsource.{module}"), name)
    raise AttributeError(f"module 'cmsource' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
