"""Break-evens: the values of an input at which another of two options becomes the cheaper one.

The same for any other figure of an option: at which value another one is ahead.
"""

from collections.abc import Callable, Mapping
from math import ceil, floor, inf
from typing import NamedTuple

from cmsource.analysis.breakeven.crossings import Crossing, search
from cmsource.analysis.breakeven.two_options import TwoOptions
from cmsource.analysis.inputs.inputs import Input, input_at, inputs, step_of
from cmsource.analysis.selection import named_options
from cmsource.model.judgement import by_cost, runner_up
from cmsource.model.verdict import judged, recommended
from cmsource.results.requirement import RequirementResult
from cmsource.scenario.figures import measured, requirable
from cmsource.scenario.scenario import Scenario
from cmsource.values.diagnostics import did_you_mean
from cmsource.values.language import say
from cmsource.values.money import format_digits

TIMES_TODAY = 4.0
_TOP = {"h": 100.0, "day": 1000.0, "week": 400.0, "month": 1000.0, "year": 10_000.0}
_TOPS = {"min": 1440.0, "months": 12.0, "people": 10.0, "messages/day": 100.0}

_DRAWN = 4  # parts of a range at whose ends both options are measured, to be drawn


class Breakeven(NamedTuple):
    """The break-evens of two options on one input.

    Attributes:
        input: what is moved.
        low: the least value that was tried.
        high: the largest.
        ahead_low: the option that is ahead at `low`; "" where both are equal.
        ahead_high: the option that is ahead at `high`.
        crossings: where that changes, in ascending order.
        touched: whether the difference of the two moves at all.
        measured: values of the input with what both options come to there, upwards; where one
            input was asked for.
    """

    input: Input
    low: float
    high: float
    ahead_low: str
    ahead_high: str
    crossings: tuple[Crossing, ...]
    touched: bool
    measured: tuple[tuple[float, float, float], ...] = ()

    @property
    def nearest(self) -> Crossing | None:
        """The break-even that is closest to today's value."""
        today = self.input.value
        return min(self.crossings, key=lambda c: abs(c.at - today), default=None)

    @property
    def change(self) -> float | None:
        """From today's value to the nearest break-even, as a share of it.

        None without a break-even, and where today's value is 0.
        """
        nearest, today = self.nearest, self.input.value
        return (nearest.at - today) / today if nearest is not None and today else None


class Breakevens(NamedTuple):
    """The break-evens of two options of a scenario.

    Attributes:
        scenario: the scenario.
        first: name of one option.
        second: name of the other.
        figure: what is compared, of `measured`.
        today: the figure of both as things stand; money in units of the currency.
        ahead: the option that is ahead today; "" where both are equal.
        found: for each input, nearest break-evens first; one alone when it was asked for.
        misses: what each of the two misses today of what is asked for.
        eligible: whether an option is ahead only where it misses nothing.
    """

    scenario: Scenario
    first: str
    second: str
    figure: str
    today: tuple[float, float]
    ahead: str
    found: tuple[Breakeven, ...]
    misses: Mapping[str, tuple[RequirementResult, ...]]
    eligible: bool = False


def breakeven(  # noqa: PLR0913 - each has a flag of its own
    scenario: Scenario,
    first: str = "",
    second: str = "",
    *,
    on: str = "",
    figure: str = "total",
    eligible: bool = False,
    low: float | None = None,
    high: float | None = None,
    step: Callable[[int], Callable[[], None]] | None = None,
) -> Breakevens:
    """Where two options cost the same: the values of an input at which the cheaper one changes.

    Args:
        scenario: as read.
        first: an option; by default the recommended one.
        second: another; by default the runner-up.
        on: path of an input; by default all of them are tried.
        figure: what is compared: ``total`` or another figure, such as ``watched``.
        eligible: whether an option is ahead only where it meets every requirement; where neither
            does, none is.
        low: the least value to try, in the unit in which the input is held (shares from 0 to 1); by
            default that of its range.
        high: the largest.
        step: told how many inputs there are, gives what is called after each.

    Raises:
        ScenarioError: there is no such option, or no such input.
        ValueError: the figure is none, the two options are one, or the range is empty.
    """
    if figure not in measured():
        hint = did_you_mean(figure, measured())
        raise ValueError(say("there is no figure {name}: {hint}", name=repr(figure), hint=hint))
    one, other = _pair(scenario, first, second)
    both = TwoOptions(scenario, one, other, figure, eligible=eligible)
    if on:
        chosen = [input_at(scenario, on)]
    else:
        chosen = [each for each in inputs(scenario) if each.about == "input"]
    advance = step(len(chosen)) if step is not None else lambda: None
    found = []
    for each in chosen:
        found.append(_searched(both, each, low, high, fine=bool(on)))
        advance()
    found.sort(key=_distance)
    today = both.today
    return Breakevens(
        scenario,
        one,
        other,
        figure,
        both.figures(today),
        both.ahead(both.sign(today)),
        tuple(found),
        both.lacks(),
        eligible,
    )


