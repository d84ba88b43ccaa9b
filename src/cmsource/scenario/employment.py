"""People on a labour contract."""

from collections.abc import Set
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, ValidationInfo, field_validator

from cmsource.countries import Country, is_assumption, minimum_wage
from cmsource.countries import Employment as Contract
from cmsource.countries.payroll.lines import AGE, THIRTEENTH
from cmsource.countries.working_time import months_to_hire, planned_absence, unplanned_absence
from cmsource.scenario.draft import Draft, early
from cmsource.scenario.node import Node
from cmsource.scenario.on_call import OnCall
from cmsource.scenario.on_payroll import MOST_PEOPLE, OnPayroll
from cmsource.scenario.record import check_only_one
from cmsource.scenario.source import OwnPrice, Source, Worth
from cmsource.scenario.unit_names import A_PERSON
from cmsource.values.language import say
from cmsource.values.money_types import Amount
from cmsource.values.number_types import Count, Share
from cmsource.values.quantities import TIMES_A_YEAR, Hours, PriceTag, number_text
from cmsource.values.time_types import Effort
from cmsource.values.week import EMPTY, WEEKS_A_YEAR, Week
from cmsource.values.word_types import Choice, Flag

_MOST_ABSENT = 0.95

WAGES = ("hourly_wage", "monthly_wage", "annual_wage")
"""Ways to say a wage; a source says one of them."""


_IN_FRENCH = {"CDI": "permanent", "cdi": "permanent", "CDD": "fixed-term", "cdd": "fixed-term"}


class LegalMinimum(NamedTuple):
    """The least that somebody may earn.

    Attributes:
        wage: an hour.
        whose: goes on after the amount in a message: ``for an apprentice of 18 years``.
        source: where it is from.
    """

    wage: float
    whose: str
    source: str


class Contracted(OnPayroll):
    """Somebody on a labour contract: who, for how many hours and for what pay.

    What some kinds say beside the contract stands between this and `Employment`.
    """

    hours: Annotated[Hours, Effort(bare=True)] = Field(
        description=say("Contract hours (for a colleague: those given to the job).")
    )
    hourly_wage: Annotated[
        float | None, Amount("hour", zero=False, each=A_PERSON, others=WAGES)
    ] = Field(None, description="Gross pay an hour.")
    monthly_wage: Annotated[
        float | None, Amount("month", zero=False, each=A_PERSON, usual="2500", others=WAGES)
    ] = Field(None, description="Gross pay a month for the contract's hours.")
    annual_wage: Annotated[
        float | None, Amount("year", zero=False, each=A_PERSON, others=WAGES)
    ] = Field(None, description="Gross pay a year for the contract's hours.")
    headcount: Annotated[int | str, Count(minimum=1, maximum=MOST_PEOPLE, word="auto")] = Field(
        1, description="How many such people; auto takes as many as the duty needs."
    )
    contract: Annotated[str, Choice("permanent", "fixed-term", also=_IN_FRENCH)] = Field(
        "permanent", description="Kind of labour contract."
    )
    age: Annotated[int | None, Count(minimum=14, maximum=100)] = Field(
        None,
        description="Age at the start; legal minimum and contributions may depend on it.",
    )
    thirteenth_month: Annotated[bool | None, Flag()] = Field(
        None,
        description="Whether a wage given by the month is paid 13 times a year; the country's "
        "custom when left out.",
    )

    @classmethod
    def worth(cls, wanted: Amount, found: PriceTag, node: Node) -> Worth | None:
        """A wage of another period, for the contract's hours; see `Source.worth`."""
        hours: Hours | None = early(cls, "hours", node.get("hours"))
        weekly = 0.0 if hours is None or hours.per == "day" else hours.weekly(0)
        a_year = {**TIMES_A_YEAR, "hour": WEEKS_A_YEAR * weekly}
        if weekly <= 0 or found.per not in a_year:
            return None
        amount = found.amount * a_year[found.per] / a_year[wanted.period or ""]
        return Worth(wanted.written(round(amount, 2)), weekly)

    @field_validator(*WAGES)
    @classmethod
    def _one_wage(cls, value: float | None, info: ValidationInfo) -> float | None:
        check_only_one(value, info, WAGES)
        return value


