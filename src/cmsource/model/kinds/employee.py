"""Employees and apprentices: people hired for the job."""

from collections.abc import Iterator
from functools import partial
from math import fsum, inf
from typing import NamedTuple

from cmsource.model.employer import Payroll, hourly_wage, weekly_hours
from cmsource.model.kinds.staff import headcount_of, on_the_roster, own_time
from cmsource.model.resource import EVER, CostLine, Resource, Words
from cmsource.model.setting import Setting, night_of
from cmsource.model.staffing import rostered_depth
from cmsource.scenario.sources import Employment, Source
from cmsource.values.later import once

_APPRENTICE_YEARS = 3


def employee(source: Source, setting: Setting) -> Resource:
    """The resource of an employee or an apprentice."""
    terms = source.terms
    assert isinstance(terms, Employment)
    hired = _Hired(source, terms, setting)
    return on_the_roster(source, hired.costs, hired.people)


class _Unusual(NamedTuple):
    """Hours of a kind that are paid better.

    Attributes:
        key: which premium.
        hours: a month, of everybody.
        price: what an hour of them costs on top of pay, before wages rise.
        what: what they are, for people.
        rate: what they earn on top, as a share of pay.
    """

    key: str
    hours: float
    price: float
    what: str
    rate: float


class _Hired:
    """What people on a contract cost.

    Args:
        source: an employee or an apprentice.
        terms: of the contract.
        setting: where.
    """

    def __init__(self, source: Source, terms: Employment, setting: Setting) -> None:
        self._source = source
        self._terms = terms
        self._setting = setting
        self.people = headcount_of(source, terms.planned_absence)

    def costs(self, year: int) -> tuple[CostLine, ...]:
        """The rules of cost in a year of the horizon."""
        lines: list[CostLine] = []
        for served, months in self._years_of_contract(year):
            lines += self._pay(year, served, months)
        index = self._setting.wages(year)
        for unusual in self._unusual:
            words = partial(self._premium_words, unusual, year)
            lines.append(CostLine("premiums", unusual.hours, "h", unusual.price, words, index))
        lines += self._around(year)
        return tuple(lines)

    def _years_of_contract(self, year: int) -> tuple[tuple[int, tuple[float, float]], ...]:
        """The years on the contract that a year of the horizon can fall into, and their months.

        Only an apprentice's cost depends on them; after the third it stays as it is.
        """
        if self._source.kind != "apprentice":
            return ((0, EVER),)
        last = _APPRENTICE_YEARS - 1
        return tuple(
            (served, (12.0 * served, 12.0 * (served + 1) if served < last else inf))
            for served in range(min(year, last) + 1)
        )

    def _pay(self, year: int, served: int, months: tuple[float, float]) -> Iterator[CostLine]:
        """Pay and charges in a year of the horizon and a year on the contract, both from 0.

        Employer charges follow the country's schedule or the rate given. Premiums are pay as any
        other to them.
        """
        setting, terms, people = self._setting, self._terms, self.people
        index = setting.wages(year)
        wage = hourly_wage(self._source, setting.country, served)
        monthly = people * weekly_hours(self._source) * 52 / 12
        words = partial(self._pay_words, year, served)
        yield CostLine("pay", monthly, "h", wage, words, index, served=months)
        if terms.charges is not None:
            paid = people * weekly_hours(self._source) * wage * 52 / 12 + self._premiums
            words = partial(self._flat_words, year, served)
            yield CostLine(
                "employer charges", paid, "of pay", terms.charges, words, index, served=months
            )
            return
        month = setting.employer.month(self._source, index, served, self._premiums * index / people)
        for number, extra in enumerate(month.extra):
            words = partial(self._extra_words, month, number, year, served)
            yield CostLine("pay", people, "month", extra.amount, words, served=months)
        words = partial(self._charges_words, month, year, served)
        yield CostLine("employer charges", people, "month", month.charges, words, served=months)

    @once
    def _unusual(self) -> tuple[_Unusual, ...]:
        """The night, Sunday and public-holiday hours that the roster works and are paid better.

        Public holidays are worked where the duty takes in every day of the week; elsewhere they
        are days off, which planned absence counts.
        """
        source, terms, premiums = self._source, self._terms, self._terms.premiums
        duty = source.on_duty
        if not duty:
            return ()
        found = []
        for key, rate, what in (
            ("night", premiums.night, "night hours on duty"),
            ("sunday", premiums.sunday, "Sunday hours on duty"),
            ("holiday", premiums.holiday, "public-holiday hours on duty"),
        ):
            hours = _unusual_hours(source, self._setting, key) if rate > 0 else 0.0
            if hours <= 0:
                continue
            depth = rostered_depth(
                self.people, weekly_hours(source), terms.planned_absence, duty.hours
            )
            price = hourly_wage(source, self._setting.country) * rate
            found.append(_Unusual(key, depth * hours, price, what, rate))
        return tuple(found)

    @once
    def _premiums(self) -> float:
        """What unusual hours cost a month on top of pay, before wages rise."""
        return fsum([unusual.hours * unusual.price for unusual in self._unusual])

    def _around(self, year: int) -> list[CostLine]:
        """What comes with a post: benefits, equipment, training, hiring, replacing, managing."""
        terms, people = self._terms, self.people
        refs = terms.origins.refs

        def words(why: str, *keys: str) -> Words:
            return Words(why, refs(*keys))

        def turnover_words() -> Words:
            why = f"replacing {terms.turnover:.0%} of the people a year"
            return Words(why, refs("turnover", "recruitment"))

        lines = []
        if terms.benefits:
            said = partial(words, "benefits", "benefits")
            lines.append(CostLine("benefits", people, "month", terms.benefits, said))
        if terms.equipment:
            said = partial(words, "equipment, once", "equipment")
            lines.append(CostLine("equipment", people, "head", terms.equipment, said, once=True))
        if terms.training:
            said = partial(words, "training", "training")
            lines.append(CostLine("training", people / 12, "year", terms.training, said))
        if terms.recruitment:
            said = partial(words, "hiring, once", "recruitment")
            price = terms.recruitment
            lines.append(CostLine("recruitment", people, "hire", price, said, once=True))
            yearly = people * terms.turnover / 12
            lines.append(CostLine("turnover", yearly, "hire", price, turnover_words))
        if terms.management.amount:
            given = partial(refs, "management")
            why = "a manager's time"
            lines.append(own_time(self._setting, terms.management, year, why, given))
        return lines

    def _of_year(self, served: int) -> str:
        return f", year {self._terms.year + served} of the apprenticeship" if served else ""

    def _risen(self, year: int) -> tuple[str, ...]:
        return self._setting.price_refs("wages", year)

    def _schedule(self, year: int) -> tuple[str, ...]:
        country = self._setting.country
        return (f"{country.code}: payroll {country.period}", *self._risen(year))

    @property
    def _each(self) -> str:
        return ", each" if self.people > 1 else ""

    def _pay_words(self, year: int, served: int) -> Words:
        terms, refs = self._terms, self._terms.origins.refs
        people = f" of {self.people} people" if self.people > 1 else ""
        wage_refs = (*refs(terms.wage_key, "hours", "headcount"), *self._risen(year))
        return Words(
            f"gross pay{people}{self._of_year(served)}",
            (*wage_refs, *(refs("age", "year") if served else ())),
        )

    def _flat_words(self, year: int, served: int) -> Words:
        why = "flat rate on pay" + (" and premiums" if self._premiums else "")
        refs = self._terms.origins.refs("charges")
        return Words(why + self._of_year(served), (*refs, *self._risen(year)))

    def _extra_words(self, month: Payroll, number: int, year: int, served: int) -> Words:
        extra = month.extra[number]
        why = f"{extra.name}, {extra.rate:.0%} of {extra.base:.2f} a month"
        refs = self._terms.origins.refs("contract", "leave_taken")
        return Words(why + self._each + self._of_year(served), (*self._schedule(year), *refs))

    def _charges_words(self, month: Payroll, year: int, served: int) -> Words:
        why = f"payroll schedule at {month.gross:.2f} gross a month"
        why += (", premiums included" if self._premiums else "") + self._each
        company = self._setting.scenario.company
        refs = (*self._schedule(year), *company.refs, *self._terms.origins.refs("level"))
        return Words(why + self._of_year(served), refs, month.details)

    def _premium_words(self, unusual: _Unusual, year: int) -> Words:
        terms = self._terms
        refs = terms.premiums.origins.refs(unusual.key) + terms.origins.refs(terms.wage_key)
        why = f"{unusual.what}, {unusual.rate:.0%} on top of pay"
        return Words(why, refs + self._risen(year))


def _unusual_hours(source: Source, setting: Setting, which: str) -> float:
    """Hours of duty a month at night, on Sundays or on public holidays."""
    duty = source.on_duty
    if which == "night":
        return duty.intersection(night_of(setting.country)).hours * 52 / 12
    if which == "sunday":
        return duty.day_part(6).hours * 52 / 12
    holidays = float(setting.country.value("public_holidays")) if len(duty.days) == 7 else 0.0
    return duty.hours / 7 * holidays / 12
