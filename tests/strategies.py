"""Scenarios for tests: plain ones to work by hand, and generated ones.

A scenario is built as plain data and read through the public API, so that every test takes the way
that a user's file takes. The plain sources spell out every field that costs or covers something, so
that no default of a country slips into a case that was worked by hand.
"""

from collections.abc import Mapping
from typing import Any

import yaml
from hypothesis import assume
from hypothesis import strategies as st

import cmsource
from cmsource.values.week_reader import parse_week

Data = dict[str, Any]

OFFICE = "mon-fri 09:00-12:30 13:30-17:00"
"""35 hours a week."""

BUSINESS = "mon-fri 09:00-18:00"
"""45 hours a week."""

_NOBODY_AWAY = {"planned_absence": 0, "unplanned_absence": 0}
_NO_EXTRAS: Data = {
    "starts_after": 0,
    "ramp_up": 0,
    "turnover": 0,
    "recruitment": 0,
    "training": 0,
    "equipment": 0,
    "benefits": 0,
    "management": 0,
    "overtime": "included",
    "premiums": {"night": 0, "sunday": 0, "holiday": 0},
}


def employee(**fields: object) -> Data:
    """An employee at 20 an hour and 35 h a week, never away, without anything around it."""
    base = {"kind": "employee", "hourly_wage": 20, "hours": "35 h/week", "charges": 0}
    return {**base, "on_duty": OFFICE, **_NOBODY_AWAY, **_NO_EXTRAS, **fields}


def apprentice(**fields: object) -> Data:
    """An apprentice on the terms of `employee`, at 10 an hour."""
    return employee(**{"kind": "apprentice", "hourly_wage": 10, **fields})


def colleague(**fields: object) -> Data:
    """A colleague at 30 an hour, charges included, who gives an hour a day, never away."""
    base = {"kind": "colleague", "hourly_wage": 30, "hours": "1 h/day", "charges": 0}
    return {**base, "on_duty": "mon-fri 09:00-10:00", **_NOBODY_AWAY, **fields}


def intern(**fields: object) -> Data:
    """Interns at 4.50 an hour without a gap between them, never away, without tutoring."""
    base = {"kind": "intern", "gratification": 4.5, "hours": "35 h/week", "on_duty": OFFICE}
    rest = {"placement": 6, "gap": 0, "tutoring": 0}
    return {**base, **rest, **_NOBODY_AWAY, **fields}


def freelancer(**fields: object) -> Data:
    """A freelancer at 50 an hour, on duty an hour a day, never away."""
    base = {"kind": "freelancer", "on_duty": "mon-fri 10:00-11:00"}
    if "day_rate" not in fields:
        base["hourly_rate"] = "50/h"
    return {**base, **_NOBODY_AWAY, **fields}


def agency(**fields: object) -> Data:
    """An agency at 75 an hour, on duty round the clock, always there.

    With nothing but a retainer it does all the work for that.
    """
    base: Data = {"kind": "agency", "on_duty": "24/7", "service_level": 1, "depth": 1}
    if not fields.keys() & {"day_rate", "retainer"}:
        base["hourly_rate"] = 75
    if not fields.keys() & {"day_rate", "hourly_rate"} and "retainer" in fields:
        base["included"] = "all"
    return {**base, "coordination": 0, **fields}


def coach(**fields: object) -> Data:
    """A coach for a day a month at 900."""
    return {"kind": "coach", "day_rate": 900, "days": "1/month", "max_hours": "0 h/week", **fields}


def scenario(
    sources: Mapping[str, Data],
    options: Mapping[str, Any] | None = None,
    *,
    cover: str = BUSINESS,
    work: Mapping[str, object] | None = None,
    messages: Data | None = None,
    **fields: object,
) -> Data:
    """A scenario over one year; without options, each source alone is one.

    Args:
        sources: by name.
        options: by name.
        cover: hours to be watched.
        work: planned work; 10 h of content a week when there is neither this nor messages.
        messages: messages to be answered.
        fields: other keys at the top of a scenario; without `require` nothing is asked for.
    """
    needs: Data = {"cover": cover}
    if messages is not None:
        needs["messages"] = {"minutes_each": 6, "profile": "flat", **messages}
    if work is not None or messages is None:
        needs["work"] = {"content": "10 h/week"} if work is None else dict(work)
    return {
        "country": "FR",
        "horizon": 12,
        "needs": needs,
        "sources": dict(sources),
        "options": {name: [name] for name in sources} if options is None else dict(options),
        "require": "none",
        **fields,
    }


