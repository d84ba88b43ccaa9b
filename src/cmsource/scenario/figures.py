"""The figures of an option: each is declared here and nowhere else.

Tables, CSV columns, JSON, requirements, expectations, rules, orders and differences all take them
from `FIGURES`. A figure knows how it is read from a result, so that whoever lists figures needs to
know none of them.
"""

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from cmsource.values.language import say

Group = Literal["cost", "coverage", "unit cost", "verdict"]
Unit = Literal["money", "share", "months", "weeks", "days", "flag"]

ALWAYS = 100
"""`Figure.keep` of a column that is never left out."""


class Requirement(NamedTuple):
    """A figure as a requirement of ``require``.

    Attributes:
        key: under ``require``.
        meaning: what it asks for, for the documentation.
        needs_value: whether an option for which there is nothing to measure misses it; else it
            cannot be judged.
    """

    key: str
    meaning: str
    needs_value: bool = False


class Figure(NamedTuple):
    """A figure of an option.

    Attributes:
        name: in expectations, rules, orders and flags.
        group: what it tells: costs, coverage, what a unit costs, or whether the option does.
        unit: ``money``, ``share`` (1 is the whole), ``months``, ``weeks`` (a year), ``days`` or
            ``flag``.
        better: whether an option is better with ``more`` or with ``less`` of it.
        read: takes it from the result of an option; one of coverage from a phase as well. None
            where there is nothing to measure.
        title: heading of its column.
        phrase: its name within a sentence.
        meaning: what it says, for the documentation.
        key: its name in JSON and CSV where that is another one; `column` gives either.
        requirement: how it can be required, if it can be.
        keep: how long a table of options keeps its column where room is short; 0 for none.
        per: the period that an amount is for, which may be written behind it.
        most: the largest share that makes sense.
    """

    name: str
    group: Group
    unit: Unit
    better: Literal["more", "less"]
    read: Callable[[Any], Any]
    title: str
    phrase: str
    meaning: str
    key: str = ""
    requirement: Requirement | None = None
    keep: int = 0
    per: str | None = None
    most: float = 1.0

    @property
    def column(self) -> str:
        """Its name in JSON and CSV."""
        return self.key or self.name

    @property
    def is_judged(self) -> bool:
        """Whether more or less of it is a gain or a loss by itself, as of how busy people are not.

        Of those of coverage; how long it takes until all are at work comes before the horizon.
        """
        return self.better == "more" or self.unit in ("weeks", "days")

    @property
    def is_of_phases(self) -> bool:
        """Whether it is one of coverage that each phase has."""
        return self.group == "coverage" and self.unit != "months"

    def value(self, option: object) -> float | None:
        """Its value for an option: money in units of the currency, flags as 0 and 1."""
        found = self.read(option)
        return None if found is None else float(found)


