"""How much there is a month of what is billed: units, messages, resolutions, hours of work."""

from collections.abc import Callable
from functools import partial
from math import inf
from typing import NamedTuple

from cmsource.model.resource import Counted, Part, Usage
from cmsource.scenario.biller import MESSAGES, Biller
from cmsource.scenario.inclusion import OF_TIME
from cmsource.scenario.needs import Needs
from cmsource.values.quantities import Hours
from cmsource.values.time_types import EffortOrAll
from cmsource.values.week import WEEKS_A_MONTH

Volume = Callable[[Usage], float]
"""How much of something there is in a month, from what is done in a week."""


class Volumes(NamedTuple):
    """What a biller bills by the piece, and what is left to be billed by time.

    An activity that has a price, a package or an inclusion of its own is counted apart, in units or
    in hours: its hours are billed by time only where nothing says what more than is included costs.

    Attributes:
        source: who bills.
        needs: what the job is.
    """

    source: Biller
    needs: Needs

    def of(self, name: str) -> Volume:
        """How many a month of an activity, of answers, of hours of work or of a count.

        An activity without units is counted in hours.
        """
        if name in self.needs.counts:
            return partial(_constant, self.needs.counts[name])
        return self._hours if name == "hours" else partial(self._units, name)

    def included(self, name: str) -> float:
        """How many a month cost nothing more; infinite where all of them do."""
        said = self.source.included.get(name, 0.0)
        if said == EffortOrAll.word:
            return inf
        most = said if isinstance(said, float) else 0.0
        if isinstance(said, Hours):
            most = said.weekly(self.source.days_of_duty) * WEEKS_A_MONTH
        packages = self.source.packages.get(name)
        if packages is None:
            return most
        last = packages[-1].up_to
        return inf if last is None else most + last

    @property
    def included_hours(self) -> float:
        """Hours of work a month inside the retainer or a package; infinite where all are."""
        return self.source.weekly_included * WEEKS_A_MONTH + self._packed_hours

    @property
    def _packed_hours(self) -> float:
        packages = self.source.packages.get("hours")
        if packages is None:
            return 0.0
        last = packages[-1].up_to
        return inf if last is None else last

    def beyond(self, name: str) -> Volume:
        """How many a month come on top of those that are included."""
        return partial(_beyond, self.of(name), self.included(name))

    def timed_hours(self, usage: Usage) -> float:
        """Hours of work a month that are billed by time, before those that are included."""
        hours = usage.total
        if usage.on_call and self.source.bills_call_outs:
            hours -= usage.on_call
        elif usage.on_call and self.source.answers not in self._pieces:
            hours += usage.paid_on_call - usage.on_call  # each call-out counts for its minimum
        for name in self._pieces:
            done = self._done(name, usage)
            hours -= done.hours
            amount = self._units(name, usage)
            if name not in self.source.per and amount:
                hours += done.hours * self.beyond(name)(usage) / amount
        return hours * WEEKS_A_MONTH

    def _hours(self, usage: Usage) -> float:
        return self.timed_hours(usage)

    def counted(self, name: str) -> Counted:
        """What work a price for something is billed by, under the names that `of` knows."""
        if name in self.needs.counts:
            return Counted(frozenset())
        if name != "hours":
            return Counted(frozenset([MESSAGES if name == self.source.answers else name]))
        source, needs = self.source, self.needs
        kinds = {*([] if needs.messages is None else [MESSAGES]), *needs.work}
        each = {counted.name: counted.hours_each for counted in needs.in_units()}
        if needs.messages is not None:
            each[MESSAGES] = needs.messages.mean_minutes / 60
        if source.bills_call_outs:
            kinds.discard(MESSAGES)  # answers of who is called out have prices of their own
            each.pop(MESSAGES, None)
        free = 0.0
        for piece in self._pieces:
            included = self.included(piece)
            # What more than is included costs is billed by time; of a package that is left out.
            by_time = piece not in source.per and piece not in source.packages and piece in each
            if by_time and included < inf:
                free += included * each[piece] / WEEKS_A_MONTH
            else:
                kinds.discard(piece)
        return Counted(frozenset(kinds), together=True, free=free)

    @property
    def _pieces(self) -> tuple[str, ...]:
        """The activities that are counted apart."""
        source = self.source
        if not (source.per or source.packages or len(source.included) > 1):
            first = next(iter(source.included), "")
            return (first,) if self._is_counted(first) else ()
        named = dict.fromkeys((*source.per, *source.packages, *source.included))
        return tuple([name for name in named if self._is_counted(name)])

    def _is_counted(self, name: str) -> bool:
        # ``hours`` are all of them, whatever an activity is called.
        return name == self.source.answers or (name in self.needs.work and name not in OF_TIME)

    def _units(self, name: str, usage: Usage) -> float:
        done = self._done(name, usage)
        return (done.hours if done.units is None else done.units) * WEEKS_A_MONTH

    def _done(self, name: str, usage: Usage) -> Part:
        """What is done in a week of an activity or of answers."""
        if name == self.source.answers:
            units = usage.answered if name == MESSAGES else usage.resolved
            on_call = usage.on_call if self.source.bills_call_outs else 0.0
            return Part(usage.messages - on_call, units)
        return usage.activities.get(name, _NOTHING)


_NOTHING = Part(0.0, 0.0)


def _constant(amount: float, usage: Usage) -> float:
    return amount


def _beyond(volume: Volume, included: float, usage: Usage) -> float:
    return max(0.0, volume(usage) - included)
