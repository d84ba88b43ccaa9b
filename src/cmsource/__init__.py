"""cmsource: who should run your social-media presence, and what will it cost and cover?

    import cmsource

    result = cmsource.compare(cmsource.load("scenario.yaml"))
    print(result.recommended, result.options["agency"].total)

Everything is imported when it is first used, so that importing this package costs nothing.
"""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

_HOMES = {
    "Comparison": "cmsource.comparison",
    "Coverage": "cmsource.comparison",
    "Diagnostic": "cmsource.diagnostics",
    "Entry": "cmsource.comparison",
    "OptionResult": "cmsource.comparison",
    "Scenario": "cmsource.scenario",
    "ScenarioError": "cmsource.diagnostics",
    "compare": "cmsource.api",
    "expand": "cmsource.api",
    "from_json": "cmsource.api",
    "load": "cmsource.api",
    "loads": "cmsource.api",
    "to_json": "cmsource.api",
    "validate": "cmsource.api",
}

if TYPE_CHECKING:
    from cmsource.api import compare, expand, from_json, load, loads, to_json, validate
    from cmsource.comparison import Comparison, Coverage, Entry, OptionResult
    from cmsource.diagnostics import Diagnostic, ScenarioError
    from cmsource.scenario import Scenario

__all__ = [
    "Comparison",
    "Coverage",
    "Diagnostic",
    "Entry",
    "OptionResult",
    "Scenario",
    "ScenarioError",
    "compare",
    "expand",
    "from_json",
    "load",
    "loads",
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
