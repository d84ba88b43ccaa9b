"""What a country, or else the tool itself, says where a scenario says nothing: nodes with origins.

Everything here reads like something that the user could have written, and remembers its source.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from cmsource.countries import (
    Country,
    Fact,
    apprentice_minimum_share,
    load_country,
    with_calendar,
)
from cmsource.countries.working_time import planned_absence, unplanned_absence
from cmsource.reading.node import Node, Tree, Value
from cmsource.scenario.provenance import Origin, built_in
from cmsource.values.week import Week, parse_week

COUNTRY = "FR"
HORIZON = "24 months"
ANSWER_WITHIN = "1h"
MINUTES_EACH = "5 min"
PROFILE = "office"
HOURS_PER_DAY = "2"
MOBILITY_FROM = 11
"""Employees from which a company pays the local transport contribution (France)."""

Form = Callable[[float], str]


def share_text(value: float) -> str:
    """A share as one writes it: 0.16 as ``16%``."""
    return f"{round(value * 100, 4):g}%"


def number_text(value: float) -> str:
    """A number without needless zeros or exponents: 29000.0 as ``29000``."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def assumed(value: Value, detail: str, source: str, confidence: str = "G") -> Node:
    """A node with a value of the tool's own, as an assumption."""
    plain = value if not isinstance(value, (dict, list)) else ""
    return Node(value, built_in(detail, plain, source, confidence))


_OF_THE_COMPANY: tuple[tuple[str, str, Form, str, int], ...] = (
    ("work_accident_rate", "payroll.work_accidents", share_text, "", 0),
    ("health_insurance", "payroll.health_insurance", number_text, "/month", 0),
    ("payroll", "payroll.annual_payroll", number_text, "/year", 0),
    ("mobility_rate", "payroll.mobility", share_text, "", MOBILITY_FROM),
)
"""The company's values that a country can give: key, fact, how it is written, from what size."""


