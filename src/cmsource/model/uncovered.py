"""The hours of the cover in which nobody is on duty."""

from collections.abc import Iterable

from cmsource.model.resource import Resource, desks
from cmsource.model.staffing import presence
from cmsource.values.week import EMPTY, Week


def on_watch(resources: Iterable[Resource]) -> Week:
    """The hours in which somebody can be there: the duties of all who have any chance to be."""
    watch = EMPTY
    for resource in desks(resources):
        if presence(resource.depth, resource.absent) > 0:
            watch = watch.union(resource.duty)
    return watch


def uncovered(resources: Iterable[Resource], cover: Week) -> Week:
    """The minutes of the cover in which nobody is on duty, exactly."""
    return cover.difference(on_watch(resources))
