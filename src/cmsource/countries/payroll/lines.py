"""Payroll schedules that a country file says by itself, line by line (`countries.rules`).

Everything is reckoned by the year, and a month is a twelfth of it: a ceiling that is reached in
October and a bonus that is paid in December cost the same in every month.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cmsource.countries.facts import LINES, Country, Fact
from cmsource.countries.payroll.terms import (
    OVERTIME_PAY,
    Employment,
    PayrollLine,
    Row,
    Schedule,
    pay_line,
)
from cmsource.countries.rules import GROSS, PAY, texts, times_a_year
from cmsource.countries.working_time import overtime

AGE = "employee_age"
"""The fact that stands for an age that is not given."""
THIRTEENTH = "thirteenth_month"
"""The fact that says whether a wage given by the month is paid 13 times a year."""


class Line(NamedTuple):
    """One line of a schedule over a year.

    Attributes:
        name: what it is.
        base: a year, in money.
        rate: a share of the base; negative for a reduction.
        source: where the rate is from.
        pay: whether the person is paid it.
    """

    name: str
    base: float
    rate: float
    source: str
    pay: bool = False

    @property
    def amount(self) -> float:
        """A year, in money, not rounded."""
        return self.base * self.rate


class Terms(NamedTuple):
    """What the lines of a schedule are about, over a year.

    Attributes:
        country: its facts.
        employment: the contract.
        gross: the wage agreed on.
        size: employees of the company.
        age: of the person; None where none is given or assumed.
        part: of a full post, 1 for a full one.
    """

    country: Country
    employment: Employment
    gross: float
    size: int
    age: int | None
    part: float

    @classmethod
    def of(cls, country: Country, employment: Employment) -> "Terms":
        """The terms of a contract, with the country's assumptions where it says nothing."""
        facts = country.facts
        size, age = employment.size, employment.age
        if size is None:
            size = int(facts["company_size"].value) if "company_size" in facts else 1
        if age is None and AGE in facts:
            age = int(facts[AGE].value)
        gross = employment.monthly_gross * employment.periods
        full = facts.get("full_time_hours")
        part = 1.0 if full is None else min(1.0, employment.hours / float(full.value))
        return cls(country, employment, gross, size, age, part)

    def payroll(self, pay: float) -> float:
        """Pay of all employees a year: as given, else as if all earned the same."""
        given = self.employment.annual_payroll
        return self.size * pay if given is None else given


def schedule(country: Country, employment: Employment) -> Schedule:
    """What an employer pays on top of one pay, by the lines of the country's file."""
    return settled(lines_of(Terms.of(country, employment)), employment)


def settled(lines: list[Line], employment: Employment) -> Schedule:
    """Lines over a year as the schedule of one pay."""
    periods = employment.periods
    pay: list[PayrollLine] = []
    charges: list[Row] = []
    for name, base, rate, source, paid in lines:
        if paid:
            pay.append(pay_line(name, base / periods, rate, source))
        else:
            charges.append((name, base / periods, rate, source))
    return Schedule(tuple(pay), tuple(charges), sum([line.amount for line in lines]))


def lines_of(terms: Terms) -> list[Line]:
    """The lines of a country's file that cost or save something, over a year."""
    facts, employment = terms.country.facts, terms.employment
    found: list[Line] = []
    bases = {GROSS: terms.gross, PAY: terms.gross}
    if not employment.overtime_included:
        for hours, premium, source in overtime(facts, employment.overtime_hours):
            base = terms.gross * hours / employment.hours
            found.append(Line(OVERTIME_PAY, base, 1 + premium, source, pay=True))
            bases[PAY] += found[-1].amount
    bonus = facts.get(THIRTEENTH)
    given = employment.thirteenth_month
    if bonus is not None and (bonus.value if given is None else given):
        source = bonus.source if given is None else "given"
        found.append(Line("13th month", terms.gross, 1 / 12, source, pay=True))
        bases[PAY] += found[-1].amount
    for key, fact in facts.items():
        if not key.startswith(LINES):
            continue
        name = key[len(LINES) :]
        bases[name] = 0.0
        line = _line(name, fact, terms, bases)
        if line is None or not line.amount:
            continue
        bases[name] = line.amount
        if fact.value.get("base"):
            continue
        found.append(line)
        if line.pay:
            bases[PAY] += line.amount
        left = -line.amount
        for lowered in texts(fact.value.get("reduces")):
            taken = min(bases[lowered], left)
            bases[lowered] -= taken
            left -= taken
    return found