def read(data: Data) -> cmsource.Scenario:
    """The scenario that plain data means, read as YAML."""
    return cmsource.loads(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def compared(data: Data, *, details: bool = True) -> cmsource.Comparison:
    """The comparison of a scenario given as plain data.

    Args:
        data: the scenario.
        details: whether rosters, answer times and advice are wanted, which take long.
    """
    return cmsource.compare(read(data), details=details)


def only_option(data: Data) -> cmsource.OptionResult:
    """The result of a scenario with one option."""
    [option] = compared(data, details=False).options.values()
    return option


# Generated scenarios ---------------------------------------------------------------------------

COVERS = ("24/7", BUSINESS, "daily 08:00-22:00", "sat-sun 10:00-20:00", "mon-sat 07:30-19:15")
_DUTIES = (OFFICE, "mon-fri 13:00-20:00", "tue-sat 10:00-17:00", "sat-sun 09:00-13:00")
_SHORT_DUTIES = ("mon-fri 09:00-10:00", "mon-fri 09:00-09:30 17:00-17:30", "sat-sun 20:00-22:00")


def shares(most: int = 100) -> st.SearchStrategy[str]:
    """Shares in whole per cent."""
    return st.integers(0, most).map(lambda percent: f"{percent}%")


def amounts(least: float, most: float) -> st.SearchStrategy[float]:
    """Money with two decimals."""
    return st.integers(round(least * 100), round(most * 100)).map(lambda cents: cents / 100)


def on_call() -> st.SearchStrategy[Data]:
    """Hours on call beside any duty that is generated, and what they pay."""
    return st.fixed_dictionaries(
        {
            "hours": st.sampled_from(("sat-sun 22:00-24:00", "daily 22:00-06:00")),
            "pay": st.sampled_from(("76/weekend", "150/week", "30/night", "3/h")),
        },
        optional={
            "call_out": amounts(15, 60),
            "per_call_out": amounts(0, 90),
            "minimum": st.sampled_from(("0 min", "30 min", "1 h")),
            "reaction": st.sampled_from(("0 min", "15 min", "1 h")),
        },
    )


def _hired(kind: str, wages: st.SearchStrategy[float]) -> st.SearchStrategy[Data]:
    fixed: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.just(kind),
        "hourly_wage": wages,
        "hours": st.just("35 h/week"),
        "on_duty": st.sampled_from(_DUTIES),
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "headcount": st.integers(1, 4),
        "charges": shares(60),
        "planned_absence": shares(40),
        "unplanned_absence": shares(40),
        "starts_after": st.integers(0, 8),
        "ramp_up": st.integers(0, 6),
        "turnover": shares(80),
        "recruitment": amounts(0, 5000),
        "training": amounts(0, 2000),
        "equipment": amounts(0, 2000),
        "benefits": amounts(0, 300),
        "management": st.integers(0, 6),
        "takes": shares(),
        "skills": st.lists(st.sampled_from(("writing", "ads", "product")), unique=True),
        "on_call": on_call(),
    }
    return st.fixed_dictionaries(fixed, optional=optional)


def employees() -> st.SearchStrategy[Data]:
    """Employees, on the country's payroll schedule or with charges of their own."""
    return _hired("employee", amounts(13, 60))


def apprentices() -> st.SearchStrategy[Data]:
    """Apprentices."""
    return _hired("apprentice", amounts(6, 13))


def colleagues() -> st.SearchStrategy[Data]:
    """Colleagues who give an hour or two a day."""
    return st.fixed_dictionaries(
        {
            "kind": st.just("colleague"),
            "hourly_wage": amounts(13, 60),
            "hours": st.just("2 h/day"),
            "on_duty": st.sampled_from(_SHORT_DUTIES),
        },
        optional={
            "planned_absence": shares(40),
            "unplanned_absence": shares(40),
            "starts_after": st.integers(0, 3),
            "ramp_up": st.integers(0, 3),
            "charges": shares(60),
            "takes": shares(),
            "on_call": on_call(),
            "comes_second": shares(),
        },
    )


