"""Sources: everybody who can do the work, and the terms on which each kind does it.

A source is its common part (`Source`: when it is there, what it can do) and its terms (what it is
paid for). Each kind says which terms it has and which keys it takes.
"""

from collections.abc import Mapping
from typing import Annotated, NamedTuple

from cmsource.scenario.provenance import NOWHERE, Origins
from cmsource.scenario.shape import ListOf, OneOrMap, Record
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.readers import (
    Amount,
    Choice,
    Count,
    DaysPerMonth,
    Duration,
    Effort,
    Flag,
    Number,
    Price,
    Share,
    Text,
    WeekHours,
)
from cmsource.values.week import Week


class Premiums(NamedTuple):
    """What hours at unusual times cost on top, as shares of pay."""

    night: Annotated[float, Share(maximum=3.0), "Extra pay for night hours."] = 0.0
    sunday: Annotated[float, Share(maximum=3.0), "Extra pay for Sunday hours."] = 0.0
    holiday: Annotated[float, Share(maximum=3.0), "Extra pay for public holidays."] = 0.0
    origins: Origins = NOWHERE


class Employment(NamedTuple):
    """A labour contract: employee, colleague, apprentice."""

    hours: Annotated[
        Hours, Effort(bare=True), "Contract hours (for a colleague: those given to the job)."
    ]
    hourly_wage: Annotated[float | None, Amount("hour", zero=False), "Gross pay an hour."] = None
    monthly_wage: Annotated[
        float | None, Amount("month", zero=False), "Gross pay a month for the contract's hours."
    ] = None
    annual_wage: Annotated[
        float | None, Amount("year", zero=False), "Gross pay a year for the contract's hours."
    ] = None
    headcount: Annotated[
        int | str,
        Count(minimum=1, maximum=10_000, word="auto"),
        "How many such people; auto takes as many as the duty needs.",
    ] = 1
    contract: Annotated[str, Choice("permanent", "fixed-term"), "Kind of labour contract."] = (
        "permanent"
    )
    leave_taken: Annotated[
        bool, Flag(), "Whether a fixed-term employee takes the paid leave; else it is paid out."
    ] = True
    cadre: Annotated[bool, Flag(), "Cadre status (France)."] = False
    age: Annotated[
        int | None,
        Count(minimum=14, maximum=100),
        "An apprentice's age at the start; the legal minimum of pay depends on it.",
    ] = None
    year: Annotated[
        int, Count(minimum=1, maximum=5), "Year of an apprenticeship in which it starts here."
    ] = 1
    level: Annotated[
        int | None,
        Count(minimum=3, maximum=8),
        "Level of the diploma an apprentice prepares (6 is a bachelor's); decides the state aid.",
    ] = None
    charges: Annotated[
        float | None,
        Share(maximum=2.0),
        "Employer charges as a flat share of pay; replaces the country's schedule.",
    ] = None
    planned_absence: Annotated[
        float, Share(maximum=0.95), "Share of working time off: leave and public holidays."
    ] = 0.0
    unplanned_absence: Annotated[
        float, Share(maximum=0.95), "Share of working time lost: sickness and vacancy."
    ] = 0.0
    turnover: Annotated[
        float, Share(maximum=5.0, per_year=True), "Share of the people who leave each year."
    ] = 0.0
    recruitment: Annotated[float, Amount(None), "Cost of hiring one person, once."] = 0.0
    training: Annotated[float, Amount("year"), "Training a year, for each person."] = 0.0
    equipment: Annotated[float, Amount(None), "Equipment for each person, once."] = 0.0
    benefits: Annotated[float, Amount("month"), "Benefits a month, for each person."] = 0.0
    premiums: Annotated[
        Premiums, Record(Premiums), "Extra pay for night, Sunday and public-holiday hours."
    ] = Premiums()
    management: Annotated[
        Hours, Effort(bare=True), "Manager's hours, such as 2 h/week; own time."
    ] = Hours(0.0, "week")
    origins: Origins = NOWHERE

    def hourly(self, contract_hours: float) -> float:
        """Gross pay an hour, from whichever wage was given.

        Args:
            contract_hours: hours a week that the monthly or annual wage pays for.
        """
        if self.hourly_wage is not None:
            return self.hourly_wage
        if self.monthly_wage is not None:
            return self.monthly_wage * 12.0 / (52.0 * contract_hours)
        return (self.annual_wage or 0.0) / (52.0 * contract_hours)

    @property
    def wage_key(self) -> str:
        """The key under which the wage was given."""
        if self.hourly_wage is not None:
            return "hourly_wage"
        return "monthly_wage" if self.monthly_wage is not None else "annual_wage"