def _line(name: str, fact: Fact, terms: Terms, bases: Mapping[str, float]) -> Line | None:
    """One line; None where it does not apply."""
    rule = fact.value
    year = times_a_year(rule)
    number = _Numbers(terms, bases[PAY], year)
    if not _applies(rule, number):
        return None
    source = _source(rule.get("rate", rule.get("fixed")), fact, terms.country.facts)
    given = getattr(terms.employment, rule["given"]) if "given" in rule else None
    if given is not None:
        source = "given"
    if "fixed" in rule:
        base = (
            terms.employment.periods * given if given is not None else year * number(rule["fixed"])
        )
        rate = terms.part if rule.get("prorated") else 1.0
    else:
        base = sum(bases[each] for each in texts(rule.get("of", PAY)))
        if "between" in rule:
            low, high = (None if each is None else year * number(each) for each in rule["between"])
            top = base if high is None else min(base, high)
            base = max(0.0, top - (low or 0.0))
        if "at_least" in rule:
            base = max(base, year * number(rule["at_least"]))
        rate = number(rule["rate"]) if given is None else given
        if "plus" in rule and base:
            base, rate = base * rate + year * number(rule["plus"]), 1.0
    if "reduces" in rule:
        most = sum(bases[each] for each in texts(rule["reduces"]))
        if rule.get("whole_company"):
            base = max(0.0, base - (terms.size - 1) * most)
        if base * rate > most:
            base, rate = most, 1.0
        rate = -rate
    return Line(name, base, rate, source, bool(rule.get("pay")))


def _applies(rule: Mapping[str, Any], number: "_Numbers") -> bool:
    terms = number.terms
    if "contract" in rule and terms.employment.contract not in texts(rule["contract"]):
        return False
    if "region" in rule and set(terms.country.region).isdisjoint(texts(rule["region"])):
        return False
    if rule.keys() & {"age_from", "age_below"} and terms.age is None:
        return False
    return all(number.holds(rule))


class _Numbers:
    """The numbers of a line: as they stand, by their names, or out of tables."""

    def __init__(self, terms: Terms, pay: float, year: float) -> None:
        self.terms = terms
        self._pay = pay / year
        self._payroll = terms.payroll(pay) / year

    def __call__(self, number: Any) -> float:  # noqa: ANN401 - a number, a name or a table
        """The value of a number."""
        if isinstance(number, str):
            return self(value_of(number, self.terms.country.facts).value)
        if isinstance(number, dict):
            return self(self._step(number))
        return float(number)

    def _step(self, table: Mapping[Any, Any]) -> Any:  # noqa: ANN401 - see __call__
        by, other = table["by"], table.get("else", 0.0)
        if by == "region":
            return next((table[each] for each in self.terms.country.region if each in table), other)
        position = self._position(by)
        if position is None:
            return other
        steps = [step for step in table if step not in ("by", "else") and step <= position]
        return table[max(steps)] if steps else other

    def _position(self, by: str) -> float | None:
        if by == "age":
            return self.terms.age
        if by == "size":
            return self.terms.size
        if by == "part":
            return self.terms.part
        return self._pay if by == "wage" else self._payroll

    def holds(self, rule: Mapping[str, Any]) -> Iterator[bool]:
        """Whether each condition of a line holds."""
        size, age, pay = self.terms.size, self.terms.age or 0, self._pay
        for key, value in (("size_from", size), ("age_from", age), ("wage_from", pay)):
            if key in rule:
                yield value >= self(rule[key])
        for key, value in (("size_below", size), ("age_below", age), ("wage_below", pay)):
            if key in rule:
                yield value < self(rule[key])
        for key, value in (("wage_above", pay), ("payroll_above", self._payroll)):
            if key in rule:
                yield value > self(rule[key])
        if "wage_to" in rule:
            yield pay <= self(rule["wage_to"])


def value_of(name: str, facts: Mapping[str, Fact]) -> Fact:
    """The value of a name in a line: of the payroll's own, else of the country's."""
    return facts.get(f"payroll.{name}") or facts[name]


def _source(number: Any, fact: Fact, facts: Mapping[str, Fact]) -> str:  # noqa: ANN401 - a number
    """Where a line is from: it says so itself, or the value that it names does."""
    return value_of(number, facts).source if isinstance(number, str) else fact.source