class Employment(Contracted):
    """Somebody on a labour contract."""

    _wage_hours: ClassVar[float | None] = None

    cadre: Annotated[bool, Flag()] = Field(False, description="Cadre status (France).")
    charges: Annotated[float | None, Share(maximum=2.0)] = Field(
        None,
        description="Employer charges as a flat share of pay; replaces the country's schedule.",
    )
    planned_absence: Annotated[float, Share(maximum=_MOST_ABSENT)] = Field(
        0.0, description="Share of working time off: leave and public holidays."
    )
    unplanned_absence: Annotated[float, Share(maximum=_MOST_ABSENT)] = Field(
        0.0, description="Share of working time lost: sickness and vacancy."
    )

    on_call: OnCall | None = Field(
        None, description="Hours in which it can be called out, and what that pays."
    )

    @property
    def hours_on_call(self) -> Week:
        """Its hours on call, without those on duty; see `Source.hours_on_call`."""
        return EMPTY if self.on_call is None else self.on_call.hours.difference(self.on_duty)

    def varied_from(self, base: Source, said: Set[str] = frozenset()) -> Self:
        """This source as an option's variant of another one; see `Source.varied_from`.

        A wage that it takes over by the month or year pays for the hours of the source that gives
        it: the option changes the hours, and what an hour earns stays.
        """
        if self.works_elsewhere or self.wage_key == "hourly_wage" or not said.isdisjoint(WAGES):
            return self
        return self.changed()._knowing(_wage_hours=base.weekly_hours)

    @property
    def wage_hours(self) -> float | None:
        """Hours a week of the source whose monthly or annual wage it takes over; else None."""
        return self._wage_hours

    def hourly(self, contract_hours: float) -> float:
        """Gross pay an hour, from whichever wage was given.

        Args:
            contract_hours: hours a week of the contract.
        """
        if self.hourly_wage is not None:
            return self.hourly_wage
        yearly = self.annual_wage or 12.0 * (self.monthly_wage or 0.0)
        return yearly / (52.0 * (self._wage_hours or contract_hours))

    @property
    def wage_key(self) -> str:
        """The key under which the wage was given."""
        if self.hourly_wage is not None:
            return "hourly_wage"
        return "monthly_wage" if self.monthly_wage is not None else "annual_wage"

    @property
    def apprenticed_at(self) -> int | None:
        """Age at which its apprenticeship began; None where there is none or no age is known."""
        return None

    @property
    def overtime_is_paid(self) -> bool:
        """Whether hours above the legal week earn a premium on top of the wage."""
        return False

    def contract_for(self, gross: float, hours: float, served: int = 0) -> Contract:
        """The contract of one person; see `OnPayroll.contract_for`."""
        return Contract(
            round(gross, 2),
            hours,
            self.contract,
            cadre=self.cadre,
            age=None if self.age is None else self.age + served,
            # A wage of a year holds all its months, and one of an hour all its hours.
            thirteenth_month=self.thirteenth_month if self.wage_key == "monthly_wage" else False,
        )

    def legal_minimum(self, country: Country) -> LegalMinimum | None:
        """The least that it may earn; None where the country has no such law."""
        minimum = minimum_wage(country, self.age)
        if minimum is None or is_assumption(minimum.source):
            return None
        whose = f"({country.code}, {minimum.as_of})"
        return LegalMinimum(float(minimum.value), whose, minimum.source)

    @classmethod
    def fill_person(cls, draft: Draft) -> None:
        """Fill the age and the 13th month where the country's payroll asks for them."""
        facts = draft.defaults.country.facts
        if AGE in facts and draft.lacks("age"):
            draft.fill("age", draft.defaults.fact(AGE))
        if THIRTEENTH in facts and "monthly_wage" in draft.tree:
            draft.fill("thirteenth_month", draft.defaults.fact(THIRTEENTH))

    @classmethod
    def fill_wage(cls, draft: Draft, fact: str) -> None:
        """Fill the wage with an hourly wage of the country's."""
        if draft.lacks(*WAGES):
            draft.tree["hourly_wage"] = draft.defaults.fact(fact, number_text, "/h")

    @staticmethod
    def given_hourly(draft: Draft) -> float | None:
        """Its wage an hour before it is checked, given by the hour, month or year.

        None where it gives none that can be read.
        """
        key = next((key for key in WAGES if key in draft.tree), None)
        wage: float | None = None if key is None else draft.early(key)
        if wage is None or key == "hourly_wage":
            return wage
        hours: Hours | None = draft.early("hours")
        duty: Week | None = draft.early("on_duty")
        weekly = 0.0 if hours is None else hours.weekly(len(duty.days) if duty else 5)
        if weekly <= 0:
            return None
        return wage * (12 if key == "monthly_wage" else 1) / (52 * weekly)

    @classmethod
    def fill_on_call(cls, draft: Draft) -> None:
        """Fill what somebody on call is taken to agree on."""
        if draft.lacks("on_call"):
            return
        wage = cls.given_hourly(draft)
        key = next((key for key in WAGES if key in draft.tree), None)
        if cls.works_elsewhere and key in WAGES[1:]:
            full = float(draft.defaults.country.value("full_time_hours"))
            paid: float | None = draft.early(key)
            yearly = None if paid is None else paid * (12 if key == "monthly_wage" else 1)
            wage = None if yearly is None else yearly / (52 * full)
        OnCall.completed(draft, wage)

    @classmethod
    def own_wage(cls, draft: Draft, fact: str) -> OwnPrice | None:
        """Its wage as what the market pays; see `Source.own_price`."""
        cls.fill_contract(draft)
        key = next((key for key in WAGES if key in draft.tree), None)
        return None if key is None else OwnPrice(fact, cls.given_hourly(draft), key)

    @classmethod
    def leave(cls, draft: Draft) -> Node:
        """Planned absence on a labour contract."""
        defaults = draft.defaults

        def make() -> Node:
            formula = say("(paid leave + public holidays on weekdays) / 260")
            keys = ("paid_leave_days", "public_holidays_on_weekdays")
            return defaults.derived(planned_absence(defaults.country), keys, formula)

        return defaults.kept("employee_leave", make)

    @classmethod
    def loss(cls, draft: Draft) -> Node:
        """Unplanned absence on a labour contract: sickness, and the people whom turnover replaces.

        Turnover and ramp-up are the source's own where it gives them.
        """
        defaults = draft.defaults
        value = defaults.country.value
        cadre = draft.early("cadre") is True
        own = cadre and "sickness_cadre" in defaults.country.facts
        sick = "sickness_cadre" if own else "sickness"
        given = {key: cls._own(draft, key) for key in ("turnover", "ramp_up")}
        facts = {"turnover": "turnover", "ramp_up": "ramp_up_months"}
        taken = [facts[key] for key, found in given.items() if found is None]

        def make() -> Node:
            turnover, ramp_up = (
                value(facts[key]) if found is None else found for key, found in given.items()
            )
            months = months_to_hire(defaults.country) + ramp_up / 2
            lost = min(_MOST_ABSENT, unplanned_absence(value(sick), turnover, months))
            formula = say(
                "1 - (1 - sickness) x (1 - turnover x (time to hire + half of the ramp-up))"
            )
            return defaults.derived(lost, (sick, "weeks_to_hire", *taken), formula)

        return defaults.kept(f"employee_loss {sick}", make) if len(taken) == len(given) else make()

    @classmethod
    def _own(cls, draft: Draft, key: str) -> float | None:
        """What the source itself says under a key; None where its kind has no such key."""
        value: float | None = draft.early(key) if key in cls.model_fields else None
        return value
