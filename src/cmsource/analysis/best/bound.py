"""A lower bound of what any organisation of some sources can cost that does the job.

Work and watch are asked for in all only: the hours that people can work, and those in which they
can watch, are each enough. When messages come, who may do which work, how late answers are and who
takes what is left out, so that every organisation that meets the requirements is among those that
are allowed here. Of these the cheapest is bounded from below by weak duality: whatever an hour of
work and an hour of watch are taken to be worth, no organisation costs less than what is asked for
is worth, and what each source costs at least beyond the worth of what it does.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import inf, isinf
from typing import NamedTuple

from cmsource.analysis.best.fixed import Bills, lower_hull, most_hours, standing
from cmsource.analysis.best.freedom import QUARTER, Freedom
from cmsource.analysis.best.organisation import Builder, Part
from cmsource.model.kinds import translate
from cmsource.model.resource import Resource, desks
from cmsource.model.staffing import presence
from cmsource.scenario.employment import Employment
from cmsource.values.quantities import Hours

_TOLERANCE = 1e-9
_TRIED = 60
_ROUNDS = 2


class Way(NamedTuple):
    """One way to have a source.

    Attributes:
        cents: what it costs at least over the horizon, before what it bills for work.
        work: hours a week that it can work at most.
        watch: hours of the cover a week in which somebody of it is there, at most.
    """

    cents: float
    work: float
    watch: float


_ABSENT = Way(0.0, 0.0, 0.0)


class Bounds:
    """Lower bounds of the cost of organisations by the sources that they have.

    Args:
        builder: makes sources of parts.
        freedom: what may be changed.
    """

    def __init__(self, builder: Builder, freedom: Freedom) -> None:
        self._builder = builder
        self._freedom = freedom
        self._setting = builder.setting
        scenario = self._setting.scenario
        needs, require = scenario.needs, scenario.require
        self._watch = (require.watched or 0.0) * needs.cover.hours
        # What is asked for of each season is asked for on average, and no week has more work than
        # one of the busiest season.
        work = messages = 0.0
        self._needed = 0.0
        for span in self._setting.year.spans(0.0, scenario.horizon):
            there, part = span.season.needs, span.months / scenario.horizon
            work += part * there.weekly_hours
            messages += part * (0.0 if there.messages is None else there.messages.weekly_hours)
            self._needed = max(self._needed, there.weekly_hours)
        self._work = max(
            (require.work_done or 0.0) * work, (require.answered_in_time or 0.0) * messages
        )
        self._ways: dict[str, list[Way]] = {}
        self._bills: dict[tuple[str, float], Bills] = {}
        self._resources: dict[str, Resource] = {}

    def of(self, names: Sequence[str]) -> float:
        """The least that an organisation of exactly these sources can cost, in cents.

        Infinite where they cannot do the job, whatever it costs.
        """
        return self._least(names, optional=False) if self._can(names) else inf

    def of_any(self, names: Sequence[str]) -> float:
        """The least that an organisation of any of these sources can cost, in cents."""
        return self._least(names, optional=True)

    def _least(self, names: Sequence[str], *, optional: bool) -> float:
        resources = [self._resource(name) for name in names]
        # At least one seat of what is paid by the seat, and nothing that one of them includes.
        tools = standing([each._replace(seats=0) for each in resources], self._setting).tools
        since = max([each.ramp for each in resources], default=0.0)
        ways: dict[str, list[Way]] = {}
        bills: dict[str, Bills] = {}
        for name, resource in zip(names, resources, strict=True):
            ways[name] = self._ways_of(name)
            if optional and name not in self._freedom.needed:
                ways[name] = [_ABSENT, *ways[name]]
            if not resource.in_house:
                bills[name] = self._bill(name, since)

        def dual(work: float, watch: float) -> float:
            """What is asked for at a worth of an hour of each, and what is short of it."""
            total = work * self._work + watch * self._watch
            for name, each in ways.items():
                bill = bills.get(name)
                total += min(
                    [
                        way.cents
                        - watch * way.watch
                        - (work * min(way.work, self._needed) if bill is None else 0.0)
                        for way in each
                    ]
                )
                if bill is not None:
                    total += min(bill.least(work), 0.0 if _ABSENT in each else inf)
            return total

        return tools + _highest(dual, *_worths(ways, bills))

    def _can(self, names: Sequence[str]) -> bool:
        """Whether they have what money cannot buy: skills, hours, an early start, the law."""
        needs, require = self._setting.scenario.needs, self._setting.scenario.require
        resources = [self._resource(name) for name in names]
        skills = frozenset().union(*[each.skills for each in resources])
        if require.skills_met is not None and needs.skills:
            met = sum([skill in skills for skill in needs.skills]) / len(needs.skills)
            if met < require.skills_met - _TOLERANCE:
                return False
        live = max([each.lead for each in resources], default=0.0)
        if require.live_within is not None and live > require.live_within + _TOLERANCE:
            return False
        work = sum([self._most_work(name) for name in names])
        watch = sum([max(way.watch for way in self._ways_of(name)) for name in names])
        if work < self._work - _TOLERANCE or watch < self._watch - _TOLERANCE:
            return False
        option = self._builder.option(tuple([Part(name) for name in names]))
        return not option.forbidden(self._setting.country)

    def _most_work(self, name: str) -> float:
        """Hours of work a week that a source can do at most."""
        resource = self._resource(name)
        if not resource.in_house:
            return most_hours(resource, self._setting)
        return max(way.work for way in self._ways_of(name))

    def _resource(self, name: str) -> Resource:
        found = self._resources.get(name)
        if found is None:
            source = self._setting.scenario.sources[name]
            found = self._resources[name] = translate(source, self._setting)
        return found

    def _bill(self, name: str, since: float) -> Bills:
        key = name, since
        if key not in self._bills:
            most = max(self._needed, _TOLERANCE)
            self._bills[key] = Bills(self._resource(name), self._setting, most, since)
        return self._bills[key]

    def _ways_of(self, name: str) -> list[Way]:
        """Every way to have a source that another one does not beat."""
        found = self._ways.get(name)
        if found is None:
            cover = self._setting.scenario.needs.cover.hours
            found = self._ways[name] = _corners(self._all_ways(name), self._needed, cover)
        return found

    def _all_ways(self, name: str) -> list[Way]:
        source = self._setting.scenario.sources[name]
        cover = self._setting.scenario.needs.cover
        resource = self._resource(name)
        keys = ("hours", "headcount", "on_duty")
        changes = any(self._freedom.may(name, key) for key in keys)
        if not changes or not isinstance(source, Employment):
            watch = sum(
                [
                    presence(desk.depth, desk.absent) * desk.duty.intersection(cover).hours
                    for desk in desks([resource])
                ]
            )
            work = inf if resource.standby is not None else resource.capacity
            # A watch by the hour may be bought for any hours, or for none.
            without = ("watch",) if changes else ()
            least = standing([resource], self._setting, without)
            return [Way(least.sources, work, watch)]
        low, high = self._freedom.hours(name)
        most = max(1, self._freedom.most_people(name), resource.headcount)
        fewest = 1 if self._freedom.may(name, "headcount") else resource.headcount
        steps = round((high - low) / QUARTER)
        hours = {low, high, source.weekly_hours, *(low + QUARTER * n for n in range(steps))}
        ways = []
        for weekly in sorted(each for each in hours if low <= each <= high):
            # What is paid for being on call is for one of them, however many they are.
            one = source.changed(hours=Hours(weekly, "week"), headcount=1, on_call=None)
            one = one.varied_from(source, {"hours", "headcount"})
            # The hours on duty, and so the premiums, may be any.
            paid = standing([translate(one, self._setting)], self._setting, ("premiums",))
            there = (1 - one.absent_by_plan) * (1 - one.unplanned_absence)
            for people in range(fewest, most + 1):
                capacity = people * weekly * there
                cents = float(paid.sources)
                if people > 1:  # each amount is rounded once for all of them
                    cents = people * (paid.sources - float(paid.entries))
                called = source.hours_on_call
                watch = capacity + called.intersection(cover).hours
                # Call-outs are beside the contract.
                work = inf if called else capacity
                ways.append(Way(cents, work, min(watch, cover.hours)))
                if capacity >= max(self._needed, cover.hours):
                    break
        return ways


def _highest(
    dual: Callable[[float, float], float], work: Sequence[float], watch: Sequence[float]
) -> float:
    """The highest value found, one worth after the other; every value is a bound."""
    best, here, there = dual(0.0, 0.0), 0.0, 0.0
    for _ in range(_ROUNDS):
        for worth in work:
            found = dual(worth, there)
            if found > best:
                best, here = found, worth
        for worth in watch:
            found = dual(here, worth)
            if found > best:
                best, there = found, worth
    return best


def _worths(
    ways: Mapping[str, Sequence[Way]], bills: Mapping[str, Bills]
) -> tuple[list[float], list[float]]:
    """What an hour a week of work, and of watch, could be worth over the horizon: cents, to try."""
    work, watch = set(), set()
    for name, each in ways.items():
        bill = bills.get(name)
        if bill is not None:
            for (hours, cents), (more, billed) in pairwise(bill.points):
                if more > hours and billed > cents:
                    work.add((billed - cents) / (more - hours))
        for one, other in zip([_ABSENT, *each], each, strict=False):
            for way in (
                (other.cents - one.cents, other.work - one.work, other.watch - one.watch),
                other,
            ):
                cents, hours, watched = way
                if hours > 0 and cents > 0 and bill is None:
                    work.add(cents / hours)
                if watched > 0 and cents > 0:
                    watch.add(cents / watched)
    return _some(work), _some(watch)


def _some(values: set[float]) -> list[float]:
    """So many of the values at most, from the least to the largest."""
    ordered = sorted(values)
    if len(ordered) <= _TRIED:
        return ordered
    return [ordered[(len(ordered) - 1) * n // (_TRIED - 1)] for n in range(_TRIED)]


def _corners(ways: Sequence[Way], needed: float, cover: float) -> list[Way]:
    """The ways of which one is best, whatever an hour of work and of watch are worth.

    Where work and watch both grow with the hours, that is a corner of the lower convex hull of cost
    by hours: between none and all of the work that is needed, and of the cover.
    """
    kept = [way for way in ways if isinf(way.work) or (way.work != way.watch and way.watch < cover)]
    parts: dict[tuple[bool, bool], dict[float, Way]] = {}
    for way in ways:
        if way in kept:
            continue
        part = parts.setdefault((way.work > needed, way.work > cover), {})
        known = part.get(way.work)
        if known is None or way.cents < known.cents:
            part[way.work] = way
    for part in parts.values():
        corners = lower_hull([(hours, part[hours].cents) for hours in sorted(part)])
        kept += [part[hours] for hours, _ in corners]
    return sorted(kept, key=lambda each: (each.cents, each.work, each.watch))
