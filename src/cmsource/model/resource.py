"""The primitive that every kind of source is translated into."""

from collections.abc import Callable, Iterable, Mapping
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from cmsource.model.staffing import presence
from cmsource.results.entry import Detail
from cmsource.values.week import Week

EVER = (0.0, inf)
"""All months on a contract."""


class Part(NamedTuple):
    """What a source does of a planned activity in a week.

    Attributes:
        hours: of work.
        units: how many; None where the activity is counted in hours.
    """

    hours: float
    units: float | None = None


class Usage(NamedTuple):
    """What a source does in a week of a phase, in hours where nothing else is said.

    Attributes:
        messages: reactive work.
        after_hours: the part of it that is done outside office hours, where that costs more.
        planned: planned work.
        answered: messages answered, sooner or later; by software, for good.
        activities: the planned work by activity, all of them, in the scenario's order.
        on_call: the part of `messages` that is done on call.
        call_outs: how often it is called out for that.
        paid_on_call: hours that are paid for it.
        done: what is done of the work needed, in the hours that it takes people: all of the above
            but for what is spent on messages that software hands over, and for software what it
            saves.
        resolved: messages that software answers, wrong answers among them.
    """

    messages: float = 0.0
    after_hours: float = 0.0
    planned: float = 0.0
    answered: float = 0.0
    activities: Mapping[str, Part] = MappingProxyType({})
    on_call: float = 0.0
    call_outs: float = 0.0
    paid_on_call: float = 0.0
    done: float = 0.0
    resolved: float = 0.0

    @property
    def total(self) -> float:
        """All hours that it works."""
        return self.messages + self.planned

    @property
    def on_duty(self) -> float:
        """Hours of work done in the hours of a contract."""
        return self.messages - self.on_call + self.planned


class Explanation(NamedTuple):
    """What is said of a cost.

    Attributes:
        why: what it is, for people.
        refs: where the numbers came from.
        details: what the unit price is made of.
    """

    why: str
    refs: tuple[str, ...] = ()
    details: tuple[Detail, ...] = ()


class Counted(NamedTuple):
    """What work a cost is billed by.

    Attributes:
        kinds: messages or activities, in any order; no other work makes a difference.
        together: whether their hours count together; else the units of each count, and what is
            billed for several kinds is the sum of what is billed for each.
        free: the hours a week of these that cost nothing, at most, where hours count together.
        even: whether what is billed is in proportion to the work.
    """

    kinds: frozenset[str]
    together: bool = False
    free: float = 0.0
    even: bool = False


class CostLine(NamedTuple):
    """One rule of cost of a source, for one year of the horizon.

    Attributes:
        category: one of `cmsource.results.entry.CATEGORIES`.
        quantity: units a month, or units at once where `once`; of what is billed by the work
            done, those where none is.
        unit: what one unit is.
        unit_price: money a unit, before the index; 1 where that is what an hour of own time costs.
        explain: gives what is said of it, where it is shown; most costs only count.
        price_index: how far prices have risen by that year.
        cash: False for the time of people who are paid anyway.
        once: paid when the source starts, rather than month by month.
        served: the months on the contract, from and to, in which it is paid.
        billed: units a month for what is done in a week; None where they do not depend on it.
        attended: months in which it is paid, of so many on the contract; None where in all.
        yearly: units of each year on the contract that are paid elsewhere, before any is billed.
        surely: where more work may bill fewer units: so many that with those of the other lines
            like it no more work costs less; None where `billed` says it.
        counted: the work that `billed` and `surely` look at; None where it may be any.
        own_time: whether a unit is an hour of own time: what one costs, `Setting.lines` says.
    """

    category: str
    quantity: float
    unit: str
    unit_price: float
    explain: Callable[[], Explanation]
    price_index: float = 1.0
    cash: bool = True
    once: bool = False
    served: tuple[float, float] = EVER
    billed: Callable[[Usage], float] | None = None
    attended: Callable[[float], float] | None = None
    yearly: float = 0.0
    surely: Callable[[Usage], float] | None = None
    counted: Counted | None = None
    own_time: bool = False


Costs = Callable[[int], tuple[CostLine, ...]]


def by_year(costs: Costs) -> Costs:
    """Rules of cost that are worked out once for each year of the horizon."""
    known: dict[int, tuple[CostLine, ...]] = {}

    def in_year(year: int) -> tuple[CostLine, ...]:
        lines = known.get(year)
        if lines is None:
            lines = known[year] = costs(year)
        return lines

    return in_year


class Commitment(NamedTuple):
    """What is to be paid of a contract that is left.

    Attributes:
        months: the shortest time to be paid for.
        notice: months that are paid from the day on which it is left for another phase.
        monthly: what a month costs whatever is done, from what was done in a week.
        refs: where the numbers came from, of either.
        pack: what a month of days or hours bought by the year costs; 0 without such a pack.
        pack_refs: where that came from.
    """

    months: float
    notice: float
    monthly: Callable[[Usage], float]
    refs: Callable[[bool], tuple[str, ...]]
    pack: float = 0.0
    pack_refs: Callable[[], tuple[str, ...]] = tuple


class Standby(NamedTuple):
    """Hours in which one of a source's people can be called out.

    Attributes:
        hours: of the week, none of them on duty.
        depth: people on call in them, one at most.
        depth_less_one: the same when one person is gone.
        reaction: minutes until somebody begins to answer.
        minimum: minutes that a call-out is paid for at least.
    """

    hours: Week
    depth: float
    depth_less_one: float
    reaction: float
    minimum: float