class Placement(NamedTuple):
    """A succession of internships."""

    hours: Annotated[Hours, Effort(bare=True), "Hours of presence, such as 35 h/week."]
    gratification: Annotated[float, Amount("hour"), "Gratification an hour."]
    headcount: Annotated[
        int | str,
        Count(minimum=1, maximum=10_000, word="auto"),
        "How many interns at a time; auto takes as many as the duty needs.",
    ] = 1
    placement: Annotated[
        float, Duration("month", bare=True, zero=False), "Length of one placement."
    ] = 6.0
    gap: Annotated[float, Duration("month", bare=True), "Time between two placements."] = 1.0
    tutoring: Annotated[Hours, Effort(bare=True), "Tutor's hours, such as 2 h/week; own time."] = (
        Hours(0.0, "week")
    )
    planned_absence: Annotated[
        float, Share(maximum=0.95), "Share of working time off, gaps apart."
    ] = 0.0
    unplanned_absence: Annotated[
        float, Share(maximum=0.95), "Share of working time lost to sickness."
    ] = 0.0
    origins: Origins = NOWHERE

    @property
    def share_present(self) -> float:
        """Share of the time in which a placement runs, gaps left out."""
        return self.placement / (self.placement + self.gap)


class Service(NamedTuple):
    """A contract with a provider: freelancer, agency, coach."""

    hourly_rate: Annotated[float | None, Amount("hour"), "Price of an hour of work."] = None
    day_rate: Annotated[float | None, Amount("day"), "Price of a day of work."] = None
    day_length: Annotated[
        float, Duration("minute", bare=False, zero=False, maximum=1440.0), "A day's work, 7 h."
    ] = 420.0
    max_hours: Annotated[
        Hours | None, Effort(bare=False), "Most hours of work it can do, such as 40 h/month."
    ] = None
    retainer: Annotated[float, Amount("month"), "Fee a month, whatever the work."] = 0.0
    included: Annotated[Hours | None, Effort(bare=False), "Hours of work inside the retainer."] = (
        None
    )
    watch: Annotated[
        PriceTag | None,
        Price("month", "hour", bare=None),
        "Price of being on watch: a month (900/month) or a watched hour (3/h).",
    ] = None
    after_hours: Annotated[
        float,
        Number(minimum=1.0, maximum=10.0),
        "Multiplier of the hourly rate for messages answered outside office hours.",
    ] = 1.0
    setup: Annotated[float, Amount(None), "One-off price of starting."] = 0.0
    min_months: Annotated[
        float, Duration("month", bare=True), "Shortest commitment; leaving earlier is paid for."
    ] = 0.0
    depth: Annotated[
        float, Number(minimum=0.0, maximum=1000.0), "People it keeps on each hour of duty."
    ] = 1.0
    service_level: Annotated[
        float, Share(), "Share of duty on which it really has each of them there."
    ] = 0.99
    coordination: Annotated[
        Hours, Effort(bare=True), "In-house hours to steer it, such as 1 h/week; own time."
    ] = Hours(0.0, "week")
    days: Annotated[float, DaysPerMonth(), "Days a month, for a coach."] = 0.0
    planned_absence: Annotated[float, Share(maximum=0.95), "Share of working time off: leave."] = (
        0.0
    )
    unplanned_absence: Annotated[
        float, Share(maximum=0.95), "Share of working time lost: sickness."
    ] = 0.0
    origins: Origins = NOWHERE

    @property
    def rate(self) -> float | None:
        """Price of an hour of work, or None when work is not billed by time."""
        if self.hourly_rate is not None:
            return self.hourly_rate
        if self.day_rate is not None:
            return self.day_rate * 60.0 / self.day_length
        return None

    @property
    def rate_key(self) -> str:
        """The key under which the rate was given."""
        return "hourly_rate" if self.hourly_rate is not None else "day_rate"


Terms = Employment | Placement | Service