# fmt: off
_DECLARED = (
    Figure(
        "total", "cost", "money", "less", attrgetter("total"),
        title=say("Total"), phrase=say("cost"),
        meaning=say("economic cost over the horizon"), keep=ALWAYS,
        requirement=Requirement(
            "cost", "Economic cost at most, own time included: a month on average, or in total."
        ),
    ),
    Figure(
        "cash", "cost", "money", "less", attrgetter("cash"),
        title=say("Cash"), phrase=say("cash"), meaning=say("what is really paid over the horizon"),
        requirement=Requirement(
            "budget", "Cash at most: a month on average (6000/month), or in total (90000)."
        ),
    ),
    Figure(
        "monthly", "cost", "money", "less", attrgetter("monthly"), per="month",
        title=say("A month"), phrase=say("cost a month"),
        meaning=say("economic cost a month"), keep=7,
    ),
    Figure(
        "npv", "cost", "money", "less", attrgetter("npv"), title=say("Present value"),
        phrase=say("present value"), meaning=say("present value of the economic cost"),
    ),
    Figure(
        "watched", "coverage", "share", "more", attrgetter("coverage.watched"),
        title=say("Watched"), phrase=say("watched"),
        meaning=say("share of the cover in which somebody watches"),
        requirement=Requirement("watched", "At least this share of the cover watched."), keep=99,
    ),
    Figure(
        "answered_in_time", "coverage", "share", "more", attrgetter("coverage.answered_in_time"),
        title=say("In time"), phrase=say("answered in time"),
        meaning=say("share of messages answered in time"),
        requirement=Requirement(
            "answered_in_time", "At least this share of messages answered within answer_within."
        ),
        keep=98,
    ),
    Figure(
        "answered", "coverage", "share", "more", attrgetter("coverage.answered"),
        title=say("Answered"), phrase=say("ever answered"),
        meaning=say("share of messages ever answered"),
        requirement=Requirement("answered", "At least this share of messages ever answered."),
    ),
    Figure(
        "work_done", "coverage", "share", "more", attrgetter("coverage.work_done"),
        title=say("Work"), phrase=say("work done"), meaning=say("share of the work that gets done"),
        requirement=Requirement("work_done", "At least this share of the work done."), keep=97,
    ),
    Figure(
        "skills_met", "coverage", "share", "more", attrgetter("coverage.skills_met"),
        title=say("Skills"), phrase=say("skills"),
        meaning=say("share of the skills that somebody has"),
        requirement=Requirement("skills_met", "At least this share of needs.skills present."),
        keep=4,
    ),
    Figure(
        "continuity", "coverage", "share", "more", attrgetter("coverage.continuity"),
        title=say("Continuity"), phrase=say("continuity"),
        meaning=say("share still watched without the one who matters most"), keep=3,
        requirement=Requirement(
            "continuity", "At least this share still watched without the one who matters most.",
            needs_value=True,
        ),
    ),
    Figure(
        "in_house", "coverage", "share", "more", attrgetter("coverage.in_house"),
        title=say("In-house"), phrase=say("in-house share"),
        meaning=say("share of the work done in-house"),
        requirement=Requirement(
            "in_house", "At least this share of the work done by in-house people.",
            needs_value=True,
        ),
        keep=2,
    ),
    Figure(
        "idle", "coverage", "share", "less", attrgetter("coverage.idle"),
        title=say("Idle"), phrase=say("idle hours"),
        meaning=say("share of contract hours without work"),
        requirement=Requirement("idle", "At most this share of contract hours without work."),
    ),
    Figure(
        "utilisation", "coverage", "share", "less", attrgetter("coverage.utilisation"),
        title=say("Utilisation"), phrase=say("utilisation"),
        meaning=say("message work over capacity on duty"),
        most=100.0,
    ),
    Figure(
        "live_after", "coverage", "months", "less", attrgetter("coverage.live_after_months"),
        title=say("Live after"), phrase=say("live after"),
        meaning=say("months until all are at work and the horizon begins"),
        key="live_after_months", keep=ALWAYS,
        requirement=Requirement("live_within", "At work at the latest after this time."),
    ),
    Figure(
        "in_house_material", "coverage", "share", "more",
        attrgetter("coverage.in_house_material"),
        title=say("Own material"), phrase=say("with in-house material"),
        meaning=say("share of what goes out that in-house people make or bring material to"),
        requirement=Requirement(
            "in_house_material",
            "At least this share of what goes out made by in-house people or with their material.",
            needs_value=True,
        ),
    ),
    Figure(
        "regularity", "coverage", "share", "more", attrgetter("coverage.regularity"),
        title=say("Regular weeks"), phrase=say("regular weeks"),
        meaning=say("share of weeks in which all that is planned to go out does"),
        requirement=Requirement(
            "regularity", "At least this share of weeks in which all that is to go out does.",
            needs_value=True,
        ),
    ),
    Figure(
        "weeks_short", "coverage", "weeks", "less", attrgetter("coverage.weeks_short"),
        title=say("Weeks short"), phrase=say("short after departures"),
        meaning=say("weeks a year in which a post is empty or being learned as somebody left"),
        requirement=Requirement(
            "weeks_short",
            "At most this many weeks a year in which a post is short because somebody left.",
        ),
    ),
    Figure(
        "approval_days", "coverage", "days", "less", attrgetter("coverage.approval_days"),
        title=say("Approval"), phrase=say("until approved"),
        meaning=say("days until what is made is approved and goes out, on average"),
        requirement=Requirement(
            "approval_within", "At most this time until what is made is approved, on average."
        ),
    ),
    Figure(
        "per_hour_worked", "unit cost", "money", "less", attrgetter("per_hour_worked"), per="hour",
        title=say("An hour worked"), phrase=say("per hour worked"),
        meaning=say("total for each hour of work done"),
    ),
    Figure(
        "per_watched_hour", "unit cost", "money", "less", attrgetter("per_watched_hour"),
        title=say("An hour watched"), phrase=say("per watched hour"), per="hour",
        meaning=say("total for each hour watched"),
    ),
    Figure(
        "per_answered_message", "unit cost", "money", "less", attrgetter("per_answered_message"),
        title=say("An answer"), phrase=say("per answered message"),
        meaning=say("total for each message answered"),
    ),
    Figure(
        "eligible", "verdict", "flag", "more", attrgetter("eligible"), keep=ALWAYS,
        title=say("OK"), phrase=say("eligible"), meaning=say("whether every requirement holds"),
    ),
    Figure(
        "on_frontier", "verdict", "flag", "more", attrgetter("on_frontier"),
        title=say("Cheapest for its cover"), phrase=say("on the frontier"),
        meaning=say("whether no other costs less and covers as much"),
    ),
)
# fmt: on

_TABLE = {figure.name: figure for figure in _DECLARED}

FIGURES: Mapping[str, Figure] = MappingProxyType(_TABLE)
"""Every figure by name, in the order in which JSON, CSV, tables and the documentation list them."""


def of_group(group: Group) -> Iterator[Figure]:
    """The figures of one group."""
    return (figure for figure in FIGURES.values() if figure.group == group)


def measured() -> tuple[str, ...]:
    """The names of the figures that are numbers: all but the flags."""
    return tuple(name for name, figure in FIGURES.items() if figure.unit != "flag")


def requirable() -> Mapping[str, Figure]:
    """The figures that can be required, by their key under ``require``; limits of money last."""
    found = [(figure.requirement.key, figure) for figure in FIGURES.values() if figure.requirement]
    return dict(sorted(found, key=lambda pair: pair[0] if pair[1].unit == "money" else ""))
