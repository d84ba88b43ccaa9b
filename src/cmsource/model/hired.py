"""People hired for the job, who cost more than their pay."""

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from math import fsum, inf
from typing import NamedTuple

from cmsource.countries.working_time import Overtime, hours_above
from cmsource.model.departures import short_after_leaving
from cmsource.model.employer import Payroll, paid_overtime
from cmsource.model.on_call_pay import on_call_lines, standby_of
from cmsource.model.resource import EVER, CostLine, Explanation, Resource
from cmsource.model.setting import Setting, night_of
from cmsource.model.staff import headcount_of, on_the_roster, own_time
from cmsource.model.staffing import rostered_depth
from cmsource.scenario.hired import Hired
from cmsource.values.language import listed, say
from cmsource.values.money import format_amount
from cmsource.values.week import a_month_of
from cmsource.values.written import written

_NIGHT = say("night hours on duty")
_SUNDAY = say("Sunday hours on duty")
_HOLIDAY = say("public-holiday hours on duty")
_BENEFITS = say("benefits")
_EQUIPMENT = say("equipment, once")
_TRAINING = say("training")
_HIRING = say("hiring, once")


def _same_each_year(_: int) -> str:
    return ""


def hired(
    source: Hired,
    setting: Setting,
    years: int = 1,
    of_year: Callable[[int], str] = _same_each_year,
) -> Resource:
    """The resource of people hired for the job.

    Args:
        source: the people.
        setting: where.
        years: years on the contract that cost differently; from the last one on all cost the same.
        of_year: tells of a year on the contract, from 0, what is put behind its costs.
    """
    people = _HiredPeople(source, setting, years, of_year)
    standby = standby_of(source, people.people)
    short = short_after_leaving(source.turnover, source.starts_after, source.ramp_up)
    return on_the_roster(source, people.costs, people.people, standby, short=short)


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


