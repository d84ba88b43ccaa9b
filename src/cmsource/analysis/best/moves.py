"""Steps from one organisation to others near it, from coarse to fine."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cmsource.analysis.best.freedom import QUARTER, Freedom
from cmsource.analysis.best.organisation import Builder, Organisation, Part
from cmsource.analysis.best.windows import fitted, longer, shifted, windows
from cmsource.analysis.cursor.inhouse import InHouse
from cmsource.analysis.cursor.sittings import duty_of
from cmsource.scenario.employment import Employment
from cmsource.values.week import Week

_DIGITS = 6


class Level(NamedTuple):
    """How far a step goes.

    Attributes:
        hours: hours a week, of one person.
        share: of an activity.
        minutes: of a duty.
        windows: how many new duties of each set of days are tried; 0 for none.
        pairs: whether hours and shares are changed together, rather than one thing at a time.
    """

    hours: tuple[float, ...]
    share: float
    minutes: int
    windows: int
    pairs: bool = False


LEVELS = (
    Level((7.0, 3.5), 0.25, 180, 2),
    Level((1.0,), 0.10, 60, 1),
    Level((0.25,), 0.05, 15, 0),
)
"""From coarse to fine: half-days, hours, quarters of an hour."""
PAIRS = tuple([level._replace(pairs=True) for level in LEVELS])
"""The same, of two things at once: neither alone may be better where one gives room to another."""


class Moves:
    """The steps from an organisation.

    Args:
        builder: makes sources of parts.
        freedom: what may be changed.
    """

    def __init__(self, builder: Builder, freedom: Freedom) -> None:
        self._builder = builder
        self._freedom = freedom
        setting = builder.setting
        self._people: Mapping[str, InHouse] = {
            name: InHouse(source, setting)
            for name, source in setting.scenario.sources.items()
            if freedom.may(name, "hours") or freedom.may(name, "on_duty")
            if isinstance(source, Employment)
        }

    @property
    def people(self) -> Mapping[str, InHouse]:
        """Those in-house whose hours or duty may change, by their names."""
        return self._people

    def around(self, here: Organisation, level: Level) -> Iterator[Organisation]:
        """The organisations near one: what costs least to look at comes first."""
        if level.pairs:
            yield from self._pairs(here, level)
            return
        for place, part in enumerate(here):
            for moved in self._of_part(part, level):
                if moved != part:
                    yield (*here[:place], moved, *here[place + 1 :])
        yield from self._hand_over(here, level)
        if level is LEVELS[0]:
            for place in range(len(here) - 1):
                first, second = here[place : place + 2]
                yield (*here[:place], second, first, *here[place + 2 :])

    def _pairs(self, here: Organisation, level: Level) -> Iterator[Organisation]:
        """Other hours of somebody in-house, and another share or other hours of anybody."""
        for place, part in enumerate(here):
            if part.name not in self._people:
                continue
            for changed in self._hours(part, level):
                for other, beside in enumerate(here):
                    second = changed if other == place else beside
                    for moved in self._seconds(second, level, hours=other > place):
                        both = list(here)
                        both[place], both[other] = changed, moved
                        yield tuple(both)

    def _seconds(self, part: Part, level: Level, *, hours: bool) -> Iterator[Part]:
        """A part with another share of an activity, or with other hours as well."""
        if self._freedom.may(part.name, "takes"):
            for activity in reversed(self._builder.activities):
                yield from self._takes(part, activity, level)
        if hours and part.name in self._people:
            yield from self._hours(part, level)

    def _of_part(self, part: Part, level: Level) -> Iterator[Part]:
        if self._freedom.may(part.name, "takes"):
            for activity in reversed(self._builder.activities):
                yield from self._takes(part, activity, level)
        if part.name in self._people:
            yield from self._hours(part, level)
            yield from self._duties(part, level)
            if part.duty is not None:
                yield part._replace(duty=None)
        if level is LEVELS[0] and part.is_changed:
            yield Part(part.name, takes=part.takes)

    def _takes(self, part: Part, activity: str, level: Level) -> Iterator[Part]:
        """Other shares of an activity: a step up and down, none of it, as much as may be."""
        own = part.share(activity)
        base = self._builder.setting.scenario.sources[part.name].largest_share(activity)
        now = base if own is None else own
        yield part.taking(activity, None)
        most = self._freedom.largest_share(part.name, activity)
        shares = [0.0, now - level.share, now + level.share, most]
        for share in shares:
            rounded = round(min(most, max(0.0, share)), _DIGITS)
            if rounded != now:
                yield part.taking(activity, rounded)

    def _hand_over(self, here: Organisation, level: Level) -> Iterator[Organisation]:
        """An activity that one source leaves to another one altogether."""
        if level is not LEVELS[0]:
            return
        for place, part in enumerate(here):
            for other, taker in enumerate(here):
                if other == place or not self._freedom.may(part.name, "takes"):
                    continue
                for activity in self._builder.activities:
                    if not self._freedom.may(taker.name, "takes"):
                        continue
                    moved = list(here)
                    moved[place] = part.taking(activity, 0.0)
                    moved[other] = taker.taking(activity, None)
                    yield tuple(moved)

    def _hours(self, part: Part, level: Level) -> Iterator[Part]:
        """More and fewer hours, with the duty that goes with them; more and fewer people."""
        name = part.name
        source = self._builder.source(part)
        assert isinstance(source, Employment)
        people = part.people or source.headcount
        if not isinstance(people, int):
            return
        now = source.weekly_hours
        if self._freedom.may(name, "hours"):
            low, high = self._freedom.hours(name)
            for step in level.hours:
                for hours in (now - step, now + step):
                    # to whole steps of the level first, and to the ends
                    rounded = round(hours / QUARTER) * QUARTER
                    wanted = min(max(rounded, low), high)
                    if abs(wanted - now) > 1e-9:
                        yield from self._with_hours(part, wanted, people, source.on_duty)
            if level is LEVELS[0]:
                for wanted in (low, high):
                    yield from self._with_hours(part, wanted, people, source.on_duty)
        if level is LEVELS[0] and self._freedom.may(name, "headcount"):
            for number in (people - 1, people + 1):
                if number >= 1:
                    yield part._replace(people=number, hours=now, duty=source.on_duty)

    def _with_hours(self, part: Part, hours: float, people: int, duty: Week) -> Iterator[Part]:
        """So many hours: with the duty as it is, as far as they go, and with one made for them."""
        total = round(hours * people * 60)
        if part.duty is None or not self._freedom.may(part.name, "on_duty"):
            yield part._replace(hours=hours)
        if self._freedom.may(part.name, "on_duty"):
            yield part._replace(hours=hours, duty=fitted(duty, total))
            yield part._replace(hours=hours, duty=self._made(part.name, total))

    def _made(self, name: str, minutes: int) -> Week:
        """The duty of so many minutes: sittings with most messages first."""
        inside = self._people[name]
        return duty_of(inside.order, min(minutes / 60, inside.place.whole.hours))

    def _duties(self, part: Part, level: Level) -> Iterator[Part]:
        """Other hours on duty for the hours that there are."""
        if not self._freedom.may(part.name, "on_duty"):
            return
        source = self._builder.source(part)
        assert isinstance(source, Employment)
        people = part.people or source.headcount
        if not isinstance(people, int):
            return
        hours, duty = source.weekly_hours, source.on_duty
        total = round(hours * people * 60)
        place = self._people[part.name].place
        tried = [self._made(part.name, total)]
        if level.windows:
            tried += windows(place, hours * people, level.windows)
            tried.append(fitted(place.cover, total))
        for minutes in (-level.minutes, level.minutes):
            tried.append(shifted(duty, minutes))
            tried.append(longer(duty, minutes, first=True))
            tried.append(longer(duty, minutes, first=False))
        for week in tried:
            if week and 0 < week.minutes <= total:
                yield part._replace(hours=hours, duty=week)
