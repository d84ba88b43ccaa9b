"""What the file of a country may say: every key, what its value is, and what it means.

Shipped countries and a user's own have the same form. A value of a country (a fact) is a map of
value, source, date and mark, or a list of these where it changes within the file's period.
"""

import re
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from cmsource.countries import CONFIDENCE
from cmsource.scenario.unit_names import A_PERSON
from cmsource.values.language import listed, say
from cmsource.values.money import format_digits
from cmsource.values.money_types import Amount, Currency
from cmsource.values.number_types import Count, Number, Share
from cmsource.values.quantities import QuantityError, Scalar, ShapeError, as_text, quoted
from cmsource.values.quantity_type import Quantity
from cmsource.values.ranges import Ranged, RangedCount
from cmsource.values.text import described
from cmsource.values.time_types import Day, WeekHours
from cmsource.values.word_types import Choice, Text, YesNo


class AsOf(Quantity[str]):
    """A day, a month or a year that a value is of."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(say("a day, a month or a year"), "2026-11-21", "2024")

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a date of any length; see `Quantity.read`."""
        text = as_text(raw)
        if re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            try:
                date.fromisoformat(f"{text}-01-01"[:10])
            except ValueError:
                pass
            else:
                return text
        raise self._refusal(raw)


class Multiple(Share):
    """A share that may well be more than the whole: a bare number of 2 is 200 %."""

    __slots__ = ()

    def _bare(self, value: float) -> float:
        return self._checked(value)