class _HiredPeople:
    """What people on a contract cost.

    Args:
        source: the people.
        setting: where.
        years: years on the contract that cost differently.
        of_year: what is put behind the costs of such a year.
    """

    def __init__(
        self, source: Hired, setting: Setting, years: int, of_year: Callable[[int], str]
    ) -> None:
        self._source = source
        self._setting = setting
        self._years = years
        self._of_year = of_year
        self.people = headcount_of(source, source.planned_absence)

    def costs(self, year: int) -> tuple[CostLine, ...]:
        """The rules of cost in a year of the horizon."""
        source = self._source
        lines: list[CostLine] = []
        for served, months in self._years_of_contract(year):
            lines += self._pay(year, served, months)
            premiums = self._premiums / self.people if source.on_call is not None else 0.0
            lines += on_call_lines(
                source, self._setting, self.people, year, served, months, premiums
            )
        index = self._setting.wages(year)
        for unusual in self._unusual:
            words = partial(self._premium_words, unusual, year)
            lines.append(CostLine("premiums", unusual.hours, "h", unusual.price, words, index))
        lines += self._around(year)
        return tuple(lines)

    def _years_of_contract(self, year: int) -> tuple[tuple[int, tuple[float, float]], ...]:
        """The years on the contract that a year of the horizon can fall into, and their months."""
        if self._years == 1:
            return ((0, EVER),)
        last = self._years - 1
        return tuple(
            (served, (12.0 * served, 12.0 * (served + 1) if served < last else inf))
            for served in range(min(year, last) + 1)
        )

    def _pay(self, year: int, served: int, months: tuple[float, float]) -> Iterator[CostLine]:
        """Pay and charges in a year of the horizon and a year on the contract, both from 0.

        Employer charges follow the country's schedule or the rate given. Premiums are pay as any
        other to them.
        """
        setting, source, people = self._setting, self._source, self.people
        index = setting.wages(year)
        wage = setting.employer.wage(source, year, served)
        overtime = paid_overtime(source, setting.employer)
        above = sum(part.hours for part in overtime)
        monthly = a_month_of(people * (source.weekly_hours - above))
        words = partial(self._pay_words, year, served)
        yield CostLine("pay", monthly, "h", wage, words, index, served=months)
        paid = monthly * wage
        for part in overtime:
            hours, price = a_month_of(people * part.hours), wage * (1 + part.premium)
            words = partial(self._overtime_words, part, year, served)
            yield CostLine("pay", hours, "h", price, words, index, served=months)
            paid += hours * price
        if source.charges is not None:
            paid += self._premiums
            words = partial(self._flat_words, year, served)
            yield CostLine(
                "employer charges", paid, "of pay", source.charges, words, index, served=months
            )
            return
        month = setting.employer.month(source, year, served, self._premiums / people)
        for number, extra in enumerate(month.extra):
            words = partial(self._extra_words, month, number, year, served)
            yield CostLine("pay", people, "month", extra.amount, words, served=months)
        words = partial(self._charges_words, month, year, served)
        yield CostLine("employer charges", people, "month", month.charges, words, served=months)

    @cached_property
    def _unusual(self) -> tuple[_Unusual, ...]:
        """The night, Sunday and public-holiday hours that the roster works and are paid better.

        Public holidays are worked where the duty takes in every day of the week; elsewhere they
        are days off, which planned absence counts.
        """
        source, premiums = self._source, self._source.premiums
        duty = source.on_duty
        if not duty:
            return ()
        found = []
        for key, rate, what in (
            ("night", premiums.night, _NIGHT),
            ("sunday", premiums.sunday, _SUNDAY),
            ("holiday", premiums.holiday, _HOLIDAY),
        ):
            hours = _unusual_hours(source, self._setting, key) if rate > 0 else 0.0
            if hours <= 0:
                continue
            depth = rostered_depth(
                self.people, source.weekly_hours, source.planned_absence, duty.hours
            )
            price = self._setting.employer.wage(source) * rate
            found.append(_Unusual(key, depth * hours, price, what, rate))
        return tuple(found)

    @cached_property
    def _premiums(self) -> float:
        """What unusual hours cost a month on top of pay, before wages rise."""
        return fsum([unusual.hours * unusual.price for unusual in self._unusual])

    def _around(self, year: int) -> list[CostLine]:
        """What comes with a post: benefits, equipment, training, hiring, replacing, managing."""
        source, people = self._source, self.people
        refs = source.origins.refs

        def words(why: str, key: str) -> Explanation:
            return Explanation(why, refs(key))

        def turnover_words() -> Explanation:
            share = written(f"{source.turnover:.0%}")
            why = say("replacing {share} of the people a year", share=share)
            return Explanation(why, refs("turnover", "recruitment"))

        lines = []
        if source.benefits:
            said = partial(words, _BENEFITS, "benefits")
            lines.append(CostLine("benefits", people, "month", source.benefits, said))
        if source.equipment:
            said = partial(words, _EQUIPMENT, "equipment")
            lines.append(CostLine("equipment", people, "head", source.equipment, said, once=True))
        if source.training:
            said = partial(words, _TRAINING, "training")
            lines.append(CostLine("training", people / 12, "year", source.training, said))
        if source.recruitment:
            said = partial(words, _HIRING, "recruitment")
            price = source.recruitment
            lines.append(CostLine("recruitment", people, "hire", price, said, once=True))
            yearly = people * source.turnover / 12
            lines.append(CostLine("turnover", yearly, "hire", price, turnover_words))
        if source.management.amount:
            given = partial(refs, "management")

            def why() -> str:
                if people > 1:
                    return say("a manager's time for {count} people", count=people)
                return say("a manager's time")

            lines.append(own_time(self._setting, source.management, year, why, given, people))
        return lines

    def _risen(self, year: int) -> tuple[str, ...]:
        return self._setting.price_refs("wages", year)

    def _schedule(self, year: int) -> tuple[str, ...]:
        return (self._setting.employer.schedule_ref(year), *self._risen(year))

    def _told(self, served: int, *remarks: str) -> str:
        """What is said of a cost in a year on the contract; what is "" is left out."""
        return listed([each for each in (*remarks, self._of_year(served)) if each])

    @property
    def _each(self) -> str:
        return say("each") if self.people > 1 else ""

    def _pay_words(self, year: int, served: int) -> Explanation:
        source, refs = self._source, self._source.origins.refs
        told: list[str] = [say("gross pay")]
        if self.people > 1:
            told = [say("gross pay of {count} people", count=self.people)]
        if source.wage_hours not in (None, source.weekly_hours):
            hours = written(f"{source.wage_hours:g}")
            told.append(say("by the hour as for {hours} h a week", hours=hours))
        if not source.overtime_is_paid:
            above = hours_above(self._setting.country.facts, source.weekly_hours)
            if above > 0:
                hours = written(f"{above:g}")
                told.append(say("{hours} h a week above the legal week included", hours=hours))
        wage_refs = (*refs(source.wage_key, "hours", "headcount"), *self._risen(year))
        return Explanation(
            self._told(served, *told),
            (*wage_refs, *(refs("age", "year") if served else ())),
        )

    def _overtime_words(self, part: Overtime, year: int, served: int) -> Explanation:
        why = say(
            "hours above the legal week, {share} on top of pay ({source})",
            share=written(f"{part.premium:.0%}"),
            source=part.source,
        )
        refs = self._source.origins.refs("overtime", self._source.wage_key, "hours", "headcount")
        return Explanation(self._told(served, why), (*refs, *self._risen(year)))

    def _flat_words(self, year: int, served: int) -> Explanation:
        why = say("flat rate on pay and premiums") if self._premiums else say("flat rate on pay")
        refs = self._source.origins.refs("charges")
        return Explanation(self._told(served, why), (*refs, *self._risen(year)))

    def _extra_words(self, month: Payroll, number: int, year: int, served: int) -> Explanation:
        extra = month.extra[number]
        why = say(
            "{name}, {share} of {base} a month",
            name=say(extra.name),
            share=written(f"{extra.rate:.0%}"),
            base=format_amount(extra.base, self._setting.scenario.currency),
        )
        refs = self._source.origins.refs("contract", "leave_taken")
        return Explanation(self._told(served, why, self._each), (*self._schedule(year), *refs))

    def _charges_words(self, month: Payroll, year: int, served: int) -> Explanation:
        gross = format_amount(month.gross, self._setting.scenario.currency)
        told: list[str] = [say("payroll schedule at {gross} gross a month", gross=gross)]
        country = self._setting.employer.country_in(year)
        if country.raised != 1.0:
            text = say(
                "ceilings and minimum wage of {period} × {times}",
                period=country.period,
                times=written(f"{country.raised:.4g}"),
            )
            told.append(text)
        told += [say("premiums included")] if self._premiums else []
        company = self._setting.scenario.company
        refs = (*self._schedule(year), *company.refs, *self._source.origins.refs("level"))
        return Explanation(self._told(served, *told, self._each), refs, month.details)

    def _premium_words(self, unusual: _Unusual, year: int) -> Explanation:
        source = self._source
        refs = source.premiums.origins.refs(unusual.key) + source.origins.refs(source.wage_key)
        share = written(f"{unusual.rate:.0%}")
        why = say("{hours}, {share} on top of pay", hours=unusual.what, share=share)
        return Explanation(why, refs + self._risen(year))


def _unusual_hours(source: Hired, setting: Setting, which: str) -> float:
    """Hours of duty a month at night, on Sundays or on public holidays."""
    duty = source.on_duty
    if which == "night":
        return a_month_of(duty.intersection(night_of(setting.country)).hours)
    if which == "sunday":
        return a_month_of(duty.day_part(6).hours)
    holidays = float(setting.country.value("public_holidays")) if len(duty.days) == 7 else 0.0
    return duty.hours / 7 * holidays / 12
