"""How far a number of a scenario may move before reading would refuse it."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from cmsource.analysis.inputs.numbers import from_source
from cmsource.scenario.employment import Employment
from cmsource.scenario.inclusion import Inclusion
from cmsource.scenario.needs import Needs
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.scenario.placement import Placement
from cmsource.scenario.require import Require
from cmsource.scenario.scenario import SHORTEST_HORIZON, Scenario
from cmsource.scenario.source import Source
from cmsource.values.quantities import LARGEST, Hours
from cmsource.values.quantity_type import SMALLEST, Quantity
from cmsource.values.week import WEEKS_A_YEAR, a_month_of

_HOURS_A_DAY = 24.0
_TOLERANCE = 1e-6
_OF_EACH = ["approval"], ["in_house_material"]
"""What takes time for each unit that goes out."""


def limits_of(
    scenario: Scenario, path: str, quantity: Quantity[Any], value: object, uses: Sequence[Source]
) -> tuple[float, float]:
    """The least and the most that a number may be, in the unit in which it is held.

    Args:
        scenario: where it stands.
        path: its key.
        quantity: what it is.
        value: what was read, an amount or hours with their period.
        uses: for a number of a source, the source as declared and as options use it.
    """
    low, high = quantity.limits()
    keys = path.split(".")
    _, *within = from_source(path) or ("",)
    if isinstance(value, Hours):
        high = _in_period(high, value.per, uses)
    elif isinstance(quantity, Inclusion):
        high = LARGEST  # a count, of which there may be more than of hours
    if within[-1:] == ["up_to"] and within[-2].isdecimal():
        low, high = _between_tiers(uses, within, low, high)
    if within[:1] in _OF_EACH and within[-1] == "minutes_each" and not _goes_out(scenario.needs):
        return low, 0.0
    if path == "horizon":
        return max(low, SHORTEST_HORIZON), high
    if keys[0] == "needs":
        return (max(low, SMALLEST), high) if _is_measured(scenario, keys) else (low, high)
    if keys[0] == "options" and not within:
        return low, _longest_phase(scenario, keys)
    if len(within) == 1:
        for source in uses:
            least, most = _of_source(scenario, source, within[0])
            low, high = max(low, least), min(high, most)
    return low, high


def _in_period(weekly: float, per: str, uses: Sequence[Source]) -> float:
    """The most hours in a period, when a week may have so many."""
    if per == "day":
        return min(_HOURS_A_DAY, weekly)
    if per == "year":
        return weekly * WEEKS_A_YEAR
    return a_month_of(weekly) if per == "month" else weekly


def _between_tiers(
    uses: Sequence[Source], keys: Sequence[str], low: float, high: float
) -> tuple[float, float]:
    """What the tiers before and after one leave of where it may end.

    Args:
        uses: the sources that have it.
        keys: that lead to it in each of them.
        low: the least that it may be otherwise.
        high: the most.
    """
    number = int(keys[-2])
    for source in uses:
        value: Any = source
        for key in keys[:-2]:
            value = value[key] if isinstance(value, Mapping) else getattr(value, key)
        if number:
            low = max(low, value[number - 1].up_to + SMALLEST)
        following = value[number + 1].up_to if number + 1 < len(value) else None
        if following is not None:
            high = min(high, following - SMALLEST)
    return low, high


def _is_measured(scenario: Scenario, keys: Sequence[str]) -> bool:
    """Whether a requirement could not be measured without this work."""
    needs, require = scenario.needs, scenario.require
    if keys[1] == "messages" and keys[2].startswith("per_"):
        return require.answered_in_time is not None or (
            _asks_for_work(require) and not _planned(needs)
        )
    if keys[1] == "work" and _asks_for_posts(require) and keys[2] in needs.published():
        weekly = needs.weekly_work()
        if not any(weekly[name] > 0 for name in needs.published() if name != keys[2]):
            return True
    if keys[1] == "work" and _asks_for_work(require):
        messages = needs.messages is not None and needs.messages.weekly > 0
        return not messages and not _planned(needs, but=keys[2])
    return False


def _goes_out(needs: Needs) -> bool:
    """Whether something goes out, all of it in units."""
    published = needs.published()
    return bool(published) and {*published} <= {each.name for each in needs.in_units()}


def _asks_for_posts(require: Require) -> bool:
    asked = (require.in_house_material, require.regularity, require.approval_within)
    return any(each is not None for each in asked)


def _asks_for_work(require: Require) -> bool:
    return require.work_done is not None or require.in_house is not None


def _planned(needs: Needs, but: str = "") -> bool:
    return any(hours > 0 for name, hours in needs.weekly_work().items() if name != but)


def _longest_phase(scenario: Scenario, keys: Sequence[str]) -> float:
    """What the other phases of an option leave of the horizon."""
    option = next(each for each in scenario.options if each.name == keys[1])
    others = sum(
        phase.months for number, phase in enumerate(option.phases[:-1]) if number != int(keys[3])
    )
    return scenario.horizon - others - SMALLEST


def _of_source(scenario: Scenario, source: Source, key: str) -> tuple[float, float]:
    """What the contract, the duty and the law allow."""
    nothing = 0.0, float("inf")
    if not isinstance(source, OnPayroll):
        return nothing
    hours, duty = source.weekly_hours, source.on_duty.hours
    if key == "headcount" and hours > 0:
        return max(1.0, ceil(duty / hours - _TOLERANCE)), float(MOST_PEOPLE)
    if key == "hours":
        people = MOST_PEOPLE if isinstance(source.headcount, str) else source.headcount
        scale = 1.0 if hours <= 0 else source.hours.amount / hours
        most = float("inf")
        if isinstance(source, Employment) and not source.works_elsewhere:
            least = _least_wage(scenario, source)
            yearly = source.annual_wage or 12.0 * (source.monthly_wage or 0.0)
            by_hours = source.hourly_wage is None and source.wage_hours is None
            if least > 0 and yearly and by_hours:
                most = yearly / 52.0 / least * scale
        return max(SMALLEST, duty / people * scale), most
    if isinstance(source, Employment) and key == source.wage_key:
        paid = hours
        if source.works_elsewhere or paid <= 0:
            paid = _full_time(scenario)
        paid = source.wage_hours or paid
        a_year = {"hourly_wage": 1.0, "monthly_wage": 52.0 * paid / 12.0}
        return _least_wage(scenario, source) * a_year.get(key, 52.0 * paid), float("inf")
    if isinstance(source, Placement) and key == "gratification":
        return _least_gratification(scenario, source), float("inf")
    return nothing


def _value(scenario: Scenario, name: str) -> float | None:
    country = scenario.country_data
    if country is None or name not in country.facts:
        return None
    return float(country.fact(name).value)


def _full_time(scenario: Scenario) -> float:
    return _value(scenario, "full_time_hours") or 35.0


def _least_wage(scenario: Scenario, source: Employment) -> float:
    """The legal minimum an hour; 0 where the country has none."""
    country = scenario.country_data
    minimum = None if country is None else source.legal_minimum(country)
    return 0.0 if minimum is None else minimum.wage


def _least_gratification(scenario: Scenario, source: Placement) -> float:
    """The legal minimum an hour; 0 where none is due."""
    country = scenario.country_data
    least = None if country is None else source.gratification_due(country)
    return 0.0 if least is None else float(least.value)