class Source(NamedTuple):
    """Somebody who can do the work.

    Attributes:
        name: its name in the scenario.
        terms: what it is paid for, by kind.
        takes: largest share of each activity that it takes, "" for all the others.
    """

    name: str
    kind: Annotated[str, Text(), "What sort of source this is; decides the other keys."]
    terms: Terms
    label: Annotated[str, Text(), "Name for people."] = ""
    skills: Annotated[tuple[str, ...], ListOf(Text()), "Skills it has, of needs.skills."] = ()
    on_duty: Annotated[Week, WeekHours(), "Hours of the week in which it watches and answers."] = (
        Week.empty()
    )
    starts_after: Annotated[
        float, Duration("month", bare=True), "Time until it is at work: recruitment, contract."
    ] = 0.0
    ramp_up: Annotated[
        float, Duration("month", bare=True), "Time at half capacity after the start."
    ] = 0.0
    answer_delay: Annotated[
        float, Duration("minute", bare=False), "Time it needs before it can answer a message."
    ] = 0.0
    escalates: Annotated[float, Share(), "Share of messages it has to ask the company about."] = 0.0
    escalation_delay: Annotated[
        float, Duration("minute", bare=False), "Time until an escalated message has its answer."
    ] = 0.0
    takes: Annotated[
        Mapping[str, float],
        OneOrMap(Share(), "activity"),
        "Largest share of an activity that it takes: 30%, or a map by activity (messages, …).",
    ] = {}
    correlated: Annotated[
        float, Share(), "How closely the ranges of its values move together in `simulate`."
    ] = 0.0
    origins: Origins = NOWHERE

    @property
    def days_of_duty(self) -> int:
        """Days of the week with any duty: what ``h/day`` means for it; 5 without duty."""
        return len(self.on_duty.days) or 5

    @property
    def weekly_hours(self) -> float:
        """Hours a week that one person of it gives to the job; 0 for providers."""
        terms = self.terms
        return 0.0 if isinstance(terms, Service) else terms.hours.weekly(self.days_of_duty)

    def largest_share(self, activity: str) -> float:
        """Largest share of an activity (``messages`` or a planned one) that it takes."""
        return self.takes.get(activity, self.takes.get("", 1.0))


class Kind(NamedTuple):
    """A kind of source.

    Attributes:
        name: word in YAML.
        meaning: one sentence for people.
        terms: record of its terms.
        keys: which fields of the terms it takes.
        in_house: whether it belongs to the company.
    """

    name: str
    meaning: str
    terms: type[Employment] | type[Placement] | type[Service]
    keys: frozenset[str]
    in_house: bool


_WAGE = "hourly_wage monthly_wage annual_wage hours headcount contract cadre charges"
_ABSENCE = "planned_absence unplanned_absence"
_HIRED = "turnover recruitment training equipment benefits premiums management"
_BILLED = "hourly_rate day_rate day_length max_hours setup"
_RETAINED = "retainer included watch after_hours min_months depth service_level coordination"


def _kind(
    name: str,
    meaning: str,
    terms: type[Employment] | type[Placement] | type[Service],
    keys: str,
    *,
    in_house: bool,
) -> Kind:
    return Kind(name, meaning, terms, frozenset(keys.split()), in_house)


KINDS = {
    kind.name: kind
    for kind in (
        _kind(
            "employee",
            "Somebody hired for the job.",
            Employment,
            f"{_WAGE} leave_taken {_ABSENCE} {_HIRED}",
            in_house=True,
        ),
        _kind(
            "colleague",
            "Somebody already on the payroll who gives some hours to the job.",
            Employment,
            f"{_WAGE} {_ABSENCE}",
            in_house=True,
        ),
        _kind(
            "intern",
            "Interns on successive placements.",
            Placement,
            f"gratification hours headcount placement gap tutoring {_ABSENCE}",
            in_house=True,
        ),
        _kind(
            "apprentice",
            "An apprentice on a labour contract.",
            Employment,
            f"{_WAGE} age year level {_ABSENCE} {_HIRED}",
            in_house=True,
        ),
        _kind(
            "freelancer",
            "A self-employed community manager, one or two hours a day.",
            Service,
            f"{_BILLED} {_ABSENCE}",
            in_house=False,
        ),
        _kind(
            "agency",
            "An agency that replaces its people and can hold a watch.",
            Service,
            f"{_BILLED} {_RETAINED}",
            in_house=False,
        ),
        _kind(
            "coach",
            "A trainer who brings method to in-house people.",
            Service,
            f"{_BILLED} days",
            in_house=False,
        ),
    )
}
"""Every kind of source, by its word in YAML."""
