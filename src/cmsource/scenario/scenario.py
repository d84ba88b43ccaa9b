"""The scenario: what is needed, what it must reach, who could do it, and how they are combined.

Frozen values, complete and checked by the reading room. Units: money in the scenario's currency
(per hour, month or year as the field says), work in hours a week, durations in months or minutes
as the field says, shares from 0 to 1. Each record carries the origins of its fields.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from cmsource.countries import Country, Fact
from cmsource.scenario.provenance import NOWHERE, Origins
from cmsource.scenario.shape import ListOf, MapOf, Record, Special, Weights
from cmsource.scenario.sources import Source
from cmsource.values.diagnostics import Diagnostic, Place
from cmsource.values.quantities import Hours, PriceTag
from cmsource.values.readers import (
    Amount,
    Choice,
    Count,
    Day,
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

if TYPE_CHECKING:  # only scenarios that expect something pay for it
    from cmsource.scenario.bounds import Bound

PROFILES = ("flat", "office", "evening", "weekend")


class Prices(NamedTuple):
    """How prices move over the years, and how later money is discounted."""

    wages: Annotated[
        float, Share(per_year=True), "Yearly rise of wages, from the second year on."
    ] = 0.0
    vendors: Annotated[
        float,
        Share(per_year=True),
        "Yearly rise of what agencies, freelancers, coaches and tools cost.",
    ] = 0.0
    discount: Annotated[
        float | None, Share(per_year=True), "Yearly discount rate; asks for the present value."
    ] = None
    origins: Origins = NOWHERE


class Company(NamedTuple):
    """The company that decides; payroll schedules depend on it."""

    size: Annotated[int, Count(minimum=1), "Number of employees; payroll thresholds need it."] = 1
    mobility_rate: Annotated[
        float | None, Share(), "Local transport contribution, a share of gross pay (France)."
    ] = None
    work_accident_rate: Annotated[
        float | None, Share(), "The company's own work-accident rate, a share of gross pay."
    ] = None
    health_insurance: Annotated[
        float | None, Amount("month"), "Employer's part of the health insurance, for each person."
    ] = None
    payroll: Annotated[
        float | None,
        Amount("year"),
        "Pay of all employees a year; the health services fund depends on it (Québec).",
    ] = None
    apprentices: Annotated[
        float | None,
        Share(),
        "Apprentices as a share of all employees; large companies with few pay more (France).",
    ] = None
    origins: Origins = NOWHERE

    @property
    def refs(self) -> tuple[str, ...]:
        """Where what the payroll schedules take from the company came from."""
        keys = ("size", "mobility_rate", "work_accident_rate", "health_insurance", "payroll")
        return self.origins.refs(*keys, "apprentices")

    def given(self, key: str) -> float | None:
        """A rate that the scenario gives; None where it is the country's, with its own source."""
        origin = self.origins.get(key)
        if origin is not None and origin.fact is not None:
            return None
        value: float | None = getattr(self, key)
        return value


class Messages(NamedTuple):
    """Messages that arrive and must be answered: the reactive work."""

    per_day: Annotated[float | None, Number(minimum=0), "Messages a calendar day, on average."] = (
        None
    )
    per_week: Annotated[float | None, Number(minimum=0), "Messages a week, on average."] = None
    per_month: Annotated[float | None, Number(minimum=0), "Messages a month, on average."] = None
    minutes_each: Annotated[
        float, Duration("minute", bare=True, zero=False), "Time that one answer takes."
    ] = 5.0
    profile: Annotated[
        str | tuple[float, ...],
        Weights(PROFILES),
        "When messages arrive: flat, office, evening, weekend, 168 weights from Monday 00:00, or "
        "{file: profile.csv} with one row an hour.",
    ] = "office"
    origins: Origins = NOWHERE

    @property
    def weekly(self) -> float:
        """Messages a week."""
        if self.per_day is not None:
            return self.per_day * 7.0
        if self.per_week is not None:
            return self.per_week
        return (self.per_month or 0.0) * 12.0 / 52.0

    @property
    def weekly_hours(self) -> float:
        """Hours of reactive work a week."""
        return self.weekly * self.minutes_each / 60.0


