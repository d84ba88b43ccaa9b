"""Payroll schedules that a country file says by itself, line by line (`countries.rules`).

Everything is reckoned by the year, and a month is a twelfth of it: a ceiling that is reached in
October and a bonus that is paid in December cost the same in every month.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cmsource.countries.country import LINES, Country, Fact
from cmsource.countries.payroll.terms import (
    OVERTIME_PAY,
    Employment,
    PayrollLine,
    Row,
    Schedule,
    pay_line,
)
from cmsource.countries.rules import CONDITIONS, GROSS, PAY, texts, times_a_year
from cmsource.countries.working_time import overtime

AGE = "employee_age"
"""The fact that stands for an age that is not given."""
THIRTEENTH = "thirteenth_month"
"""The fact that says whether a wage given by the month is paid 13 times a year."""


_TRAINEE_AGE = "trainee_age"
"""The same for interns and apprentices."""


def usual_age(country: Country, contract: str) -> int | None:
    """The age by which a contract is reckoned without one; None where the country asks for none."""
    trainee = contract in ("intern", "apprentice") and _TRAINEE_AGE in country.facts
    fact = country.facts.get(_TRAINEE_AGE if trainee else AGE)
    return None if fact is None else int(fact.value)


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
        if age is None:
            age = usual_age(country, employment.contract)
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
    if given or (given is None and bonus is not None and bonus.value):
        source = "given" if given or bonus is None else bonus.source
        found.append(Line("13th month", terms.gross, 1 / 12, source, pay=True))
        bases[PAY] += found[-1].amount
    number = _Numbers(terms)
    for key, fact in facts.items():
        if not key.startswith(LINES):
            continue
        name = key[len(LINES) :]
        rule: Mapping[str, Any] = fact.value
        bases[name] = 0.0
        number.meant_for(bases[PAY], times_a_year(rule))
        # Most lines have no condition, and what need not be looked at takes no time.
        if not CONDITIONS.isdisjoint(rule) and not number.apply(rule):
            continue
        line = _line(name, fact, number, bases)
        amount = line.base * line.rate
        if not amount:
            continue
        bases[name] = amount
        if rule.get("base"):
            continue
        found.append(line)
        if line.pay:
            bases[PAY] += amount
        if "reduces" in rule:
            left = -amount
            for lowered in texts(rule["reduces"]):
                taken = min(bases[lowered], left)
                bases[lowered] -= taken
                left -= taken
    return found


def _line(name: str, fact: Fact, number: "_Numbers", bases: Mapping[str, float]) -> Line:
    """One line that applies, over a year."""
    rule, terms, year = fact.value, number.terms, number.year
    main, source = rule["rate"] if "rate" in rule else rule["fixed"], fact.source
    if isinstance(main, str):  # a value with a source of its own
        main, source, _, _ = value_of(main, number.facts)
    given = getattr(terms.employment, rule["given"]) if "given" in rule else None
    if given is not None:
        source = "given"
    if "fixed" in rule:
        base = year * number(main)
        if given is not None:
            base = terms.employment.periods * given
        rate = terms.part if rule.get("prorated") else 1.0
    else:
        of = rule.get("of", PAY)
        base = bases[of] if isinstance(of, str) else sum([bases[each] for each in of])
        if "between" in rule:
            low, high = rule["between"]
            top = base if high is None else min(base, year * number(high))
            base = max(0.0, top - (0.0 if low is None else year * number(low)))
        if "at_least" in rule:
            base = max(base, year * number(rule["at_least"]))
        rate = number(main) if given is None else given
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


class _Numbers:
    """The numbers of lines: as they stand, by their names, or out of tables.

    Args:
        terms: what the lines are about.

    Attributes:
        terms: the same.
        facts: of the country.
        year: how many of the line's amounts make a year's.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.facts = terms.country.facts
        self.meant_for(terms.gross, 1.0)

    def meant_for(self, pay: float, year: float) -> None:
        """Turn to a line.

        Args:
            pay: a year, as far as it is known above the line.
            year: how many of the line's amounts make a year's.
        """
        self._pay = pay
        self.year = year

    def __call__(self, number: Any) -> float:  # noqa: ANN401 - a number, a name or a table
        """The value of a number."""
        while not isinstance(number, (int, float)):
            if isinstance(number, str):
                number = value_of(number, self.facts).value
            else:
                number = self._step(number)
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
        return (self._pay if by == "wage" else self.terms.payroll(self._pay)) / self.year

    def apply(self, rule: Mapping[str, Any]) -> bool:
        """Whether a line applies."""
        terms = self.terms
        if "contract" in rule and terms.employment.contract not in texts(rule["contract"]):
            return False
        if "region" in rule and set(terms.country.region).isdisjoint(texts(rule["region"])):
            return False
        if terms.age is None and ("age_from" in rule or "age_below" in rule):
            return False
        return all(self._holds(rule))

    def _holds(self, rule: Mapping[str, Any]) -> Iterator[bool]:
        size, age, pay = self.terms.size, self.terms.age or 0, self._pay / self.year
        for key, value in (("size_from", size), ("age_from", age), ("wage_from", pay)):
            if key in rule:
                yield value >= self(rule[key])
        for key, value in (("size_below", size), ("age_below", age), ("wage_below", pay)):
            if key in rule:
                yield value < self(rule[key])
        if "wage_above" in rule:
            yield pay > self(rule["wage_above"])
        if "wage_to" in rule:
            yield pay <= self(rule["wage_to"])
        if "payroll_above" in rule:
            yield self.terms.payroll(self._pay) / self.year > self(rule["payroll_above"])


def value_of(name: str, facts: Mapping[str, Fact]) -> Fact:
    """The value of a name in a line: of the payroll's own, else of the country's."""
    return facts.get(f"payroll.{name}") or facts[name]