class Defaults:
    """What a country says, as nodes; each is made once.

    Args:
        country: the sourced values.
    """

    def __init__(self, country: Country) -> None:
        self.country = country
        self.office = parse_week(str(country.value("office_hours")))
        self.night = parse_week(str(country.value("night_hours")))
        self._nodes: dict[str, Node] = {}

    def kept(self, name: str, make: Callable[[], Node]) -> Node:
        """The node of that name, made when it is first asked for."""
        node = self._nodes.get(name)
        if node is None:
            node = self._nodes[name] = make()
        return node

    def origin(self, detail: str, fact: Fact) -> Origin:
        """The origin of a value of the country's."""
        return Origin("country", self.country.code, detail=detail, fact=fact)

    def fact(self, key: str, form: Form | None = None, unit: str = "") -> Node:
        """A sourced value as it is."""
        node = self._nodes.get(key)
        if node is None:
            fact = self.country.fact(key)
            value: Value = fact.value if form is None else form(fact.value) + unit
            node = self._nodes[key] = Node(value, self.origin(key, fact))
        return node

    def derived(self, value: float, keys: Sequence[str], formula: str) -> Node:
        """A share worked out from sourced values, which it names."""
        facts = [self.country.fact(key) for key in keys]
        sources = "; ".join(dict.fromkeys(fact.source for fact in facts))
        newest = max(fact.as_of for fact in facts)
        fact = Fact(value, f"{formula}: {sources}", newest, "D")
        return Node(share_text(value), self.origin(" and ".join(keys), fact))

    def wage(self, key: str) -> Node:
        """A yearly wage of a full-time post, as the hourly wage that it is."""

        def make() -> Node:
            fact = self.country.fact(key)
            hours = self.country.value("full_time_hours")
            wage = fact.value / 52.0 / hours
            source = (
                f"{number_text(fact.value)} a year for {number_text(hours)} h/week: {fact.source}"
            )
            origin = self.origin(key, fact._replace(value=wage, source=source))
            return Node(f"{number_text(wage)}/h", origin)

        return self.kept(key, make)

    def apprentice_wage(self, age: int | None, year: int) -> Node:
        """An apprentice's hourly wage, the share of the legal minimum that age and year give."""
        share = apprentice_minimum_share(self.country, age, year)
        known = age is not None and "apprentice_wage_shares" in self.country.facts
        key = "apprentice_wage_shares" if known else "apprentice_wage_share"
        fact = self.country.fact(key)
        wage = self.country.value("minimum_wage") * share
        source = f"{share_text(share)} of the minimum wage"
        source += f" at {age} in year {year}: {fact.source}" if known else f": {fact.source}"
        origin = self.origin(key, fact._replace(value=wage, source=source))
        return Node(f"{number_text(wage)}/h", origin)

    def company(self, size: int) -> Tree:
        """What the payroll schedule takes from the company, where the country has a value."""
        facts = self.country.facts
        return {
            key: self.fact(name, form, unit)
            for key, name, form, unit, least in _OF_THE_COMPANY
            if size >= least and name in facts
        }

    def employee_leave(self) -> Node:
        """Planned absence of somebody on a labour contract."""

        def make() -> Node:
            formula = "(paid leave + public holidays on weekdays) / 260"
            keys = ("paid_leave_days", "public_holidays_on_weekdays")
            return self.derived(planned_absence(self.country), keys, formula)

        return self.kept("employee_leave", make)

    def leave_paid_out(self) -> Node:
        """Planned absence of somebody whose leave is paid out at the end of the contract."""

        def make() -> Node:
            key = "public_holidays_on_weekdays"
            formula = "public holidays on weekdays / 260; the leave is paid out"
            return self.derived(self.country.value(key) / 260.0, (key,), formula)

        return self.kept("leave_paid_out", make)

    def intern_leave(self) -> Node:
        """Planned absence of an intern, gaps apart."""

        def make() -> Node:
            key = "public_holidays_on_weekdays"
            formula = "public holidays on weekdays / 260; no paid leave on a placement"
            return self.derived(self.country.value(key) / 260.0, (key,), formula)

        return self.kept("intern_leave", make)

    def freelancer_leave(self) -> Node:
        """Planned absence of a freelancer."""

        def make() -> Node:
            key = "paid_leave_days"
            formula = "assumption: days off as an employee's leave, / 260"
            return self.derived(self.country.value(key) / 260.0, (key,), formula)

        return self.kept("freelancer_leave", make)

    def employee_loss(self, *, cadre: bool = False) -> Node:
        """Unplanned absence on a labour contract: sickness, and the vacancy of turnover."""
        own = cadre and "sickness_cadre" in self.country.facts
        sick = "sickness_cadre" if own else "sickness"

        def make() -> Node:
            value = self.country.value
            months = value("weeks_to_hire") * 12.0 / 52.0
            lost = unplanned_absence(value(sick), value("turnover"), months)
            formula = "1 - (1 - sickness) x (1 - turnover x time to hire)"
            return self.derived(lost, (sick, "turnover", "weeks_to_hire"), formula)

        return self.kept(f"employee_loss {sick}", make)

    def intern_loss(self) -> Node:
        """Unplanned absence of an intern."""
        sick = self.country.value("sickness")
        return self.kept("intern_loss", lambda: self.derived(sick, ("sickness",), "sickness"))

    def freelancer_loss(self) -> Node:
        """Unplanned absence of a freelancer."""
        sick = self.country.value("sickness")
        formula = "assumption: sick as often as an employee"
        return self.kept("freelancer_loss", lambda: self.derived(sick, ("sickness",), formula))

    def premiums(self, duty: Week) -> Tree:
        """The premiums of a duty: of the hours that it has, and of no others."""
        applies = _premiums_of(duty, self.night)
        return {key: self.fact(f"{key}_premium", share_text) for key in applies}


@lru_cache(maxsize=1024)
def _premiums_of(duty: Week, night: Week) -> tuple[str, ...]:
    """Which premiums a duty has hours for; holidays where it takes in every day of the week."""
    days = duty.days
    applies: Mapping[str, bool] = {
        "night": bool(duty.intersection(night)),
        "sunday": 6 in days,
        "holiday": len(days) == 7,
    }
    return tuple(key for key, has_hours in applies.items() if has_hours)


@lru_cache(maxsize=32)
def defaults_of(
    code: str, start: date | None, months: float = 0.0, region: str | None = None
) -> Defaults:
    """The defaults of a country at a day, the newest when None.

    Args:
        code: of the country.
        start: first day of the horizon; its public holidays are then counted by their dates.
        months: length of the horizon.
        region: with public holidays of its own.

    Raises:
        UnknownCountry: there is no such country.
        UnknownRegion: the country has no such region.
    """
    country = load_country(code, start)
    if region is not None or (start is not None and months > 0):
        country = with_calendar(country, start, months, region)
    return Defaults(country)
