"""What a source costs whatever it does, and how much work it can do at most."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from cmsource.model.ledger import Cost, costs
from cmsource.model.plan import Member, PlannedPhase
from cmsource.model.resource import CostLine, Resource
from cmsource.model.setting import Setting

_TOOLS = "tools."


class Standing(NamedTuple):
    """What is paid for some sources whatever they do, over the horizon.

    Attributes:
        sources: cents for the sources.
        tools: cents for the tools that none of them includes.
        entries: how many amounts were rounded to the cent.
    """

    sources: int
    tools: int
    entries: int


def standing(
    resources: Iterable[Resource], setting: Setting, without: Sequence[str] = ()
) -> Standing:
    """What is paid for sources at work together over the whole horizon, whatever they do.

    Args:
        resources: the sources.
        setting: where.
        without: categories of cost that are left out.
    """
    members = tuple([Member(_idle(each, without), True, 0.0, 0.0) for each in resources])
    # What is not billed by the work done asks nothing of what they do in a season.
    phase = PlannedPhase(0.0, setting.scenario.horizon, members, (), ())
    found = costs((phase,), setting)
    return Standing(_sum(found, tools=False), _sum(found, tools=True), len(found))


def _sum(found: Iterable[Cost], *, tools: bool) -> int:
    return sum([cost.cents for cost in found if cost.source.startswith(_TOOLS) == tools])


def _idle(resource: Resource, without: Sequence[str]) -> Resource:
    """The same source without what it bills for its work."""

    def lines(year: int) -> tuple[CostLine, ...]:
        return tuple(
            [
                line
                for line in resource.costs(year)
                if line.billed is None and line.category not in without
            ]
        )

    # What leaving costs may follow from the work as well.
    return resource._replace(costs=lines, commitment=None)


def most_hours(resource: Resource, setting: Setting) -> float:
    """Hours of work a week that a source that bills can do, or spare others, at most."""
    software = resource.software
    if software is None:
        # Call-outs are beside what it can do in its hours.
        return resource.capacity if resource.standby is None else inf
    messages = [season.needs.messages for season in setting.year.seasons]
    most = max([0.0 if each is None else each.weekly_hours for each in messages])
    return most * software.resolves * resource.largest_share("messages")
