"""A simulation of weeks and of posts that are left, to hold the model's figures against.

It plays the definitions of docs/model.md week by week and shares nothing with the model but the
words. Of a source's people, on average `rostered` are on the roster of a week: the next lower or
the next higher whole number. Each of them is missing that week with the chance of unplanned
absence, and else held up by another job with that of coming second. What is planned is then done
activity by activity, each source in order taking what it may and has time for.
"""

from collections.abc import Mapping, Sequence
from math import inf
from random import Random
from typing import NamedTuple


class Worker(NamedTuple):
    """A source as the simulation sees it.

    Attributes:
        rostered: people on the roster of a week, on average.
        hours: for planned work of a week that each of them has.
        absent: chance that one of them is missing in it.
        second: chance that one who is there has no time for planned work.
        takes: largest share of each activity that it takes; all of what is not named.
    """

    rostered: float
    hours: float = inf
    absent: float = 0.0
    second: float = 0.0
    takes: Mapping[str, float] = {}


def regular_weeks(
    workers: Sequence[Worker],
    work: Mapping[str, float],
    published: Sequence[str],
    weeks: int,
    seed: int,
) -> float:
    """Share of the weeks in which all that is to go out really does.

    Args:
        workers: in the option's order.
        work: hours of each activity in a week.
        published: the activities that go out.
        weeks: how many to play.
        seed: of the random numbers.
    """
    random = Random(seed)
    regular = 0
    for _ in range(weeks):
        time = []
        for worker in workers:
            people = int(worker.rostered)
            people += random.random() < worker.rostered - people
            there = 0
            for _ in range(people):
                if random.random() >= worker.absent and random.random() >= worker.second:
                    there += 1
            time.append(there * worker.hours if there else 0.0)
        missing = dict.fromkeys(work, 0.0)
        for activity, hours in work.items():
            left = hours
            for place, worker in enumerate(workers):
                done = min(left, time[place], worker.takes.get(activity, 1.0) * hours)
                time[place] -= done
                left -= done
            missing[activity] = left
        regular += all(missing[name] < 1e-9 for name in published)
    return regular / weeks


def short_weeks(
    posts: Sequence[tuple[float, float, float]], years: int, seed: int, *, step: float = 1 / 70
) -> float:
    """Weeks a year in which one of some posts is empty or being learned because somebody left.

    Args:
        posts: turnover a year, months until a successor is there, months of learning, of each.
        years: how many to play.
        seed: of the random numbers.
        step: of the clock, in weeks.
    """
    random = Random(seed)
    empty = [0.0] * len(posts)  # weeks until somebody is there
    learning = [0.0] * len(posts)
    short = steps = 0
    for _ in range(round(years * 52 / step)):
        steps += 1
        any_short = False
        for number, (turnover, lead, ramp) in enumerate(posts):
            if empty[number] > 0:
                any_short = True
                empty[number] -= step
                if empty[number] <= 0:
                    learning[number] = ramp * 52 / 12
                continue
            if learning[number] > 0:
                any_short = True
                learning[number] -= step
            if random.random() < turnover / 52 * step:
                empty[number], learning[number] = lead * 52 / 12, 0.0
                if not lead:
                    learning[number] = ramp * 52 / 12
        short += any_short
    return 52 * short / steps
