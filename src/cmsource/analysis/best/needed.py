"""What is asked for of all sources together: how much work of each kind, and how much watch."""

from collections.abc import Mapping
from typing import NamedTuple

from cmsource.model.setting import Setting
from cmsource.scenario.biller import MESSAGES

TOLERANCE = 1e-9


class Needed(NamedTuple):
    """What is asked for, as hours a week.

    What is asked for of each season is asked for on average, too.

    Attributes:
        hours: that there are of each kind of work, messages or an activity, on average over the
            horizon.
        busiest: the same in the season that has most of it.
        most: hours of all work in the busiest season.
        share: of all work that has to be done.
        messages: share of the messages that has to be answered.
        watch: hours of the cover in which somebody has to watch.
    """

    hours: Mapping[str, float]
    busiest: Mapping[str, float]
    most: float
    share: float
    messages: float
    watch: float

    @property
    def work(self) -> float:
        """Hours of work that have to be done at least."""
        answered = self.messages * self.hours.get(MESSAGES, 0.0)
        return max(self.share * sum(self.hours.values()), answered)

    def least_worth(self, worth: Mapping[str, float], able: Mapping[str, float]) -> float | None:
        """The least that the work asked for is worth, however it is chosen.

        The messages that have to be answered come first; then whatever is worth least, until
        enough is done.

        Args:
            worth: of an hour of each kind, 0 or more.
            able: hours of each kind that can be done at most.

        Returns:
            None where so much cannot be done.
        """
        left = {kind: min(hours, able[kind]) for kind, hours in self.hours.items()}
        answered = self.messages * self.hours.get(MESSAGES, 0.0)
        if answered > left.get(MESSAGES, 0.0) + TOLERANCE:
            return None
        found = 0.0
        missing = self.share * sum(self.hours.values()) - answered
        if answered:
            left[MESSAGES] = max(0.0, left[MESSAGES] - answered)
            found = answered * worth[MESSAGES]
        for kind in sorted(left, key=worth.__getitem__):
            if missing <= 0:
                break
            done = min(missing, left[kind])
            found += done * worth[kind]
            missing -= done
        return found if missing <= TOLERANCE else None


def needed(setting: Setting) -> Needed:
    """What a scenario asks for."""
    scenario = setting.scenario
    needs, require = scenario.needs, scenario.require
    hours: dict[str, float] = {}
    busiest: dict[str, float] = {}
    most = 0.0
    for span in setting.year.spans(0.0, scenario.horizon):
        there, part = span.season.needs, span.months / scenario.horizon
        work = there.weekly_work()
        if there.messages is not None:
            work = {MESSAGES: there.messages.weekly_hours, **work}
        for kind, weekly in work.items():
            hours[kind] = hours.get(kind, 0.0) + part * weekly
            busiest[kind] = max(busiest.get(kind, 0.0), weekly)
        most = max(most, sum(work.values()))
    return Needed(
        hours,
        busiest,
        most,
        require.work_done or 0.0,
        max(require.answered_in_time or 0.0, require.answered or 0.0),
        (require.watched or 0.0) * needs.cover.hours,
    )
