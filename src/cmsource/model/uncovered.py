"""The hours of the cover in which nobody is on duty."""

from collections.abc import Iterable
from functools import lru_cache

from cmsource.model.resource import Resource, desks
from cmsource.model.staffing import presence
from cmsource.values.week import Week


def on_watch(resources: Iterable[Resource]) -> Week:
    """The hours in which somebody can be there: the duties of all who have any chance to be."""
    return _union(_duties(resources))


def uncovered(resources: Iterable[Resource], cover: Week) -> Week:
    """The minutes of the cover in which nobody is on duty, exactly."""
    return _outside(cover, _duties(resources))


def _duties(resources: Iterable[Resource]) -> tuple[Week, ...]:
    there = [desk for desk in desks(resources) if presence(desk.depth, desk.absent) > 0]
    return tuple([desk.duty for desk in there])


def _union(duties: Iterable[Week]) -> Week:
    return Week.of(interval for duty in duties for interval in duty.intervals)


@lru_cache(maxsize=512)
def _outside(cover: Week, duties: tuple[Week, ...]) -> Week:
    return cover.difference(_union(duties))
