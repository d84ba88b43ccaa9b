"""cmsource: who should run your social-media presence, and what will it cost and cover?

    import cmsource

    result = cmsource.compare(cmsource.load("scenario.yaml"))
    print(result.recommended, result.options["agency"].total)

Everything is imported when it is first used, so that importing this package costs nothing.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Breakevens": "cmsource.analysis.breakeven.breakeven",
    "Comparison": "cmsource.results.comparison",
    "Coverage": "cmsource.results.coverage",
    "Diagnostic": "cmsource.values.diagnostics",
    "Difference": "cmsource.results.difference",
    "EmployerCost": "cmsource.analysis.employer",
    "Entry": "cmsource.results.entry",
    "Grid": "cmsource.analysis.sensitivity.grid",
    "OptionResult": "cmsource.results.option",
    "Row": "cmsource.results.rows",
    "Scenario": "cmsource.scenario.scenario",
    "ScenarioError": "cmsource.values.diagnostics",
    "Signal": "cmsource.results.comparison",
    "Simulation": "cmsource.analysis.simulation.simulation",
    "breakeven": "cmsource.api",
    "Tornado": "cmsource.analysis.sensitivity.sensitivity",
    "compare": "cmsource.api",
    "compare_all": "cmsource.api",
    "coverage": "cmsource.api",
    "cursor": "cmsource.api",
    "difference": "cmsource.api",
    "employer_cost": "cmsource.analysis.employer",
    "expand": "cmsource.api",
    "failed_expectations": "cmsource.api",
    "from_json": "cmsource.api",
    "grid": "cmsource.api",
    "read_inbox": "cmsource.api",
    "known_countries": "cmsource.countries",
    "load": "cmsource.api",
    "load_country": "cmsource.countries",
    "loads": "cmsource.api",
    "mixes": "cmsource.api",
    "sensitivity": "cmsource.api",
    "simulate": "cmsource.api",
    "to_json": "cmsource.api",
    "validate": "cmsource.api",
}

if TYPE_CHECKING:
    from cmsource.analysis.breakeven.breakeven import Breakevens
    from cmsource.analysis.employer import EmployerCost, employer_cost
    from cmsource.analysis.sensitivity.grid import Grid
    from cmsource.analysis.sensitivity.sensitivity import Tornado
    from cmsource.analysis.simulation.simulation import Simulation
    from cmsource.api import (
        breakeven,
        compare,
        compare_all,
        coverage,
        cursor,
        difference,
        expand,
        failed_expectations,
        from_json,
        grid,
        load,
        loads,
        mixes,
        read_inbox,
        sensitivity,
        simulate,
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
    "Breakevens",
    "Comparison",
    "Coverage",
    "Diagnostic",
    "Difference",
    "EmployerCost",
    "Entry",
    "Grid",
    "OptionResult",
    "Row",
    "Scenario",
    "ScenarioError",
    "Signal",
    "Simulation",
    "Tornado",
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
    "read_inbox",
    "sensitivity",
    "simulate",
    "to_json",
    "validate",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cmsource' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
