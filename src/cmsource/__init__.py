"""cmsource: who should run your social-media presence, and what will it cost and cover?

    import cmsource

    result = cmsource.compare(cmsource.load("scenario.yaml"))
    print(result.recommended, result.options["agency"].total)

Everything is imported when it is first used, so that importing this package costs nothing.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Breakevens": "cmsource.analysis.breakeven",
    "Comparison": "cmsource.comparison",
    "Coverage": "cmsource.comparison",
    "Diagnostic": "cmsource.diagnostics",
    "Difference": "cmsource.changes",
    "EmployerCost": "cmsource.analysis.employer",
    "Entry": "cmsource.comparison",
    "Grid": "cmsource.analysis.grid",
    "OptionResult": "cmsource.comparison",
    "Row": "cmsource.batch",
    "Scenario": "cmsource.scenario",
    "ScenarioError": "cmsource.diagnostics",
    "Signal": "cmsource.comparison",
    "Simulation": "cmsource.analysis.simulation",
    "breakeven": "cmsource.api",
    "Tornado": "cmsource.analysis.sensitivity",
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
    "inbox": "cmsource.api",
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
    from cmsource.analysis.breakeven import Breakevens
    from cmsource.analysis.employer import EmployerCost, employer_cost
    from cmsource.analysis.grid import Grid
    from cmsource.analysis.sensitivity import Tornado
    from cmsource.analysis.simulation import Simulation
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
        inbox,
        load,
        loads,
        mixes,
        sensitivity,
        simulate,
        to_json,
        validate,
    )
    from cmsource.batch import Row
    from cmsource.changes import Difference
    from cmsource.comparison import Comparison, Coverage, Entry, OptionResult, Signal
    from cmsource.countries import known_countries, load_country
    from cmsource.diagnostics import Diagnostic, ScenarioError
    from cmsource.scenario import Scenario

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
    "inbox",
    "known_countries",
    "load",
    "load_country",
    "loads",
    "mixes",
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