class Ratio(Quantity[str | float]):
    """A share, or a fraction such as 1/3 that no decimal number is."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(say("a fraction"), "1/3", "0.25")

    def read(self, raw: Scalar, currency: str) -> str | float:
        """Reads a fraction, which stays as it is written; see `Quantity.read`."""
        try:
            number = Fraction(as_text(raw))
        except (ValueError, ZeroDivisionError):
            raise self._refusal(raw) from None
        if isinstance(raw, bool) or not 0 <= number <= 10:
            raise self._refusal(raw)
        return raw.strip() if isinstance(raw, str) else float(raw)


class Words(Text):
    """Hours of the week, or anything else that is checked as one thing and kept as its text."""

    __slots__ = ("_inner",)
    _inner: Quantity[Any]

    def __init__(self, inner: Quantity[Any]) -> None:
        super().__init__()
        object.__setattr__(self, "what", inner.what)
        object.__setattr__(self, "examples", inner.examples)
        object.__setattr__(self, "_inner", inner)

    def read(self, raw: Scalar, currency: str) -> str:
        """Reads a text; see `Quantity.read`."""
        self._inner.value(raw, currency)
        return as_text(raw)


class Table:
    """A value by steps: `{0: 8.31, 18: 11.27}`, each from where it begins.

    Args:
        steps: what the steps are.
        values: what stands at each of them.
        listed: whether that is a list, a value for each year.
        first: a step that must be reached; None where none must.
    """

    def __init__(
        self,
        steps: Quantity[Any],
        values: Quantity[Any],
        *,
        listed: bool = False,
        first: int | None = None,
    ) -> None:
        self.steps = steps
        self.values = values
        self.listed = listed
        self.first = first

    def value(self, raw: object, currency: str) -> dict[float, Any]:
        """The table that a map is.

        Raises:
            QuantityError: it is none.
        """
        example = "{0: [0.5, 0.6], 21: [0.8, 0.9]}" if self.listed else "{0: 9.50, 21: 12}"
        if not isinstance(raw, dict) or not raw:
            raise ShapeError(
                say("takes a table, found {found}", found=described(raw)),
                say("write {texts}", texts=example),
            )
        found = {}
        for step, said in raw.items():
            if self.listed and (not isinstance(said, list) or not said):
                message = say("a step has a list of values, found {found}", found=described(said))
                raise QuantityError(message, say("write {texts}", texts=example)).inside(step)
            try:
                key = self.steps.value(step, currency)
                found[key] = (
                    [self._one(each, number, currency) for number, each in enumerate(said)]
                    if self.listed
                    else self.values.value(said, currency)
                )
            except QuantityError as error:
                raise error.inside(step) from None
        if self.first is not None and min(found) > self.first:
            hint = say("add a step at {first}, or at 0", first=self.first)
            raise QuantityError(
                say("the table begins at {step}, too late", step=format_digits(min(found))), hint
            )
        return found

    def _one(self, raw: object, number: int, currency: str) -> Any:  # noqa: ANN401 - as it says
        try:
            return self.values.value(raw, currency)
        except QuantityError as error:
            raise error.inside(number) from None


class FactKey(NamedTuple):
    """A value that a country may have.

    Attributes:
        kind: what it is.
        meaning: in a few words.
    """

    kind: Quantity[Any] | Table
    meaning: str

    def value(self, raw: object, currency: str) -> Any:  # noqa: ANN401 - as its kind says
        """The value of what a file says.

        Raises:
            QuantityError: it cannot be understood.
        """
        found = self.kind.value(raw, currency)
        if isinstance(found, (Ranged, RangedCount)):
            raise QuantityError(
                say("{value} is a range", value=quoted(str(raw))), say("write one number")
            )
        return found


_HOURS = Number(0, 168)
_PREMIUM = Multiple(maximum=3.0)
_WAGE = Amount("hour", zero=False)
_AGE = Count(minimum=0, maximum=100)

FACTS_BY_SUBJECT: dict[str, dict[str, FactKey]] = {
    "working time": {
        "full_time_hours": FactKey(Number(1, 168), say("hours a week of a full-time contract")),
        "annual_hours": FactKey(Number(1, 8760), say("the same a year")),
        "office_hours": FactKey(Words(WeekHours()), say("when an office is there")),
        "day_maximum_hours": FactKey(Number(1, 24), say("most hours of work in a day")),
        "week_maximum_hours": FactKey(Number(1, 168), say("most hours of work in a week")),
        "week_average_maximum_hours": FactKey(Number(1, 168), say("most hours a week on average")),
        "daily_rest_hours": FactKey(Number(0, 24), say("least rest between two days of work")),
        "weekly_rest_hours": FactKey(Number(0, 168), say("least rest in a row a week")),
        "days_in_a_row_maximum": FactKey(
            Count(minimum=1, maximum=365), say("most days of work in a row")
        ),
        "part_time_minimum_hours": FactKey(
            _HOURS, say("least hours a week of a part-time contract")
        ),
        "fixed_term_maximum_months": FactKey(Number(0, 600), say("longest fixed-term contract")),
        "overtime_first_hours": FactKey(
            _HOURS, say("hours a week beyond full time at the first premium")
        ),
        "overtime_premium": FactKey(_PREMIUM, say("extra pay of these hours")),
        "overtime_premium_beyond": FactKey(_PREMIUM, say("extra pay of the hours beyond them")),
        "paid_leave_days": FactKey(
            Number(0, 250), say("working days of leave a year, five a week")
        ),
        "public_holidays": FactKey(Number(0, 100), say("public holidays a year")),
        "public_holidays_on_weekdays": FactKey(Number(0, 100), say("those from Monday to Friday")),
        "public_holidays_fixed": FactKey(
            YesNo(), say("whether these are as many in every year, whatever the days they fall on")
        ),
        "calendar_region": FactKey(
            Text(), say("region whose public holidays count where none is given")
        ),
        "sickness": FactKey(Share(maximum=0.95), say("share of working time lost to sickness")),
        "sickness_cadre": FactKey(Share(maximum=0.95), say("the same of executives (France)")),
        "sick_pay": FactKey(
            Text(1000), say("who pays the sick, and for how long; for people to read")
        ),
        "turnover": FactKey(
            Share(maximum=5.0, per_year=True), say("share of the people who leave a year")
        ),
        "weeks_to_hire": FactKey(Number(0, 520), say("weeks until somebody new is at work")),
        "ramp_up_months": FactKey(Number(0, 120), say("months at half capacity after that")),
        "night_hours": FactKey(Words(WeekHours(empty=True)), say("the hours that count as night")),
        "night_premium": FactKey(_PREMIUM, say("extra pay at night")),
        "sunday_premium": FactKey(_PREMIUM, say("extra pay on Sundays")),
        "holiday_premium": FactKey(_PREMIUM, say("extra pay on public holidays")),
    },
    "wages and prices": {
        "minimum_wage": FactKey(Amount("hour"), say("legal minimum wage an hour")),
        "minimum_wage_by_age": FactKey(Table(_AGE, Amount("hour")), say("the same from an age on")),
        "minimum_wage_qualified": FactKey(
            Amount("hour"), say("the same of the skilled (Luxembourg)")
        ),
        "minimum_wage_sector": FactKey(
            Amount("hour"), say("the same by the sector's agreement (Belgium)")
        ),
        "employee_hourly_wage": FactKey(
            _WAGE, say("what a community manager to hire earns an hour")
        ),
        "colleague_hourly_wage": FactKey(_WAGE, say("what a colleague in marketing earns an hour")),
        "employee_age": FactKey(
            Count(minimum=14, maximum=100), say("age of people where none is given")
        ),
        "trainee_age": FactKey(
            Count(minimum=14, maximum=100),
            say("age of interns and apprentices where none is given"),
        ),
        "recruitment": FactKey(
            Amount(None, each=A_PERSON, usual="3000"), say("what it costs to hire one person")
        ),
        "freelancer_day_rate": FactKey(Amount("day"), say("a freelancer's price of a day")),
        "agency_hourly_rate": FactKey(
            Amount("hour", usual="75"), say("an agency's price of an hour")
        ),
        "agency_watch": FactKey(
            Amount("month", usual="900"), say("its price of a watch round the clock, a month")
        ),
        "agency_annual_contract": FactKey(
            Amount("year", usual="24 000"), say("what an agency was paid for a year")
        ),
        "coach_day_rate": FactKey(Amount("day"), say("a coach's price of a day")),
    },
    "employers": {
        "employer_rate": FactKey(
            Share(maximum=2.0), say("charges as a share of pay, where there is no `payroll`")
        ),
        "company_size": FactKey(
            Count(minimum=1), say("employees of the company where none is given")
        ),
        "thirteenth_month": FactKey(YesNo(), say("whether a monthly wage is paid 13 times a year")),
        "cadre": FactKey(YesNo(), say("whether people have executive status (France)")),
    },
    "interns and apprentices": {
        "gratification": FactKey(Amount("hour", usual="4.50"), say("what an intern gets an hour")),
        "gratification_due_from_hours": FactKey(
            Number(0, 10_000), say("hours of a placement beyond which that is due")
        ),
        "intern_maximum_hours": FactKey(Number(0, 10_000), say("longest placement, in hours")),
        "intern_gap": FactKey(
            Ratio(), say("least gap between two interns, as a part of the placement")
        ),
        "intern_permanent_post": FactKey(
            Text(), say("what the law says of interns in a permanent post")
        ),
        "apprentice_wage_share": FactKey(
            Share(maximum=2.0), say("an apprentice's share of the minimum wage")
        ),
        "apprentice_wage_shares": FactKey(
            Table(_AGE, Share(maximum=2.0), listed=True, first=14),
            say("the same from an age on, by year of the apprenticeship"),
        ),
        "apprentice_minimum_age": FactKey(_AGE, say("least age of an apprentice")),
        "apprentice_maximum_age": FactKey(_AGE, say("greatest age of an apprentice")),
        "apprentice_aid": FactKey(
            Table(Count(minimum=0, maximum=10), Amount(None)),
            say("state aid by level of the diploma"),
        ),
        "apprentice_training_share": FactKey(
            Table(Count(minimum=0, maximum=10), Amount(None)),
            say("the employer's share of the training"),
        ),
    },
}
"""Every value that a country may have, by subject and key."""

FACTS = {key: fact for subject in FACTS_BY_SUBJECT.values() for key, fact in subject.items()}
"""The same by key alone."""

MARK = Choice(*CONFIDENCE)

ENTRY: dict[str, FactKey] = {
    "from": FactKey(Day(), say("the day from which it holds, where it changes within the period")),
    "source": FactKey(Text(1000), say("where it was read")),
    "as_of": FactKey(AsOf(), say("the day or the year it is of")),
    "confidence": FactKey(MARK, say("how sure it is: {marks}", marks=listed(CONFIDENCE))),
}
"""What stands beside the value of a fact."""

TOP: dict[str, FactKey] = {
    "name": FactKey(Text(), say("the country's name, in English")),
    "currency": FactKey(Currency(), say("currency of every amount, such as CHF (ISO 4217)")),
    "from": FactKey(Day(), say("the first day on which all this holds")),
    "to": FactKey(Day(), say("the last day")),
    "code": FactKey(
        Text(20), say("ISO code, by which public holidays are found; else the file's name")
    ),
    "source": FactKey(Text(1000), say("source of every value that gives none")),
    "as_of": FactKey(AsOf(), say("date of every value that gives none")),
    "confidence": FactKey(MARK, say("mark of every value that gives none")),
}
"""The single values at the top of the file."""

NEEDED = ("name", "currency", "from", "to", "facts")
"""Keys without which a file is no country."""

SECTIONS = ("also", "rising_with_wages", "facts", "payroll", "regions")
"""The other keys at the top: lists and maps."""

PAYROLL = ("module", "source", "as_of", "confidence", "values", "lines")
REGION = ("name", "also", "within", "facts", "payroll")
