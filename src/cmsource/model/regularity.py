"""Regularity: the share of the weeks in which all that is to go out really does.

Each week is by itself. Who is there in it is drawn as the roster has it for a day: the mixture of
two numbers of people, of whom each may be missing. Whoever is there does in it what an ordinary
week plans, in the option's order, and what was missed is not made up for in another.
"""

from collections.abc import Mapping, Sequence
from math import comb, floor, inf

from cmsource.model.resource import Resource, Usage
from cmsource.scenario.needs import Needs

_UNLIKELY = 1e-12
_NOTHING = 1e-9
_MOST_PEOPLE = 200
"""Of more people the share that is there hardly varies: it is taken as it is on average."""
_MOST_STATES = 2000
_DIGITS = 9

_Left = tuple[float, ...]
"""Hours of each activity that nobody has done yet."""


def regularity(resources: Sequence[Resource], needs: Needs, usage: Sequence[Usage]) -> float | None:
    """The share of the weeks in which all that is planned to go out does; None where nothing is.

    Args:
        resources: who is at work, in the option's order.
        needs: what the job is.
        usage: what they do in an ordinary week, in the same order.
    """
    published = {*needs.published()}
    work = needs.weekly_work()
    if not any(work[name] > 0 for name in published):
        return None
    # What comes after the last that goes out takes no time from it.
    names = list(work)
    names = names[: 1 + max(names.index(name) for name in published)]
    skills = needs.skills_for()
    weeks: dict[_Left, float] = {tuple([work[name] for name in names]): 1.0}
    asked = [place for place, name in enumerate(names) if name in published]
    for resource, used in zip(resources, usage, strict=True):
        most = [
            resource.largest_share(name) * work[name]
            if skills.get(name, frozenset()) <= resource.skills
            else 0.0
            for name in names
        ]
        if not any(most):
            continue
        weeks = _after(weeks, _time_in_weeks(resource, used), most)
    return min(1.0, sum([p for left, p in weeks.items() if not any(left[i] for i in asked)]))


def _after(
    weeks: Mapping[_Left, float], time: Mapping[float, float], most: Sequence[float]
) -> dict[_Left, float]:
    """How likely it is that so much is left once one more source has done its part.

    Args:
        weeks: how likely it is that so much was left before.
        time: how likely it is that the source has so many hours in a week.
        most: hours of each activity that it may take at most.
    """
    found: dict[_Left, float] = {}
    for left, likely in weeks.items():
        for hours, chance in time.items():
            free, rest = hours, []
            for needed, largest in zip(left, most, strict=True):
                done = min(needed, largest, free)
                free -= done
                rest.append(_rounded(needed - done))
            key = tuple(rest)
            found[key] = found.get(key, 0.0) + likely * chance
    while len(found) > _MOST_STATES:  # many teams of many people each: the least likely go
        kept = sorted(found.items(), key=lambda pair: -pair[1])[: _MOST_STATES // 2]
        whole = sum([p for _, p in kept])
        found = {left: p / whole for left, p in kept}
    return found


def _rounded(hours: float) -> float:
    return 0.0 if hours <= _NOTHING else round(hours, _DIGITS)


def _time_in_weeks(resource: Resource, used: Usage) -> dict[float, float]:
    """How likely it is that a source has so many hours for planned work in a week.

    Each of its people who is there has those of the contract, less what one spends on messages.
    """
    rostered, hours, second, _ = resource.weeks
    there = rostered * (1 - resource.absent)
    if there <= 0:
        return {0.0: 1.0}
    each = hours
    if hours < inf:
        each = max(0.0, hours - (used.on_duty - used.planned) / there)
    found: dict[float, float] = {}
    for people, chance in _people_in_weeks(rostered, resource.absent, second):
        time = people * each if people else 0.0
        found[time] = found.get(time, 0.0) + chance
    return found


def _people_in_weeks(
    rostered: float, absent: float, second: float
) -> Sequence[tuple[float, float]]:
    """How likely it is that so many people of a source have time for planned work in a week."""
    here = (1 - absent) * (1 - second)
    if rostered > _MOST_PEOPLE:
        return [(rostered * here, 1.0)]
    below = floor(rostered)
    more = rostered - below
    found: dict[int, float] = {}
    for people, part in ((below, 1 - more), (below + 1, more)):
        if part <= 0:
            continue
        for there in range(people + 1):
            chance = part * comb(people, there) * here**there * (1 - here) ** (people - there)
            if chance > _UNLIKELY:
                found[there] = found.get(there, 0.0) + chance
    return list(found.items())