class Weeks(NamedTuple):
    """How a source's weeks go, for what is planned in each.

    Attributes:
        rostered: people on the roster of a week, on average: planned absence is taken off.
        hours: that each of them works in it; infinite when billed without a ceiling.
        second: share of the weeks in which another job leaves one of them no planned work.
        short: share of the time in which one post is empty or being learned because somebody left.
    """

    rostered: float = 0.0
    hours: float = 0.0
    second: float = 0.0
    short: float = 0.0


class Publishing(NamedTuple):
    """What it takes of the company until what a source makes goes out.

    Attributes:
        material: share of it that in-house people make or bring material to.
        approval: minutes until it is approved.
    """

    material: float = 0.0
    approval: float = 0.0


class Software(NamedTuple):
    """What answers messages and is nobody: it reads them before people do, and waits for none.

    Attributes:
        duty: hours of the week in which it answers.
        resolves: share of the messages that it may take that it answers.
        wrong: share of its answers that are wrong, and come back as work for people.
        noticed_after: minutes after which they do.
        hand_over: minutes that people need more for a message that it had before.
    """

    duty: Week
    resolves: float
    wrong: float
    noticed_after: float
    hand_over: float


class Resource(NamedTuple):
    """Somebody at work, whatever the kind.

    Attributes:
        name: the source's name.
        in_house: whether it belongs to the company.
        replaced: whether its provider replaces people who are gone.
        headcount: people.
        depth: people that the roster can put on each hour of duty.
        depth_less_one: the same when one person is gone.
        absent: chance that a rostered person is not there.
        duty: hours of the week on watch.
        capacity: hours of work a week that it can do; infinite when billed without a ceiling.
        contract: paid hours a week that could be idle; 0 for those who have another job.
        skills: what it can do.
        takes: largest share of each activity, "" for all the others.
        lead: months until it is at work; the horizon begins once all of the first phase are.
        ramp: months at half capacity after that.
        seats: seats of tools that it needs.
        costs: its rules of cost in a year of the horizon.
        commitment: what leaving early costs.
        answer_delay: minutes before an answer goes out.
        escalates: share of messages that it has to ask the company about.
        escalation_delay: further minutes that those take.
        dear_after_hours: whether work outside office hours costs more.
        standby: hours on call besides those on duty; None for none.
        on_call: whether these are hours on call, of somebody who also has others; see `desks`.
        software: what it answers where it is software; it has no people, duty and capacity then.
        weeks: how its weeks go.
        publishing: what it takes until what it makes goes out.
    """

    name: str
    in_house: bool
    replaced: bool
    headcount: int
    depth: float
    depth_less_one: float
    absent: float
    duty: Week
    capacity: float
    contract: float
    skills: frozenset[str]
    takes: Mapping[str, float]
    lead: float
    ramp: float
    seats: int
    costs: Costs
    commitment: Commitment | None = None
    answer_delay: float = 0.0
    escalates: float = 0.0
    escalation_delay: float = 0.0
    dear_after_hours: bool = False
    standby: Standby | None = None
    on_call: bool = False
    software: Software | None = None
    weeks: Weeks = Weeks()
    publishing: Publishing = Publishing()

    def largest_share(self, activity: str) -> float:
        """Largest share of an activity (``messages`` or a planned one) that it takes."""
        return self.takes.get(activity, self.takes.get("", 1.0))

    def does_as(self, other: "Resource") -> bool:
        """Whether it is there and works as another one, whatever the two cost."""
        return (
            self is other or self._replace(costs=other.costs, commitment=other.commitment) == other
        )

    @property
    def is_idle(self) -> bool:
        """Whether it can do none of the work, as a coach who only trains."""
        return self.capacity <= 0 and self.standby is None and self.software is None

    @property
    def nobody(self) -> float:
        """Chance that none of it is there in an hour of duty."""
        return 1 - presence(self.depth, self.absent)

    @property
    def nobody_less_one(self) -> float:
        """The same when one person is gone."""
        return 1 - presence(self.depth_less_one, self.absent)

    @property
    def halved(self) -> "Resource":
        """The same during its ramp-up: its capacity counts half, and software answers half."""
        standby, software = self.standby, self.software
        if standby is not None:
            standby = standby._replace(depth=standby.depth / 2)
        if software is not None:
            software = software._replace(resolves=software.resolves / 2)
        return self._replace(
            depth=self.depth / 2, capacity=self.capacity / 2, standby=standby, software=software
        )


def desks(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Some sources by when they are there: each on duty, then the same on call where it ever is.

    Both have one name, and may take the same messages. Hours on call are beside the contract.
    """
    found = []
    for resource in resources:
        standby = resource.standby
        if standby is None or resource.on_call:
            found.append(resource)
            continue
        found.append(resource._replace(standby=None))
        found.append(
            resource._replace(
                depth=standby.depth,
                depth_less_one=standby.depth_less_one,
                duty=standby.hours,
                capacity=inf,
                contract=0.0,
                answer_delay=resource.answer_delay + standby.reaction,
                dear_after_hours=False,  # being called out has prices of its own
                standby=standby,
                on_call=True,
            )
        )
    return tuple(found)
