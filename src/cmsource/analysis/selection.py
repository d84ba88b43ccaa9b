"""Which options of a scenario to show, and in which order."""

from collections.abc import Callable, Sequence

from cmsource.results.comparison import Comparison, OptionResult
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import Diagnostic, did_you_mean


def restricted(
    scenario: Scenario, names: Sequence[str]
) -> tuple[Scenario | None, tuple[Diagnostic, ...]]:
    """The scenario with only the named options, or None and what is wrong with the names."""
    known = [option.name for option in scenario.options]
    wrong = [name for name in names if name not in known]
    if wrong:
        return None, tuple(
            Diagnostic(
                "E310", f"`{scenario.name}` has no option `{name}`", None, did_you_mean(name, known)
            )
            for name in wrong
        )
    options = tuple(option for option in scenario.options if option.name in names)
    return scenario._replace(options=options), ()


_Key = Callable[[OptionResult], tuple[float, ...]]


def _most(figure: str) -> _Key:
    """Options with more of a figure first, those without one last."""

    def key(option: OptionResult) -> tuple[float, ...]:
        value = getattr(option.coverage, figure)
        return (1.0, 0.0) if value is None else (0.0, -value)

    return key


ORDERS: dict[str, _Key] = {
    "rank": lambda option: (not option.eligible, option.total_cents),
    "file": lambda _option: (),
    "total": lambda option: (option.total_cents,),
    "cash": lambda option: (float(option.cash),),
    "watched": _most("watched"),
    "answered_in_time": _most("answered_in_time"),
    "work_done": _most("work_done"),
    "skills_met": _most("skills_met"),
    "continuity": _most("continuity"),
    "in_house": _most("in_house"),
    "live_after": lambda option: (option.coverage.live_after_months or 0.0,),
}
"""Orders of options by name; within equals, the cheaper comes first."""


def ordered(result: Comparison, order: str) -> Comparison:
    """The comparison with its options in one of `ORDERS`."""
    if order == "file":
        return result
    key = ORDERS[order]
    options = sorted(
        result.options.items(), key=lambda item: (key(item[1]), item[1].total_cents, item[0])
    )
    return result._replace(options=dict(options))
