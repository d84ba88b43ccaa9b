"""An organisation as the search moves it: sources in order, and what is changed of each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cmsource.analysis.cursor.inhouse import with_premiums
from cmsource.model.kinds import take_less
from cmsource.model.setting import Setting
from cmsource.scenario.hired import Hired
from cmsource.scenario.options import Option, Phase
from cmsource.scenario.source import Source
from cmsource.values.money import format_digits
from cmsource.values.quantities import Hours
from cmsource.values.week import Week

KEYS = ("hours", "headcount", "on_duty", "takes")
"""What can be changed of a source, by its key in a file."""

_BY_THE_DAY = ("included", "max_hours")
"""Hours that are agreed on for each day of duty, where they are said so."""


class Part(NamedTuple):
    """A source of an organisation, and what is changed of it.

    Attributes:
        name: of the source.
        hours: a week, of each person; 0 for those that the scenario gives.
        people: how many; 0 for as many as the scenario gives.
        duty: hours on duty; None for those that the scenario gives.
        takes: largest share of activities, by their names in order; none for those it gives.
    """

    name: str
    hours: float = 0.0
    people: int = 0
    duty: Week | None = None
    takes: tuple[tuple[str, float], ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether anything is."""
        return self != Part(self.name)

    @property
    def changes(self) -> int:
        """How many things are."""
        said = bool(self.hours), bool(self.people), self.duty is not None
        return sum(said) + len(self.takes)

    def without_one(self) -> Iterator["Part"]:
        """The same with one change less, or with none."""
        yield Part(self.name)
        yield self._replace(duty=None)
        yield self._replace(hours=0.0, duty=None)
        yield self._replace(people=0)
        for activity, _ in self.takes:
            yield self.taking(activity, None)

    def share(self, activity: str) -> float | None:
        """The largest share of an activity that is changed; None where it is not."""
        return dict(self.takes).get(activity)

    def taking(self, activity: str, share: float | None) -> "Part":
        """The same with another share of an activity; None for the one that the scenario gives."""
        takes = {name: part for name, part in self.takes if name != activity}
        if share is not None:
            takes[activity] = share
        return self._replace(takes=tuple(sorted(takes.items())))


Organisation = tuple[Part, ...]
"""Sources in order of priority."""


class Builder:
    """Makes options of organisations.

    Args:
        setting: the scenario and what follows from it.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._known: dict[Part, Source] = {}
        needs = setting.scenario.needs
        reactive = needs.messages is not None and needs.messages.weekly > 0
        self.activities = (*(["messages"] if reactive else []), *needs.work)

    def source(self, part: Part) -> Source:
        """A source as an organisation has it."""
        found = self._known.get(part)
        if found is None:
            found = self._known[part] = self._changed(part)
            if part.takes:
                take_less(found, self.source(part._replace(takes=())), self.setting)
        return found

    def option(self, organisation: Organisation, name: str = "best") -> Option:
        """An organisation as an option over the whole horizon."""
        sources = tuple([self.source(part) for part in organisation])
        phase = Phase(start=0.0, months=self.setting.scenario.horizon, sources=sources)
        return Option(name=name, label=name, phases=(phase,))

    def written(self, organisation: Organisation) -> list[Any]:
        """An organisation as a file says it: names of sources, and what is changed of them."""
        found: list[Any] = []
        for part in organisation:
            base = self.setting.scenario.sources[part.name]
            values: dict[str, Any] = {}
            if part.people:
                values["headcount"] = part.people
            if part.hours:
                values["hours"] = f"{format_digits(part.hours, 10)} h/week"
            if part.duty is not None:
                values["on_duty"] = str(part.duty)
                values |= {
                    key: f"{format_digits(hours.amount, 10)} h/week"
                    for key, hours in self._by_the_week(base).items()
                }
            if part.takes:
                takes = self._takes(base, part)
                values["takes"] = {
                    name: f"{format_digits(share * 100, 10)}%" for name, share in takes.items()
                }
            found.append({part.name: values} if values else part.name)
        return found

    def _changed(self, part: Part) -> Source:
        base = self.setting.scenario.sources[part.name]
        if not part.is_changed:
            return base
        values: dict[str, object] = {}
        if part.takes:
            values["takes"] = self._takes(base, part)
        if part.hours:
            values["hours"] = Hours(part.hours, "week")
        if part.people:
            values["headcount"] = part.people
        if part.duty is not None:
            values["on_duty"] = part.duty
            values |= self._by_the_week(base)
        source = base.changed(**values)
        if part.duty is not None and isinstance(source, Hired):
            premiums = with_premiums(source.premiums, part.duty, self.setting.country)
            source = source.changed(premiums=premiums)
        return source.varied_from(base, values.keys())

    def _takes(self, base: Source, part: Part) -> Mapping[str, float]:
        """The shares of a source, each by its activity where one has to be said so."""
        own = dict(base.takes)
        if "" in own:
            own = {name: base.largest_share(name) for name in self.activities}
        return {**own, **dict(part.takes)}

    @staticmethod
    def _by_the_week(base: Source) -> Mapping[str, Hours]:
        """Hours that are agreed on by the day of duty, which stay when the days change."""
        found = {}
        for key in _BY_THE_DAY:
            hours = getattr(base, key, None)
            if isinstance(hours, Hours) and hours.per == "day":
                found[key] = Hours(hours.weekly(base.days_of_duty), "week")
        return found


def as_written(option: Option, builder: Builder) -> Organisation | None:
    """An option of the scenario as an organisation; None where it changes something else."""
    if len(option.phases) != 1:
        return None
    parts = [_part(source, builder) for source in option.phases[0].sources]
    return tuple([part for part in parts if part is not None]) if None not in parts else None


def _part(source: Source, builder: Builder) -> Part | None:
    base = builder.setting.scenario.sources[source.name]
    if source is base:
        return Part(source.name)
    part = Part(source.name)
    for key in KEYS:
        mine = getattr(source, key, None)
        if mine == getattr(base, key, None):
            continue
        if key == "hours":
            part = part._replace(hours=source.weekly_hours)
        elif key == "headcount" and isinstance(mine, int):
            part = part._replace(people=mine)
        elif key == "on_duty":
            part = part._replace(duty=source.on_duty)
        elif key == "takes" and "" not in source.takes:
            part = part._replace(takes=tuple(sorted(source.takes.items())))
        else:
            return None
    if part.duty is not None and source.weekly_hours:
        part = part._replace(hours=source.weekly_hours)
    return part if _same(builder.source(part), source) else None


def _same(one: Source, other: Source) -> bool:
    """Whether two variants of a source cost and do the same."""
    fields = type(other).model_fields
    return (
        all(
            getattr(one, key) == getattr(other, key)
            for key in fields
            if key not in ("hours", "label")
        )
        and one.weekly_hours == other.weekly_hours
    )


def names(organisation: Sequence[Part]) -> tuple[str, ...]:
    """The names of its sources."""
    return tuple([part.name for part in organisation])