def default_range(chosen: Input) -> tuple[float, float]:
    """The values that are tried when nobody says which.

    The range that the scenario gives; else from 0 to `TIMES_TODAY` times today's value (to 100 % at
    least for a share, and to a usual size for what is 0 today), as far as the value may go. A
    requirement goes on asking for something: what an option is spared altogether changes no answer.
    """
    if chosen.range is not None:
        return chosen.range
    low, high = _usual_range(chosen)
    if chosen.about == "requirement" and chosen.is_share:
        if requirable()[chosen.path.partition(".")[2]].better == "more":
            return max(low, step_of(chosen)), high
        return low, min(high, 1.0 - step_of(chosen))
    return low, high


def _usual_range(chosen: Input) -> tuple[float, float]:
    top = TIMES_TODAY * chosen.value
    if chosen.is_share:
        top = max(top, 1.0)
    elif top <= 0:
        period = chosen.unit.rpartition("/")[2]
        top = _TOPS.get(chosen.unit, _TOP.get(period, 10_000.0))
        if chosen.unit.startswith("h/"):
            top /= 10
    return max(0.0, chosen.low), min(chosen.high, max(top, chosen.low))


def _pair(scenario: Scenario, first: str, second: str) -> tuple[str, str]:
    """The names of the two options."""
    known = [option.name for option in scenario.options]
    first, second = (named_options(scenario, [name])[0] if name else "" for name in (first, second))
    if len(known) < 2:
        raise ValueError(say("a break-even takes two options, and the scenario has one"))
    if first and first == second:
        raise ValueError(
            say("a break-even takes two options, and both are {option}", option=repr(first))
        )
    if first and second:
        return first, second
    verdict = judged(scenario)
    if not first:
        rest = [each for name, each in verdict.evaluations.items() if name != second]
        cheapest = min(rest, key=by_cost).name
        first = recommended(each for each in rest if each.name in verdict.eligible) or cheapest
    if not second:
        following = runner_up(verdict.evaluations.values(), first, verdict.eligible)
        assert following is not None  # there are two options
        second = following.name
    return first, second


def _range(chosen: Input, low: float | None, high: float | None) -> tuple[float, float]:
    """The range to search, within what the input may be.

    Raises:
        ValueError: it is empty, or goes beyond what the input may be.
    """
    least, most = default_range(chosen)
    for value in (low, high):
        if value is not None and not chosen.low <= value <= chosen.high:
            raise ValueError(
                say(
                    "{path} goes from {low} to {high}, and {value} is beyond",
                    path=chosen.path,
                    low=format_digits(chosen.low, 10),
                    high=format_digits(chosen.high, 10),
                    value=format_digits(value, 10),
                )
            )
    least = least if low is None else low
    most = most if high is None else high
    if high is None and least >= most:
        most = min(chosen.high, TIMES_TODAY * least)
    if low is None and least >= most:
        least = chosen.low
    if least > most:
        low_end, high_end = format_digits(least, 10), format_digits(most, 10)
        raise ValueError(say("the range from {low} to {high} is empty", low=low_end, high=high_end))
    return (float(ceil(least)), float(floor(most))) if chosen.whole else (least, most)


def _distance(found: Breakeven) -> tuple[float, str]:
    """Nearest first; what has no break-even, or none in per cent, last."""
    change = found.change
    far = inf if found.nearest is None else 1e18
    return (far if change is None else abs(change)), found.input.path


def _searched(
    both: TwoOptions, chosen: Input, low: float | None, high: float | None, *, fine: bool
) -> Breakeven:
    """The break-evens on one input."""
    least, most = _range(chosen, low, high)
    found = Breakeven(chosen, least, most, *search(both, chosen, least, most, fine=fine))
    if not fine:
        return found
    measure = both.at(chosen)
    steps = [least + (most - least) * step / _DRAWN for step in range(_DRAWN + 1)]
    values = {float(round(value)) if chosen.whole else value for value in steps}
    values.update([crossing.at for crossing in found.crossings])
    return found._replace(
        measured=tuple([(at, *both.figures(measure(at))) for at in sorted(values)])
    )
