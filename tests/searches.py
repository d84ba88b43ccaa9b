"""Break-evens as ``breakeven`` finds them, each question asked once.

To try every input takes seconds, and every page and form tells the same break-evens of an example.
"""

from inspect import signature
from typing import Any

from cmsource.analysis.breakeven.breakeven import Breakevens, breakeven

WHERE = "cmsource.analysis.breakeven.breakeven.breakeven"
"""What the command line asks, for whoever puts `breakevens` in its place."""

_ASKED = signature(breakeven)
_FOUND: dict[str, Breakevens] = {}


def breakevens(*given: Any, **named: Any) -> Breakevens:  # noqa: ANN401 - as `breakeven` takes them
    """What ``breakeven`` finds; it tells of no steps when it was asked before."""
    asked = _ASKED.bind(*given, **named)
    asked.apply_defaults()
    question = repr({**asked.arguments, "step": None})
    if question not in _FOUND:
        _FOUND[question] = breakeven(*asked.args, **asked.kwargs)
    return _FOUND[question]