class Needs(NamedTuple):
    """What the job is."""

    cover: Annotated[Week, WeekHours(), "Hours of the week in which somebody must be watching."]
    answer_within: Annotated[
        float, Duration("minute", bare=False, zero=False), "How soon a message wants its answer."
    ] = 60.0
    messages: Annotated[
        Messages | None, Record(Messages), "Messages that arrive and must be answered."
    ] = None
    work: Annotated[
        Mapping[str, Hours],
        MapOf(Effort(bare=False), "activity"),
        "Planned work by activity, such as content: 6 h/week; h/day is a day with cover.",
    ] = {}
    skills: Annotated[tuple[str, ...], ListOf(Text()), "Skills that the job takes."] = ()
    correlated: Annotated[
        float, Share(), "How closely the ranges of messages and work move together in `simulate`."
    ] = 0.0
    origins: Origins = NOWHERE

    def weekly_work(self) -> dict[str, float]:
        """Hours of planned work a week, by activity."""
        days = len(self.cover.days)
        return {name: effort.weekly(days) for name, effort in self.work.items()}


class Require(NamedTuple):
    """What an option must reach, in every phase, to be eligible."""

    watched: Annotated[float | None, Share(), "At least this share of the cover watched."] = None
    answered_in_time: Annotated[
        float | None, Share(), "At least this share of messages answered within answer_within."
    ] = None
    work_done: Annotated[float | None, Share(), "At least this share of the work done."] = None
    skills_met: Annotated[float | None, Share(), "At least this share of needs.skills present."] = (
        None
    )
    continuity: Annotated[
        float | None, Share(), "At least this share still watched without the one who matters most."
    ] = None
    in_house: Annotated[
        float | None, Share(), "At least this share of the work done by in-house people."
    ] = None
    idle: Annotated[float | None, Share(), "At most this share of contract hours without work."] = (
        None
    )
    live_within: Annotated[
        float | None, Duration("month", bare=True), "At work at the latest after this time."
    ] = None
    budget: Annotated[
        PriceTag | None,
        Price("month", "total", bare="total"),
        "Cash at most: a month on average (6000/month), or in total (90000).",
    ] = None
    cost: Annotated[
        PriceTag | None,
        Price("month", "total", bare="total"),
        "Economic cost at most, own time included: a month on average, or in total.",
    ] = None
    origins: Origins = NOWHERE


class Context(NamedTuple):
    """What cannot be counted but speaks for one family of options or another."""

    goal: Annotated[str | None, Text(), "What the presence is for, such as leads."] = None
    audience: Annotated[
        str | None, Choice("broad", "niche"), "A broad public, or a niche such as investors."
    ] = None
    market: Annotated[
        str | None, Choice("b2b", "b2c"), "Whether companies (b2b) or consumers (b2c) buy."
    ] = None
    expertise: Annotated[
        str | None, Choice("general", "technical"), "How technical the subject is."
    ] = None
    tried_in_house: Annotated[
        float | None, Duration("month", bare=True), "How long it has been tried in-house."
    ] = None
    result: Annotated[
        str, Choice("none", "some", "good"), "What that has brought; none, unless given."
    ] = "none"
    approvals: Annotated[
        str | None, Choice("light", "vertical"), "How answers are approved before they go out."
    ] = None
    speed: Annotated[bool, Flag(), "Whether it has to take effect fast."] = False
    content: Annotated[
        str | None,
        Choice("produced", "authentic"),
        "Content made at a desk, or authentic and made on the spot.",
    ] = None
    maturity: Annotated[
        str | None,
        Choice("starting", "growing"),
        "Whether the company starts with the subject, or knows more and more of it.",
    ] = None
    origins: Origins = NOWHERE


class Tool(NamedTuple):
    """Software that the job takes."""

    price: Annotated[float, Amount("month"), "Price, such as 99/month."]
    per: Annotated[
        str, Choice("team", "seat"), "Paid once (team), or for each person who uses it (seat)."
    ] = "team"
    included_by: Annotated[
        tuple[str, ...],
        ListOf(Text()),
        "Sources whose price includes the tool; a phase with one of them pays nothing for it.",
    ] = ()
    shared_by: Annotated[
        int, Count(minimum=1), "How many companies share the price; it is divided by this."
    ] = 1
    origins: Origins = NOWHERE


class Phase(NamedTuple):
    """A run of months of an option with the same sources, in order of priority.

    Attributes:
        start: first month, from 0.
        months: length.
        sources: the sources at work, with the option's overrides applied.
    """

    start: float
    months: float
    sources: tuple[Source, ...]