def interns() -> st.SearchStrategy[Data]:
    """Interns with placements, gaps and tutors."""
    return st.fixed_dictionaries(
        {"kind": st.just("intern"), "hours": st.just("35 h/week"), "on_duty": st.just(OFFICE)},
        optional={
            "gratification": amounts(4.5, 12),
            "placement": st.integers(1, 6),
            "gap": st.integers(0, 6),
            "tutoring": st.integers(0, 5),
            "headcount": st.integers(1, 3),
        },
    )


def freelancers() -> st.SearchStrategy[Data]:
    """Freelancers by the hour, with all the ways to bill beside, with and without a ceiling."""
    return st.fixed_dictionaries(
        {
            "kind": st.just("freelancer"),
            "hourly_rate": amounts(25, 120),
            "on_duty": st.sampled_from(_SHORT_DUTIES),
        },
        optional={
            "max_hours": st.integers(0, 40).map(lambda hours: f"{hours} h/week"),
            "planned_absence": shares(40),
            "starts_after": st.integers(0, 3),
            "ramp_up": st.integers(0, 3),
            "takes": shares(),
            "setup": amounts(0, 1000),
            "retainer": amounts(0, 2000),
            "days": st.integers(0, 9).map(lambda days: f"{days}/month") | st.just("36/year"),
            "per_message": amounts(0, 3),
            "notice": st.integers(0, 6),
            "discount": st.just({"6 months": "5%", "12 months": "10%"}),
            "min_months": st.integers(0, 18),
            "watch": st.sampled_from(("90/month", "2/h", "40/weekend")),
        },
    )


def agencies() -> st.SearchStrategy[Data]:
    """Agencies with retainers, included hours, watches and commitments."""
    return st.fixed_dictionaries(
        {
            "kind": st.just("agency"),
            "hourly_rate": amounts(40, 150),
            "on_duty": st.sampled_from(COVERS),
        },
        optional={
            "retainer": amounts(0, 6000),
            "included": st.integers(0, 60).map(lambda hours: f"{hours} h/month") | st.just("all"),
            "watch": st.integers(0, 3000).map(lambda price: f"{price}/month"),
            "after_hours": st.sampled_from((1, 1.25, 2)),
            "setup": amounts(0, 5000),
            "min_months": st.integers(0, 36),
            "service_level": st.integers(50, 100).map(lambda percent: f"{percent}%"),
            "depth": st.sampled_from((0.5, 1, 1.5, 3)),
            "coordination": st.integers(0, 5),
            # Without time for each unit, which work in hours has none of.
            "approval": st.just({"minutes_each": 0, "delay": "36 h"}),
            "in_house_material": st.just({"share": "50%", "minutes_each": 0}),
            "starts_after": st.integers(0, 2),
            "takes": shares(),
            "on_call": on_call(),
        },
    ).map(_beside_duty)


def _beside_duty(source: Data) -> Data:
    """A source that is on call in no hours on duty."""
    if parse_week(source["on_duty"]).intersection(parse_week("daily 22:00-06:00")):
        return {key: value for key, value in source.items() if key != "on_call"}
    return source


def coaches() -> st.SearchStrategy[Data]:
    """Coaches by the day."""
    return st.fixed_dictionaries(
        {"kind": st.just("coach"), "day_rate": amounts(500, 1500)},
        optional={"days": st.integers(0, 4)},
    )


def assistants() -> st.SearchStrategy[Data]:
    """Software at a price for each resolution, in tiers or packages too, or for a month."""
    return st.builds(
        lambda software, price: {**software, **price},
        _software(),
        st.one_of(
            [
                amounts(0, 3).map(lambda price: {"price": f"{price}/resolution"}),
                st.just({"price": "300/month"}),
                st.just({"per_resolution": [{"up_to": 300, "price": 0.99}, {"price": 0.79}]}),
                st.just(
                    {"packages": {"resolutions": [{"up_to": 300, "price": 200}, {"price": 600}]}}
                ),
            ]
        ),
    )


def _software() -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries(
        {"kind": st.just("assistant"), "tiers": st.just("marginal")},
        optional={
            "resolves": shares(),
            "wrong": shares(),
            "noticed_after": st.integers(0, 2000).map(lambda minutes: f"{minutes} min"),
            "hand_over": st.integers(0, 10).map(lambda minutes: f"{minutes} min"),
            "supervision": st.integers(0, 5),
            "on_duty": st.sampled_from(COVERS),
            "takes": shares(),
            "ramp_up": st.integers(0, 3),
            "notice": st.integers(0, 6),
            "min_months": st.integers(0, 18),
            "discount": st.just({"6 months": "5%", "12 months": "10%"}),
            "retainer": amounts(0, 500),
            "setup": amounts(0, 1000),
        },
    )


