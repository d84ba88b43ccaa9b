"""The ways to have a source: what each costs, and how much work and watch it gives at most."""

from collections.abc import Mapping, Sequence
from math import inf, isinf
from typing import NamedTuple

from cmsource.analysis.best.fixed import standing
from cmsource.analysis.best.freedom import QUARTER, Freedom
from cmsource.analysis.best.hull import lower_hull
from cmsource.model.kinds import translate
from cmsource.model.resource import Resource, desks
from cmsource.model.setting import Setting
from cmsource.model.staffing import presence
from cmsource.scenario.employment import Employment
from cmsource.values.quantities import Hours


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


Curve = Sequence[Way]
"""Ways of which, and of whatever lies between two of them, one is best.

Cents by hours of work are convex along it, and so they are less any worth of the watch.
"""


def standing_way(resource: Resource, setting: Setting, *, watch_is_free: bool) -> Way:
    """The way to have a source as the scenario has it.

    Args:
        resource: the source.
        setting: where.
        watch_is_free: whether its hours of watch may be any, or none, each with its price.
    """
    cover = setting.scenario.needs.cover
    there = [
        presence(desk.depth, desk.absent) * desk.duty.intersection(cover).hours
        for desk in desks([resource])
    ]
    # Who can be called out works beside a contract, and software has none.
    without_end = resource.standby is not None or resource.software is not None
    work = inf if without_end else resource.capacity
    # A watch by the hour may be bought for any hours, or for none.
    without = ("watch",) if watch_is_free else ()
    return Way(standing([resource], setting, without).sources, work, sum(there))


def ways_of(source: Employment, setting: Setting, freedom: Freedom, most: float) -> list[Way]:
    """Every number of hours and of people in-house that may be.

    Args:
        source: as the scenario has it.
        setting: where.
        freedom: what may be changed.
        most: hours of work a week that are needed at most.
    """
    cover = setting.scenario.needs.cover
    low, high = freedom.hours(source.name)
    headcount = translate(source, setting).headcount
    people_most = max(1, freedom.most_people(source.name), headcount)
    fewest = 1 if freedom.may(source.name, "headcount") else headcount
    steps = round((high - low) / QUARTER)
    hours = {low, high, source.weekly_hours, *(low + QUARTER * n for n in range(steps))}
    ways = []
    for weekly in sorted(each for each in hours if low <= each <= high):
        # What is paid for being on call is for one of them, however many they are.
        one = source.changed(hours=Hours(weekly, "week"), headcount=1, on_call=None)
        one = one.varied_from(source, {"hours", "headcount"})
        # The hours on duty, and so the premiums, may be any.
        paid = standing([translate(one, setting)], setting, ("premiums",))
        there = (1 - one.absent_by_plan) * (1 - one.unplanned_absence)
        for people in range(fewest, people_most + 1):
            capacity = people * weekly * there
            cents = float(paid.sources)
            if people > 1:  # each amount is rounded once for all of them
                cents = people * (paid.sources - float(paid.entries))
            called = source.hours_on_call
            watch = capacity + called.intersection(cover).hours
            # Call-outs are beside the contract.
            work = inf if called else capacity
            ways.append(Way(cents, work, min(watch, cover.hours)))
            if capacity >= max(most, cover.hours):
                break
    return ways


def curves(ways: Sequence[Way], most: float, cover: float) -> list[Curve]:
    """Ways as curves, without those that others beat whatever work and watch are worth.

    Where work and watch both grow with the hours, those are the corners of the lower convex hull of
    cost by hours: between none and all of the work that is needed, and of the cover.

    Args:
        ways: all of them.
        most: hours of work a week that are needed at most.
        cover: hours of it.
    """
    alone: list[Curve] = []
    called: dict[float, Way] = {}
    parts: dict[tuple[bool, bool], dict[float, Way]] = {}
    for way in ways:
        if isinf(way.work):
            called[way.watch] = min(way, called.get(way.watch, way))
            continue
        if way.work != way.watch and way.watch < cover:
            alone.append([way])
            continue
        part = parts.setdefault((way.work > most, way.work > cover), {})
        known = part.get(way.work)
        if known is None or way.cents < known.cents:
            part[way.work] = way
    # Who can be called out can do any work, so that only cents and watch tell these ways apart.
    hull = lower_hull([(hours, called[hours].cents) for hours in sorted(called)])
    alone += [[called[hours]] for hours, _ in hull]
    return [*alone, *[_hull(part) for part in parts.values()]]


def _hull(part: Mapping[float, Way]) -> Curve:
    corners = lower_hull([(hours, part[hours].cents) for hours in sorted(part)])
    return [part[hours] for hours, _ in corners]