class Option(NamedTuple):
    """One way to organise the job."""

    name: str
    label: str
    phases: tuple[Phase, ...]


class Expectation(NamedTuple):
    """One thing that a scenario asserts of its own result.

    Attributes:
        subject: ``recommended``, ``eligible``, ``not_eligible`` or the name of an option.
        figure: the figure asserted, for an option.
        bound: the text of the assertion, such as ``<= 90000``, or the names expected.
        test: the bound as a comparison, for a figure.
        place: where it is asked for, with its line of source.
    """

    subject: str
    figure: str
    bound: str | tuple[str, ...]
    ref: str
    test: "Bound | None" = None
    place: Place | None = None


class Assumption(NamedTuple):
    """A value that the scenario did not give.

    Attributes:
        path: the key that would replace it.
        value: the value, as one would write it.
        source: where the value is from.
        as_of: its date, "" when it has none.
        confidence: O official, O2 official read second-hand, S survey, V vendor, B press,
            D derived, G guess.
        ref: the reference under which ledger entries name it.
    """

    path: str
    value: str
    source: str
    as_of: str
    confidence: str
    ref: str = ""

    @classmethod
    def of(cls, path: str, value: str, fact: Fact, ref: str) -> "Assumption":
        """The assumption that a key takes a sourced value."""
        return cls(path, value, fact.source, str(fact.as_of), fact.confidence, ref)


def _names(meaning: str) -> dict[str, object]:
    return {"type": "array", "items": {"type": "string"}, "description": meaning}


_SOURCES = Special({"type": "object", "additionalProperties": {"$ref": "#/$defs/source"}})
_OPTIONS = Special({"type": "object", "additionalProperties": {"$ref": "#/$defs/option"}})
_EXPECT = Special(
    {
        "type": "object",
        "properties": {
            "recommended": {"type": ["string", "null"], "description": "The option to recommend."},
            "eligible": _names("Options that must be eligible."),
            "not_eligible": _names("Options that must not be eligible."),
        },
        "additionalProperties": {"type": "object"},
    }
)


class Scenario(NamedTuple):
    """One scenario, complete: what `cmsource.compare` takes.

    Attributes without a meaning of their own in YAML: ``file`` is the name under which it was
    read, ``country_data`` the sourced values it rests on, ``assumptions`` everything that was
    filled in, ``inputs`` what it gave by path, ``warnings`` what reading wants to say.
    """

    needs: Annotated[Needs, Record(Needs), "What the job is."]
    country: Annotated[
        str, Text(), "Country whose labour rules and prices fill the gaps, such as FR."
    ]
    horizon: Annotated[
        float,
        Duration("month", bare=True, zero=False, maximum=600.0),
        "Time over which costs are added up, such as 24 months.",
    ]
    name: Annotated[str, Text(), "Name of the scenario, for people."] = ""
    start: Annotated[
        date | None, Day(), "First day; decides which rules are in force. Else an average year."
    ] = None
    region: Annotated[
        str | None,
        Text(),
        "Region with public holidays of its own, such as Moselle or Alsace.",
    ] = None
    prices: Annotated[Prices, Record(Prices), "How prices move over the years."] = Prices()
    company: Annotated[Company, Record(Company), "The company that decides."] = Company()
    own_time: Annotated[
        float | None,
        Amount("hour"),
        "Loaded hourly cost of the people who tutor, manage and coordinate.",
    ] = None
    require: Annotated[Require, Record(Require), "What an option must reach to be eligible."] = (
        Require()
    )
    context: Annotated[Context, Record(Context), "What cannot be counted."] = Context()
    tools: Annotated[
        Mapping[str, Tool], MapOf(Record(Tool), "tool"), "Software that the job takes, by name."
    ] = {}
    sources: Annotated[Mapping[str, Source], _SOURCES, "Who could do the work, by name."] = {}
    options: Annotated[
        tuple[Option, ...],
        _OPTIONS,
        "Ways to organise the job, by name: lists of sources, or phases of such lists.",
    ] = ()
    expect: Annotated[
        tuple[Expectation, ...], _EXPECT, "What the result should be; asserted in CI."
    ] = ()
    file: str = ""
    currency: str = ""
    country_data: Country | None = None
    assumptions: Sequence[Assumption] = ()
    inputs: Mapping[str, str] = {}
    warnings: tuple[Diagnostic, ...] = ()
    origins: Origins = NOWHERE