SOURCES: dict[str, st.SearchStrategy[Data]] = {
    "cm": employees(),
    "apprentice": apprentices(),
    "colleague": colleagues(),
    "intern": interns(),
    "freelancer": freelancers(),
    "agency": agencies(),
    "coach": coaches(),
    "bot": assistants(),
}
"""A strategy for each kind of source, under the name that generated scenarios give it."""


def members() -> st.SearchStrategy[list[str]]:
    """Sources of an option or a phase, in order of priority."""
    return st.lists(st.sampled_from(sorted(SOURCES)), min_size=1, max_size=3, unique=True)


@st.composite
def option_data(draw: st.DrawFn, horizon: int) -> object:
    """An option: a list of sources, or two phases of such lists."""
    if draw(st.integers(0, 3)) or horizon < 3:
        return draw(members())
    months = draw(st.integers(1, horizon - 1))
    first, second = draw(members()), draw(members())
    return {"phases": [{"months": months, "sources": first}, {"sources": second}]}


@st.composite
def needs_data(draw: st.DrawFn) -> Data:
    """Needs with planned work, messages, or both."""
    needs: Data = {"cover": draw(st.sampled_from(COVERS))}
    if draw(st.booleans()):
        needs["messages"] = {
            "per_day": draw(st.integers(1, 150)),
            "minutes_each": draw(st.integers(1, 15)),
            "profile": draw(st.sampled_from(("flat", "office", "evening", "weekend"))),
        }
        if draw(st.booleans()):
            needs["messages"]["standard_replies"] = {"share": draw(shares()), "takes": "20%"}
    if "messages" not in needs or draw(st.booleans()):
        needs["work"] = {
            "content": f"{draw(st.integers(1, 60))} h/week",
            "reporting": f"{draw(st.integers(0, 40))} h/month",
        }
        if draw(st.booleans()):
            posts: Data = {"per_month": draw(st.integers(0, 60)), "hours_each": 1.5}
            if draw(st.booleans()):
                posts["skills"] = ["writing"]
            needs["work"]["posts"] = posts
    if draw(st.booleans()):
        needs["skills"] = ["writing", "ads", "product"]
    if not draw(st.integers(0, 3)):
        needs["seasons"] = draw(seasons_data(tuple(needs.get("work", ()))))
    return needs


@st.composite
def seasons_data(draw: st.DrawFn, activities: tuple[str, ...]) -> Data:
    """One or two seasons, of all work or of one activity."""
    found: Data = {}
    for months in draw(st.sampled_from((["nov-dec"], ["aug"], ["nov-jan", "jul-aug"]))):
        level = f"{draw(st.integers(0, 300))}%"
        one = draw(st.sampled_from(("", *activities)))
        found[months] = {one: level} if one else level
    return found


@st.composite
def scenarios(draw: st.DrawFn, options: int = 3) -> Data:
    """Scenarios with a source of each kind and up to so many options, as plain data."""
    horizon = draw(st.integers(1, 40))
    data: Data = {
        "country": "FR",
        "horizon": horizon,
        "needs": draw(needs_data()),
        "sources": {name: draw(strategy) for name, strategy in SOURCES.items()},
        "options": {
            f"option-{number}": draw(option_data(horizon))
            for number in range(draw(st.integers(1, options)))
        },
    }
    if draw(st.booleans()):
        data["prices"] = {"wages": draw(shares(20)), "vendors": draw(shares(20)), "discount": "4%"}
    if draw(st.booleans()):
        data["tools"] = {
            "publishing": {"price": draw(amounts(0, 500)), "per": "seat"},
            "listening": {"price": 450, "included_by": ["agency"], "shared_by": 3},
        }
    if draw(st.booleans()):
        data["require"] = {"watched": draw(shares()), "budget": "4000/month"}
    assume(few_enough(data))
    return data


def few_enough(data: Data) -> bool:
    """Whether there is no more of anything than is read; a scenario may have too many lines."""
    try:
        read(data)
    except cmsource.ScenarioError as error:
        errors = {each.code for each in error.diagnostics if each.severity == "error"}
        return errors != {"E106"}
    return True
